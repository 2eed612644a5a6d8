"""What an agency hands in: signed off by a second person, shared by the chair, and ended again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reviews.rules import Role
from reviews.submissions.models import Submission
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import report, sent
from tests.journeys.conftest import press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def upload(page, request, name, content):
    page.goto(reverse("reviews:submission-prepare", args=[request.review.reference, request.pk]))
    again = page.get_by_text("Add appendices, or put another report in place of this one")
    if again.is_visible():
        again.click()
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator('input[type="file"][name="report"]').set_input_files(
        {"name": name, "mimeType": word, "buffer": content}
    )
    press(page, "Upload")
    expect(page.get_by_text("How the report was read")).to_be_visible()


def test_a_second_person_returns_it_inside_and_then_signs_it_off(transactional_db, sign_in_with):
    part = ParticipationFactory()
    request = asked(part, kind="imr")
    author = sign_in_with(Role.IMR_AUTHOR, part.review, part)
    officer = sign_in_with(Role.SIGN_OFF_OFFICER, part.review, part)

    upload(author, request, "IMR.docx", report())
    press(author, "Hand in for sign-off")
    expect(author.get_by_text("It waits for sign-off").first).to_be_visible()

    officer.goto("/")
    officer.get_by_role("link", name="to sign off").click()
    expect(officer.get_by_text("The practice saw MA 1 on two occasions.")).to_be_visible()
    officer.get_by_label("What is to be changed?").fill("Say how often it rang")
    press(officer, "Return it inside the agency")
    expect(officer.get_by_text("Returned inside your agency.")).to_be_visible()

    author.goto("/")
    author.get_by_role("link", name="to put right").click()
    expect(author.get_by_text("Say how often it rang")).to_be_visible()
    upload(author, request, "IMR second.docx", report("It rang twice."))
    press(author, "Hand in for sign-off")
    expect(author.get_by_text("It waits for sign-off").first).to_be_visible()

    officer.goto("/")
    officer.get_by_role("link", name="to sign off").click()
    expect(officer.get_by_text("It rang twice.")).to_be_visible()
    press(officer, "Sign off and send")
    expect(officer.get_by_text("Signed off and sent.")).to_be_visible()
    expect(officer.get_by_role("heading", name="Receipt", level=1)).to_be_visible()
    assert Submission.objects.get().number == 1


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_panel_reads_a_version_while_it_is_shared(transactional_db, sign_in_with, script):
    part = ParticipationFactory(agency__name="Millbrook Surgery")
    submission = sent(part)
    chair = sign_in_with(Role.CHAIR, part.review, java_script_enabled=script)
    panel = sign_in_with(Role.PANEL_MEMBER, part.review, java_script_enabled=script)
    address = submission.get_absolute_url()
    file = reverse(
        "reviews:submission-download",
        args=[part.review.reference, submission.request_id, 1, submission.main.pk],
    )
    assert panel.goto(address).status == 404

    chair.goto(address)
    chair.get_by_role("link", name="Share this version").click()
    chair.get_by_label("Panel member").check()
    chair.get_by_role("main").get_by_role("button", name="Share").click()
    expect(chair.get_by_text("Shared. It took effect at once.")).to_be_visible()

    panel.goto("/")
    panel.get_by_role("link", name="version 1: Millbrook Surgery").click()
    expect(panel.get_by_text("The practice saw MA 1 on two occasions.")).to_be_visible()
    expect(panel.get_by_text("How it came about inside the agency")).to_have_count(0)
    assert panel.request.get(file).status == 200

    chair.goto(address)
    chair.get_by_role("link", name="End this share").click()
    press(chair, "End share")
    expect(chair.get_by_text("Share ended. It took effect at once.")).to_be_visible()
    assert panel.goto(address).status == 404
    assert panel.request.get(file).status == 404
    panel.goto("/")
    expect(panel.get_by_text("Millbrook Surgery")).to_have_count(0)
