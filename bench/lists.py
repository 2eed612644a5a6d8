"""One page and the count of what a person may see, against bare SQL that already knows the ids.

Ours begins as a request does, knowing nothing of the person: it asks what they may reach, then counts
the rows and fetches 50 of them as model instances. The bare SQL has been told the ids of the reviews or
participations, and returns tuples. As a request asks once what somebody may reach and every list in it
builds on that, the ratio is also given for a list after that.
"""

from dataclasses import fields

from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import Recommendation
from bench.figures import in_turns
from bench.seed import seed
from chronologies.models import Entry
from reviews.access import access_of, forget
from reviews.models import Review

PAGE = 50


def measure(sizes):
    people = seed(sizes)
    return {
        f"{name}, {field.name.replace('_', ' ')}": _measured(
            LISTS[name], getattr(people, field.name), sizes.turns
        )
        for field in fields(people)
        for name in LISTS
    }


def _measured(make, user, turns):
    chosen = make(user)

    def ours():
        forget(user)
        return knowing()

    def knowing():
        rows = chosen.rows()
        return rows.count(), list(rows[:PAGE])

    def bare():
        with connection.cursor() as cursor:
            cursor.execute(chosen.count, chosen.params)
            (count,) = cursor.fetchone()
            cursor.execute(chosen.page, chosen.params)
            return count, cursor.fetchall()

    with CaptureQueriesContext(connection) as asked:
        count, rows = ours()
    bare_count, bare_rows = bare()
    return {
        "rows_visible": count,
        "same_as_bare": count == bare_count and [row.pk for row in rows] == _ids(bare_rows),
        "queries": len(asked),
        **in_turns(ours, bare, turns),
        "ratio_of_a_further_list": in_turns(knowing, bare, turns)["ratio"],
        "target": 1.5,
    }


def _ids(rows):
    return [row[0] for row in rows]


class Chosen:
    """A list twice: as the product asks for it, and as SQL about one table."""

    def __init__(self, rows, *, of, where, params, order):
        self.rows, self.params = rows, params
        table = of._meta.db_table
        columns = ", ".join(
            f'"{field.column}"'
            for field in of._meta.local_concrete_fields
            if not field.generated and field.column
        )
        self.count = f"select count(*) from {table} where {where}"  # noqa: S608
        self.page = f"select {columns} from {table} where {where} order by {order} limit {PAGE}"  # noqa: S608


# --- The lists ----------------------------------------------------------------------------------

_IN_TIME = "date_earliest nulls first, date_latest, position, id"
_DATED = "withdrawn_at is null and (date_earliest is not null or date_latest is not null)"


def _reviews(user):
    return Chosen(
        lambda: Review.objects.visible_to(user),
        of=Review,
        where="id = any(%s)",
        params=[sorted(access_of(user).reviews_with("view_review"))],
        order="created_at desc, id desc",
    )


def _entries(user):
    """Of all their reviews together."""
    where, ids = _reached(user, "read_chronologies", "read_own_entries")
    return Chosen(
        lambda: Entry.objects.visible_to(user).live().dated().in_time_order().defer("search"),
        of=Entry,
        where=f"{where} and {_DATED}",
        params=[ids],
        order=_IN_TIME,
    )


def _entries_of_review(user):
    """What the combined chronology of one review lists."""
    review = _some_review(user)
    where, ids = _reached(user, "read_chronologies", "read_own_entries")
    return Chosen(
        lambda: (
            Entry.objects.visible_to(user)
            .filter(review=review)
            .live()
            .dated()
            .in_time_order()
            .defer("search")
        ),
        of=Entry,
        where=f"{where} and review_id = %s and {_DATED}",
        params=[ids, review.pk],
        order=_IN_TIME,
    )


def _plan(user):
    where, ids = _led(user)
    return Chosen(
        lambda: Recommendation.objects.visible_to(user).live().in_plan_order(),
        of=Recommendation,
        where=f"{where} and withdrawn_at is null",
        params=[ids],
        order="review_id, position, id",
    )


def _plan_of_review(user):
    review = _some_review(user)
    where, ids = _led(user)
    return Chosen(
        lambda: (
            Recommendation.objects.visible_to(user).filter(review=review).live().in_plan_order()
        ),
        of=Recommendation,
        where=f"{where} and review_id = %s and withdrawn_at is null",
        params=[ids, review.pk],
        order="review_id, position, id",
    )


LISTS = {
    "reviews": _reviews,
    "entries of all reviews": _entries,
    "entries of one review": _entries_of_review,
    "recommendations of all reviews": _plan,
    "recommendations of one review": _plan_of_review,
}


def _some_review(user):
    return Review.objects.visible_to(user).order_by("pk").first()


def _reached(user, review_right, part_right):
    access = access_of(user)
    if whole := access.reviews_with(review_right):
        return "review_id = any(%s)", sorted(whole)
    return "participation_id = any(%s)", sorted(access.parts_with(part_right))


def _led(user):
    where, ids = _reached(user, "read_action_plan", "read_own_actions")
    if where.startswith("participation"):
        where = (
            f"id in (select recommendation_id from actionplans_recommendationlead where {where})"  # noqa: S608
        )
    return where, ids
