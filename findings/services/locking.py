"""What every change here asks first, in one order: the review, then the row."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review


class KeyOfAnother(Http404):
    """The key came with a form of another review or row: what it made is not shown."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was opened."""


class TakenAway(Exception):
    """Somebody has taken it away meanwhile."""


def lock_review(review):
    """One change of a review's analysis after the other, so that each is numbered once."""
    locked = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    refuse_if_ended(locked)
    return locked


def made_with(model, key, review):
    """What a first click with this key made, or None."""
    found = model.objects.filter(key=key).first()
    if found and found.review_id != review.pk:
        raise KeyOfAnother
    return found


def next_number(rows):
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def locked(row, review):
    """The row as it is now, while nobody else can change it."""
    lock_review(review)
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not row.is_live:
        raise TakenAway
    return row


def keep_version(row, *, reason, by):
    """What it said until now. `row` is a finding or a lesson, locked."""
    version = row.versions.model(reason=reason.strip(), by=by, number=next_number(row.versions))
    setattr(version, row._meta.model_name, row)
    version.snapshot = row.snapshot
    version.full_clean(exclude=["by"])
    version.save()


def remove(row, *, by):
    row.removed_at, row.removed_by = timezone.now(), by
    row.save(update_fields=["removed_at", "removed_by"])


def need(reason, field="reason"):
    if not reason.strip():
        raise ValidationError({field: "Say why"})
