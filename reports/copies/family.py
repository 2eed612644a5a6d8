"""The reading log of the family's copy: who read which version, what they said, what was made of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import KeyOfAnother, need
from reports.models import FamilyChange, FamilyReading
from reports.services.locking import lock_document
from reports.services.rights import refuse_without
from reviews import rules
from reviews.family.models import ContactEntry
from reviews.family.services import refuse_impossible
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held


@transaction.atomic
def record_reading(document, *, correspondent, rendering, on, how, by, key, **said):
    """A reading as it was. `said` has how_long, with_whom and said, as far as anybody knows. The same
    key again gives the first one's. Raises ValidationError where it cannot have been, or lies in a
    hold: one that was held all the same is recorded once the hold was released or moved."""
    document = lock_document(document)
    if found := FamilyReading.objects.filter(key=key).first():
        if found.document_id != document.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_keep_family_copy, document.review, by)
    if correspondent.review_id != document.review_id:
        raise ValidationError({"correspondent": "That is somebody of another review."})
    if rendering.document_id != document.pk or rendering.stored_id is None:
        raise ValidationError({"rendering": "Choose a version of this document that was made."})
    _refuse_unfit(document.review, correspondent, on, by=by)
    made_on = timezone.localdate(rendering.at)
    if on.latest and on.latest < made_on:
        raise ValidationError({"on": f"This version was only made on {made_on:%-d %B %Y}"})
    made = FamilyReading(
        document=document,
        correspondent=correspondent,
        rendering=rendering,
        on=on,
        how=how,
        key=key,
        by=by,
        **{name: words.strip() for name, words in said.items()},
    )
    made.full_clean(exclude=["document", "correspondent", "rendering", "by"])
    made.save()
    _tell(EventType.FAMILY_READING_RECORDED, made, document, by=by, how=str(how))
    return made


def _refuse_unfit(review, correspondent, on, *, by):
    """As any contact with them: with a day, not to come, and in no hold."""
    contact = ContactEntry(on=on, direction=ContactEntry.Direction.MET)
    refuse_impossible(correspondent.hold, contact, today=timezone.localdate())
    refuse_held(review, Stops.FAMILY, by=by, on=on, field="on")
    refuse_held(review, Stops.CONTACT, correspondent.person, by=by, on=on, field="on")


@transaction.atomic
def record_change(reading, *, words, by, key, paragraph=None):
    """What was made of what they said: in which paragraph, or why nothing was changed."""
    need(words, "words")
    document = lock_document(reading.document)
    if found := FamilyChange.objects.filter(key=key).first():
        if found.reading_id != reading.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_keep_family_copy, document.review, by)
    if paragraph and paragraph.section.document_id != document.pk:
        raise ValidationError({"number": "That paragraph is of another document."})
    made = FamilyChange(reading=reading, paragraph=paragraph, words=words.strip(), key=key, by=by)
    made.full_clean(exclude=["reading", "paragraph", "by"])
    made.save()
    _tell(EventType.FAMILY_CHANGE_RECORDED, made, document, by=by, reading=reading.pk)
    return made


def _tell(type_, row, document, *, by, **data):
    record(type_, by=by, review=document.review, target=row, number=document.number, **data)
