"""Making the reminders of a day, and what a coordinator does about a message that did not arrive."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import EventType
from audit.services import record
from foundations.post import outbox
from reviews.reminders import emails
from reviews.reminders.models import Mailing, Posting, Reminder, ReminderSteps
from reviews.reminders.planning import plan
from reviews.reminders.steps import install


@dataclass(frozen=True)
class Told:
    rule: str
    due: object
    reference: str


@dataclass(frozen=True)
class Reminded:
    """What one person is told on a day."""

    user: User
    items: tuple[Told, ...]
    already_sent: bool


@transaction.atomic
def send_reminders(*, on, dry_run=False):
    """One message for each person who is to be told something and has had none for that day.

    What it would say and what was said, by address. Two at once: the second waits for the first
    and finds everything done.
    """
    if not dry_run:
        ReminderSteps.objects.select_for_update().get(pk=install().pk)
    earlier = _sent_for(on)
    planned = {user: items for user, items in plan(on).items() if user.pk not in earlier}
    if not dry_run:
        for user, items in planned.items():
            _remind(user, items, on)
        _tell(planned, on)
    new = (Reminded(user, _told(items), already_sent=False) for user, items in planned.items())
    return sorted([*earlier.values(), *new], key=lambda one: one.user.email)


def _sent_for(day):
    found = {}
    mailings = Mailing.objects.filter(day=day).select_related("user")
    for mailing in mailings.prefetch_related("reminders__review"):
        items = (Told(one.rule, one.due, one.review.reference) for one in mailing.reminders.all())
        found[mailing.user_id] = Reminded(mailing.user, tuple(items), already_sent=True)
    return found


def _told(items):
    return tuple(Told(item.kind.code, item.owed.due, item.review.reference) for item in items)


def _remind(user, items, day):
    mailing = Mailing.objects.create(user=user, day=day)
    Reminder.objects.bulk_create(
        Reminder(
            mailing=mailing,
            user=user,
            review=item.review,
            participation_id=item.owed.part_id,
            rule=item.kind.code,
            item=item.owed.item,
            due=item.owed.due,
            step=item.step,
        )
        for item in items
    )
    mailing.message = emails.send(mailing, items)
    mailing.save(update_fields=["message"])


def _tell(planned, day):
    """In the trail of each review: how many people were reminded, of how many things."""
    reviews, people, things = {}, {}, {}
    for user, items in planned.items():
        for item in items:
            pk = item.review.pk
            reviews[pk] = item.review
            people.setdefault(pk, set()).add(user.pk)
            things[pk] = things.get(pk, 0) + 1
    for pk, review in reviews.items():
        record(
            EventType.REMINDERS_SENT,
            by=None,
            review=review,
            people=len(people[pk]),
            things=things[pk],
            day=day,
        )


# --- A message that did not arrive ----------------------------------------------------------------


@transaction.atomic
def send_again(message, *, by):
    """Raises outbox.CannotSendAgain where it is under way or arrived, or nobody has its words."""
    message = outbox.send_again(message)
    postings = Posting.objects.filter(message=message)
    postings.update(settled_at=None, settled_by=None)
    _record(EventType.MESSAGE_SENT_AGAIN, message, by=by)
    return message


@transaction.atomic
def came_back(message, *, by):
    """Raises outbox.NotSent where it never left, or came back before."""
    message = outbox.came_back(message, by=by)
    _record(EventType.MESSAGE_CAME_BACK, message, by=by)
    return message


@transaction.atomic
def settle(postings, *, by):
    """They were reached in another way: the message is no exception any more.

    `postings` are those of one message that `by` may see; other partnerships settle their own.
    """
    found = list(postings.not_arrived().select_for_update(of=("self",)))
    for posting in found:
        posting.settled_at, posting.settled_by = timezone.now(), by
        posting.save(update_fields=["settled_at", "settled_by"])
    if found:
        _record(EventType.MESSAGE_SETTLED, found[0].message, by=by)
    return found


def _record(type_, message, *, by):
    about = list(Posting.objects.filter(message=message).select_related("review"))
    reviews = {posting.review for posting in about if posting.review_id} or {None}
    for review in reviews:
        record(type_, by=by, review=review, target=message)
