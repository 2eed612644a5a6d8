"""An author with thirty minutes: from the link in the message to the receipt, in six pages at most."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from desk.demo.making import PASSWORD
from reviews.requests.models import RequestMove
from reviews.rules import Role
from reviews.submissions.models import Submission
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import report
from tests.journeys.conftest import press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CHRONOLOGY = (
    Path(__file__).resolve().parents[2].parent
    / "shared/documents/rotherham-ma1-chronologies/rdash.xlsx"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def part(transactional_db):
    part = ParticipationFactory()
    for pseudonym in ("MA 1", "FA 1"):
        PersonFactory(review=part.review, pseudonym=pseudonym)
    with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    return part


@pytest.fixture
def author(part):
    user = with_role(Role.IMR_AUTHOR, part.review, part)
    user.set_password(PASSWORD)
    user.save()
    return user


def follow_the_link(page, request, author):
    """Returns the list of pages that the browser has loaded, which grows."""
    loaded = []
    page.on("load", lambda one: loaded.append(one.url))
    page.goto(reverse("reviews:request-link", args=[request.key]))
    page.get_by_label("E-mail address").fill(author.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_contain_text(request.get_kind_display())
    return loaded


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_imr_from_the_link_to_the_receipt(part, author, open_browser, script):
    request = asked(part, kind="imr")
    page = open_browser(java_script_enabled=script)
    loaded = follow_the_link(page, request, author)

    page.get_by_label("The report").set_input_files(
        {"name": "IMR.docx", "mimeType": WORD, "buffer": report()}
    )
    page.get_by_label("Appendices").set_input_files(
        [
            {"name": f"List {n}.csv", "mimeType": "text/csv", "buffer": b"Date,What\n%d,Seen\n" % n}
            for n in (2011, 2012)
        ]
    )
    press(page, "Upload")
    expect(page.get_by_text("3 files kept.")).to_be_visible()
    page.get_by_label("This is one of ours: Lesson").last.uncheck()
    press(page, "Hand in for sign-off")

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(page.get_by_text("It waits for sign-off")).to_be_visible()
    assert len(loaded) <= 6, loaded
    version = Submission.objects.get()
    assert version.state == "waiting"
    assert version.main.points.kept().count() == 3


@pytest.mark.real_documents
@pytest.mark.skipif(
    not CHRONOLOGY.is_file() and os.environ.get("CI") != "true",
    reason="the published chronologies are not beside this checkout (../shared/documents)",
)
def test_a_published_chronology_from_the_link_to_the_receipt(part, author, open_browser):
    request = asked(part)
    page = open_browser()
    loaded = follow_the_link(page, request, author)

    page.get_by_label("Your file").set_input_files(CHRONOLOGY)
    press(page, "Upload")
    press(page, "Continue")
    page.get_by_role("button", name=re.compile(r"^Save [\d,]+ entries$")).click()
    expect(page.get_by_role("heading", name="Saved on")).to_be_visible()
    press(page, "It is complete: tell our sign-off officer")

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    assert len(loaded) <= 6, loaded
    assert RequestMove.objects.filter(what="ready", request=request).count() == 1
