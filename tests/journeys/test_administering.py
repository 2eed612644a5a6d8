"""The administrator keeps the accounts and the register of agencies, and meets no case."""

import pytest
from playwright.sync_api import expect

from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.journeys.conftest import press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REFERENCE = "DHR-2026-09"
OF_THE_CASE = (REFERENCE, "FA 9", "A neighbour heard shouting", "Audit every referral")


@pytest.fixture
def author(transactional_db):
    """Somebody at work in a review that has a subject, an entry and a recommendation."""
    review = ReviewFactory(
        reference=REFERENCE, partnership=PartnershipFactory(name="Safer Millbrook Partnership")
    )
    part = ParticipationFactory(review=review, agency=AgencyFactory(name="Millbrook Homes"))
    PersonFactory(review=review, pseudonym="FA 9")
    EntryFactory(participation=part, text="A neighbour heard shouting")
    recommendation = RecommendationFactory(review=review, text="Audit every referral")
    RecommendationLeadFactory(recommendation=recommendation, participation=part)
    return with_role(Role.IMR_AUTHOR, review, part)


def test_administrator_closes_an_account_and_appoints_a_coordinator(author, sign_in_with):
    page = sign_in_with(Role.ADMINISTRATOR)

    page.get_by_role("link", name="Accounts").first.click()
    page.get_by_role("link", name=f"Close the account of {author}").click()
    press(page, "Close account")
    expect(page.get_by_role("row").filter(has_text=author.email)).to_contain_text("Closed")

    page.get_by_role("navigation").get_by_role("link", name="People").click()
    press(page, "Appoint somebody")
    page.get_by_label("E-mail address").fill("coordinator@millbrook.example")
    page.get_by_label("Partnership").select_option("Safer Millbrook Partnership")
    page.get_by_label("CSP coordinator").check()
    press(page, "Send invitation")
    appointed = page.get_by_role("row").filter(has_text="coordinator@millbrook.example")
    expect(appointed).to_contain_text("Safer Millbrook Partnership")


def test_administrator_adds_an_agency(author, sign_in_with):
    page = sign_in_with(Role.ADMINISTRATOR)

    page.get_by_role("navigation").get_by_role("link", name="Agencies").click()
    press(page, "Add an agency")
    page.get_by_label("Name", exact=True).fill("Elm Road Surgery")
    page.get_by_role("main").locator("form button").click()

    expect(page.get_by_role("heading", name="Elm Road Surgery", level=1)).to_be_visible()


def test_administrator_follows_every_link_and_meets_no_case(author, sign_in_with):
    page = sign_in_with(Role.ADMINISTRATOR)

    found = dict(pages_from("/", page))

    assert {"/accounts/", "/agencies/", "/people/"} <= set(found)
    met = [(where, word) for where in found for word in OF_THE_CASE if word in found[where]]
    assert met == []


def test_review_does_not_exist_for_the_administrator(author, sign_in_with):
    page = sign_in_with(Role.ADMINISTRATOR)

    for beyond in ("", "chronology/", "plan/", "access/", "trail/"):
        assert page.goto(f"/reviews/{REFERENCE}/{beyond}").status == 404, beyond
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def pages_from(start, page):
    """(address, what it says) of every page that links lead to."""
    waiting, seen = [start], set()
    while waiting:
        where = waiting.pop()
        if where in seen:
            continue
        seen.add(where)
        assert page.goto(where).status == 200, where
        yield where, page.content()
        waiting += page.locator("a[href^='/']").evaluate_all(
            "links => links.map(link => new URL(link.href).pathname)"
        )
