"""How often an agency's report says that something happened, to lay beside its own chronology.

"The practice had six contacts with MA 1 between 2011 and 2013" is a claim; what another agency did,
what was offered, what somebody said, and what happens each week are none.
"""

import re
from typing import NamedTuple

from chronologies.mismatches.finding.grammar import is_proper
from chronologies.mismatches.finding.periods import Period, is_untold, periods_in
from chronologies.mismatches.finding.tallies import (
    MISSED,
    MISSED_ONES,
    NUMBER,
    TIMES,
    UNITS,
    VERBS,
    Tally,
    worth,
)
from chronologies.mismatches.finding.tokens import sentences, words_of

ANY = 10**6
NEAR_VERB = 60  # characters between a verb and how often it was done
_UNITS = "|".join(
    rf"{re.escape(unit)}s?" for unit in sorted((*UNITS, *TIMES), key=len, reverse=True)
)
_NOT_FILLING = (
    r"(?!(?:of|to|the|and|or|in|on|for|with|by|from|per|at|was|were|had|has|a|an|her|his|their|each|"
    r"more|further|other|additional|such|these|those|times?|occasions?|days?|weeks?|months?|years?)\b)"
)
_COUNT = re.compile(
    rf"(?<![\w.,/:-])(?P<low>{NUMBER})(?:\s*(?:-|to|or|and)\s*(?P<high>{NUMBER}))?"
    rf"(?P<filling>(?:\s+{_NOT_FILLING}[a-z0-9][\w&'/-]*){{0,3}}?)\s+(?P<unit>{_UNITS})(?![\w-])"
    r"|(?<!\w)(?P<times>twice|thrice)(?!\w)"
    r"|\bhad (?P<none>no) (?:recorded |direct |known )?(?P<of>contacts?)(?= with\b)",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    r"(?P<least>at least|a minimum of|no fewer than|no less than|not less than|minimum of)"
    r"|(?P<over>more than|over|in excess of|above|upwards of)"
    r"|(?P<most>at most|up to|no more than|not more than|a maximum of|maximum of)"
    r"|(?P<under>fewer than|less than|under|below)"
    r"|(?P<about>about|around|approximately|approx|roughly|some|circa|nearly|almost|c)"
    r"|(?P<only>only|just|exactly|total of|a single)",
    re.IGNORECASE,
)
_IN_WORDS = {
    "least": "at least ", "over": "more than ", "most": "at most ", "under": "fewer than ",
    "about": "about ",
}  # fmt: skip
_LAST_WORDS = re.compile(r"(?:[\w-]+\s+){1,3}$")
# A number after one of these is a part of another, or one more than what came before.
_PART = re.compile(
    r"\b(?:these|those|other|further|first|last|next|previous|every|another|both|same|after|within|out of|"
    r"average of|remaining|latter|initial|final|of (?:the|these|those|his|her|their))\s+$",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"\s*(?:of (?:the|these|those|which|whom|his|her|their)|out of|in every)\b", re.I
)
_RATE = re.compile(
    r"\s*(?:(?:a|an|per|each|every|in a|in any)\s+(?:day|week|fortnight|month|year|night|shift)|per|each|every|"
    r"daily|weekly|monthly|yearly|annually|a (?:day|week|month|year)|(?:more|less|higher|greater|as|the|over) "
    r"(?:likely|the|many|much|often|than|as|average|risk|rate|number|other))\b",
    re.IGNORECASE,
)
_NOT_SAID_TO_BE = re.compile(
    r"\b(?:should|would|could|might|may|must|if|whether|offered|entitled|policy|guidance|usual|usually|"
    r"normally|expected|average|planned|arranged|intended|due|recommended|required|likely|told|said|stated|"
    r"disclosed|alleged|alleges|recalled|claimed|described|believed|recommends|reported (?:that|having)|"
    r"national|nationally|per cent|percent|training|audit|cases|families|patients|"
    r"not (?:been )?(?:seen|visited|contacted|called)|of these|of those|of which|unsuccessful|"
    r"mother|father|sister|brother|son|daughter|children|child|parents?|family|neighbours?|friends?|"
    r"partner|niece|nephew|wife|husband|relatives?)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[,;:()]|\b(?:but|and|which|who|whom|whereas|although|though|because|that)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:she|he|her|him)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z][\w&'-]*")
