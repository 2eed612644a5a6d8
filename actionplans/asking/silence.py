"""Who is told, step by step, that a row which was asked about has no answer."""

from collections import defaultdict

from actionplans.asking import emails
from actionplans.asking.models import Escalation, Step, UpdateRequest
from actionplans.asking.planning import People, rows_of, why_not
from actionplans.asking.rounds import record_by_review, unanswered
from audit.models import EventType
from reviews.models import Review
from reviews.rules import Role


def last_period(partnership):
    """The last one in which anybody was asked; None where nobody was."""
    requests = UpdateRequest.objects.filter(partnership=partnership).order_by("-period")
    return requests.values_list("period", flat=True).first()


def plan_silence(partnership, schedule, *, on):
    """{(step, user): rows} of what was not told before. A day on which nothing ran is made up for; a
    row that was answered, or that nobody has to answer for any more, is left out. A board is told of
    published plans alone."""
    period = last_period(partnership)
    if period is None or not schedule.is_on:
        return {}
    asked_on, asked = {}, defaultdict(set)
    waiting = unanswered(partnership, period)
    for row_id, user_id, day in waiting.values_list("row", "request__user", "asked_on"):
        asked_on[row_id] = min(day, asked_on.get(row_id, day))
        asked[row_id].add(user_id)
    rows = [row for row in rows_of(partnership).filter(pk__in=asked) if not why_not(row, period)]
    published = _published(rows)
    people, told = People({row.review_id for row in rows}, on), _told(partnership, period)
    found = defaultdict(list)
    for row in rows:
        for step in _reached(schedule, (on - asked_on[row.pk]).days):
            if step == Step.BOARD and row.review_id not in published:
                continue
            for user in _whom(step, row, people, asked[row.pk]):
                if (row.pk, step, user.pk) not in told:
                    found[step, user].append(row)
    return dict(
        sorted(found.items(), key=lambda one: (list(Step).index(one[0][0]), one[0][1].email))
    )


def _published(rows):
    """Ids of the reviews of whose plans a board learns anything."""
    reviews = Review.objects.published().filter(pk__in={row.review_id for row in rows})
    return set(reviews.values_list("pk", flat=True))


def _told(partnership, period):
    rows = Escalation.objects.filter(partnership=partnership, period=period)
    return set(rows.values_list("row", "step", "user"))


def _reached(schedule, days):
    after = {
        Step.LEADS: schedule.leads_after,
        Step.COORDINATOR: schedule.coordinator_after,
        Step.BOARD: schedule.board_after,
    }
    return [step for step, wait in after.items() if days >= wait]


def _whom(step, row, people, asked):
    if step == Step.LEADS:
        return [user for user in people.of_agency(row) if user.pk not in asked]
    role = Role.COORDINATOR if step == Step.COORDINATOR else Role.BOARD_READER
    return people.at(row, role)


def tell_silence(partnership, schedule, *, on):
    """Called under the partnership's lock. Returns {(step, user): rows}."""
    planned = plan_silence(partnership, schedule, on=on)
    for (step, user), rows in planned.items():
        message = emails.send_silence(user, step, rows, partnership=partnership, on=on)
        Escalation.objects.bulk_create(
            Escalation(
                partnership=partnership,
                period=last_period(partnership),
                row=row,
                step=step,
                user=user,
                on=on,
                message=message,
            )
            for row in rows
        )
    record_by_review(EventType.SILENCE_TOLD, _by_user(planned), on=on, by=None)
    return planned


def _by_user(planned):
    found = defaultdict(list)
    for (_, user), rows in planned.items():
        found[user] += rows
    return found
