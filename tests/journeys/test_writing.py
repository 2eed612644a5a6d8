"""The author begins a report, writes a paragraph, ties it to its evidence, changes it and brings it back;
a member of the panel reads it once it is shared."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import Document, Paragraph
from reviews.models import Review
from reviews.rules import Role
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = "DHR-2024-02"
TOLD = "FA 2 told her **sister** what had happened."


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "telephone without scripts"]
)
def test_from_an_empty_layout_to_a_paragraph_that_rests_on_its_evidence(
    demo, sign_in_as, width, scripts
):
    demo(READ, "Police")
    page = sign_in_as(
        "chair", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    walk = Walk(page, start=reverse("desk:review-home", args=[READ]), with_rules=scripts)

    walk.begin("Documents")
    walk.press("Begin a document")
    walk.fill({"Which document?": "Overview report, layout of 2013", "Title": "A second report"})
    walk.press("Begin the document")
    walk.sees("2.1 Decision-making")

    walk.follow("5 The facts by agency")
    walk.sees("What belongs here")
    walk.press("Write a paragraph")
    if scripts:  # from here on the box shows Markdown, as it does without scripts
        page.get_by_role("button", name="Plain text").click()
    walk.fill({"Text": TOLD})
    walk.press("Save the paragraph")
    expect(page.get_by_role("main").locator("strong", has_text="sister")).to_be_visible()
    walk.sees("5.1")

    walk.follow("Cite evidence")
    page.get_by_role("checkbox").first.check()
    walk.press("Cite what is ticked")
    walk.sees("Rests on:")

    walk.follow("Change paragraph 5.1")
    walk.fill({"Text": TOLD.replace("sister", "doctor")})
    walk.press("Save")
    walk.follow("History of paragraph 5.1")
    walk.sees("Changed on", "Written on")
    walk.follow("The facts by agency")

    walk.follow("Write after it")
    walk.fill({"Text": "As [[5.1]] says, she told somebody."})
    walk.press("Save the paragraph")
    walk.sees("As 5.1 says")

    walk.follow("Take out paragraph 5.1")
    walk.press("Take out")
    document = Document.objects.get(title="A second report")
    walk.goto(document.get_absolute_url())
    walk.follow("What was taken out", "Bring back")
    walk.press("Bring it back")
    walk.sees("doctor", "As 5.1 says")
    assert Paragraph.objects.live().filter(section__document=document, block="").count() == 2

    walk.goto(document.get_absolute_url())
    walk.follow("Share with the panel")
    walk.press("Share this document with the panel")
    walk.sees("Shared with the panel")
    assert walk.faults == []


def test_a_member_of_the_panel_reads_the_draft_of_the_demonstration(demo, sign_in_with):
    demo(READ, "Police")
    review = Review.objects.get(reference=READ)
    page = sign_in_with(Role.PANEL_MEMBER, review, viewport={"width": 390, "height": 900})
    walk = Walk(page, start=reverse("desk:review-home", args=[READ]))

    walk.begin("Documents", "Overview report into the death of FA 2", "16 Analysis")

    walk.sees("Three agencies knew a part each", "Housing")
    expect(page.get_by_role("link", name="Change")).to_have_count(0)
    for heading in ("14 Chronology", "8 The review panel members", "19 Recommendations"):
        walk.begin("Documents", "Overview report into the death of FA 2", heading)
    assert walk.faults == []
