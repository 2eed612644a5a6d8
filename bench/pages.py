"""Whole pages through the test client: how long they take, and how many queries at 1, 3 and 50 rows.

The reference of each page is the same page with one row. The three reviews hold 1, 3 and 50 entries and
recommendations; three people are in 1, 3 and 50 reviews.
"""

import uuid

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from actionplans.models import Action, Recommendation, RecommendationLead
from agencies.services import create_agency, create_partnership
from bench.figures import in_turns
from bench.seed import seed
from chronologies.models import Entry
from foundations.dates import parse
from reviews.rules import Role
from reviews.services import add_agency, create_review, give_role

ROWS = (1, 3, 50)
HOST = "localhost"


def measure(sizes):
    seed(sizes)
    world = {rows: _world(rows) for rows in ROWS}
    return {name: _page(name, world, sizes.turns) for name in PAGES}


def _world(rows):
    """(a chair of so many reviews, the first of which has so many entries and recommendations)."""
    partnership = create_partnership(name=f"Bench pages {uuid.uuid4().hex[:8]}")
    chair = User.objects.create_user(f"{uuid.uuid4().hex[:8]}@bench.example")
    reviews = [
        create_review(partnership=partnership, reference=f"P-{uuid.uuid4().hex[:8]}", by=None)
        for _ in range(rows)
    ]
    for review in reviews:
        give_role(user=chair, role=Role.CHAIR, review=review, by=None)
    _fill(reviews[0], rows)
    return chair, reviews[0]


def _fill(review, rows):
    """Each row of an agency of its own, so that whatever a page asks once an agency shows."""
    for i in range(1, rows + 1):
        agency = create_agency(name=f"Bench {uuid.uuid4().hex[:8]}", by=None)
        part = add_agency(review, agency=agency, by=None)
        Entry.objects.create(
            review=review,
            participation=part,
            position=i,
            date=parse("March 2011").value,
            text=f"Contact {i} with the service about safety at home",
        )
        one = Recommendation.objects.create(
            review=review, position=i, number=str(i), text=f"Train every officer, {i}"
        )
        RecommendationLead.objects.create(recommendation=one, participation=part)
        Action.objects.create(recommendation=one, position=1, text="Write a course")


PAGES = {
    "home": lambda review: reverse("desk:home"),
    "reviews": lambda review: reverse("reviews:review-list"),
    "combined chronology": lambda review: reverse("chronologies:combined", args=[review.reference]),
    "plan": lambda review: reverse("actionplans:plan", args=[review.reference]),
}


def _page(name, world, turns):
    views = {}
    for rows, (person, review) in world.items():
        client = Client(HTTP_HOST=HOST)
        client.force_login(person)
        views[rows] = _view(client, PAGES[name](review))
    queries = {rows: _queries(view) for rows, view in views.items()}
    timed = in_turns(views[max(ROWS)], views[min(ROWS)], turns)
    return {
        "queries": queries,
        "constant": len(set(queries.values())) == 1,
        "ms_at_50_rows": timed["ours_ms"],
        "ms_at_1_row": timed["bare_ms"],
        "ratio": timed["ratio"],
    }


def _view(client, address):
    def view():
        answer = client.get(address)
        if answer.status_code != 200:
            raise PageRefused(f"{address} answered {answer.status_code}")

    return view


class PageRefused(Exception):
    """The bench asked for a page that it should have been given."""


def _queries(view):
    view()  # what a process asks once is not asked again
    with CaptureQueriesContext(connection) as asked:
        view()
    return len(asked)
