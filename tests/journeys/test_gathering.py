"""From an empty review to an agency's chronology in it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from foundations.post.models import Message
from foundations.post.outbox import deliver
from tests.journeys.conftest import fill_in_sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REVIEW = "DARDR-2026-01"
FILE = {
    "name": "surgery record.csv",
    "mimeType": "text/csv",
    "buffer": (
        b"Date,Details,Outcome\n"
        b"12.03.2023,Seen about a sore throat.,Advice given.\n"
        b"autumn 2024,Did not come to an appointment.,Letter sent.\n"
    ),
}


def press(page, name):
    """A button, or a link that looks like one and says that it is one."""
    page.get_by_role("button", name=name, exact=True).click()


def test_coordinator_opens_a_review_and_the_author_joins(
    demo, mailoutbox, sign_in_as, open_browser
):
    page = sign_in_as("coordinator")
    press(page, "Open a review")
    page.get_by_label("Partnership").select_option("Safer Millbrook Partnership")
    page.get_by_label("Reference").fill("DARDR-2026-09")
    press(page, "Open review")
    expect(page.get_by_text("Review created.")).to_be_visible()

    page.goto("/reviews/DARDR-2026-09/subjects/add/")
    page.get_by_label("Pseudonym").fill("FA 9")
    page.get_by_label("Victim", exact=True).check()
    press(page, "Add subject")
    expect(page.get_by_text("FA 9 added.")).to_be_visible()

    page.goto("/reviews/DARDR-2026-09/agencies/add/")
    page.get_by_label("Agency", exact=True).select_option("Millbrook Homes")
    press(page, "Add agency")
    expect(page.get_by_text("Millbrook Homes added.")).to_be_visible()

    page.goto("/reviews/DARDR-2026-09/access/invite/")
    page.get_by_label("E-mail address").fill("newcomer@housing.example")
    page.get_by_label("Agency IMR author").check()
    page.get_by_label("For which agency").select_option("Millbrook Homes")
    press(page, "Send invitation")
    expect(page.get_by_text("Invitation sent to newcomer@housing.example.")).to_be_visible()

    set_up_the_account(open_browser(), link_in_the_mail_to("newcomer@housing.example", mailoutbox))


def link_in_the_mail_to(email, mailoutbox):
    for message in Message.objects.filter(to=email):
        deliver(message.pk)
    texts = [mail.body for mail in mailoutbox if mail.to == [email]]
    assert len(texts) == 1
    return re.search(r"/account/invitation/\S+", texts[0])[0]


def set_up_the_account(page, link):
    page.goto(link)
    page.get_by_label("Your name").fill("Noor Newcomer")
    page.get_by_role("textbox", name="Choose a password").fill("four quiet otters swim")
    press(page, "Set up account")
    if page.get_by_role("heading", name="Sign in").is_visible():
        fill_in_sign_in(page, "newcomer@housing.example", "four quiet otters swim")
    expect(page.get_by_text("DARDR-2026-09").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_author_uploads_checks_and_saves(demo, sign_in_as, script):
    page = sign_in_as("author", java_script_enabled=script)

    bring_a_file(page, demo(REVIEW, "Housing"))

    press(page, "See the chronology")
    expect(page.get_by_text("Did not come to an appointment.")).to_be_visible()


def bring_a_file(page, part):
    page.goto(reverse("chronologies:import-upload", args=[REVIEW, part.pk]))
    page.get_by_label("Choose your file").set_input_files(FILE)
    press(page, "Upload")
    expect(page.get_by_role("heading", name="Which column holds what?")).to_be_visible()
    expect(page.get_by_label("What “Details” holds")).to_have_value("text")
    press(page, "Continue")
    expect(page.get_by_role("heading", name="Check what will be saved")).to_be_visible()
    expect(page.get_by_text("Seen about a sore throat.")).to_be_visible()
    page.locator("form[action$='/save/'] button").click()
    expect(page.get_by_role("heading", name="Saved on")).to_be_visible()


def test_author_corrects_an_entry_by_keyboard_alone(demo, sign_in_as):
    page = sign_in_as("author")
    part = demo(REVIEW, "Housing")
    page.goto(reverse("chronologies:chronology", args=[REVIEW, part.pk]))
    entry = part.entries.get(text__startswith="Damage to the internal door")
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
    expect(row).to_contain_text("reported as accidental. A second repair followed.")
    expect(page.locator("#announce")).to_have_text("The entry has been changed.")


def tab_to(page, target, most=120):
    """Along the page as somebody without a mouse goes."""
    for _ in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches {target}")


def test_empty_form_says_what_is_missing_and_leads_there(demo, sign_in_as):
    page = sign_in_as("coordinator")
    page.goto(f"/reviews/{REVIEW}/subjects/add/")

    press(page, "Add subject")

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    summary.get_by_role("link", name="Enter the pseudonym").click()
    expect(page.get_by_label("Pseudonym")).to_be_focused()
