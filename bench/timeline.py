"""The timeline of a review of 15 agencies.

The reference of the picture is SQL that knows the review, about the same entries: the counts of each
agency, the entries by the months of their dates, and the rows of those that are drawn with their
marks and groups. The reference of the page is a page of the combined chronology, which lists 50 rows.
"""

import uuid

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.services import create_agency, create_partnership
from bench.figures import in_turns, median_seconds
from bench.pages import HOST, _queries, _view
from bench.seed import insert, seed
from chronologies.marking.models import Mark
from chronologies.models import Entry
from chronologies.timeline import printing
from chronologies.timeline.picture import picture_of
from chronologies.timeline.queries import Timeline
from reviews.access import forget
from reviews.rules import Role
from reviews.services import add_agency, create_review, give_role

AGENCIES = 15
MARKED = 20  # one entry in so many is marked
YEAR = {"start": "2011", "end": "2011"}


def measure(sizes):
    seed(sizes)
    worlds = {n: _world(n) for n in sizes.timeline_entries}
    with connections["owner"].cursor() as cursor:  # only it may; autovacuum does so in use
        cursor.execute("vacuum analyze")
    return {
        "picture": {
            f"{n} entries, {name}": _picture(*world, asked, sizes.turns)
            for n, world in worlds.items()
            for name, asked in (("whole", {}), ("one year", YEAR))
        },
        "page": _page(worlds, sizes.turns),
        "pdf": _pdf(worlds[sizes.timeline_entries[0]], sizes.times),
    }


def _world(n):
    """(the chair, a review of so many entries): mostly of one day, the rest months and years."""
    partnership = create_partnership(name=f"Bench timeline {uuid.uuid4().hex[:8]}")
    chair = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@bench.example")
    review = create_review(partnership=partnership, reference=f"T-{uuid.uuid4().hex[:8]}", by=None)
    give_role(user=chair, role=Role.CHAIR, review=review, by=None)
    parts = [
        add_agency(
            review, agency=create_agency(name=f"Bench {uuid.uuid4().hex[:8]}", by=None), by=None
        )
        for _ in range(AGENCIES)
    ]
    day = "date '2005-01-01' + (i * 31) %% 3600"
    kind = "i %% 10"
    insert(
        Entry,
        "generate_series(1, %s) as i(i)",
        n,
        review_id=str(review.pk),
        participation_id=f"(array[{','.join(str(part.pk) for part in parts)}])[1 + i %% {AGENCIES}]",
        position="i",
        date_text=f"to_char({day}, 'DD.MM.YYYY')",
        date_earliest=f"case {kind} when 0 then date_trunc('month', {day}) when 1 then null"
        f" else {day} end",
        date_latest=f"case {kind} when 0 then date_trunc('month', {day}) + interval '27 days'"
        f" when 1 then null else {day} end",
        date_precision=f"case {kind} when 0 then 'month' when 1 then 'none' else 'day' end",
        text="'Contact ' || i || ' with the service: she said that she did not feel safe at home.'",
    )
    insert(
        Mark,
        "chronologies_entry e where e.review_id = %s and e.position %% %s = 0",
        review.pk,
        MARKED,
        entry_id="e.id",
        kind="case when e.position %% 60 = 0 then 'key' else 'good' end",
        key="gen_random_uuid()",
    )
    return chair, review


# --- The picture --------------------------------------------------------------------------------


def _picture(chair, review, asked, turns):
    def fetch():
        forget(chair)
        timeline = Timeline(review, chair, asked)
        return len(timeline.places), timeline.groups, timeline.items, timeline.undated_items

    def bare():
        return _Bare(review, asked, is_crowded).fetch()

    timeline = Timeline(review, chair, asked)
    is_crowded = timeline.is_crowded
    with CaptureQueriesContext(connection) as asked_for:
        places, groups, items, undated = fetch()
    same = bare()
    drawn = median_seconds({"layout": lambda: picture_of(timeline)}, turns)["layout"]
    return {
        "in_period": timeline.inside,
        "drawn": len(items) + len(undated),
        "columns": is_crowded,
        "same_as_bare": (places, len(groups), len(items), len(undated)) == same,
        "queries": len(asked_for),
        **in_turns(fetch, bare, turns),
        "layout_ms": round(1000 * drawn, 3),
        "target": 1.5,
    }


