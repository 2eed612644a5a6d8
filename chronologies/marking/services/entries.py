"""What every change beside an entry begins and ends with."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.services import record
from chronologies.models import Entry
from reviews.lifecycle.ended import refuse_if_ended

WITHDRAWN = "This entry was withdrawn."


def locked(entry):
    """Whoever else says something of the entry at the same time waits here."""
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("review__partnership", "participation__agency")
        .get(pk=entry.pk)
    )
    refuse_if_ended(entry.review)
    return entry


def locked_live(entry):
    entry = locked(entry)
    if entry.is_withdrawn:
        raise ValidationError(WITHDRAWN)
    return entry


def take_away(row, *, by):
    """Mark it as taken away, and say whether it still stood. The caller holds the entry's lock."""
    row.refresh_from_db(fields=["removed_at", "removed_by"])
    if not row.is_live:
        return False
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    return True


def tell(type_, entry, *, by, **data):
    """Ids and codes: never what the entry, a note or a comment says."""
    part = entry.participation
    record(
        type_,
        by=by,
        review=entry.review,
        target=entry,
        agency=part.agency.name if part else "",
        **data,
    )
