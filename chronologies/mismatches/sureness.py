"""How sure the finder is of a mismatch, and what leaves room for another reading, in words."""

from chronologies.mismatches.models import Confidence, Kind

_SURE = "High: the words are plain and the date is exact or nearly so, so that a matching entry would stand out."
_COUNTED = "one entry can tell of two contacts, and two of one"
# Why a mismatch may be one of another kind as well.
ALSO = {
    Kind.SENT_NO_RECEIPT: "one of these entries tells of contact that has no entry at the other end",
    Kind.RECEIPT_NO_SENDING: "one of these entries tells of something received that has no entry of sending",
    Kind.DIFFERING_CONTENT: "these entries may tell of one event, and not tell it alike",
    Kind.DIFFERING_DATE: "these entries may tell of one event, and give it different dates",
    Kind.PROMISED_NOT_DONE: "one of these entries tells of something to be done, and no later one shows it done",
    Kind.ATTENDED_NOT_RECORDED: "one of these entries says that another agency took part, which has no such entry",
    Kind.IMR_NOT_IN_CHRONOLOGY: "the report says it, and the agency’s own chronology does not",
    Kind.CHRONOLOGY_NOT_IN_IMR: "the chronology says it, and the agency’s report does not",
}


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
