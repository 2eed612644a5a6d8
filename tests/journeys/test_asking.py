"""From a message to an update in two minutes, and from a silent agency to the committee's paper."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from actionplans.asking.models import RequestedRow, RequestMessage
from actionplans.models import Status
from actionplans.papers.models import PlanPaper
from actionplans.rows.models import PlanRow
from foundations.post.models import Message
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OUT = "DHR-2022-01"


def asked_of_lead():
    return RequestedRow.objects.unanswered().select_related("row", "request").get()


def test_from_the_message_to_a_done_update(demo, sign_in_as):
    demo(OUT, "IDVA")
    asked = asked_of_lead()
    message = Message.objects.filter(to="lead@demo.example", subject__contains="your update").last()
    link = re.search(r"https?://\S+/actions/requests/\S+", message.body)[0]

    walk = Walk(sign_in_as("lead"))
    walk.goto(urlsplit(link).path)
    name = f"Where does {asked.row.number} of {OUT} stand now?"
    walk.page.get_by_role("group", name=name).get_by_label("Done", exact=True).check()
    walk.page.get_by_label("What has happened since").fill("All have been trained.")
    walk.press("Save updates")
    expect(walk.page.get_by_role("link", name="Say where it can be seen")).to_be_visible()
    walk.page.get_by_label("Where can it be seen?").fill("On the training register")
    walk.press("Save updates")
    walk.sees("Nothing waits for you")

    asked.row.refresh_from_db()
    assert (asked.row.status, walk.faults) == (Status.REPORTED, [])
    assert asked.row.progress_notes.first().evidence == "On the training register"
    assert not RequestedRow.objects.unanswered().filter(row=asked.row).exists()


def test_from_a_silent_agency_to_the_paper_of_a_committee(demo, sign_in_as, tmp_path):
    demo(OUT, "IDVA")
    before, row = RequestMessage.objects.count(), asked_of_lead().row
    PlanRow.objects.filter(pk=row.pk).update(told_at=timezone.now() - timedelta(days=60))

    walk = Walk(sign_in_as("coordinator"))
    walk.follow("Actions", "updates asked for of Safer Eastwold Partnership")
    walk.sees(row.lead.agency.name)
    walk.follow("Ask again")
    walk.sees(f"Ask {row.lead.agency}", "lead@demo.example")
    assert RequestMessage.objects.count() == before
    walk.press("Send now")
    assert RequestMessage.objects.count() == before + 1
    assert RequestMessage.objects.last().message.to == "lead@demo.example"

    walk.goto("/plans/")
    walk.follow("papers for committees of Safer Eastwold Partnership")
    walk.press("Make a final paper")
    walk.page.get_by_label("Exceptions report").check()
    walk.press("Look at it first")
    walk.press("Keep this as the final paper")
    walk.sees("The paper is kept as it is now.")
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Download as PDF").click()
    download.value.save_as(tmp_path / "paper.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages)

    paper = PlanPaper.objects.first()
    assert (paper.review, OUT in words, walk.faults) == (None, True, [])
