"""What a finding rests on: put under it, and taken away again. No row is ever changed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.models import SOURCES, Evidence
from findings.services.locking import TakenAway, locked, remove


@transaction.atomic
def put_under(finding, rows, *, by, note=""):
    """`rows` are entries, headings of a report, minutes or contacts. What is under it already stays
    as it is. Returns what is new."""
    finding = locked(finding, finding.review)
    if not rows:
        raise ValidationError("Choose at least one piece of evidence")
    added = []
    for row in rows:
        source = _source_of(row)
        refuse_unfit(finding.review, row)
        if finding.evidence.live().filter(**{source: row}).exists():
            continue
        added.append(_added(finding, by=by, note=note, **{source: row}))
    if added:
        counts = {name: sum(one.source == name for one in added) for name in SOURCES}
        _tell(EventType.EVIDENCE_ADDED, finding, by=by, **counts)
    return added


@transaction.atomic
def take_away(evidence, *, by):
    finding = locked(evidence.finding, evidence.finding.review)
    evidence = _live(evidence)
    remove(evidence, by=by)
    _tell(EventType.EVIDENCE_REMOVED, finding, by=by, source=evidence.source)
    return evidence


@transaction.atomic
def say_what_of_it(evidence, *, note, by):
    """Another note of what of it bears on the finding: the row with the old one stays on record."""
    finding = locked(evidence.finding, evidence.finding.review)
    evidence = _live(evidence)
    if evidence.note == note.strip():
        return evidence
    remove(evidence, by=by)
    target = {evidence.source: getattr(evidence, evidence.source)}
    again = _added(finding, by=by, note=note, **target)
    _tell(EventType.EVIDENCE_ADDED, finding, by=by, noted=1)
    return again


def _added(finding, *, by, note, **target):
    one = Evidence(finding=finding, note=note.strip(), made_by=by, **target)
    one.full_clean(exclude=["made_by"])
    one.save()
    return one


def _live(evidence):
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if not evidence.is_live:
        raise TakenAway
    return evidence


def refuse_unfit(review, row):
    """Raises ValidationError where an entry, heading, minutes or contact is nothing that a conclusion
    of this review can rest on."""
    _REFUSE[_source_of(row)](review, row)


def _source_of(row):
    names = {
        "chronologies.entry": "entry",
        "reviews.passage": "passage",
        "reviews.minutes": "minutes",
        "reviews.contactentry": "contact",
    }
    return names[row._meta.label_lower]


def _refuse_entry(review, entry):
    if entry.review_id != review.pk:
        raise ValidationError("That entry is of another review.")
    if entry.is_withdrawn:
        raise ValidationError("That entry was withdrawn.")


def _refuse_passage(review, passage):
    version = passage.file.submission
    if version.request.participation.review_id != review.pk:
        raise ValidationError("That report is of another review.")
    if not version.is_sent or passage.file.removed_at:
        raise ValidationError("That report was not sent.")


def _refuse_minutes(review, minutes):
    if minutes.meeting.review_id != review.pk:
        raise ValidationError("Those minutes are of another review.")
    if minutes.sent_at is None:
        raise ValidationError("Send these minutes to the panel first: they are still a draft.")


def _refuse_contact(review, contact):
    if contact.correspondent.review_id != review.pk:
        raise ValidationError("That contact is of another review.")
    if hasattr(contact, "corrected_by"):
        raise ValidationError("That contact was corrected: choose what stands instead of it.")


_REFUSE = {
    "entry": _refuse_entry,
    "passage": _refuse_passage,
    "minutes": _refuse_minutes,
    "contact": _refuse_contact,
}


def _tell(type_, finding, *, by, **data):
    record(type_, by=by, review=finding.review, target=finding, number=finding.number, **data)
