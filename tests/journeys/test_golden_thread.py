"""The chair goes from the timeline to an entry, a mark, a finding, a lesson and a recommendation, and back down its thread."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import expect

from actionplans.models import Recommendation
from chronologies.models import Entry
from findings.models import Evidence
from tests.journeys.conftest import tab_to
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = "DHR-2024-02"
LESSON = "Nobody who calls for help twice is treated as if it were the first time."
RECOMMENDATION = "Every second call to one address is looked at by a supervisor on the same day."


def open_a_key_event(page, *, by_key):
    """From the drawing to the entry, with the Tab key where the others are on a desk."""
    sign = page.locator("a.app-lanes__key[href*='/entries/']").first
    with page.expect_navigation():
        if by_key:
            tab_to(page, sign)
            page.keyboard.press("Enter")
        else:
            sign.click()
    pk = resolve(urlsplit(page.url).path).kwargs["pk"]
    return Entry.objects.select_related("participation__agency").get(pk=pk)


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (390, False)], ids=["desk", "telephone without scripts"]
)
def test_from_the_timeline_to_a_recommendation_and_back(demo, sign_in_as, width, scripts):
    demo(READ, "Police")
    page = sign_in_as(
        "chair", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    home = reverse("desk:review-home", args=[READ])
    walk = Walk(page, start=home, with_rules=scripts)

    walk.begin("Broken links of the golden thread")
    before = page.get_by_role("main").inner_text()
    assert "Recommendations without an action" in before

    walk.begin("Timeline")
    entry = open_a_key_event(page, by_key=scripts)
    agency, cited = entry.participation.agency, Evidence.objects.filter(entry=entry).count()
    if scripts:
        walk.follow_by_key("Mark this entry", "Good practice")
        walk.press_by_key("Set this mark")
    else:
        walk.follow("Mark this entry", "Good practice")
        walk.press("Set this mark")
    walk.sees("Good practice")
    assert entry.marks.filter(kind="good", removed_at=None).exists()
    walk.follow("Use as evidence")
    page.get_by_label("Under which term of reference?").select_option(index=1)
    walk.fill(
        {
            "What kind of finding is it?": "Missed opportunity",
            "The finding": "The second call was taken for a first one.",
        }
    )
    walk.press("Put it under the finding")
    walk.follow("Write a lesson that rests on it")
    walk.fill({"The lesson": LESSON})
    walk.press("Save the lesson")
    walk.follow("Write a recommendation that rests on it")
    walk.fill(
        {
            "What is recommended?": RECOMMENDATION,
            "For how many agencies is it?": "Single-agency",
        }
    )
    page.get_by_role("group", name="Who leads?").get_by_label(agency.name).check()
    walk.press("Write it")
    one = Recommendation.objects.get(text=RECOMMENDATION)

    walk.follow("The golden thread")
    walk.sees(LESSON, "The second call was taken for a first one.", entry.text)
    link = page.get_by_role("link", name=f"Chronology of {agency}").first
    expect(link).to_have_attribute("href", entry.get_absolute_url())

    walk.goto(entry.get_absolute_url())
    walk.sees("Recommendations that it led to")
    walk.begin("Broken links of the golden thread")
    walk.sees(RECOMMENDATION)
    add = reverse("actionplans:action-add", args=[READ, one.pk])
    page.locator(f"a[href='{add}']").click()
    walk.fill({"What is to be done?": "Change the log so that it shows earlier calls."})
    walk.press("Add it")
    walk.begin("Broken links of the golden thread")
    expect(page.get_by_role("main")).not_to_contain_text(RECOMMENDATION)

    assert Evidence.objects.filter(entry=entry).count() == cited + 1
    assert walk.faults == []


def test_two_that_read_alike_are_told_apart(demo, sign_in_as):
    page = sign_in_as("chair")
    page.goto(reverse("desk:broken-links", args=[READ]))
    alike = page.locator("section", has=page.locator("#alike"))
    expect(alike).to_contain_text("within five working days")

    alike.get_by_role("link", name="They are not the same").first.click()
    page.get_by_label("What is different?").fill("One is for adults, one for children.")
    page.get_by_role("button", name="They are not the same").click()

    expect(page.get_by_role("main")).not_to_contain_text(
        "Recommendations that read nearly the same ("
    )


def test_an_earlier_report_is_brought_in(demo, sign_in_as, tmp_path):
    file = tmp_path / "earlier.txt"
    file.write_text(
        "KEY FINDINGS\n1. Letters went to an old address.\n\nLESSONS LEARNED\n"
        "1. Addresses must be checked at each contact.\n\nRECOMMENDATIONS\n"
        "Millbrook Homes\n1. Check every address:\n a) on the phone\n b) at the door\n"
    )
    page = sign_in_as("chair")
    walk = Walk(page, start=reverse("desk:review-home", args=[READ]))
    walk.begin("Bring in an earlier report")
    page.get_by_label("Choose the report").set_input_files(file)
    walk.press("Upload")
    walk.sees("1 finding has no term of reference yet", "Check every address:", "at the door")
    walk.follow("Every paragraph of the file")
    walk.sees("Taken as recommendation 1")
    page.go_back()
    page.get_by_label("Term for every finding that has none yet").select_option(index=1)
    walk.press("Keep these choices")
    walk.press("Bring them in", "Bring them in")
    walk.sees("Brought in on", "Became finding", "Became lesson", "Became recommendation")

    assert Recommendation.objects.get(text="Check every address:").actions.count() == 2
    assert walk.faults == []
