"""A share shows what an entry says now: not what it used to say, and not what was taken out."""

import pytest
from django.urls import reverse

from chronologies.services import change_entry, withdraw_entry
from reviews.rules import Role
from reviews.services import share, withdraw_share
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    entry = EntryFactory(text="Jo Example was seen", on="2011")
    author = with_role(Role.IMR_AUTHOR, entry.review, entry.participation)
    change_entry(entry, by=author, content={"text": "MA 1 was seen"}, seen=0, reason="A name")
    return entry


def shared_with_panel(entry, *, of=None):
    chair = with_role(Role.CHAIR, entry.review)
    return share(
        entry.review,
        material="chronology",
        participation=of,
        with_role=Role.PANEL_MEMBER,
        by=chair,
    )


def page(entry):
    return reverse("chronologies:entry-detail", args=[entry.review.reference, entry.pk])


@pytest.mark.parametrize("whose", ["one agency's", "everybody's"])
def test_a_share_shows_no_earlier_words(whose, entry, client, sign_in):
    shared_with_panel(entry, of=entry.participation if whose == "one agency's" else None)
    sign_in(Role.PANEL_MEMBER, entry.review)

    text = client.get(page(entry)).content.decode()

    assert "MA 1 was seen" in text
    assert "Jo Example" not in text
    assert "A name" not in text


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COORDINATOR])
def test_whoever_leads_the_review_reads_the_history(role, entry, client, sign_in):
    sign_in(role, entry.review)

    assert "Jo Example" in client.get(page(entry)).content.decode()


def test_the_agency_reads_its_own_history(entry, client, sign_in):
    sign_in(Role.SIGN_OFF_OFFICER, entry.review, entry.participation)

    assert "Jo Example" in client.get(page(entry)).content.decode()


@pytest.mark.parametrize("whose", ["one agency's", "everybody's"])
def test_what_was_withdrawn_is_no_longer_shared(whose, entry, client, sign_in):
    shared_with_panel(entry, of=entry.participation if whose == "one agency's" else None)
    sign_in(Role.PANEL_MEMBER, entry.review)
    withdraw_entry(entry, by=entry.created_by, reason="Somebody else")

    assert client.get(page(entry)).status_code == 404


def test_withdrawn_context_is_shown_to_no_panel(client, sign_in):
    entry = EntryFactory(
        participation=None, review=ParticipationFactory().review, text="Taken out", on="2011"
    )
    shared_with_panel(entry)
    withdraw_entry(entry, by=entry.created_by, reason="Somebody else")
    url = reverse("chronologies:context-chronology", args=[entry.review.reference])

    sign_in(Role.PANEL_MEMBER, entry.review)
    panel = client.get(url, {"show": "withdrawn"}).content.decode()
    sign_in(Role.COORDINATOR, entry.review)
    coordinator = client.get(url, {"show": "withdrawn"}).content.decode()

    assert "Taken out" not in panel
    assert "Taken out" in coordinator


@pytest.mark.parametrize(
    "name", ["combined", "entry-detail", "export-create", "timeline", "density", "around"]
)
def test_a_share_that_ended_ends_on_every_page_at_once(name, entry, client, sign_in):
    given = shared_with_panel(entry)
    sign_in(Role.PANEL_MEMBER, entry.review)
    at = [entry.review.reference, *([entry.pk] if name == "entry-detail" else [])]
    url = reverse(f"chronologies:{name}", args=at)
    ask = client.post if name == "export-create" else client.get
    form = {"format": "xlsx", "key": "0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b"}
    before = ask(url, form).status_code

    withdraw_share(given, by=given.shared_by)

    assert (before, ask(url, form).status_code) == (200, 404 if name == "entry-detail" else 403)
