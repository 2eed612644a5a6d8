import hashlib
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from foundations.dates import parse
from foundations.post.models import Message
from reviews.lifecycle.ended import ReviewEnded
from reviews.requests.models import Request, RequestAnswer, RequestDraft, RequestMove
from reviews.requests.services import answering, asking, chasing, extending, moving
from reviews.requests.states import NotNow
from reviews.rules import Role
from reviews.services import AlreadySubmitted, end_role, merge_participations, submit_chronology
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_requests import answered_nil, asked, overdue, submitted

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def key():
    return uuid.uuid4()


def history(request):
    return list(request.moves.values_list("what", flat=True))


def states(request):
    request.refresh_from_db()
    return request.state


def ask(review, *parts, **more):
    given = {
        "participations": parts,
        "key": key(),
        "kind": "chronology",
        "why": "Contact was recorded",
        "due": TODAY() + timedelta(days=28),
        "by": UserFactory(),
    }
    return asking.ask_agencies(review, **given | more)


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


# --- Asking -------------------------------------------------------------------------------------


def test_each_agency_is_asked_once_however_often_one_clicks():
    review = ReviewFactory()
    parts = [ParticipationFactory(review=review) for _ in range(3)]
    same = key()

    first, second = ask(review, *parts, key=same), ask(review, *parts, key=same)

    assert first == second
    assert Request.objects.count() == 3
    assert [history(request) for request in first] == [["asked"]] * 3
    assert Event.objects.filter(type="request.asked").count() == 3


def test_an_agency_that_owes_the_same_is_not_asked_twice(part):
    asked(part, kind="imr")

    assert ask(part.review, part, kind="imr") == []
    assert len(ask(part.review, part, kind="chronology")) == 1


def test_questions_may_be_many(part):
    asked(part, kind="question")

    assert len(ask(part.review, part, kind="question", what="And the reply?")) == 1


def test_a_question_needs_words(part):
    with pytest.raises(ValidationError):
        ask(part.review, part, kind="question")


def test_a_day_in_the_past_is_refused(part):
    with pytest.raises(ValidationError, match="today or later"):
        ask(part.review, part, due=TODAY() - timedelta(days=1))


def test_a_part_of_another_review_and_one_that_only_leads_actions_are_not_asked(part):
    leads = ParticipationFactory(review=part.review, is_lead_only=True)

    assert ask(part.review, leads, ParticipationFactory()) == []


def test_a_review_that_ended_asks_nobody(part):
    type(part.review).objects.filter(pk=part.review.pk).update(state="closed")

    with pytest.raises(ReviewEnded):
        ask(part.review, part)


def test_the_message_says_where_to_look_and_nothing_else(part, author):
    waiting = UserFactory(joined_at=None)
    other = ParticipationFactory(review=part.review)
    with_role(Role.SIGN_OFF_OFFICER, part.review, other)

    (request,) = ask(part.review, part, what="Was the referral of Zara received?")

    message = Message.objects.get()
    assert message.to == author.email != waiting.email
    assert f"/requests/{request.key}/" in message.body
    for word in (part.review.reference, part.agency.name, other.agency.name, "Zara", "chronology"):
        assert word not in message.subject + message.body


def test_whoever_left_is_not_written_to(part, author):
    end_role(author.roles.get(), by=UserFactory())

    asked(part)

    assert not Message.objects.exists()


# --- What the agency does -----------------------------------------------------------------------


def test_reading_work_and_submission_follow_each_other(part, author):
    request = asked(part, kind="imr")
    moving.open_request(request, by=author)
    moving.open_request(request, by=author)
    moving.begin(request, by=author)
    moving.begin(request, by=author)

    receipt = moving.submit(request, by=author, key=key(), sha256="0" * 64)

    assert history(request) == ["asked", "opened", "begun", "submitted"]
    assert (receipt.before, receipt.after, states(request)) == (
        "in_progress",
        "submitted",
        "submitted",
    )
    assert not receipt.was_late
    assert receipt.number == receipt.key.hex[:10].upper()


def test_a_second_click_gives_the_first_ones_receipt(part, author):
    request, same = asked(part, kind="imr"), key()

    first = moving.submit(request, by=author, key=same)

    assert moving.submit(request, by=author, key=same) == first
    assert history(request) == ["asked", "submitted"]


def test_a_key_of_another_request_opens_nothing(part, author):
    same = key()
    moving.submit(asked(part, kind="imr"), by=author, key=same)

    with pytest.raises(moving.KeyOfAnother):
        moving.submit(asked(part), by=author, key=same)


def test_two_people_of_one_agency_are_told_apart(part, author):
    request = asked(part, kind="imr")
    moving.submit(request, by=author, key=key())

    with pytest.raises(NotNow, match="submitted already"):
        moving.submit(request, by=UserFactory(), key=key())
    with pytest.raises(NotNow, match="submitted already"):
        answering.give_nil(request, by=UserFactory(), key=key(), nil="nothing_known")


