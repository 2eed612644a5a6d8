"""Which of two people is the elder, and by how many years, told in two ways."""

import re
from typing import NamedTuple

from reports.checking.numbers import NUMBER, worth
from reports.checking.values import Confidence, Contradiction, Kind, Place

_THAN = re.compile(
    rf"^ (?:was|is|being) (?:(?:some |about |around )?(?P<n>{NUMBER}) years? )?(?P<way>older|younger|her senior|his senior|her junior|his junior) than $",
    re.I,
)
_OF_THE_TWO = re.compile(
    rf"^ (?:was|is|being) (?:(?P<n>{NUMBER}) years? )?the (?P<way>older|elder|younger) of the (?:two|couple)\b",
    re.I,
)


class Elder(NamedTuple):
    elder: str  # "" for whoever the other is
    younger: str
    years: float | None
    place: Place


def find(reading):
    told = [one for sentence in reading.narrative for one in _told(sentence)]
    for at, one in enumerate(told):
        for other in told[at + 1 :]:
            if one.place.at != other.place.at and _differ(one, other):
                yield Contradiction(
                    Kind.AGES,
                    (one.place, other.place),
                    "Which of the two is older, or by how many years, is told in two ways.",
                    Confidence.HIGH,
                )
                return


def _told(sentence):
    if sentence.is_hypothetical or sentence.is_denied:
        return
    text, mentions = sentence.text, sentence.mentions
    for at, one in enumerate(mentions):
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        than = after and _THAN.match(text[one.end : after.start])
        of_two = _OF_THE_TWO.match(text[one.end :])
        if than:
            yield _elder(one.person, after.person, than, sentence.place(one.start, after.end))
        elif of_two:
            yield _elder(one.person, "", of_two, sentence.place(one.start, one.end + of_two.end()))


def _elder(one, other, match, place):
    years = worth(match["n"]) if match["n"] else None
    is_elder = match["way"].lower() in {"older", "elder", "her senior", "his senior"}
    return Elder(one, other, years, place) if is_elder else Elder(other, one, years, place)


def _differ(one, other):
    if _are_two(one.elder, other.younger) and _are_two(one.younger, other.elder):
        return bool({one.elder, one.younger} & {other.elder, other.younger} - {""})
    same = {one.elder, one.younger} == {other.elder, other.younger}
    return bool(same and one.years and other.years and one.years != other.years)


def _are_two(one, other):
    """Whether they can be one and the same."""
    return not one or not other or one == other
