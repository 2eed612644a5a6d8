"""What is done every day, and would be done on one to come."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from actionplans.asking.models import Escalation, RequestMessage, Round
from actionplans.asking.rounds import (
    lock,
    make_round,
    pass_on,
    plan_passing_on,
    plan_round,
)
from actionplans.asking.schedules import Schedules
from actionplans.asking.silence import plan_silence, tell_silence
from agencies.models import Partnership
from reviews.reminders.services import Reminded, Told

REQUEST = "update_request"


@dataclass(frozen=True)
class Day:
    """What goes out on a day in one partnership."""

    asked: dict  # {user: rows}
    silent: dict  # {(step, user): rows}
    due: object  # the day that people are asked for; None: nobody is


def plan_day(partnership, on):
    """As things stand now; nothing is saved."""
    schedules = Schedules(partnership)
    due = schedules.due(on)
    if _is_to_be_made(partnership, due):
        return Day(plan_round(partnership, due, on=on), {}, due.on)
    asked = {}
    if due:
        told = RequestMessage.objects.filter(
            request__partnership=partnership, request__period=due.period, key=None
        )
        told = set(told.values_list("request__user", flat=True))
        further = plan_passing_on(partnership, due.period, on=on)
        asked = {user: rows for user, rows in further.items() if user.pk not in told}
    silent = plan_silence(partnership, schedules.in_force(on), on=on)
    return Day(asked, silent, due.on if due else None)


@transaction.atomic
def make_day(partnership, on):
    """Safe to repeat, and for two at once: the second waits and finds everything done."""
    partnership = lock(partnership)
    schedules = Schedules(partnership)
    due = schedules.due(on)
    if _is_to_be_made(partnership, due):
        return Day(make_round(partnership, due, on=on), {}, due.on)
    asked = pass_on(partnership, due.period, on=on) if due else {}
    silent = tell_silence(partnership, schedules.in_force(on), on=on)
    return Day(asked, silent, due.on if due else None)


def _is_to_be_made(partnership, due):
    if due is None:
        return False
    return not Round.objects.filter(partnership=partnership, period=due.period).exists()


def ask_for_updates(*, on, dry_run=False):
    """Ask everybody who is due, in every partnership. What is said and was said, person by person."""
    people = []
    for partnership in Partnership.objects.order_by("pk"):
        people += _sent_on(partnership, on)
        day = plan_day(partnership, on) if dry_run else make_day(partnership, on)
        people += _reminded(day, on)
    return sorted(people, key=lambda one: one.user.email)


def _reminded(day, on):
    found = defaultdict(list)
    for user, rows in day.asked.items():
        found[user] += [Told(REQUEST, day.due, row.review.reference) for row in rows]
    for (step, user), rows in day.silent.items():
        found[user] += [Told(f"update_{step}", on, row.review.reference) for row in rows]
    return [Reminded(user, tuple(items), already_sent=False) for user, items in found.items()]


def _sent_on(partnership, day):
    found = defaultdict(list)
    sent = RequestMessage.objects.filter(request__partnership=partnership, on=day, key=None)
    for message in sent.select_related("request__user"):
        request = message.request
        due = Round.objects.filter(partnership=partnership, period=request.period).first()
        asked = request.asked_rows.filter(asked_on=day).select_related("row__review")
        found[request.user] += [
            Told(REQUEST, due.due if due else day, one.row.review.reference) for one in asked
        ]
    for one in Escalation.objects.filter(partnership=partnership, on=day).select_related(
        "user", "row__review"
    ):
        found[one.user].append(Told(f"update_{one.step}", day, one.row.review.reference))
    return [Reminded(user, tuple(items), already_sent=True) for user, items in found.items()]
