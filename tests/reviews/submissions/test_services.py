"""From the first file to the version that was sent, and what refuses on the way."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from foundations.post.models import Message
from reviews.requests.services import moving
from reviews.requests.states import NotNow as RequestNotNow
from reviews.rules import Role
from reviews.submissions.models import OwnPoint, Submission, SubmissionMove
from reviews.submissions.services.handing import (
    OwnWork,
    enter,
    hand_in,
    return_inside,
    sign_off,
    take_back,
)
from reviews.submissions.services.writing import add_file, begin, choose_points, remove_file
from reviews.submissions.states import NotNow
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import asked
from tests.factories.reviews_submissions import (
    appendix,
    handed_in,
    prepared,
    report,
    sent,
    with_file,
)

pytestmark = pytest.mark.django_db


def again(submission):
    """The next version of one that was sent, after the review returned it."""
    moving.return_request(
        submission.request,
        by=UserFactory(),
        key=uuid.uuid4(),
        reason="Say more",
        due=timezone.localdate() + timedelta(days=14),
    )
    return begin(submission.request, by=UserFactory())


def test_a_report_is_read_by_heading_and_its_own_points_are_lifted():
    submission = prepared()

    file = submission.main
    assert [one.heading for one in file.passages.all()] == [
        "Individual Management Review",
        "Involvement of the agency",
        "Lessons learned",
        "Single agency recommendations",
    ]
    assert list(file.points.values_list("kind", "text")) == [
        ("recommendation", "Train every receptionist to ask."),
        ("recommendation", "Audit referrals each quarter."),
        ("lesson", "A question that is asked once is not enough."),
        ("lesson", "Nobody wrote down who would call back."),
    ]
    assert (file.letters, file.unread_because) == (file.placed, "")
    assert file.passages.first().as_read().title == "Individual Management Review"


def test_signing_off_sends_it_with_a_receipt_that_names_the_digest():
    submission = handed_in()

    receipt = sign_off(submission, by=UserFactory(), key=uuid.uuid4())

    submission.refresh_from_db()
    assert (submission.state, submission.number, submission.move) == ("sent", 1, receipt)
    assert submission.request.__class__.objects.get().state == "submitted"
    assert receipt.sha256 == submission.main.stored.sha256


def test_nobody_signs_off_what_they_worked_on():
    author = UserFactory()
    submission = handed_in(by=author)
    uploader = UserFactory()
    take_back(submission, by=author, key=uuid.uuid4())
    with_file(submission, content=appendix(), name="Letter.docx", part="appendix", by=uploader)
    hand_in(submission, by=author, key=uuid.uuid4())

    for one in (author, uploader):
        with pytest.raises(OwnWork):
            sign_off(submission, by=one, key=uuid.uuid4())
    assert Submission.objects.get().state == "waiting"


def test_two_clicks_hand_in_and_sign_off_once():
    submission, officer = prepared(), UserFactory()
    by = submission.begun_by
    keys = uuid.uuid4(), uuid.uuid4()

    assert hand_in(submission, by=by, key=keys[0]) == hand_in(submission, by=by, key=keys[0])
    first = sign_off(submission, by=officer, key=keys[1])

    assert sign_off(submission, by=officer, key=keys[1]) == first
    assert SubmissionMove.objects.count() == 2


def test_a_key_of_another_version_gives_nothing_away():
    key = uuid.uuid4()
    hand_in(prepared(), by=None, key=key)

    with pytest.raises(moving.KeyOfAnother):
        hand_in(prepared(), by=None, key=key)


def test_what_was_sent_cannot_be_changed():
    submission = sent()
    file = submission.main

    for change in (
        lambda: add_file(
            submission, content=b"x", name="x.docx", part="main", key=uuid.uuid4(), by=None
        ),
        lambda: remove_file(file, by=None),
        lambda: choose_points(submission, left_out=[], by=None),
        lambda: take_back(submission, by=None, key=uuid.uuid4()),
    ):
        with pytest.raises(NotNow):
            change()


def test_what_waits_for_sign_off_is_not_changed_behind_the_officers_back():
    submission = handed_in()

    with pytest.raises(NotNow, match="Take it back first"):
        remove_file(submission.main, by=None)


def test_the_next_version_takes_the_appendices_along_and_not_the_report():
    first = prepared()
    with_file(first, content=appendix(), name="Letter.docx", part="appendix")
    hand_in(first, by=first.begun_by, key=uuid.uuid4())
    sign_off(first, by=UserFactory(), key=uuid.uuid4())

    second = again(first)

    (carried,) = second.kept_files()
    assert (carried.part, carried.stored) == ("appendix", first.appendices.get().stored)
    assert carried.carried_from == first.appendices.get()


def test_the_next_version_says_what_changed():
    second = again(sent())
    with_file(second, content=report("One more contact"))

    with pytest.raises(ValidationError, match="Say what changed"):
        hand_in(second, by=None, key=uuid.uuid4())
    hand_in(second, by=None, key=uuid.uuid4(), note="One more contact")
    sign_off(second, by=UserFactory(), key=uuid.uuid4())

    assert list(Submission.objects.values_list("number", "note")) == [
        (1, ""),
        (2, "One more contact"),
    ]


def test_the_same_file_twice_is_refused_and_nothing_is_kept_of_it():
    submission = prepared(content=(content := report()))

    for part in ("main", "appendix"):
        with pytest.raises(ValidationError, match="here already"), transaction.atomic():
            with_file(submission, content=content, name="Again.docx", part=part)

    assert submission.files.count() == 1


def test_the_same_report_is_no_next_version():
    content = report()
    second = again(sent(content=content))

    with pytest.raises(ValidationError, match="the same file as in version 1"):
        with_file(second, content=content)


def test_another_report_takes_the_place_of_the_first_which_is_kept():
    submission = prepared()
    first = submission.main

    with_file(submission, content=report("More"), name="Better.docx")

    first.refresh_from_db()
    assert first.removed_at is not None
    assert submission.main.stored.name == "Better.docx"
    assert submission.files.count() == 2


def test_nothing_is_handed_in_without_a_report():
    submission = begin(asked(kind="imr"), by=UserFactory())

    with pytest.raises(ValidationError, match="Upload the report first"):
        hand_in(submission, by=None, key=uuid.uuid4())


def test_a_chronology_or_a_question_is_not_answered_with_a_file():
    for kind in ("chronology", "question"):
        with pytest.raises(NotNow, match="IMR or a report"):
            begin(asked(kind=kind), by=UserFactory())


def test_one_version_is_prepared_at_a_time():
    request = asked(kind="imr")

    assert begin(request, by=UserFactory()) == begin(request, by=UserFactory())


def test_nothing_more_is_begun_while_the_review_has_it():
    with pytest.raises(RequestNotNow, match="submitted already"):
        begin(sent().request, by=None)


def test_the_officer_returns_it_inside_the_agency_and_the_review_learns_nothing():
    part = ParticipationFactory()
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    officer = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    submission = handed_in(part, by=author)
    before = submission.request.moves.count()

    return_inside(submission, by=officer, key=uuid.uuid4(), reason="Page 3 is missing")

    submission.refresh_from_db()
    assert (submission.state, submission.request.moves.count()) == ("draft", before)
    to = list(Message.objects.filter(key__startswith="back-inside").values_list("to", flat=True))
    assert to == [author.email]


def test_the_officer_is_told_and_nobody_who_wrote_it():
    part = ParticipationFactory()
    author = with_role(Role.IMR_AUTHOR, part.review, part)
    officer = with_role(Role.SIGN_OFF_OFFICER, part.review, part)
    handed_in(part, by=author)

    to = list(Message.objects.filter(key__startswith="sign-off").values_list("to", flat=True))
    assert to == [officer.email]


def test_what_came_another_way_is_entered_with_the_post_that_signed_it():
    coordinator = UserFactory()
    submission = prepared(on_behalf=True, by=coordinator)

    with pytest.raises(ValidationError, match="which post"):
        enter(submission, by=coordinator, key=uuid.uuid4(), signed_by_words=" ", reason="By post")
    receipt = enter(
        submission,
        by=coordinator,
        key=uuid.uuid4(),
        signed_by_words="Head of safeguarding",
        reason="By secure e-mail",
    )

    assert (receipt.on_behalf, receipt.reason) == (True, "By secure e-mail")


def test_the_agencys_own_version_is_not_entered_for_it():
    with pytest.raises(NotNow, match="agency itself"):
        enter(prepared(), by=None, key=uuid.uuid4(), signed_by_words="A post", reason="By post")


def test_rows_that_are_none_are_left_out_and_kept():
    submission = prepared()
    first = OwnPoint.objects.first()

    choose_points(submission, left_out=[first.pk], by=None)

    assert OwnPoint.objects.kept().count() == 3
    assert OwnPoint.objects.get(is_left_out=True) == first


def test_the_database_keeps_what_happened_inside_the_agency():
    handed_in()

    for change in (
        SubmissionMove.objects.all().delete,
        lambda: SubmissionMove.objects.update(reason="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
