"""From nothing to a review that its chair and its first agency have joined."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from foundations.post.models import Message
from foundations.post.outbox import deliver
from reviews.models import Review
from reviews.rules import Role
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.journeys.conftest import enter, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REFERENCE = "DHR-2026-09"
PASSWORD = "four quiet otters swim"


def test_coordinator_opens_a_review(sign_in_with):
    page = sign_in_with(Role.COORDINATOR, partnership=PartnershipFactory())
    AgencyFactory(name="Millbrook Homes")

    press(page, "Open a review")
    fill_in_the_particulars(page)
    press(page, "Open review")

    expect(page.get_by_text("Review created.")).to_be_visible()
    add_a_subject(page)
    add_an_agency(page)
    page.goto(reverse("desk:review-home", args=[REFERENCE]))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Domestic Homicide Review (DHR)")
    expect(main).to_contain_text("Local serious incident review")
    expect(main).to_contain_text("2019 to mid-September 2025")
    expect(main).to_contain_text("FA 9 (victim)")
    expect(main).to_contain_text("1 agency, 0 submitted")


def fill_in_the_particulars(page):
    page.get_by_label("Reference").fill(REFERENCE)
    page.get_by_label("Local serious incident review").check()
    page.get_by_label("Domestic Homicide Review (DHR)").check()
    page.get_by_role("group", name="Timeframe: from").get_by_label("Year").fill("2019")
    end = page.get_by_role("group", name="Timeframe: to")
    end.get_by_label("Or in words").fill("mid-September 2025")
    page.get_by_label("Why this timeframe").fill("The first record of abuse is of 2019.")


def add_a_subject(page):
    page.get_by_role("link", name="Add a subject").click()
    page.get_by_label("Pseudonym").fill("FA 9")
    page.get_by_label("Victim", exact=True).check()
    press(page, "Add subject")
    expect(page.get_by_text("FA 9 added.")).to_be_visible()


def add_an_agency(page):
    page.get_by_role("link", name=REFERENCE).click()
    page.get_by_role("link", name="Add an agency").click()
    page.get_by_label("Agency", exact=True).select_option("Millbrook Homes")
    press(page, "Add agency")
    expect(page.get_by_text("Millbrook Homes added.")).to_be_visible()


@pytest.fixture
def review(transactional_db):
    review = ReviewFactory(reference=REFERENCE)
    ParticipationFactory(review=review, agency=AgencyFactory(name="Millbrook Homes"))
    return review


def test_invited_author_joins_and_finds_the_chronology(
    review, mailoutbox, sign_in_with, open_browser
):
    email = "author@housing.example"
    invite(sign_in_with(Role.COORDINATOR, review), email, "Agency IMR author", "Millbrook Homes")

    page = open_browser()
    set_up_the_account(page, link_in_the_mail_to(email, mailoutbox), "Noor Newcomer")
    come_back(page, email)

    page.get_by_role("link", name="Chronology of Millbrook Homes").click()
    expect(page.get_by_text("No entries yet")).to_be_visible()
    expect(page.get_by_role("button", name="Upload a file")).to_be_visible()


def test_invited_chair_joins_and_finds_the_review(review, mailoutbox, sign_in_with, open_browser):
    email = "chair@reviews.example"
    invite(sign_in_with(Role.COORDINATOR, review), email, "Independent chair")

    page = open_browser()
    set_up_the_account(page, link_in_the_mail_to(email, mailoutbox), "Ioan Newcomer")
    come_back(page, email)

    page.get_by_role("link", name="Combined chronology").click()
    expect(page.get_by_role("heading", name="Combined chronology", level=1)).to_be_visible()


def invite(page, email, role, agency=None):
    page.goto(Review.objects.get().get_absolute_url())
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(role).check()
    if agency:
        page.get_by_label("For which agency").select_option(agency)
    press(page, "Send invitation")
    expect(page.get_by_text(f"Invitation sent to {email}.")).to_be_visible()


def link_in_the_mail_to(email, mailoutbox):
    for message in Message.objects.filter(to=email):
        deliver(message.pk)
    texts = [mail.body for mail in mailoutbox if mail.to == [email]]
    assert len(texts) == 1
    return re.search(r"/account/invitation/\S+", texts[0])[0]


def set_up_the_account(page, link, name):
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("textbox", name="Choose a password").fill(PASSWORD)
    press(page, "Set up account")
    expect(page.get_by_text("Your account is ready.")).to_be_visible()
    expect(page.get_by_role("heading", name=REFERENCE)).to_be_visible()


def come_back(page, email):
    """Sign out, and in again with the password that was chosen; the link is spent."""
    press(page, "Sign out")
    enter(page, email, PASSWORD)
    expect(page.get_by_role("heading", name=REFERENCE)).to_be_visible()
