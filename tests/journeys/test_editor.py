"""A paragraph written as it reads, without a mouse; and what happens when two write at once."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from reports.models import Document, Paragraph
from reports.services.paragraphs import change_paragraph
from reviews.models import Review
from reviews.people.models import Identity
from tests import axe
from tests.foundations.gov.test_editor import box, press, turn
from tests.journeys.conftest import press_by_key, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = "DHR-2024-02"


@pytest.fixture
def report(demo):
    demo(READ, "Police")
    review = Review.objects.get(reference=READ)
    return Document.objects.filter(review=review).order_by("number").first()


def address(name, document, pk):
    return reverse(f"reports:{name}", args=[document.review.reference, document.number, pk])


def written_in(document):
    rows = Paragraph.objects.live().filter(section__document=document, block="")
    return rows.select_related("section").order_by("pk")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_paragraph_is_written_as_it_reads_by_keyboard_alone(report, sign_in_as, width):
    section = written_in(report).first().section
    page = sign_in_as("chair", viewport={"width": width, "height": 900})
    page.goto(address("paragraph-add", report, section.pk))

    tab_to(page, box(page))
    page.keyboard.type("FA 2 told her ")
    page.keyboard.press("Control+b")
    page.keyboard.type("sister")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.keyboard.type("- in May")
    page.keyboard.press("Enter")
    page.keyboard.type("in June")
    for _ in range(2):
        page.keyboard.press("Enter")
    press(page, "Table")
    page.keyboard.type("Agency")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Contacts")
    page.keyboard.press("Control+End")
    page.keyboard.type("A slip.")
    page.wait_for_timeout(600)
    page.keyboard.type(" Another.")
    page.keyboard.press("Control+z")
    expect(page.locator("#announce")).to_contain_text("Kept for you at")
    assert [axe.said(rule) for rule in axe.violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    press_by_key(page, "Save the paragraph")

    expect(page.get_by_role("main").locator("strong", has_text="sister")).to_be_visible()
    assert Paragraph.objects.latest("pk").text.replace("\r\n", "\n") == (
        "FA 2 told her **sister**\n\n- in May\n- in June\n\n"
        "| Agency | Contacts |\n| --- | --- |\n|  |  |\n|  |  |\n\nA slip."
    )


def test_every_paragraph_of_the_demonstration_goes_through_untouched(report, sign_in_as):
    one = written_in(report).first()
    page = sign_in_as("chair")
    page.goto(address("paragraph-change", report, one.pk))

    for paragraph in Paragraph.objects.exclude(text=""):
        text = paragraph.text.replace("\r\n", "\n")
        turn(page)
        page.locator("#id_text").fill(text)
        turn(page)
        box(page).press("Control+End")
        page.keyboard.type("x")
        page.keyboard.press("Backspace")
        assert page.locator("#id_text").input_value() == text
        expect(box(page).get_by_text("This is kept as it is")).to_have_count(0)


def test_an_untouched_paragraph_is_sent_as_it_came_and_is_no_new_version(report, sign_in_as):
    one = written_in(report).first()
    versions = one.versions.count()
    page = sign_in_as("chair")
    page.goto(address("paragraph-change", report, one.pk))
    expect(box(page)).to_be_visible()

    with page.expect_navigation():
        press_by_key(page, "Save")

    expect(page.get_by_role("alert")).to_have_count(0)
    one.refresh_from_db()
    assert one.versions.count() == versions


def test_a_real_name_is_told_while_it_is_typed_and_refused(report, sign_in_as):
    name = next(
        name for one in Identity.objects.filter(person__review=report.review) for name in one.names
    )
    page = sign_in_as("chair")
    page.goto(address("paragraph-add", report, written_in(report).first().section.pk))

    box(page).press("End")
    page.keyboard.type(f"Then {name} rang.")

    expect(page.locator("#announce")).to_contain_text("is a real name in this review")
    press_by_key(page, "Save the paragraph")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_contain_text(name)


def test_two_who_write_at_once_see_both_texts_and_lose_none(report, sign_in_as):
    one = written_in(report).first()
    page = sign_in_as("chair")
    page.goto(address("paragraph-change", report, one.pk))
    box(page).press("Control+a")
    page.keyboard.type("Mine.")
    change_paragraph(one, text="**Theirs.**", kind=one.kind, seen=one.changes, by=one.made_by)

    press_by_key(page, "Save")

    expect(page.get_by_role("main")).to_contain_text("**Theirs.**")
    expect(box(page)).to_have_text("Mine.")


def test_what_is_typed_survives_the_end_of_the_session(report, sign_in_as):
    one = written_in(report).first()
    page = sign_in_as("chair")
    page.goto(address("paragraph-change", report, one.pk))
    for key in ("Control+a", "Delete", "Control+b"):
        box(page).press(key)
    page.keyboard.type("Typed")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    press_by_key(page, "Save")
    page.get_by_label("E-mail address").fill("chair@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press_by_key(page, "Sign in")

    expect(box(page).locator("strong")).to_have_text("Typed")