def test_what_comes_after_its_day_is_taken_and_marked(part, author):
    request = overdue(part, kind="imr")
    due = request.due

    receipt = moving.submit(request, by=author, key=key())
    moving.return_request(
        request, by=UserFactory(), key=key(), reason="Incomplete", due=TODAY() + timedelta(days=9)
    )

    assert RequestMove.objects.get(pk=receipt.pk).due == due
    assert receipt.was_late


def test_the_coordinator_submits_on_the_agencys_behalf(part):
    request = asked(part, kind="imr")

    receipt = moving.submit(
        request, by=UserFactory(), key=key(), reason="Came by secure e-mail", on_behalf=True
    )

    assert (receipt.on_behalf, receipt.reason) == (True, "Came by secure e-mail")
    assert Event.objects.get(type="request.submitted").data["on_behalf"] is True


# --- Nil answers --------------------------------------------------------------------------------


def test_destroyed_records_say_when_and_under_which_policy(part, author):
    request = asked(part)

    receipt = answering.give_nil(
        request,
        by=author,
        key=key(),
        nil="destroyed",
        destroyed=parse("spring 2019").value,
        destroyed_under="Retention schedule 2012, seven years",
    )

    assert str(receipt.answer.destroyed) == "spring 2019"
    assert states(request) == "nil"


@pytest.mark.parametrize(
    "wrong", [{"nil": "destroyed"}, {"nil": "nothing_known", "destroyed_under": "Schedule 8"}]
)
def test_a_policy_goes_with_destroyed_records_alone(wrong, part, author):
    request = asked(part)

    with pytest.raises(ValidationError), transaction.atomic():
        answering.give_nil(request, by=author, key=key(), **wrong)

    assert states(request) == "asked"


def test_records_that_are_found_after_a_nil_answer_still_come(part, author):
    request = answered_nil(part)

    moving.submit(request, by=author, key=key())

    assert history(request) == ["asked", "nil", "submitted"]


def test_a_nil_answer_is_accepted_or_returned(part):
    request = answered_nil(part)
    moving.accept(request, by=UserFactory(), key=key())

    moving.return_request(
        request, by=UserFactory(), key=key(), reason="A referral names you", due=TODAY()
    )

    assert states(request) == "returned"


# --- Answers in words ---------------------------------------------------------------------------


def test_an_answer_is_kept_as_sent_with_its_digest(part, author):
    request = asked(part, kind="question")
    answering.save_draft(request, by=author, text="Yes, on", seen=0)

    receipt = answering.answer_question(request, by=author, key=key(), text=" Yes, on 3 May. ")

    assert receipt.answer.text == "Yes, on 3 May."
    assert receipt.sha256 == hashlib.sha256(b"Yes, on 3 May.").hexdigest()
    assert not RequestDraft.objects.exists()


def test_a_draft_is_the_agencys_and_outlives_its_author(part, author):
    request = asked(part, kind="question")
    answering.save_draft(request, by=author, text="We have", seen=0)
    end_role(author.roles.get(), by=UserFactory())
    successor = with_role(Role.IMR_AUTHOR, part.review, part)

    (draft,) = RequestDraft.objects.visible_to(successor)

    assert (draft.text, states(request)) == ("We have", "in_progress")
    assert not RequestDraft.objects.visible_to(author).exists()


def test_nobody_writes_over_a_colleagues_draft(part, author):
    request = asked(part, kind="question")
    answering.save_draft(request, by=author, text="First", seen=0)

    with pytest.raises(answering.ChangedMeanwhile):
        answering.save_draft(request, by=UserFactory(), text="Second", seen=0)

    assert RequestDraft.objects.get().text == "First"


def test_a_draft_is_not_the_leaders_to_read(part, author):
    chair = with_role(Role.CHAIR, part.review)
    coordinator = with_role(Role.COORDINATOR, part.review)
    request = asked(part, kind="question")
    answering.save_draft(request, by=author, text="Ours", seen=0)
    answering.save_draft(request, by=coordinator, text="Telephoned", seen=0, on_behalf=True)

    assert not RequestDraft.objects.visible_to(chair).exists()
    assert [draft.text for draft in RequestDraft.objects.visible_to(coordinator)] == ["Telephoned"]


# --- More time ----------------------------------------------------------------------------------


def test_more_time_is_given_and_the_first_day_stays(part, author):
    request = asked(part)
    first, later = request.due, request.due + timedelta(days=14)
    extending.ask_extension(request, by=author, key=key(), until=later, reason="A post is vacant")

    extending.give_extension(request, by=UserFactory(), key=key(), until=later)

    request.refresh_from_db()
    assert (request.first_due, request.due, request.was_moved) == (first, later, True)
    assert history(request) == ["asked", "extension_asked", "extension_given"]
    assert request.waiting_extension is None


def test_more_time_is_refused_with_a_reason(part, author):
    request = asked(part)
    later = request.due + timedelta(days=14)
    extending.ask_extension(request, by=author, key=key(), until=later, reason="Busy")

    with pytest.raises(ValidationError):
        extending.refuse_extension(request, by=UserFactory(), key=key(), reason=" ")
    extending.refuse_extension(request, by=UserFactory(), key=key(), reason="The panel meets")

    request.refresh_from_db()
    assert (request.due, request.last_extension.what) == (request.first_due, "extension_refused")


