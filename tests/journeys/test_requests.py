"""An author with little time: from the link in a message to the receipt."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from reviews.requests.models import Request, RequestDraft
from tests.journeys.conftest import press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW = "DARDR-2026-01"


def asked(part, kind):
    return Request.objects.get(participation=part, kind=kind)


def test_from_the_link_to_a_receipt_in_four_pages(demo, open_browser):
    request = asked(demo(NEW, "Housing"), "question")
    page, loaded = open_browser(), []
    page.on("load", lambda one: loaded.append(one.url))

    page.goto(reverse("reviews:request-link", args=[request.key]))
    page.get_by_label("E-mail address").fill("author@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Answer to a question")
    page.get_by_role("link", name="Nothing is known to us").click()
    page.get_by_role("button", name="Confirm and send").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()

    assert len(loaded) <= 4
    request.refresh_from_db()
    assert request.state == "nil"


def test_what_is_typed_is_there_in_another_browser(demo, sign_in_as):
    request = asked(demo(NEW, "Housing"), "question")
    address = reverse("reviews:request-answer", args=[NEW, request.pk])
    page = sign_in_as("author")
    page.goto(address)
    page.get_by_label("Your answer").fill("It was never decided.")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=10_000)
    page.close()

    colleague = sign_in_as("signoff")
    colleague.goto(address)

    expect(colleague.get_by_label("Your answer")).to_have_value("It was never decided.")
    colleague.get_by_role("button", name="Send the answer").click()
    expect(colleague.get_by_role("heading", name="Receipt")).to_be_visible()
    assert not RequestDraft.objects.exists()


def test_agencies_are_asked_after_a_look_at_every_message(demo, sign_in_as):
    page = sign_in_as("coordinator")
    page.goto(reverse("reviews:request-ask", args=[NEW]) + "?kind=report")
    page.get_by_label("Millbrook Homes").check()
    page.get_by_label("Why do you ask?").fill("You were in contact with FA 1.")
    page.get_by_role("button", name="Look at the messages").click()
    expect(page.get_by_text("1 agency is to be asked, with 2 messages.")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_text("1 agency asked.")).to_be_visible()
    assert Request.objects.filter(kind="report", participation=demo(NEW, "Housing")).exists()
