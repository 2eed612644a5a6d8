"""From an empty layout to a released set: the author writes and has a file made, the chair and the partnership
sign it off, it is published, and a reader gets exactly that file."""

import hashlib
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Release, Rendering
from reviews.rules import Role, Stage
from tests.factories.reviews import ReviewFactory
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 900}}
FILE = "Executive summary, version 1, Web page"


def test_from_an_empty_layout_to_a_released_set(sign_in_with):
    review, today = ReviewFactory(stage=Stage.PUBLICATION), timezone.localdate()
    home = reverse("desk:review-home", args=[review.reference])
    chair = Walk(sign_in_with(Role.CHAIR, review), start=home)

    chair.begin("Documents")
    chair.press("Begin a document")
    chair.fill({"Which document?": "Executive summary", "Title": "What we learnt"})
    chair.press("Begin the document")
    chair.follow("1")
    chair.press("Write a paragraph")
    chair.fill({"Text": "She asked for help twice."})
    chair.press("Save the paragraph")
    chair.follow("What we learnt", "Versions and files")
    chair.press("Make a version")
    chair.fill(
        {
            "For whom?": "Anonymised: as it could be published",
            "Which kind of file?": "Web page",
            "It is final: leave out the mark of a draft": True,
        }
    )
    chair.press("Make this version")
    run_job(Job.objects.get(kind="reports.render").pk)
    assert Rendering.objects.get().is_made
    chair.sees("It was made on")

    chair.begin("Releases")
    chair.press("Propose a set for release")
    chair.fill({"Which files?": FILE, "From which day can they be published?": today})
    chair.press("Propose it")
    sign(chair, "The panel, at its last meeting")
    chair.sees("The partnership: not yet")

    coordinator = Walk(sign_in_with(Role.COORDINATOR, review, **PHONE))
    coordinator.follow("Release 1: to be signed off")
    sign(coordinator, "The board, minute 4")
    coordinator.follow("Record that it is published")
    coordinator.fill(
        {
            "Since when does it stand there?": today,
            "Under which title?": "Learning from a death",
            "At which addresses?": "https://www.council.example/reviews/1",
        }
    )
    coordinator.press("Save")
    coordinator.sees("“Learning from a death”, from", "https://www.council.example/reviews/1")
    coordinator.follow("Record who was given it")
    coordinator.fill(
        {
            "Who?": "Coroner",
            "Which body, or in which role?": "Coroner for the northern area",
            "Which files?": FILE,
            "How?": "By e-mail",
            "When?": today,
        }
    )
    coordinator.press("Save")
    coordinator.sees("Coroner: Coroner for the northern area")
    coordinator.follow("Add a step to the plan")
    coordinator.page.go_back()
    coordinator.follow("Say what became of a step")

    reader = Walk(sign_in_with(Role.BOARD_READER, review, **PHONE), start=home)
    reader.begin("Releases", "Release 1")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="What we learnt (Web page)").click()
    content = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == Release.objects.get().files.get().sha256

    assert chair.faults + coordinator.faults + reader.faults == []


def sign(walk, agreed_by):
    walk.follow("Sign it off")
    walk.fill(
        {
            "For whom do you sign, and who agreed?": agreed_by,
            "I have read these files, and they are to be published as they are": True,
        }
    )
    walk.press("Sign off")
