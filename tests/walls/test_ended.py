"""A review that has ended offers no way to what it would only refuse, and refuses it."""

import re

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from audit.models import Event
from reviews.lifecycle.ended import ReviewEnded, still_works
from reviews.models import Review
from reviews.rules import State
from tests.factories.accounts import UserFactory
from tests.walls.access_table import TABLE
from tests.walls.addresses import address, form_data
from tests.walls.test_trail_of_services import SERVICES

pytestmark = pytest.mark.usefixtures("for_now")
WHO = ("coordinator", "chair", "panel", "author_own", "officer_own", "lead_own")
WAY = re.compile(r'(?:href|action|hx-get|hx-post)="([^"#?]+)')
# Those who work in a review; what is of a whole partnership goes on.
IN_REVIEW = [name for name, page in TABLE.items() if any(page.status(who) == 200 for who in WHO)]

# Which services a review that has ended refuses, whoever calls them and from wherever.
REFUSED_OF = (
    "terms.",
    "term.",
    "meeting.",
    "minutes.",
    "meeting_action.",
    "scoping.",
    "request.",
    "interview.",
    "query.",
    "finding.",
    "evidence.",
    "passage.",
    "count.",
    "lesson.",
    "mark.",
    "comment.",
    "event.",
    "entry.tied",
    "entry.untied",
    "recommendation.",
    "action.",
    "earlier.",
    "document.",
    "scan.",
    "office.",
    "section.",
    "paragraph.",
    "citation.",
    "remark.",
    "extract.sent",
    "extract.answered",
    "extract.handed_in",
    "extract.moved",
    *("release.proposed", "release.signed", "release.cooling_off", "release.called_off"),
    "release.published",
)
REFUSED = {type_ for type_ in SERVICES if type_.startswith(REFUSED_OF)} | {
    "check.asked",
    "check.begun",
    "check.marked",
    "check.finished",
    "paper.made",
    "circumstances.changed",
    *("row.owner_set", "milestones.changed", "plan.ordered"),
    "early_action.begun",
    "early_action.moved",
    "mismatch.asked",
    "mismatch.judged",
    "review.decided",
    "share.given",
}
# Cancelling and its message, saying what was done, a pack of what there is, and taking back.
REFUSED -= {"meeting.cancelled", "meeting.pack_made", "meeting_action.done"}
REFUSED -= {"document.unshared", "office.pack_unsent"}
STILL_TAKEN = (
    "meeting.cancelled",
    "meeting_action.done",
    "concern.raised",
    "concern.closed",
    "early_action.done",
    "share.withdrawn",
    "document.unshared",
    "extract.withdrawn",
    "disclosure.frozen",
    "disclosure.handed",
    "office.pack_unsent",
    "release.taken_down",
    "release.withdrawn",
    "release.plan_marked",
)
# Pages that are read on, where the form has gone that stands on them.
STILL_READ = {"reports:checks", "reports:office-letter"}


@pytest.fixture
def ended(world):
    """What somebody fetched before says nothing of it yet."""
    both = [world.rows.one.pk, world.rows.two.pk]
    Review.objects.filter(pk__in=both).update(state=State.DISCONTINUED)


def is_refused(name):
    declared = TABLE.get(name)
    return bool(declared and declared.form and not still_works(name))


def ways_on(text, review):
    """Names of the pages of a review that a page leads to."""
    for url in WAY.findall(text):
        if not url.startswith(f"/reviews/{review.reference}/"):
            continue
        try:
            yield resolve(url).view_name
        except Resolver404:
            continue


def leads_nowhere(name):
    return is_refused(name) and name not in STILL_READ


def is_of(review, name, rows):
    return address(name, rows).startswith(f"/reviews/{review.reference}/")


@pytest.mark.parametrize("who", WHO)
def test_no_page_leads_to_what_can_only_be_refused(who, world, ended):
    found, one = {}, world.rows.one
    for name in IN_REVIEW:
        page = TABLE[name]
        if not page.reads or page.form:
            continue
        if page.status(who) != 200 or not is_of(one, name, world.rows):
            continue
        with world.placements[who].standing() as client:
            response = client.get(address(name, world.rows))
        if not response["Content-Type"].startswith("text/html"):
            continue
        if leads := sorted(set(filter(leads_nowhere, ways_on(response.content.decode(), one)))):
            found[name] = leads
    assert found == {}


@pytest.mark.parametrize("name", [name for name in IN_REVIEW if is_refused(name)])
def test_a_form_that_was_open_before_is_refused_after(name, world, ended):
    if not is_of(world.rows.one, name, world.rows):
        return  # it begins something else
    who = next(one for one in WHO if TABLE[name].status(one) == 200)

    with world.placements[who].standing() as client:
        response = client.post(address(name, world.rows), form_data(name))

    assert response.status_code == 409
    assert "was discontinued" in response.content.decode()


@pytest.mark.parametrize("type_", sorted(REFUSED))
def test_its_services_refuse(type_, world, ended):
    with pytest.raises(ReviewEnded, match="can be read, but not changed"), transaction.atomic():
        SERVICES[type_](world.rows, UserFactory())


@pytest.mark.parametrize("type_", STILL_TAKEN)
def test_what_must_go_on_goes_on(type_, world, ended):
    SERVICES[type_](world.rows, UserFactory())

    assert Event.objects.order_by("pk").last().type == type_
