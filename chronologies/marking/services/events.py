"""Entries that describe one event, put together and taken apart."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from chronologies.marking.models import EventAccount, EventGroup, NotOneEvent
from chronologies.marking.services.entries import WITHDRAWN, take_away
from chronologies.models import Entry
from chronologies.services import KeyOfAnother
from reviews.lifecycle.ended import refuse_if_ended


@transaction.atomic
def put_together(entries, *, by, key, note=""):
    """These entries describe one event. Where one of them stands in an event already, the others
    come to it. The same key again gives the first one's event."""
    entries = _locked(entries)
    review = entries[0].review
    if found := EventGroup.objects.filter(key=key).first():
        if (found.review_id, found.made_by_id) != (review.pk, by.pk):
            raise KeyOfAnother
        return found
    _check(entries)
    group, placed = _event_of(entries)
    new = [entry for entry in entries if entry.pk not in placed]
    if not new:
        raise ValidationError("These entries stand together as one event already.")
    if group is None:
        group = EventGroup(review=review, key=key, made_by=by, note=note.strip())
        group.full_clean()
        group.save()
    for entry in new:
        EventAccount.objects.create(group=group, entry=entry, made_by=by)
    _tell(EventType.EVENT_GROUPED, group, by=by, entries=[entry.pk for entry in new])
    return group


def _locked(entries):
    """In one order, so that two people who take the same entries wait for each other in turn."""
    ids = sorted({entry.pk for entry in entries})
    rows = Entry.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    rows = list(rows.select_related("review"))
    refuse_if_ended(rows[0].review)
    return rows


def _check(entries):
    if len(entries) < 2:
        raise ValidationError({"entries": "Choose at least one other entry"})
    if len({entry.review_id for entry in entries}) > 1:
        raise ValidationError({"entries": "Choose entries of this review"})
    if any(entry.is_withdrawn for entry in entries):
        raise ValidationError({"entries": WITHDRAWN})


def _event_of(entries):
    """(the event that any of them stands in, or None; the ids of those that do)."""
    standing = EventAccount.objects.live().filter(entry__in=entries).select_related("group")
    groups = {account.group_id: account.group for account in standing}
    if len(groups) > 1:
        raise ValidationError(
            {"entries": "These entries stand in different events. Take one out of its event first"}
        )
    group = next(iter(groups.values()), None)
    return group, {account.entry_id for account in standing}


@transaction.atomic
def take_out(account, *, by):
    """The entry stands alone again; an event of which one account is left is none. Safe to repeat."""
    group = _locked_group(account.group)
    if take_away(account, by=by):
        _tell(EventType.EVENT_UNGROUPED, group, by=by, entries=[account.entry_id])
        if group.accounts.live().count() < 2:
            _dissolve(group, by=by)
    return group


@transaction.atomic
def dissolve(group, *, by):
    """Each of its entries stands alone again. Safe to repeat."""
    group = _locked_group(group)
    if group.dissolved_at is None:
        entries = _dissolve(group, by=by)
        _tell(EventType.EVENT_UNGROUPED, group, by=by, entries=entries)
    return group


def _locked_group(group):
    group = (
        EventGroup.objects.select_for_update(of=("self",)).select_related("review").get(pk=group.pk)
    )
    refuse_if_ended(group.review)
    return group


def _dissolve(group, *, by):
    left = group.accounts.live()
    entries = sorted(left.values_list("entry", flat=True))
    left.update(removed_at=timezone.now(), removed_by=by)
    group.dissolved_at, group.dissolved_by = timezone.now(), by
    group.save(update_fields=["dissolved_at", "dissolved_by"])
    return entries


@transaction.atomic
def say_not_one_event(first, second, *, by):
    """Somebody looked at both: they are not suggested as one event again. Safe to repeat."""
    first, second = _locked([first, second])
    accounts = EventAccount.objects.live().filter(entry__in=[first, second])
    groups = list(accounts.values_list("group", flat=True))
    if len(groups) == 2 and groups[0] == groups[1]:
        raise ValidationError("They stand together as one event. Take one out of it first.")
    said, is_new = NotOneEvent.objects.get_or_create(
        first=first, second=second, defaults={"by": by}
    )
    if is_new:
        record(
            EventType.NOT_ONE_EVENT,
            by=by,
            review=first.review,
            target=first,
            entries=[first.pk, second.pk],
        )
    return said


def _tell(type_, group, *, by, entries):
    record(type_, by=by, review=group.review, target=group, entries=entries)
