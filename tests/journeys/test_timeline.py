"""The chair looks at the whole case in one picture, and from there at a day."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.models import Review
from tests import axe
from tests.factories.chronologies_marking import (
    EventAccountFactory,
    EventGroupFactory,
    MarkFactory,
)
from tests.journeys.conftest import press, press_by_key, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
READ = "DHR-2024-02"


@pytest.fixture
def key_event(demo):
    """An entry of the police is a key event, and the IDVA service describes the same event."""
    police, idva = (
        demo(READ, name).entries.filter(date_precision="day").order_by("pk").first()
        for name in ("Police", "IDVA")
    )
    MarkFactory(entry=police, kind="key")
    MarkFactory(entry=idva, kind="missed")
    group = EventGroupFactory(review=Review.objects.get(reference=READ))
    for entry in (police, idva):
        EventAccountFactory(group=group, entry=entry)
    return police


def faults(page):
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found += [rule["id"] for rule in axe.violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_the_chair_goes_from_the_whole_to_a_day(key_event, sign_in_as, scripts):
    page = sign_in_as("chair", java_script_enabled=scripts)
    page.goto(reverse("desk:review-home", args=[READ]))
    page.get_by_role("link", name="Timeline").click()
    picture = page.get_by_role("group", name="Timeline: The whole period")
    expect(picture).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ entries are drawn"))).to_be_visible()

    year = str(key_event.date.earliest.year)
    page.get_by_role("navigation", name="Other periods").get_by_role(
        "link", name=re.compile(rf"^{year}")
    ).click()
    expect(page.get_by_role("group", name=f"Timeline: {year}", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()

    page.get_by_text("Find entries, or choose a period").click()
    page.get_by_label("Mark", exact=True).select_option("key")
    press(page, "Apply filters")
    expect(page.get_by_text("1 entry is drawn.")).to_be_visible()

    key = page.get_by_role("link", name=re.compile("Key event$"))
    if scripts:
        assert faults(page) == []
        tab_to(page, key)
        page.keyboard.press("Enter")
    else:
        key.click()
    expect(page).to_have_url(re.compile(key_event.get_absolute_url()))

    if scripts:
        press_by_key(page, "What others have around this date", role="link")
    else:
        page.get_by_role("link", name="What others have around this date").click()
    expect(page.get_by_role("heading", name=re.compile("^Side by side, around"))).to_be_visible()
    expect(page.get_by_text("On the day asked about").first).to_be_visible()
    if scripts:
        assert faults(page) == []


def test_the_counts_lead_to_the_entries(key_event, sign_in_as):
    page = sign_in_as("chair")
    page.goto(reverse("chronologies:density", args=[READ]))
    cell = page.get_by_role(
        "link", name=re.compile(rf"^\d+: {key_event.participation.agency}, \d{{4}}$")
    ).first
    count = cell.inner_text()
    assert faults(page) == []

    cell.click()

    entries = "entry is" if count == "1" else "entries are"
    expect(page.get_by_text(f"{count} {entries} drawn")).to_be_visible()


def test_the_picture_can_be_scrolled_by_key_on_a_telephone(key_event, sign_in_as):
    page = sign_in_as("chair", viewport={"width": 390, "height": 800})
    page.goto(reverse("chronologies:timeline", args=[READ]))
    region = page.get_by_role("region", name=re.compile("^Timeline, "))
    tab_to(page, region)

    page.keyboard.press("ArrowRight")

    expect(region).not_to_have_js_property("scrollLeft", 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
