"""What each agency of a world handed in: a version that was sent, and the next, which waits inside."""

import uuid
from datetime import timedelta
from functools import partial

from django.utils import timezone

from reviews.requests.services import moving
from reviews.submissions.models import SubmissionFile
from reviews.submissions.services.handing import hand_in, return_inside, sign_off
from reviews.submissions.services.writing import add_file, begin
from tests.factories.accounts import UserFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import OwnPointFactory, PassageFactory, appendix

Part = SubmissionFile.Part


def hand_over(rows, mark):
    for each in (rows.ours, rows.theirs, rows.third, rows.foreign):
        _hand_over(each, mark)
    ours = rows.ours
    rows.reported, rows.submission, rows.submission_next = (
        ours.reported,
        ours.submission,
        ours.submission_next,
    )
    rows.submission_file, rows.submission_next_file = ours.submission_file, ours.next_file
    rows.submission_receipt = ours.submission.move


def _hand_over(each, mark):
    each.officer = UserFactory()
    part, by, officer = each.part, each.author, each.officer
    say = partial(mark, review=part.review.reference, place=part.agency_id)
    each.reported = asked(part, kind="report", by=by)
    each.submission = begin(each.reported, by=by)
    each.submission_file = _file(
        each.submission, Part.MAIN, by, say("Seen twice", kind="submission")
    )
    _file(each.submission, Part.APPENDIX, by, say("A letter", kind="submission"))
    hand_in(each.submission, by=by, key=uuid.uuid4())
    _return(each.submission, officer, say("A word is missing", kind="submission inside"))
    hand_in(each.submission, by=by, key=uuid.uuid4())
    sign_off(each.submission, by=officer, key=uuid.uuid4())
    moving.return_request(
        each.reported,
        by=by,
        key=uuid.uuid4(),
        reason=say("Please say more", kind="request"),
        due=timezone.localdate() + timedelta(days=30),
    )
    each.submission_next = begin(each.reported, by=by)
    words = say("Seen three times", kind="submission draft")
    each.next_file = _file(each.submission_next, Part.MAIN, by, words)
    hand_in(each.submission_next, by=by, key=uuid.uuid4(), note="A third contact")
    for row in (each.reported, each.submission, each.submission_next):
        row.refresh_from_db()


def _return(submission, officer, words):
    return_inside(submission, by=officer, key=uuid.uuid4(), reason=words)


def _file(submission, part, by, words):
    """Kept as it came; what a child process would read in it stands beside it at once."""
    file = add_file(
        submission,
        content=appendix(words),
        name=f"{part}.docx",
        part=part,
        key=uuid.uuid4(),
        by=by,
    )
    file.read_at, file.letters, file.placed = timezone.now(), 20, 20
    file.found = {"kind": "docx", "metadata": [["Author", "Somebody"]]}
    if part == Part.MAIN:
        file.doubts, file.margins = ["No headings"], ["Page 1"]
        file.passed_over = [{"position": 1, "text": "As follows:", "why": "It is no row."}]
    file.save()
    if part == Part.MAIN:
        blocks = [{"kind": "paragraph", "position": 2, "text": "As read"}]
        PassageFactory(file=file, position=1, blocks=blocks, text="As read")
        for at, kind in enumerate(("recommendation", "lesson"), start=1):
            OwnPointFactory(
                file=file,
                position=at,
                kind=kind,
                heading="Learning",
                group="Training",
                others=[["Lead", "Head of service"]],
                doubts=["Check it"],
            )
    return file