def test_more_time_is_asked_for_once_at_a_time(part, author):
    request = asked(part)
    said = {"by": author, "reason": "Busy", "until": request.due + timedelta(days=7)}
    extending.ask_extension(request, key=key(), **said)

    with pytest.raises(NotNow, match="nobody has answered"):
        extending.ask_extension(request, key=key(), **said)


@pytest.mark.parametrize("days", [0, -3])
def test_more_time_ends_later(days, part, author):
    request = asked(part)
    until = request.due + timedelta(days=days)

    with pytest.raises(ValidationError):
        extending.ask_extension(request, by=author, key=key(), until=until, reason="Busy")


def test_no_more_time_is_asked_for_once_it_is_accepted(part, author):
    request = submitted(part)
    moving.accept(request, by=UserFactory(), key=key())
    until = request.due + timedelta(days=9)

    with pytest.raises(NotNow, match="accepted already"):
        extending.ask_extension(request, by=author, key=key(), until=until, reason="Busy")


def test_time_that_nobody_asked_for_is_given_with_a_reason(part):
    request = asked(part)
    until = request.due + timedelta(days=9)

    with pytest.raises(ValidationError, match="did not ask"):
        extending.give_extension(request, by=UserFactory(), key=key(), until=until)
    extending.give_extension(
        request, by=UserFactory(), key=key(), until=until, reason="The panel moved"
    )

    request.refresh_from_db()
    assert request.due == until


# --- What the leaders do ------------------------------------------------------------------------


def test_what_is_returned_has_a_reason_and_another_day(part, author):
    request = submitted(part)
    due = TODAY() + timedelta(days=40)

    with pytest.raises(ValidationError):
        moving.return_request(request, by=UserFactory(), key=key(), reason="", due=due)
    moving.return_request(request, by=UserFactory(), key=key(), reason="Gaps in 2019", due=due)

    request.refresh_from_db()
    assert (request.state, request.due) == ("returned", due)
    assert "come back" in Message.objects.latest("pk").body


def test_what_came_is_not_withdrawn(part):
    with pytest.raises(NotNow):
        moving.withdraw(submitted(part), by=UserFactory(), key=key(), reason="Not needed")


def test_chasing_writes_to_each_person_once(part, author):
    requests = [overdue(part), overdue(part, kind="imr"), submitted(part, kind="report")]
    Message.objects.all().delete()
    same = key()

    for _ in range(2):
        chasing.chase(requests, by=UserFactory(), key=same)

    message = Message.objects.get()
    assert (message.to, "2 answers" in message.body) == (author.email, True)
    assert Event.objects.filter(type="request.chased").count() == 2


# --- The chronology -----------------------------------------------------------------------------


def test_submitting_the_chronology_answers_the_request(part, author):
    request, other = asked(part), asked(ParticipationFactory(review=part.review))
    imr = asked(part, kind="imr")

    submit_chronology(part, by=author)

    assert [states(one) for one in (request, imr, other)] == ["submitted", "asked", "asked"]
    with pytest.raises(AlreadySubmitted):
        submit_chronology(part, by=author)


def test_a_chronology_that_nobody_asked_for_is_submitted_all_the_same(part, author):
    submit_chronology(part, by=author, on_behalf=True)

    assert not RequestMove.objects.exists()


# --- What is kept -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [RequestMove.objects, RequestAnswer.objects])
def test_the_database_keeps_the_history(rows, part, author):
    answered_nil(part, note="We looked in two systems")

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(request=asked(part, kind="imr"))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.all().delete()


def test_agencies_that_are_merged_keep_what_they_were_asked(part):
    kept = ParticipationFactory(review=part.review)
    requests = [asked(part), asked(kept), answered_nil(part, kind="imr")]

    merge_participations(agency=part.agency, into=kept.agency, by=UserFactory())

    assert {one.participation for one in Request.objects.all()} == {kept}
    assert Request.objects.count() == len(requests)


def test_an_agency_sees_its_own_requests_alone(part, author):
    mine, theirs = asked(part), asked(ParticipationFactory(review=part.review))
    chair = with_role(Role.CHAIR, part.review)

    assert set(Request.objects.visible_to(author)) == {mine}
    assert set(RequestMove.objects.visible_to(author)) == set(mine.moves.all())
    assert set(Request.objects.visible_to(chair)) == {mine, theirs}
    assert not Request.objects.visible_to(with_role(Role.PANEL_MEMBER, part.review)).exists()


def test_what_was_asked_before_it_was_entered_may_be_due_in_the_past(part):
    at = timezone.now() - timedelta(days=60)

    request = asked(part, due=TODAY() - timedelta(days=30), at=at)

    assert (request.asked_at, request.moves.get().at) == (at, at)
    assert request.days_late(TODAY()) == 30
    assert not asked(ParticipationFactory(agency=AgencyFactory())).is_late(date(2020, 1, 1))
