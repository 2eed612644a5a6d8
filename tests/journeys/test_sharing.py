"""What the chair shows the panel, and what an action lead reports."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actionplans.models import Recommendation

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REVIEW = "DARDR-2026-01"
COMBINED = f"/reviews/{REVIEW}/chronology/"


def test_panel_sees_what_is_shared_until_it_is_ended(demo, sign_in_as):
    chair, panel = sign_in_as("chair"), sign_in_as("panel")
    assert panel.goto(COMBINED).status == 403

    share_with_the_panel(chair, "Millbrook Constabulary")
    assert panel.goto(COMBINED).status == 200
    expect(panel.get_by_text("The line was cut", exact=False).first).to_be_visible()
    expect(panel.get_by_role("cell", name="Millbrook Homes")).to_have_count(0)

    end_the_share(chair)
    assert panel.goto(COMBINED).status == 403


def share_with_the_panel(page, agency):
    page.goto(reverse("reviews:share-create", args=[REVIEW]))
    page.get_by_label("Chronology", exact=True).check()
    page.get_by_label("Whose").select_option(agency)
    page.get_by_label("Panel member").check()
    page.get_by_role("main").get_by_role("button", name="Share").click()
    expect(page.get_by_text("Shared. It took effect at once.")).to_be_visible()


def end_the_share(page):
    page.get_by_role("link", name="End this share").click()
    page.get_by_role("button", name="End share").click()
    expect(page.get_by_text("Share ended. It took effect at once.")).to_be_visible()


def test_action_lead_adds_a_progress_note(demo, sign_in_as):
    page = sign_in_as("lead")
    page.goto("/reviews/DHR-2022-01/plan/")
    page.get_by_role("link", name="Report progress on").first.click()

    page.get_by_label("What has been done?").fill("The rota was agreed in March.")
    page.get_by_label("On track").check()
    page.get_by_role("button", name="Report progress").click()

    note = Recommendation.objects.get(progress_notes__note="The rota was agreed in March.")
    page.goto(note.get_absolute_url())
    expect(page.get_by_text("The rota was agreed in March.")).to_be_visible()