# Capitals that name no other agency.
_OUR_OWN_WORDS = (
    "the there this that these in between during over from since before after within throughout across "
    "she he they we our it a an at on as to by of records record overall officers staff practice service "
    "services agency trust force surgery team department company association organisation college school "
    "chronology report review imr dhr dardr gp dna dv da dash total police following under up "
    "january february march april may june july august september october november december "
    "workers nurses doctors advocates practitioners clinicians teachers professionals housing health social "
    "monday tuesday wednesday thursday friday saturday sunday summer winter autumn spring"
)
_OUR_OWN = frozenset(_OUR_OWN_WORDS.split())
_PLAIN_WORDS = (
    "the a an of to in on at for with by from and or was were is are been be being has had have did it its "
    "there that this our we us own total altogether overall all during between times occasions occasion time "
    "separate different distinct recorded documented logged known individual practice service agency trust "
    "force surgery team department company association organisation officers officer staff police gp gps "
    "doctor patient client tenant resident victim perpetrator subject him her he she them they in-person "
    "concerning regarding about relating relation involving respect records record chronology report shows "
    "show review attended attend seen saw contact contacts contacted called visited had made received "
    "receiving according recorded he'd she'd only just exactly least more than over around approximately "
    "reviewed consulted came address home addresses property"
)
_SAYS_NOTHING_MORE = frozenset(_PLAIN_WORDS.split())


class Claim(NamedTuple):
    note: object
    sentence: str
    figure: str  # in words: "about 30"
    low: int
    high: int
    tally: Tally
    persons: tuple
    period: Period | None
    is_person_said: bool
    narrowed: tuple  # words that make it fewer than all of its kind

    @property
    def is_all_said(self):
        return self.is_person_said and self.period is not None

    @property
    def about(self):
        span = (self.period.first, self.period.last) if self.period else ()
        return " ".join(
            map(str, ("figure", self.tally.label, *self.persons, *span, self.low, self.high))
        )


class Figures:
    """The claims of one agency's report."""

    def __init__(self, engine, body, notes):
        self.reader, self.body = engine.reader, body
        self.common = {  # what begins a sentence with a capital, and is a name of nobody
            word for note in notes for word in words_of(note.text)[0] if word.islower()
        }
        persons = sorted(map(re.escape, engine.case.persons), key=len, reverse=True)
        self.person = (
            re.compile(rf"\b(?:{'|'.join(persons)})(?:'s)?(?!\w)", re.I) if persons else None
        )

    def claims_of(self, note):
        before = ()
        in_title = self.reader.persons_in(note.title)
        for sentence in sentences(note.text):
            if _COUNT.search(sentence):
                yield from self._of_sentence(note, sentence, in_title, before)
            before = self.reader.persons_in(sentence) or before

    def _of_sentence(self, note, sentence, in_title, before):
        periods = periods_in(sentence)
        plain = self._blanked(sentence, periods)
        counts = list(_COUNT.finditer(plain))
        starts = _zones(plain, counts)
        last = None
        for number, count in enumerate(counts):
            start = starts[number]
            end = starts[number + 1] if number + 1 < len(counts) else len(sentence)
            zone = _Zone(sentence, plain, start, end, count, periods)
            if (claim := self._claim(note, zone, in_title, before, last)) is not None:
                yield claim
            last = zone

    def _blanked(self, sentence, periods):
        """Without the numbers that stand in dates and in the names of persons."""
        spans = [(each.at, each.end) for each in periods]
        if self.person:
            spans += [match.span() for match in self.person.finditer(sentence)]
        for start, end in spans:
            sentence = sentence[:start] + " " * (end - start) + sentence[end:]
        return sentence

    def _claim(self, note, zone, in_title, before, last):
        figure, low, high = zone.bounds()
        tally = zone.tally() or (last and last.is_of_verb and zone.is_of_verb and last.tally())
        if low is None or not tally or zone.is_no_claim() or self._is_of_another(zone):
            return None
        period = zone.period(last)
        if period is not None and not period.is_clear:
            return None
        if period is None and is_untold(zone.plain_words):
            return None
        said = self.reader.persons_in(zone.words) or (last and self.reader.persons_in(last.words))
        said = said or in_title
        implied = before if not said and _PRONOUN.search(zone.plain_words) else ()
        persons = tuple(sorted(set(said or (implied if len(set(implied)) == 1 else ()))))
        return Claim(
            note, zone.sentence, figure, low, high, tally, persons, period,
            is_person_said=bool(said), narrowed=zone.narrowed(tally),
        )  # fmt: skip

    def _is_of_another(self, zone):
        """Whether somebody else than the agency itself may have done, or counted, it."""
        text = zone.reach()
        written, words = words_of(text)
        ours = set()
        for start, end, labels in self.reader.lexicon.find(words):
            for kind, value in labels:
                if kind == "role" and is_proper(kind, written, start, end):
                    if self.reader.names.who(value, own=self.body) != self.body:
                        return True
                elif kind == "body" and is_proper(kind, written, start, end):
                    if value != self.body:
                        return True
                elif kind != "person":
                    continue
                ours.update(range(start, end))
        return any(
            _CAPITAL.fullmatch(word)
            and at not in ours
            and words[at] not in _OUR_OWN
            and (at or words[0] not in self.common)
            and not words[at].isdigit()
            and not re.fullmatch(NUMBER, word, re.IGNORECASE)
            for at, word in enumerate(written)
        )


