"""The actions of all plans that a person may see: a page and its count, the figures above it, a breakdown
and what was open over time.

The reference of the list is bare SQL that has been told the ids, with the same order, and that joins
for its count only what a count needs. That of the figures is one bare count of the same rows, so that
the ratio says what nine counts cost beside one.
"""

from dataclasses import fields

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.models import CLAIMED_CLOSED
from actionplans.rows.models import PlanRow
from actionplans.seeing.figures import broken_down, figures_of
from actionplans.seeing.history import over_time
from actionplans.seeing.listing import Seen
from actionplans.seeing.standing import SILENT_AFTER
from bench.figures import in_turns, seconds
from bench.seed import seed
from reviews.access import access_of, forget

PAGE = 50
_FROM = """
from actionplans_planrow p join actionplans_recommendation r on r.id = p.recommendation_id {of_order}
where p.ended_at is null and not r.is_draft and {where}
"""
_OF_ORDER = """join reviews_review v on v.id = p.review_id
left join actionplans_action a on a.id = p.action_id"""
_OVER = "p.status in ('done', 'superseded') or r.decision = 'rejected'"
_CLOSED = f"claimed_status in ({', '.join(map(repr, CLAIMED_CLOSED))})"
_CLAIMED = f"""p.status = 'unconfirmed' and (a.{_CLOSED}
or (a.id is null or a.key is null and a.claimed_status = '') and r.{_CLOSED})"""
_UNTOLD = """p.status <> 'reported' and v.state not in ('discontinued', 'merged', 'closed')
and coalesce(p.told_at, p.started_at) < %(before)s"""
_ORDER = f"""order by case when {_OVER} then 4 when {_CLAIMED} then 3
when p.due < %(on)s and {_UNTOLD} then 0 when p.due < %(on)s then 1 when {_UNTOLD} then 2 else 3 end,
p.due asc nulls last, p.review_id, p.id limit {PAGE}"""


def measure(sizes):
    people = seed(sizes)
    return {
        field.name.replace("_", " "): _measured(getattr(people, field.name), sizes)
        for field in fields(people)
    }


def _measured(user, sizes):
    bare = _Bare(user)

    def listed():
        forget(user)
        return knowing()

    def knowing():
        rows = _seen(user).in_order(_seen(user).chosen({}))
        return rows.count(), list(rows[:PAGE])

    def figures():
        return figures_of(_seen(user), _seen(user).chosen({}))

    with CaptureQueriesContext(connection) as asked:
        count, rows = listed()
    same = (count, [row.pk for row in rows]) == (bare.count(), [row[0] for row in bare.page()])
    seen = _seen(user)
    return {
        "rows_visible": count,
        "same_as_bare": same,
        "queries": len(asked),
        "list": in_turns(listed, bare.both, sizes.turns) | {"target": 1.5},
        "ratio_of_a_further_list": in_turns(knowing, bare.both, sizes.turns)["ratio"],
        "figures": in_turns(figures, bare.count, sizes.turns),
        "breakdown_by_agency_ms": _ms(lambda: broken_down(seen, seen.chosen({}), "agency")),
        "over_time_ms": _ms(lambda: over_time(seen)),
    }


def _seen(user):
    return Seen(user, on=timezone.localdate(), now=timezone.now())


def _ms(work):
    work()
    return round(1000 * seconds(work), 1)


class _Bare:
    """The same list as SQL that knows the ids of the reviews or of the participations."""

    def __init__(self, user):
        access = access_of(user)
        whole = sorted(access.reviews_with("read_action_plan"))
        parts = sorted(access.parts_with("read_own_actions"))
        led = (
            "p.id in (select row_id from actionplans_rowlead where participation_id = any(%(ids)s))"
        )
        self._where = "p.review_id = any(%(ids)s)" if whole else led
        now = timezone.now()
        self._told = {
            "ids": whole or parts,
            "on": timezone.localdate(),
            "before": now - SILENT_AFTER,
        }
        names = (field.column for field in PlanRow._meta.local_concrete_fields)
        self._columns = ", ".join(f'p."{name}"' for name in names)

    def _ask(self, query):
        with connection.cursor() as cursor:
            cursor.execute(query, self._told)
            return cursor.fetchall()

    def _from(self, of_order=""):
        return _FROM.format(where=self._where, of_order=of_order)

    def count(self):
        return self._ask(f"select count(*) {self._from()}")[0][0]

    def page(self):
        return self._ask(f"select {self._columns} {self._from(_OF_ORDER)} {_ORDER}")

    def both(self):
        return self.count(), self.page()
