"""Whom an agency interviewed, what was agreed before it, and what a hold stops."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from audit.models import Event
from foundations.dates import parse
from reviews.interviews import services
from reviews.interviews.models import Interview
from reviews.interviews.queries import counted, for_the_report, interviews_of
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.proceedings.models import Stops
from reviews.requests.services import moving
from reviews.requests.states import NotNow
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_interviews import interview
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_proceedings import ProceedingFactory, dated, hold, release
from tests.factories.reviews_requests import asked

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def imr(part):
    return asked(part, kind="imr")


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


def staff_hold(review, **more):
    return hold(ProceedingFactory(review=review), Stops.STAFF, **more)


# --- What is recorded ---------------------------------------------------------------------------


def test_an_interview_is_kept_as_it_was_said_and_the_work_has_begun(imr, author):
    row = interview(imr, by=author, on="early March 2026", answered_on="February 2026")

    row.refresh_from_db()
    imr.refresh_from_db()
    assert (str(row.on), row.on_earliest, row.answered_by) == (
        "early March 2026",
        date(2026, 3, 1),
        "Senior investigating officer",
    )
    assert imr.state == "in_progress"


def test_the_trail_knows_of_it_and_none_of_its_words(imr, author):
    row = interview(imr, by=author, post="Night porter", about="Zebra crossings")

    event = Event.objects.get(type="interview.recorded")
    assert event.data["interview"] == row.pk
    assert "porter" not in str(event.data)
    assert "Zebra" not in str(event.data)


def test_a_second_click_records_nothing_more(imr, author):
    key = uuid.uuid4()

    assert interview(imr, by=author, key=key) == interview(imr, by=author, key=key)
    assert Interview.objects.count() == 1


def test_a_key_of_another_request_gives_nothing_away(imr):
    key = uuid.uuid4()
    interview(asked(kind="imr"), key=key)

    with pytest.raises(moving.KeyOfAnother):
        interview(imr, key=key)


@pytest.mark.parametrize(
    ("more", "field", "wrong"),
    [
        ({"on": ""}, "on", "Enter when"),
        ({"on": "3 December 2026"}, "on", "still to come"),
        ({"state": "planned"}, "on", "has passed"),
        ({"answered_on": ""}, "answered_on", "Enter when"),
        ({"answered_on": "3 December 2026"}, "answered_on", "in the future"),
        ({"answered_on": "15 March 2026"}, "answered_on", "after the interview"),
        ({"agreed_to": ""}, "__all__", "to what"),
        ({"agreement": "not_needed"}, "__all__", "Say why"),
        ({"agreement": "waiting"}, "__all__", "what was agreed before"),
    ],
)
def test_what_cannot_be_is_refused(more, field, wrong, imr):
    with pytest.raises(ValidationError, match=wrong) as refused, transaction.atomic():
        interview(imr, **more)

    assert set(refused.value.error_dict) == {field}
    assert Interview.objects.count() == 0


def test_an_agreement_of_the_same_month_is_beforehand_as_far_as_anybody_knows(imr):
    assert interview(imr, on="14 March 2026", answered_on="March 2026").pk


def test_nothing_is_recorded_for_what_is_no_longer_asked_for(imr):
    moving.withdraw(imr, by=UserFactory(), key=uuid.uuid4(), reason="Not needed")

    with pytest.raises(NotNow, match="no longer asked for"):
        interview(imr)


def test_nor_in_a_review_that_has_ended(imr):
    Review.objects.update(state="discontinued")

    with pytest.raises(ReviewEnded):
        interview(imr)


# --- Nothing is changed -------------------------------------------------------------------------


def test_the_database_refuses_to_change_or_delete_one(imr):
    row = interview(imr)

    for change in (lambda: Interview.objects.update(post="Other"), row.delete):
        with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
            change()


def test_what_became_of_a_plan_needs_no_reason(imr):
    plan = interview(imr, state="planned", on="1 December 2026", agreement="waiting")

    held = interview(imr, follows=plan)

    assert list(Interview.objects.standing()) == [held]
    assert not held.is_correction


def test_a_correction_says_what_was_wrong_and_leaves_the_first_one(imr):
    first = interview(imr)

    with pytest.raises(ValidationError, match="what was wrong"), transaction.atomic():
        interview(imr, follows=first)
    second = interview(imr, follows=first, because="Another team", post="Team leader")

    assert list(Interview.objects.standing()) == [second]
    assert Interview.objects.count() == 2


def test_of_two_people_at_once_the_second_is_told(imr):
    first = interview(imr)
    interview(imr, follows=first, because="Another team")

    with pytest.raises(services.AlreadyFollowed):
        interview(imr, follows=first, because="Another day")


def test_an_entry_of_another_request_is_not_followed(imr):
    with pytest.raises(services.AlreadyFollowed):
        interview(imr, follows=interview(asked(kind="imr")), because="Wrong")


# --- Holds --------------------------------------------------------------------------------------


def test_a_hold_stops_an_interview_on_its_days_and_none_before(imr, author):
    staff_hold(imr.review, starts_on=date(2026, 6, 1), last_day=date(2026, 9, 30))

    with pytest.raises(ValidationError) as refused, transaction.atomic():
        interview(imr, by=author, on="2 June 2026")

    assert refused.value.message_dict == {
        "on": [
            "A hold stops interviews with staff until the end of 30 September 2026. "
            "Whoever coordinates the review says more."
        ]
    }
    assert interview(imr, by=author, on="31 May 2026").pk
    assert interview(imr, by=author, on="1 October 2026").pk


def test_a_hold_stops_a_day_that_is_known_roughly_if_it_can_be_one_of_its_days(imr):
    staff_hold(imr.review, starts_on=date(2026, 6, 20))

    with pytest.raises(ValidationError, match="A hold stops"):
        interview(imr, on="June 2026")


def test_a_hold_without_an_end_stops_every_plan(imr):
    staff_hold(imr.review)

    with pytest.raises(ValidationError, match="A hold stops"):
        interview(imr, state="planned", on="1 December 2030")


def test_a_released_hold_stops_nothing_after(imr):
    release(staff_hold(imr.review), date(2026, 7, 1))

    assert interview(imr, on="2 July 2026").pk


def test_an_agency_is_not_told_of_the_proceeding_and_the_leaders_are(imr, author):
    trial = ProceedingFactory(review=imr.review)
    hold(trial, Stops.STAFF, until_event=dated(trial))
    coordinator = with_role(Role.COORDINATOR, imr.review)

    with pytest.raises(ValidationError) as to_agency, transaction.atomic():
        interview(imr, by=author, on="2 July 2026")
    with pytest.raises(ValidationError) as to_leader, transaction.atomic():
        interview(imr, by=coordinator, on="2 July 2026")

    assert "until further notice" in str(to_agency.value)
    assert "Verdict" not in str(to_agency.value)
    assert "Verdict" in str(to_leader.value)


def test_that_one_did_not_take_place_is_recorded_whatever_the_hold(imr):
    plan = interview(imr, state="planned", on="1 December 2026", agreement="waiting")
    staff_hold(imr.review)

    assert interview(
        imr,
        follows=plan,
        state="not_held",
        on="1 December 2026",
        agreement="refused",
        answered_by="Senior investigating officer",
        answered_on="20 November 2026",
        why_not="They will be witnesses",
    ).pk


def test_what_was_on_record_before_the_hold_may_be_put_right_on_its_day(imr):
    first = interview(imr, on="2 July 2026")
    staff_hold(imr.review)

    assert interview(imr, on="2 July 2026", follows=first, because="Wrong post", post="Porter").pk
    with pytest.raises(ValidationError, match="A hold stops"):
        interview(imr, on="3 July 2026", follows=Interview.objects.standing().get(), because="Day")


# --- Who sees them ------------------------------------------------------------------------------


def test_the_own_agency_and_the_leaders_see_them_and_nobody_else(imr, part, author):
    row = interview(imr, by=author)
    review = part.review
    other = ParticipationFactory(review=review)
    conflicted = with_role(Role.CHAIR, review)
    ConflictFactory(member=PanelMemberFactory(review=review, user=conflicted), participation=part)
    people = {
        "author": author,
        "officer": with_role(Role.SIGN_OFF_OFFICER, review, part),
        "lead": with_role(Role.ACTION_LEAD, review, part),
        "coordinator": with_role(Role.COORDINATOR, review),
        "chair": with_role(Role.CHAIR, review),
        "in conflict": conflicted,
        "panel": with_role(Role.PANEL_MEMBER, review),
        "other agency": with_role(Role.IMR_AUTHOR, review, other),
    }

    seen = {name for name, user in people.items() if row in interviews_of(user, imr)}

    assert seen == {"author", "officer", "coordinator", "chair"}


def test_they_are_counted_and_listed_as_they_stand(imr, author):
    plan = interview(imr, by=author, state="planned", on="1 December 2026", agreement="waiting")
    second = interview(imr, by=author, on="May 2026")
    first = interview(imr, by=author, on="14 March 2026")
    interview(imr, by=author, follows=second, because="Post", on="May 2026")
    rows = interviews_of(author, imr)

    assert counted(rows) == "2 held, 1 planned"
    assert [str(one.on) for one in for_the_report(rows)] == [
        "14 March 2026",
        "May 2026",
        "1 December 2026",
    ]
    assert for_the_report(rows)[0] == first
    assert for_the_report(rows)[-1] == plan
    assert counted(rows.none()) == "none recorded"
    assert parse("May 2026").value == for_the_report(rows)[1].on