def _zones(plain, counts):
    """Where what belongs to each count begins: behind the last break between it and the one before."""
    starts = []
    for number, count in enumerate(counts):
        if not number:
            starts.append(0)
            continue
        since = counts[number - 1].end()
        breaks = [match.end() for match in _BREAK.finditer(plain, since, count.start())]
        starts.append(breaks[-1] if breaks else since)
    return starts


class _Zone:
    """The words of a sentence that belong to one count."""

    def __init__(self, sentence, plain, start, end, count, periods):
        self.sentence, self.plain, self.count = sentence, plain, count
        self.start, self.end = start, end
        self.periods = [each for each in periods if start <= each.at < end]
        self.words, self.plain_words = sentence[start:end], plain[start:end]
        self.left, self.right = plain[start : count.start()], plain[count.end() : end]

    @property
    def is_of_verb(self):
        return self.unit in TIMES

    @property
    def unit(self):
        if self.count["times"]:
            return "time"
        unit = (self.count["unit"] or self.count["of"]).lower()
        return unit if unit in UNITS else unit.removesuffix("s")

    # --- The number -------------------------------------------------------------------------------

    def bounds(self):
        """(the figure in words, the least, the most); None three times where it is none."""
        count = self.count
        low = 0 if count["none"] else worth(count["low"] or count["times"])
        high = worth(count["high"]) if count["high"] else low
        if low is None or high is None or high < low:
            return None, None, None
        weight = self._weight()
        if high == 1 and weight not in {"only", "least", "most"}:
            return None, None, None  # "on one occasion" begins a story
        figure = str(low) if low == high else f"{low} to {high}"
        return f"{_IN_WORDS.get(weight, '')}{figure}", *_weighed(low, high, weight)

    def _weight(self):
        words = _LAST_WORDS.search(self.left)
        if words is None:
            return "only" if (self.count["low"] or "").lower() == "a single" else ""
        last = list(_WEIGHED.finditer(words[0]))
        if last and not words[0][last[-1].end() :].strip():
            return last[-1].lastgroup
        return "about" if "dozen" in (self.count["low"] or "").lower() else ""

    # --- Of what ----------------------------------------------------------------------------------

    def tally(self):
        if self.unit not in TIMES:
            if MISSED.search(self.left[-NEAR_VERB:] + (self.count["filling"] or "")):
                return MISSED_ONES
            return UNITS[self.unit]
        return _verb_in(self.left[-NEAR_VERB:], is_last=True) or _verb_in(
            _BREAK.split(self.right)[0][:NEAR_VERB], is_last=False
        )

    def narrowed(self, tally):
        """What says more than the kind: "antenatal", "about noise", "by the midwife"."""
        if tally is MISSED_ONES:
            return ()
        words = words_of(f"{self.count['filling'] or ''} {_BREAK.split(self.right)[0]}".lower())[1]
        return tuple(
            word for word in words
            if word not in _SAYS_NOTHING_MORE and word[0].isalpha() and not tally.label.startswith(word)
        )  # fmt: skip

    def is_no_claim(self):
        reach = self.left + " " + _BREAK.split(self.right)[0]
        return bool(
            _PART.search(self.left)
            or _OF_WHICH.match(self.right)
            or (self.unit in {"time", "occasion"} and _RATE.match(self.right))
            or (self.count["low"] and _OF_WHICH.search(self.count[0]))
            or _NOT_SAID_TO_BE.search(reach)
        )

    def reach(self):
        """Up to the next break, in which whoever did it would be named."""
        after = _BREAK.search(self.plain, self.count.end(), self.end)
        return self.sentence[self.start : after.start() if after else self.end]

    def period(self, last):
        """The one that stands nearest behind it, else before; else that of the count before."""
        behind = [each for each in self.periods if each.at >= self.count.end()]
        before = [each for each in self.periods if each.at < self.count.start()]
        if behind:
            return behind[0]
        if before:
            return before[-1]
        return last.period(None) if last is not None else None


def _verb_in(words, *, is_last):
    """What the verb nearest to the count says."""
    found = [
        (-match.end() if is_last else match.start(), place)
        for place, (verb, _) in enumerate(VERBS)
        for match in re.finditer(rf"\b(?:{verb})\b", words, re.IGNORECASE)
    ]
    return VERBS[min(found)[1]][1] if found else None


def _weighed(low, high, weight):
    if weight == "least":
        return low, ANY
    if weight == "over":
        return low + 1, ANY
    if weight == "most":
        return 0, high
    if weight == "under":
        return 0, high - 1
    if weight == "about":
        room = max(1, round(high / 4))
        return max(0, low - room), high + room
    return low, high
