"""One page and one count of what a person may see, against bare SQL that already knows the ids."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from actionplans.models import Recommendation
from bench.figures import in_turns
from bench.seed import seed
from chronologies.models import Entry
from reviews.access import Access
from reviews.models import Review

PAGE = 50


def measure(sizes):
    seed(sizes)
    people = {
        "author of one agency": User.objects.get(pk=sizes.agencies + 2),
        "author of the police": User.objects.get(pk=1),
        "coordinator": User.objects.get(pk=sizes.users),
    }
    return {
        f"{name}, {person}": _one(name, user, sizes.turns)
        for person, user in people.items()
        for name in ("reviews", "entries", "plan")
    }


def _one(name, user, turns):
    queryset = {"reviews": _reviews, "entries": _entries, "plan": _plan}[name]
    page, count = _bare(name, user)

    def ours():
        user.__dict__.pop("_access", None)  # as in a new request
        rows = queryset(user)
        return list(rows[:PAGE]), rows.count()

    def bare():
        with connection.cursor() as cursor:
            cursor.execute(*page)
            rows = cursor.fetchall()
            cursor.execute(*count)
            return rows, cursor.fetchone()[0]

    with CaptureQueriesContext(connection) as asked:
        rows, total = ours()
    same = total == bare()[1] and len(rows) == len(bare()[0])
    return {
        "rows_visible": total,
        "same_as_bare": same,
        "queries": len(asked),
        **in_turns(ours, bare, turns),
    }


def _reviews(user):
    return Review.objects.visible_to(user)


def _entries(user):
    return Entry.objects.visible_to(user).live().dated().in_time_order()


def _plan(user):
    return Recommendation.objects.visible_to(user).live().in_plan_order()


def _bare(name, user):
    access = Access(user)
    whole = sorted(access.reviews_with("read_chronologies"))
    parts = sorted(access.parts_with("read_own_entries"))
    if name == "reviews":
        ids = sorted(access.reviews_with("view_review"))
        where, params = "id = any(%s)", [ids]
        table, order = "reviews_review", "created_at desc, id desc"
    elif name == "entries":
        column, ids = ("review_id", whole) if whole else ("participation_id", parts)
        where = f"{column} = any(%s) and withdrawn_at is null and date_earliest is not null"
        params = [ids]
        table, order = "chronologies_entry", "date_earliest, date_latest, position, id"
    else:
        table, order = "actionplans_recommendation", "review_id, position, id"
        where, params = "review_id = any(%s) and withdrawn_at is null", [whole]
        if not whole:
            where = (
                "id in (select recommendation_id from actionplans_recommendationlead "
                "where participation_id = any(%s)) and withdrawn_at is null"
            )
            params = [parts]
    page = f"select * from {table} where {where} order by {order} limit {PAGE}"  # noqa: S608
    return (page, params), (f"select count(*) from {table} where {where}", params)  # noqa: S608
