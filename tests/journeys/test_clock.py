"""The coordinator keeps the clock of a review, and the chair reads it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import press
from tests.journeys.test_every_page import faults

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAUSED = "/reviews/DARDR-2026-01/"


def test_a_pause_is_ended_and_everybody_who_leads_sees_the_new_day(demo, sign_in_as):
    coordinator, chair = sign_in_as("coordinator"), sign_in_as("chair")
    coordinator.goto(PAUSED)
    coordinator.get_by_role("link", name="The clock").click()
    expect(coordinator.locator(".govuk-body-l")).to_contain_text("paused since 1 June 2026")

    coordinator.get_by_role("link", name="End it").click()
    for part, value in (("Day", "31"), ("Month", "7"), ("Year", "2026")):
        coordinator.get_by_label(part, exact=True).first.fill(value)
    press(coordinator, "Save")
    days = coordinator.get_by_role("rowheader", name="1 June 2026 to 31 July 2026")
    expect(days).to_be_visible()

    chair.goto(PAUSED)
    expect(chair.get_by_text("It was first due by 9 August 2026.")).to_be_visible()
    chair.goto(PAUSED + "clock/")
    expect(chair.get_by_role("heading", name="The clock")).to_be_visible()
    expect(chair.get_by_role("button", name="Pause the clock")).to_have_count(0)


def test_a_full_clock_is_accessible_and_fits(demo, sign_in_as):
    page, found = sign_in_as("coordinator"), []
    for url in (
        PAUSED + "clock/",
        PAUSED + "clock/history/",
        PAUSED + "clock/report_completed/put-off/",
        PAUSED + "clock/decided/record/",
        "/limits/",
    ):
        assert page.goto(url).status == 200, url
        found += [f"{url} at {one}" for one in faults(page)]
    assert found == []
