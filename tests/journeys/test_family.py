"""The chair keeps the log of contact with a family, on a telephone as at a desk."""

import pytest
from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from foundations.dates import PartialDate
from reviews.models import Person
from reviews.people.services import set_identity
from tests.journeys.conftest import press
from tests.journeys.test_every_page import faults

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HOME = "/reviews/DARDR-2026-01/"
WORDS = "In their words, as nearly as you can"


@pytest.mark.parametrize("width", [1280, 390])
def test_somebody_is_added_heard_and_answered(demo, sign_in_as, width):
    _give_a_name("FA 1", "Zara Quillfeather")
    page = sign_in_as("chair", viewport={"width": width, "height": 900})
    page.goto(HOME)
    page.get_by_role("link", name="Family and others", exact=True).click()
    press(page, "Add somebody")
    page.get_by_label("What they are to whom").fill("Aunt of FA 1")
    page.get_by_label("Family of the person who died or was harmed").check()
    press(page, "Add")

    press(page, "Record a contact")
    page.get_by_label("Or in words", exact=False).first.fill("early March 2026")
    page.get_by_label("They met").check()
    page.get_by_label("In person").check()
    page.get_by_label("Who for the review?").fill("The chair")
    press(page, "Record contact")
    expect(page.get_by_role("heading", name="early March 2026: in person")).to_be_visible()

    press(page, "Record a wish or question")
    page.get_by_label("A wish", exact=True).check()
    page.get_by_label(WORDS).fill("Call her Zara.")
    press(page, "Record")
    expect(page.get_by_role("alert")).to_contain_text("“Zara” is a real name in this review")
    page.get_by_label("Keep it: these are somebody else’s words").check()
    press(page, "Record")
    expect(page.get_by_text("Call her Zara.")).to_be_visible()
    expect(page.get_by_text("Not answered yet")).to_be_visible()

    page.get_by_role("link", name="Look it up").click()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    press(page, "Show")
    expect(page.get_by_text("Nobody has entered how to reach them.")).to_be_visible()


def test_a_full_log_is_accessible_and_fits(demo, sign_in_as):
    page = sign_in_as("coordinator")
    page.goto(HOME + "family/")
    found = [f"the list at {one}" for one in faults(page)]
    for name in ("Mother of FA 1", "Sister of FA 1", "MA 1"):
        with page.expect_navigation():
            page.get_by_role("link", name=name, exact=True).click()
        found += [f"{name} at {one}" for one in faults(page)]
        page.goto(HOME + "family/")
    page.goto(HOME + "family/wishes/")
    found += [f"the wishes at {one}" for one in faults(page)]
    assert found == []


def _give_a_name(pseudonym, name):
    nothing = PartialDate.none()
    set_identity(
        Person.objects.get(pseudonym=pseudonym),
        by=None,
        names=[name],
        born=nothing,
        died=nothing,
        contact="",
    )
