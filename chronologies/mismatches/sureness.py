"""How sure the finder is of a mismatch, and what leaves room for another reading, in words."""

from chronologies.mismatches.models import Confidence, Kind

_SURE = "High: the words are plain and the date is exact or nearly so, so that a matching entry would stand out."
_COUNTED = "one entry can tell of two contacts, and two of one"


def how_sure(mismatch):
    if mismatch.confidence == Confidence.HIGH:
        return _SURE
    return f"{mismatch.get_confidence_display()}: {listed(_doubts(mismatch))}."


def _doubts(mismatch):
    if mismatch.is_of_a_number:
        return [_COUNTED]
    doubts = []
    if not mismatch.date:
        doubts.append("there is no date to look around")
    elif mismatch.date.earliest != mismatch.date.latest:
        doubts.append("the date is not exact")
    kinds = {mismatch.kind, *mismatch.also_kinds}
    if kinds & {Kind.DIFFERING_CONTENT, Kind.DIFFERING_DATE}:
        doubts.append("two wordings can mean the same, and two like events can be two")
    if Kind.PROMISED_NOT_DONE in kinds:
        doubts.append("what was promised may be recorded in other words")
    if mismatch.missing_from_id:
        doubts.append("it rests on what was not supplied")
    if mismatch.confidence == Confidence.LOW:
        doubts.append("a name or a likeness may mean something else")
    return doubts or ["the words leave room for another reading"]


def listed(names):
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
