"""What came is checked, goes back with three queries, is answered and accepted."""

import pytest
from playwright.sync_api import expect

from reviews.checking.models import QualityCheck
from reviews.querying.models import Query
from reviews.requests.models import Request
from tests.journeys.conftest import press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEW = "DARDR-2026-01"


@pytest.fixture
def back(demo):
    """The report that came back with three queries, one of them still open."""
    return Request.objects.get(participation=demo(NEW, "Housing"), kind="report")


def test_an_author_answers_what_is_open_and_sends_it_all(back, sign_in_as):
    page = sign_in_as("author")
    page.goto("/")
    page.get_by_role("link", name="Query 3 to").click()
    press(page, "Answer")
    page.get_by_label("Explained below").check()
    page.get_by_label("In your words").fill("The second one, of June.")
    press(page, "Answer")
    expect(page.get_by_text("Every query is answered")).to_be_visible()
    press(page, "Send the answers")
    expect(page.get_by_role("heading", name="Send the answers")).to_be_visible()
    press(page, "Send the answers")

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    back.refresh_from_db()
    assert back.state == "submitted"


def test_the_chair_decides_on_an_answer(back, sign_in_as):
    page = sign_in_as("chair")
    page.goto(f"/reviews/{NEW}/")
    page.get_by_role("link", name="Queries to agencies").click()
    page.get_by_role("link", name="Query 2").click()
    page.get_by_role("link", name="Dispute the answer").click()
    page.get_by_label("In what do the accounts differ?").fill("Another record has an outcome.")
    press(page, "Dispute it")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Disputed")
    query = Query.objects.get(request=back, number=2)
    assert (query.state, query.answers.count()) == ("disputed", 1)


def test_half_a_check_is_kept_and_goes_on(demo, sign_in_as):
    request = Request.objects.get(participation=demo(NEW, "Northgate"), kind="imr")
    page = sign_in_as("chair")
    page.goto(request.get_absolute_url())
    page.get_by_role("link", name="Check the quality of what came").click()
    first = page.get_by_role("group", name="Is the author independent of the case?")
    first.get_by_label("Met", exact=True).check()
    press(page, "Save")
    expect(page.get_by_text("Under way")).to_be_visible()
    expect(first.get_by_label("Met", exact=True)).to_be_checked()

    press(page, "Finish the check")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert not QualityCheck.objects.get(request=request).is_over
