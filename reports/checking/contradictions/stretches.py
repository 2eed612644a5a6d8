"""Until when, or since when, somebody did something, told with two dates: "worked until 2014", "until 2016"."""

import re
from collections import defaultdict
from typing import NamedTuple

from reports.checking.values import Confidence, Contradiction, Kind
from reports.checking.words import stem, stem_set

_EDGE = re.compile(
    r"\b(?P<edge>until|till|since)\s+(?:(?:about|around|at least|early|late|the (?:beginning|end|start) of|the)\s+)*$",
    re.I,
)
_DOES = re.compile(
    r"\W*(?:who |he |she |they )?(?:had |has |have |then |also |still |now )*(?:been |was |were |is )?(?P<verb>was|were|is|[a-z]+ed|kept|ran|held|drove|went|slept|drank|taught|led)\b(?P<rest>[^.;]*)$",
    re.I,
)
_ANOTHER_DEED = re.compile(r"\b(?:and|but|which|who|where|when|that|then)\b", re.I)
_MANY = re.compile(
    r"\b(?:again|another|also|sometimes|on and off|intermittently|later|first|second|returned|both|each)\b",
    re.I,
)
_BARE = frozenset(["was", "were", "is"])  # say nothing alone
_SAME = {stem("employed"): stem("worked")}


class Stretch(NamedTuple):
    verb: str  # "" for "was"
    rest: frozenset  # stems of what was done besides the verb
    when: object
    sentence: object
    start: int
    end: int

    @property
    def words(self):
        return self.sentence.text[self.start : self.end]


def find(reading):
    told = defaultdict(list)
    for sentence in reading.narrative:
        text = sentence.text
        if sentence.dates and not (sentence.is_denied or sentence.is_told or _MANY.search(text)):
            for key, one in _stretches(sentence):
                told[key].append(one)
    for (who, _), several in told.items():
        yield from _differing(who, several)


def _stretches(sentence):
    """((who, "until" or "since"), Stretch) of the deeds that end or begin at a date."""
    for found in sentence.dates:
        value = found.reading.value
        edge = _EDGE.search(sentence.text[: found.start])
        if not edge or not value.is_bounded:
            continue
        who = sentence.subject_before(edge.start(), edge.end())
        before = [m.end for m in sentence.mentions if m.end <= edge.start()]
        begins = before[-1] if before else 0
        does = _DOES.match(sentence.text[begins : edge.start()])
        if who and does and not _ANOTHER_DEED.search(does["rest"]):
            verb, rest = does["verb"].lower(), stem_set(does["rest"])
            if rest or verb not in _BARE:
                name = "until" if edge["edge"].lower() == "till" else edge["edge"].lower()
                deed = "" if verb in _BARE else _SAME.get(stem(verb), stem(verb))
                start = begins + does.start("verb")
                yield (who, name), Stretch(deed, rest, value, sentence, start, found.end)


def _differing(who, several):
    for at, one in enumerate(several):
        for other in several[at + 1 :]:
            if _is_one_deed(one, other) and not one.when.overlaps(other.when):
                yield Contradiction(
                    Kind.DATES,
                    tuple(each.sentence.place(each.start, each.end) for each in (one, other)),
                    f"Of {who} it is said “{one.words}” and “{other.words}”.",
                    Confidence.MEDIUM,
                )
                return


def _is_one_deed(one, other):
    """Nothing is said in the shorter that the longer does not say."""
    if one.sentence.passage is other.sentence.passage:
        return False
    if one.verb != other.verb:  # "was a roofer", "worked as a roofer"
        return not (one.verb and other.verb) and bool(one.rest) and one.rest == other.rest
    return one.rest <= other.rest or other.rest <= one.rest
