"""Counts: saved, read again each time that somebody looks, and kept whenever they came to something
else."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.models import Count, CountReading
from findings.questions import BY, By, come_to
from findings.services.locking import lock_review, locked, made_with, remove


@transaction.atomic
def make_count(review, *, title, question, by, key):
    """`question`: the filters as filled in, and under "count" what is counted. The same key again
    gives the first one's count."""
    review = lock_review(review)
    if found := made_with(Count, key, review):
        return found
    kept = {name: value for name, value in question.items() if value}
    kept[BY] = By(kept.get(BY, By.ENTRIES)).value
    count = Count(review=review, key=key, title=title.strip(), question=kept, made_by=by)
    count.full_clean(exclude=["made_by"])
    if come_to(review, kept) is None:
        raise ValidationError("This question cannot be asked of the entries of this review.")
    count.save()
    read_again(count)
    _tell(EventType.COUNT_MADE, count, by=by)
    return count


@transaction.atomic
def take_away_count(count, *, by):
    count = locked(count, count.review)
    remove(count, by=by)
    _tell(EventType.COUNT_REMOVED, count, by=by)
    return count


def read_again(count):
    """What it comes to now, which is kept where it differs from the last time; None where it can no
    longer be asked. Of a count that was taken away, or in a review that ended, nothing is kept."""
    came = come_to(count.review, count.question)
    if came is None or not count.is_live or count.review.has_ended:
        return came
    if not _is_as_before(came, count.readings.last()):
        with transaction.atomic():
            # Two who look at once: the second finds what the first kept.
            Count.objects.select_for_update(of=("self",)).get(pk=count.pk)
            if not _is_as_before(came, count.readings.last()):
                CountReading.objects.create(count=count, value=came.value, rows=came.rows)
    return came


def _is_as_before(came, last):
    return last is not None and (last.value, last.rows) == (came.value, came.rows)


def _tell(type_, count, *, by):
    record(type_, by=by, review=count.review, target=count)
