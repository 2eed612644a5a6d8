"""Asking people: the round of a schedule, passing on what nobody can answer any more, and by hand.

Everything of one partnership goes one after another, under a lock on it.
"""

from collections import defaultdict

from django.db import transaction

from actionplans.asking import emails
from actionplans.asking.models import RequestedRow, RequestMessage, Round, UpdateRequest
from actionplans.asking.planning import People, lines_of, rows_of
from agencies.models import Partnership
from audit.models import EventType
from audit.services import record


def lock(partnership):
    return Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def plan_round(partnership, due, *, on):
    """{user: their rows}"""
    return by_person(lines_of(rows_of(partnership), period=due.period, on=on))


def by_person(lines):
    found = defaultdict(list)
    for line in lines:
        for user in line.people:
            found[user].append(line.row)
    return dict(sorted(found.items(), key=lambda one: one[0].email))


def make_round(partnership, due, *, on):
    """Ask everybody, once for the period. Called under the lock, for every day: a day on which
    nothing ran is made up for on the next. Returns {user: their rows}."""
    Round.objects.create(partnership=partnership, period=due.period, due=due.on, made_on=on)
    return _ask(partnership, due.period, plan_round(partnership, due, on=on), on=on)


def plan_passing_on(partnership, period, *, on):
    """{user: rows} of what was asked of people who can no longer answer, for those who can."""
    asked = defaultdict(set)
    for row_id, user_id in unanswered(partnership, period).values_list("row", "request__user"):
        asked[row_id].add(user_id)
    rows = list(rows_of(partnership).filter(pk__in=asked))
    people = People({row.review_id for row in rows}, on)
    left = [
        row for row in rows if not any(people.can_answer(user_id, row) for user_id in asked[row.pk])
    ]
    return by_person(lines_of(left, period=period, on=on)) if left else {}


def pass_on(partnership, period, *, on):
    return _ask(partnership, period, plan_passing_on(partnership, period, on=on), on=on)


@transaction.atomic
def ask_by_hand(partnership, lines, *, period, on, by, key):
    """A coordinator asks about some rows now, or once more. The same key sends nothing again.

    `lines` were looked at before; what was answered meanwhile is left out.
    """
    partnership = lock(partnership)
    lines = lines_of(
        rows_of(partnership).filter(pk__in=[line.row.pk for line in lines]), period=period, on=on
    )
    return _ask(partnership, period, by_person(lines), on=on, by=by, key=key)


def unanswered(partnership, period):
    return RequestedRow.objects.unanswered().filter(
        request__partnership=partnership, request__period=period
    )


def _ask(partnership, period, planned, *, on, by=None, key=None):
    told = {}
    for user, rows in planned.items():
        request, _ = UpdateRequest.objects.get_or_create(
            partnership=partnership, period=period, user=user
        )
        RequestedRow.objects.bulk_create(
            (RequestedRow(request=request, row=row, asked_on=on) for row in rows),
            ignore_conflicts=True,
        )
        if not RequestMessage.objects.filter(request=request, key=key).exists():
            _send(request, rows, on=on, by=by, key=key)
            told[user] = rows
    _record(told, on=on, by=by)
    return told


def _send(request, rows, *, on, by, key):
    RequestMessage.objects.create(
        request=request,
        key=key,
        rows=len(rows),
        on=on,
        by=by,
        message=emails.send_request(request, rows, key=key or "schedule"),
    )


def _record(told, *, on, by):
    """In the trail of each review: how many people were asked, about how many actions."""
    type_ = EventType.UPDATES_ASKED_AGAIN if by else EventType.UPDATES_ASKED
    record_by_review(type_, told, on=on, by=by)


def record_by_review(type_, told, *, on, by):
    """`told` is {whoever was told: their rows}."""
    reviews, people, actions = {}, defaultdict(set), defaultdict(set)
    for whom, rows in told.items():
        for row in rows:
            reviews[row.review_id] = row.review
            people[row.review_id].add(whom)
            actions[row.review_id].add(row.pk)
    for pk, review in reviews.items():
        record(
            type_,
            by=by,
            review=review,
            people=len(people[pk]),
            actions=len(actions[pk]),
            day=on,
        )