_OF_REVIEW = "from chronologies_entry e where e.review_id = %s and e.withdrawn_at is null"
_IN_YEAR = "e.date_latest >= '2011-01-01' and e.date_earliest <= '2011-12-31'"
_KEYS = "e.id in (select entry_id from chronologies_mark where kind = 'key' and removed_at is null)"
_ROW = (
    "select e.id, participation_id, date_text, date_earliest, date_latest, date_precision,"
    ' date_circa, date_base, e."time", left(text, 121)'
)


class _Bare:
    """The same questions of one who knows the ids and needs no model."""

    def __init__(self, review, asked, is_crowded):
        self.review = review
        dated = "(e.date_earliest is not null or e.date_latest is not null)"
        self.inside = _IN_YEAR if asked else dated
        self.drawn = f"{self.inside} and {_KEYS}" if is_crowded else self.inside

    def fetch(self):
        with connection.cursor() as cursor:
            self.cursor = cursor
            places = self._ask(
                "select participation_id, count(*), count(*) filter (where " + self.inside + "),"
                " count(*) filter (where date_earliest is null and date_latest is null),"
                " count(*) filter (where date_latest < '2011-01-01'),"
                " count(*) filter (where date_earliest > '2011-12-31'), min(date_earliest),"
                f" min(date_latest), max(date_latest), max(date_earliest) {_OF_REVIEW} group by 1"
            )
            groups = self._ask(
                "select participation_id, date_trunc('month', date_earliest),"
                f" date_trunc('month', date_latest), count(*) {_OF_REVIEW} and {self.inside}"
                " group by 1, 2, 3"
            )
            items = self._drawn(self.drawn)
            few = [place[0] for place in places if place[3] <= 60]
            undated = self._drawn(
                "date_earliest is null and date_latest is null and"
                f" (participation_id = any(array{few}::bigint[]) or {_KEYS})"
            )
            return len(places), len(groups), len(items), len(undated)

    def _drawn(self, which):
        rows = self._ask(f"{_ROW} {_OF_REVIEW} and {which} order by position, e.id limit 30000")
        ids = [row[0] for row in rows]
        for table, column in (("mark", "kind"), ("eventaccount", "group_id")):
            self.cursor.execute(
                f"select entry_id, {column} from chronologies_{table}"  # noqa: S608
                " where entry_id = any(%s) and removed_at is null",
                [ids],
            )
            self.cursor.fetchall()
        return rows

    def _ask(self, question):
        self.cursor.execute(question, [self.review.pk])
        return self.cursor.fetchall()


# --- The page and the file ------------------------------------------------------------------------


def _page(worlds, turns):
    views, queries = {}, {}
    for n, (chair, review) in worlds.items():
        client = Client(HTTP_HOST=HOST)
        client.force_login(chair)
        address = reverse("chronologies:timeline", args=[review.reference])
        views[n] = _view(client, address)
        queries[n] = {
            "whole": _queries(views[n]),
            "year": _queries(_view(client, f"{address}?start=2011&end=2011")),
        }
        listed = _view(client, reverse("chronologies:combined", args=[review.reference]))
        views[n, "list"] = listed
    timed = {n: in_turns(views[n], views[n, "list"], turns) for n in worlds}
    return {
        "queries": queries,
        "constant": len({one["whole"] for one in queries.values()}) == 1
        and len({one["year"] for one in queries.values()}) == 1,
        "timeline_ms": {n: each["ours_ms"] for n, each in timed.items()},
        "list_of_50_ms": {n: each["bare_ms"] for n, each in timed.items()},
        "ratio": {n: each["ratio"] for n, each in timed.items()},
    }


def _pdf(world, times):
    chair, review = world
    return median_seconds({"seconds": lambda: printing.make(review, chair, chosen={})}, times) | {
        "entries": Entry.objects.filter(review=review).count()
    }
