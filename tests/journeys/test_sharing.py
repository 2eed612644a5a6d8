"""What the chair shows the panel, and what an action lead reports."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.rules import Role
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory
from tests.factories.reviews import ParticipationFactory

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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_action_lead_adds_a_progress_note(transactional_db, sign_in_with, script):
    part = ParticipationFactory()
    own = RecommendationFactory(review=part.review, text="Agree a rota")
    RecommendationLeadFactory(recommendation=own, participation=part)
    RecommendationLeadFactory(recommendation__review=part.review)
    page = sign_in_with(Role.ACTION_LEAD, part.review, part, java_script_enabled=script)

    page.get_by_role("link", name="Action plan").click()
    expect(page.get_by_text("1 recommendation", exact=True)).to_be_visible()
    page.get_by_role("link", name="Report progress on").click()
    page.get_by_label("What has happened since the last update?").fill(
        "The rota was agreed in March."
    )
    page.get_by_label("On track").check()
    page.get_by_role("button", name="Send update").click()

    expect(page.get_by_text("The rota was agreed in March.")).to_be_visible()
    page.goto(reverse("actionplans:plan", args=[part.review.reference]))
    expect(page.get_by_role("row").filter(has_text="Agree a rota")).to_contain_text("On track")
