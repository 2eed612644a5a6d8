"""An agency's file on its way into the chronology, and the entries made and changed by hand."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.rules import Role
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.journeys.conftest import press, press_by_key, tab_to, type_into

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FILE = {
    "name": "surgery record.csv",
    "mimeType": "text/csv",
    "buffer": (
        b"Date,Details,Outcome,Desk\n"
        b"12.03.2023,Seen about a sore throat.,Advice given.,Front\n"
        b"31 September 2024,Did not come to an appointment.,Letter sent.,Back\n"
    ),
}


@pytest.fixture
def part(transactional_db):
    part = ParticipationFactory(agency=AgencyFactory(name="Elm Road Surgery"))
    PersonFactory(review=part.review, pseudonym="FA 1")
    return part


def chronology_of(part):
    return reverse("chronologies:chronology", args=[part.review.reference, part.pk])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_author_uploads_checks_and_saves(part, sign_in_with, script):
    page = sign_in_with(Role.IMR_AUTHOR, part.review, part, java_script_enabled=script)
    page.goto(chronology_of(part))

    press(page, "Upload a file")
    page.get_by_label("Choose your file").set_input_files(FILE)
    press(page, "Upload")
    expect(page.get_by_label("What “Details” holds")).to_have_value("text")
    page.get_by_label("What “Desk” holds").select_option("Where it is recorded")
    press(page, "Continue")
    expect_the_preview(page)
    press(page, "Save 2 entries")

    expect(page.get_by_role("heading", name="Saved on")).to_be_visible()
    press(page, "See the chronology")
    expect_the_saved_entries(page)


def expect_the_preview(page):
    expect(page.get_by_role("heading", name="Check what will be saved")).to_be_visible()
    doubtful = page.get_by_role("row").filter(has_text="Did not come to an appointment.").first
    expect(doubtful).to_contain_text("To check:")
    expect(doubtful).to_contain_text("Recorded in: Back")


def expect_the_saved_entries(page):
    expect(page.get_by_role("main")).to_contain_text("1 entry has something to check.")
    expect(page.get_by_text("Seen about a sore throat.")).to_be_visible()
    expect(page.get_by_text("Did not come to an appointment.")).to_be_visible()


def test_author_uploads_checks_and_saves_by_keyboard_alone(part, sign_in_with):
    page = sign_in_with(Role.IMR_AUTHOR, part.review, part)
    page.goto(chronology_of(part))

    press_by_key(page, "Upload a file")
    choose_the_file_by_key(page)
    press_by_key(page, "Upload")
    column = page.get_by_label("What “Desk” holds")
    type_into(page, column, "Where")
    expect(column).to_have_value("source")
    press_by_key(page, "Continue")
    expect_the_preview(page)
    press_by_key(page, "Save 2 entries")

    expect(page.get_by_role("heading", name="Saved on")).to_be_visible()
    press_by_key(page, "See the chronology")
    expect_the_saved_entries(page)


def choose_the_file_by_key(page):
    with page.expect_file_chooser() as asked:
        # Asked within: a key overtakes the order to hand over the chooser, unless the page has answered since.
        tab_to(page, page.get_by_label("Choose your file"))
        page.keyboard.press("Space")
    asked.value.set_files(FILE)


def test_author_adds_an_entry_by_keyboard_alone(part, sign_in_with):
    page = sign_in_with(Role.IMR_AUTHOR, part.review, part)
    page.goto(chronology_of(part))

    press_by_key(page, "Add an entry")
    date = page.get_by_role("group", name="Date")
    type_into(page, date.get_by_label("Month"), "3")
    type_into(page, date.get_by_label("Year"), "2022")
    tab_to(page, page.get_by_label("FA 1"))
    page.keyboard.press("Space")
    type_into(page, page.get_by_label("What happened"), "She asked for a change of surgery.")
    press_by_key(page, "Add the entry")

    row = page.get_by_role("row").filter(has_text="She asked for a change of surgery.")
    expect(row).to_contain_text("March 2022")
    expect(row).to_contain_text("FA 1")


def test_author_corrects_an_entry_by_keyboard_alone(part, sign_in_with):
    entry = EntryFactory(participation=part, text="The door was reported as damaged.")
    page = sign_in_with(Role.IMR_AUTHOR, part.review, part)
    page.goto(chronology_of(part))
    row = page.locator(f"#entry-{entry.pk}")

    tab_to(page, row.get_by_role("link", name="Change"))
    page.keyboard.press("Enter")
    expect(row.locator("[data-autofocus]")).to_be_focused()
    tab_to(page, row.get_by_label("What happened"))
    page.keyboard.press("Control+End")
    page.keyboard.type(" A second repair followed.")
    tab_to(page, row.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")

    expect(row).to_be_focused()
    expect(row).to_contain_text("The door was reported as damaged. A second repair followed.")
    expect(page.locator("#announce")).to_have_text("The entry has been changed.")


def test_author_corrects_an_entry_without_script(part, sign_in_with):
    entry = EntryFactory(participation=part, text="The door was reported as damaged.")
    page = sign_in_with(Role.IMR_AUTHOR, part.review, part, java_script_enabled=False)
    page.goto(chronology_of(part))

    page.locator(f"#entry-{entry.pk}").get_by_role("link", name="Change").click()
    page.get_by_label("What happened").fill("The door was damaged twice.")
    press(page, "Save")

    expect(page.get_by_text("The door was damaged twice.")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "button", "said", "label"),
    [
        ("chronologies:entry-add", "Add the entry", "Say what happened", "What happened"),
        ("chronologies:import-upload", "Upload", "Choose the file to upload", "Choose your file"),
        (
            "reviews:person-add",
            "Add subject",
            "Enter the pseudonym, for example MA 1",
            "Pseudonym",
        ),
        ("reviews:invite", "Send invitation", "Choose a role", "Independent chair"),
    ],
)
def test_empty_form_says_what_is_missing_and_leads_there(
    part, sign_in_with, name, button, said, label
):
    page = sign_in_with(Role.COORDINATOR, part.review)
    where = [part.review.reference] + [part.pk] * name.startswith("chronologies:")
    page.goto(reverse(name, args=where))

    press_by_key(page, button)

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    press_by_key(page, said, role="link")
    expect(page.get_by_label(label)).to_be_focused()
