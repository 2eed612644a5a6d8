"""The chair reads what a quality panel would see in the report, says that one finding is no fault,
answers a question that only a person can, and goes to the paragraph that is to be mended."""

import pytest
from playwright.sync_api import expect

from reports.models import Document
from tests.factories.reports import paragraph_in
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = "DHR-2024-02"
TOLD = "The note says that FA 2 chose to stay and that he snapped."


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "telephone without scripts"]
)
def test_from_a_finding_to_what_somebody_says_of_it(demo, sign_in_as, width, scripts):
    demo(READ, "Police")
    document = Document.objects.get(review__reference=READ, kind="overview")
    paragraph_in(document.sections.get(code="overview"), TOLD)
    page = sign_in_as(
        "chair", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    walk = Walk(page, start=document.get_absolute_url(), with_rules=scripts)
    walk.begin("Before it is submitted")
    walk.sees(
        "Is the victim nowhere blamed for the abuse?", "The note says that FA 2 chose to stay"
    )

    blamed = page.locator("section", has=page.locator("#no-blame"))
    expect(blamed.locator("mark")).to_have_text(["chose to stay", "snapped"])
    to_say = blamed.get_by_role("link", name="Say what it is").first
    walk.goto(to_say.get_attribute("href"))
    walk.fill({"What do you say of it?": "It is not a fault", "Why, or where": "It is quoted"})
    walk.press("Save")
    walk.sees("1 finding that somebody has judged")
    expect(blamed.locator("mark:visible")).to_have_text(["snapped"])

    to_say = page.get_by_role("link", name="Is good practice said as plainly")
    walk.goto(to_say.get_attribute("href"))
    walk.fill({"What do you say of it?": "Yes"})
    walk.press("Save")
    walk.sees("7 for a person to say")

    walk.follow("15.1")
    walk.sees(TOLD)
    assert walk.faults == []
