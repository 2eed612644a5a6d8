"""An action lead with two minutes: from the first page to done, accepted, and looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actionplans.models import Status
from actionplans.progress.settled import ImpactCheck
from actionplans.rows.models import PlanRow
from foundations.post.models import Message
from tests.journeys.conftest import press, press_by_key, tab_to, type_into

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OUT = "DHR-2022-01"


def test_from_the_first_page_to_a_change_of_practice(demo, sign_in_as):
    part = demo(OUT, "IDVA")
    row = PlanRow.objects.still_open().led_by(part).get(status=Status.AT_RISK)

    lead = sign_in_as("lead")
    lead.get_by_role("link", name="Your actions").click()
    lead.get_by_role("link", name=f"Report progress on {row.number} of").click()
    expect(lead.get_by_text("The audit has slipped")).to_be_visible()
    lead.get_by_label("Done", exact=True).check()
    type_into(lead, lead.get_by_label("What has happened since"), "The audit was done in May.")
    press_by_key(lead, "Send update")

    expect(lead.get_by_role("heading", name="Report that it is done")).to_be_visible()
    expect(lead.get_by_label("What was done?")).to_have_value("The audit was done in May.")
    press_by_key(lead, "Report as done")
    expect(lead.get_by_role("link", name="Say where it can be seen")).to_be_visible()
    lead.get_by_label("Files that show it").set_input_files(
        {"name": "audit.csv", "mimeType": "text/csv", "buffer": b"Date,Files\n1 May 2026,40\n"}
    )
    press_by_key(lead, "Report as done")
    expect(lead.get_by_text("You have reported this as done")).to_be_visible()
    with lead.expect_download() as download:
        lead.get_by_role("link", name="audit.csv").click()
    assert download.value.suggested_filename == "audit.csv"

    coordinator = sign_in_as("coordinator")
    coordinator.goto(f"/reviews/{OUT}/plan/")
    coordinator.get_by_role("link", name="What waits for you").click()
    coordinator.get_by_role("link", name=row.text[:40]).first.click()
    expect(coordinator.get_by_role("link", name="audit.csv")).to_be_visible()
    tab_to(coordinator, coordinator.get_by_label("Accept it"))
    coordinator.keyboard.press("Space")
    press_by_key(coordinator, "Save")
    expect(coordinator.get_by_text("Accepted.")).to_be_visible()
    row.refresh_from_db()
    assert row.status == Status.DONE
    assert not Message.objects.filter(body__contains=f"action of {OUT}").exists()

    ImpactCheck.objects.filter(row=row).update(due=timezone.localdate() - timedelta(days=1))
    coordinator.reload()
    coordinator.get_by_role("link", name=row.text[:40]).first.click()
    coordinator.get_by_label("Partly").check()
    coordinator.get_by_label("How do we know?").fill("Forty files were read again.")
    coordinator.get_by_label("Which post or body looked?").fill("Quality group")
    press(coordinator, "Save answer")
    expect(coordinator.get_by_text("Forty files were read again.")).to_be_visible()
    assert row.impacts.get().changed == "partly"
