"""The days on which people are reminded: versions of them, and those in force."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from audit.models import EventType
from reviews.reminders.models import DAYS, ReminderSteps
from reviews.versions import NewerVersion, next_version

HOUSE = {
    "version": 1,
    "effective_from": date(2026, 1, 1),
    "title": "The usual days",
    "source": "Proposed by this service: no guidance sets such days.",
    "days_before": 7,
    "days_after": 3,
    "lead_after": 7,
    "coordinator_after": 14,
    "days_to_read": 14,
    "days_inside": 5,
}


def install():
    """Safe to repeat: what is there stays as it is."""
    return ReminderSteps.objects.get_or_create(partnership=None, version=1, defaults=HOUSE)[0]


def steps_of(reviews, on=None):
    """{partnership id: the steps in force}, of the partnerships that lead these reviews."""
    return steps_for({review.partnership_id for review in reviews}, on or timezone.localdate())


def steps_for(partnership_ids, on):
    """A partnership's own before the house's; of each the one that began last."""
    begun = ReminderSteps.objects.filter(
        Q(partnership=None) | Q(partnership__in=partnership_ids), effective_from__lte=on
    ).order_by("effective_from", "version")
    of_place = {steps.partnership_id: steps for steps in begun}
    house = of_place.get(None) or ReminderSteps(**HOUSE)  # where nothing was installed yet
    return {place: of_place.get(place, house) for place in partnership_ids}


def newest_of(partnership):
    """What the next version is made from, even one not yet in force."""
    return ReminderSteps.objects.filter(partnership=partnership).order_by("-version").first()


def make_version(*, partnership, seen, days, **told):
    """A partnership's next version; `seen` is the number of the one it was made from, 0 for none."""
    made_from = ReminderSteps.objects.filter(partnership=partnership, version=seen).first()
    if seen and made_from is None:
        raise NewerVersion
    return next_version(
        ReminderSteps,
        lambda kind, partnership: newest_of(partnership),
        EventType.REMINDER_STEPS_MADE,
        kind=None,
        partnership=partnership,
        seen=made_from,
        **{name: days[name] for name in DAYS},
        **told,
    )
