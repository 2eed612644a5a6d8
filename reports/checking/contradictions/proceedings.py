"""A proceeding that is over in one place and has yet to be held in another: an inquest, a trial, an inquiry."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.values import Confidence, Contradiction, Kind

# {what: its words}. A list that anybody may add to.
PROCEEDINGS = {
    "the inquest": r"inquest|coroner's (?:inquiry|hearing|investigation)",
    "the trial": r"(?:criminal|murder|Crown Court) trial|trial",
    "the criminal proceedings": r"(?:criminal|court) (?:proceedings|case|process)",
    "the police investigation": r"(?:police|murder|criminal) (?:investigation|inquiry|enquiry)",
    "the inquiry of the IOPC": r"(?:IOPC|IPCC) (?:investigation|inquiry)",
    "the serious incident review": r"serious incident (?:review|investigation)",
    "the post-mortem": r"post[- ]mortem(?: examination)?",
    "the appeal": r"appeal(?: hearing)?",
}
_OVER = re.compile(
    r"^(?:[ ,](?:into|of|by|for|on|at|in|against)[^.;,]{1,60}?)?,? (?:which |that )?(?:(?:has|have|had) (?:now |since |already )?(?:been )?(?:concluded|completed|finished|ended|closed|taken place|held)"
    r"|(?:was|were|is|are) (?:now |formally )?(?:concluded|completed|finished|closed|over|held)|(?:was|were) opened and (?:closed|concluded)|concluded|ended|finished|took place|found|returned|recorded a)\b(?! (?:in abeyance|pending|over until|up))",
    re.I,
)
_TO_COME = re.compile(
    r"^(?:[ ,](?:into|of|by|for|on|at|in|against)[^.;,]{1,60}?)?,? (?:(?:has|have|had) (?:not yet|yet to|not)(?: (?:been|be))? (?:conclude\w*|complete\w*|finish\w*|held|taken? place|begun|begin|started|opened|listed|heard)"
    r"|(?:was|were|is|are) (?:still |yet |currently )*(?:pending|awaited|outstanding|ongoing|to be held|to take place|to come|not (?:yet )?(?:been )?(?:held|concluded|complete\w*|over|finished)|adjourned|listed for|due to (?:be held|begin|start|take place))"
    r"|remains? (?:open|outstanding|adjourned|to be held)|will (?:be held|take place|begin|open)|awaits)\b",
    re.I,
)
_AWAITED = re.compile(
    r"\b(?:awaiting|await|awaits|pending|ahead of|in advance of) (?:the )?(?:outcome of |result of |conclusion of |date for )?(?:the |an )?$",
    re.I,
)
_NONE = re.compile(r"\bno $", re.I)
# What was so for a time, and may have passed since.
_THEN = re.compile(
    r"\b(?:until|when|at (?:the|that) (?:time|point|stage)|by then|initially|at first|while|whilst|during|originally|previous\w*|earlier|had been|was then|then"
    r"|before|if|could|should|would|so that|because|delay\w*|paused?|suspended|first meeting|decided|agreed|after|once|following)\b",
    re.I,
)
_PATTERNS = {what: re.compile(rf"\b(?:{words})\b", re.I) for what, words in PROCEEDINGS.items()}
_ANY = re.compile("|".join(PROCEEDINGS.values()), re.I)


class State(NamedTuple):
    is_over: bool
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end]


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        if _ANY.search(sentence.text):
            for what, state in _states(sentence):
                told[what].append(state)
    for what, several in told.items():
        yield from _differing(what, several)


def _states(sentence):
    text = sentence.text
    for what, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            over = _OVER.match(text[match.end() :])
            to_come = _TO_COME.match(text[match.end() :])
            if to_come and not _THEN.search(text):
                yield what, State(False, sentence, match.start(), match.end() + to_come.end())
            elif _AWAITED.search(text[: match.start()]) and not _THEN.search(text):
                yield what, State(False, sentence, *match.span())
            elif over and _NONE.search(text[: match.start()]) and not _THEN.search(text):
                yield what, State(False, sentence, match.start(), match.end() + over.end())
            elif over and not sentence.is_hypothetical and not sentence.is_denied:
                yield what, State(True, sentence, match.start(), match.end() + over.end())


def _differing(what, several):
    """The first that is over and the first that is to come; of other people's nothing is known."""
    for one in several:
        for other in several:
            if one.is_over and not other.is_over and _can_be_one(one.sentence, other.sentence):
                places = sorted((one, other), key=lambda state: state.sentence.order)
                yield Contradiction(
                    Kind.STATES,
                    tuple(state.sentence.place(state.start, state.end) for state in places),
                    f"{what[0].upper()}{what[1:]} is over in one place (“{one.words}”) and to come in the other (“{other.words}”).",
                    Confidence.MEDIUM,
                )
                return


def _can_be_one(over, to_come):
    """ "Had not concluded" beside a date before the end was right then."""
    if over.passage is to_come.passage or (
        to_come.when and not to_come.is_hypothetical and not _after(over, to_come)
    ):
        return False
    return not (over.people and to_come.people) or bool(over.people & to_come.people)


def _after(over, to_come):
    """Whether what is to come has a day later than that on which it ended."""
    ended, comes = over.when, to_come.when
    return bool(ended and ended.latest and comes.earliest and comes.earliest > ended.latest)
