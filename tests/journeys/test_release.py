"""From an empty layout to a released set: the author writes, a version that names people is refused, one
name is taken out and one is kept with a reason, and two files are made; the chair and the partnership sign them off, they are published, and a
reader gets exactly those files."""

import hashlib
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from foundations.post.jobs import run_job
from foundations.post.models import Job
from reports.models import Release
from reviews.rules import Role, Stage
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.foundations.office.pdf_samples import page_texts
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 900}}
KNOWN, STRANGER = "Zara Quillfeather", "Mr Osric Thistlewood"
PROFESSIONAL, WRITER = "Prudence Oakhanger", "Hepzibah Marlowe"
FILES = ("Overview report, version 2, Web page", "Overview report, version 3, PDF")


def test_from_an_empty_layout_to_a_released_set(sign_in_with):
    review, today = review_about(KNOWN), timezone.localdate()
    home = reverse("desk:review-home", args=[review.reference])
    chair = Walk(sign_in_with(Role.CHAIR, review), start=home)

    chair.begin("Documents")
    chair.press("Begin a document")
    chair.fill({"Which document?": "Overview report, layout of 2016", "Title": "What we learnt"})
    chair.press("Begin the document")
    chair.follow("16 Analysis")
    write(chair, f"{KNOWN} asked for help twice.")
    chair.sees(f"“{KNOWN}” is a real name in this review. Write “MA 1” instead")
    chair.fill({"Text": "MA 1 asked for help twice."})
    chair.press("Save the paragraph")
    write(chair, f"As [[16.1]] says, she asked. {STRANGER} drove her home.")
    write(
        chair,
        f"The panel read the study by Dr {WRITER}, which asks {'why nobody asks, ' * 5}and why.",
    )
    chair.follow("Insert from the data")
    chair.fill({"What is inserted?": "Table of the panel"})
    chair.press("Insert")
    chair.sees("As 16.1 says", PROFESSIONAL)

    version_of(chair, "Web page")
    chair.sees("It was not made", "Paragraph 16.2: unknown name", "Paragraph 16.3: unknown name")
    chair.follow("What was found in it")
    chair.page.get_by_role("group", name=WRITER).get_by_role("checkbox").check()
    chair.fill({"What becomes of what is ticked?": "It is kept as it stands"})
    chair.fill({"Why is it kept?": "The study is published under this name"})
    chair.press("Decide for what is ticked")
    chair.sees("Not decided: 1. To be changed: 0. Kept: 1.")
    chair.follow("Go to paragraph 16.2", "Change paragraph 16.2")
    chair.fill({"Text": "As [[16.1]] says, she asked. A neighbour drove her home."})
    chair.press("Save")
    for kind in ("Web page", "PDF"):
        version_of(chair, kind)
        chair.sees("It was made on")

    chair.begin("Releases")
    chair.press("Propose a set for release")
    for file in FILES:
        chair.fill({"Which files?": file})
    chair.fill({"From which day can they be published?": today})
    chair.press("Propose it")
    sign(chair, "The panel, at its last meeting")
    chair.sees("The partnership: not yet")

    coordinator = Walk(sign_in_with(Role.COORDINATOR, review, **PHONE))
    coordinator.follow("Release 1: to be signed off")
    sign(coordinator, "The board, minute 4")
    coordinator.sees("A day passes after the second signature")
    coordinator.follow("Change the first day of publication")
    coordinator.fill(
        {
            "From which day can the set be published?": today,
            "Why?": "Everybody has read it",
            "Who agreed?": "The board, minute 5",
        }
    )
    coordinator.press("Change it")
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
            "Which files?": FILES[0],
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
    page, paper = (taken(reader, f"What we learnt ({kind})") for kind in ("Web page", "PDF"))
    assert {hashlib.sha256(one).hexdigest() for one in (page, paper)} == set(
        Release.objects.get().files.values_list("sha256", flat=True)
    )
    for found in (re.sub("<[^>]*>", "", page.decode()), "\n".join(page_texts(paper))):
        said = " ".join(found.split())
        assert "MA 1 asked for help twice." in said
        assert "As 16.1 says" in said
        assert WRITER in said
        assert said.count(PROFESSIONAL) == 2  # where the layout has the panel, and where it was put
        assert [name for name in ("Quillfeather", "Thistlewood") if name in said] == []

    assert chair.faults + coordinator.faults + reader.faults == []


def review_about(name):
    review = ReviewFactory(stage=Stage.PUBLICATION)
    IdentityFactory(person=PersonFactory(review=review, pseudonym="MA 1"), names=[name])
    PanelMemberFactory(review=review, name=PROFESSIONAL, organisation="Anytown Council")
    return review


def write(walk, text):
    walk.press("Write a paragraph")
    walk.fill({"Text": text})
    walk.press("Save the paragraph")


def version_of(walk, kind):
    """Asks for a final version for publication, which is made or refused when the page is there again."""
    walk.begin("Documents", "What we learnt", "Versions and files")
    walk.press("Make a version")
    walk.fill(
        {
            "For whom?": "Anonymised: as it could be published",
            "Which kind of file?": kind,
            "It is final: leave out the mark of a draft": True,
        }
    )
    walk.press("Make this version")
    run_job(Job.objects.filter(kind="reports.render").latest("pk").pk)


def taken(walk, link):
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name=link).click()
    return Path(download.value.path()).read_bytes()


def sign(walk, agreed_by):
    walk.follow("Sign it off")
    walk.fill(
        {
            "For whom do you sign, and who agreed?": agreed_by,
            "I have read these files, and they are to be published as they are": True,
        }
    )
    walk.press("Sign off")
