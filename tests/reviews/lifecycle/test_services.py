import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from foundations.dates import parse
from reviews import services as reviews
from reviews.clock import services as clock
from reviews.clock.kinds import Milestone
from reviews.clock.queries import clock_of
from reviews.lifecycle import services
from reviews.lifecycle.ended import ReviewEnded
from reviews.lifecycle.models import StageMove, StateChange
from reviews.lifecycle.tasks.queries import tasks_of
from reviews.lifecycle.tasks.services import mark
from reviews.rules import Role, Stage, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_letters import finished_letter
from tests.factories.reviews_lifecycle import AGREED, closed, discontinued, reopened, suspended
from tests.factories.reviews_meetings import MeetingActionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.ANALYSIS)


@pytest.fixture
def by(review):
    return with_role(Role.COORDINATOR, review)


def moves(review):
    return list(review.stage_moves.values_list("before", "stage", "why"))


# --- Stages -------------------------------------------------------------------------------------


def test_a_move_keeps_where_it_came_from_and_who_moved_it(review, by):
    services.set_stage(review, stage="drafting", by=by, on=parse("autumn 2026").value)

    move = review.stage_moves.get()
    assert (move.before, move.stage, str(move.on)) == ("analysis", "drafting", "autumn 2026")
    assert move.recorded_by == by


def test_the_same_stage_again_changes_nothing(review, by):
    services.set_stage(review, stage="analysis", by=by)

    assert moves(review) == []


def test_going_back_needs_a_reason(review, by):
    with pytest.raises(ValidationError, match="goes back"):
        services.set_stage(review, stage="gathering", by=by)

    services.set_stage(review, stage="gathering", by=by, why="Two more agencies")

    assert moves(review) == [("analysis", "gathering", "Two more agencies")]


def test_a_review_is_not_closed_by_moving_it(review, by):
    with pytest.raises(ValidationError, match="Close the review"):
        services.set_stage(review, stage="closed", by=by)


def test_two_people_who_move_it_at_once_do_not_write_over_each_other(review, by):
    services.set_stage(review, stage="drafting", by=by, seen="analysis")

    with pytest.raises(services.MovedMeanwhile):
        services.set_stage(review, stage="sign_off", by=by, seen="analysis")

    review.refresh_from_db()
    assert review.stage == "drafting"


def test_a_refusal_speaks_of_a_month_as_people_do(review, by):
    spring = parse("March 2026").value
    services.set_stage(review, stage="drafting", by=by, on=spring)

    with pytest.raises(ValidationError, match="in March 2026: this cannot be earlier"):
        services.set_stage(review, stage="sign_off", by=by, on=date(2026, 1, 1))


def test_a_stage_does_not_begin_before_the_one_that_went_before(review, by):
    services.set_stage(review, stage="drafting", by=by, on=date(2026, 5, 1))

    with pytest.raises(ValidationError, match="cannot be earlier"):
        services.set_stage(review, stage="sign_off", by=by, on=date(2026, 4, 1))


def test_a_stage_does_not_begin_in_the_future(review, by):
    with pytest.raises(ValidationError, match="future"):
        services.set_stage(review, stage="drafting", by=by, on=date(2027, 4, 1), today=TODAY)


# --- Suspending ---------------------------------------------------------------------------------


def test_a_suspension_pauses_the_clock_and_resuming_ends_the_pause(review, by):
    clock.reached(review, Milestone.NOTIFIED, date(2026, 1, 5), by)

    suspended(review, by=by, on=date(2026, 2, 2))
    review.refresh_from_db()
    paused = clock_of(review, TODAY).is_paused
    services.resume(review, on=date(2026, 3, 2), by=by, key=uuid.uuid4())

    assert (review.state, paused) == (State.SUSPENDED, True)
    assert review.pauses.get().ends_on == date(2026, 3, 1)
    review.refresh_from_db()
    assert review.state == State.RUNNING


def test_a_suspension_may_leave_the_clock_alone(review, by):
    clock.reached(review, Milestone.NOTIFIED, date(2026, 1, 5), by)

    suspended(review, by=by, stop_clock=False)

    assert review.pauses.count() == 0


def test_another_reason_is_said_in_words(review, by):
    with pytest.raises(ValidationError, match="what the reason is"):
        suspended(review, by=by, reason="other", why="")


def test_a_suspension_is_expected_to_end_after_it_begins(review, by):
    with pytest.raises(ValidationError, match="after the suspension begins"):
        suspended(review, by=by, expected_until=date(2026, 2, 2))


def test_what_is_not_suspended_is_not_resumed(review, by):
    with pytest.raises(ValidationError, match="not suspended"):
        services.resume(review, on=TODAY, by=by, key=uuid.uuid4())


def test_a_second_click_finds_the_first_ones_row(review, by):
    sent = {"reason": "trial", "on": date(2026, 2, 2), "by": by, "key": uuid.uuid4()}

    first, again = (services.suspend(review, **sent) for _ in range(2))

    assert (first, StateChange.objects.count()) == (again, 1)


def test_nothing_happens_before_what_happened_last(review, by):
    suspended(review, by=by, on=date(2026, 2, 2))

    with pytest.raises(ValidationError, match="suspended on 2 February 2026"):
        services.resume(review, on=date(2026, 1, 2), by=by, key=uuid.uuid4())


# --- Ending -------------------------------------------------------------------------------------


def test_a_discontinued_review_stops_its_clock_and_takes_no_more_work(review, by):
    clock.reached(review, Milestone.NOTIFIED, date(2026, 1, 5), by)

    discontinued(review, by=by)

    review.refresh_from_db()
    assert review.state == State.DISCONTINUED
    assert not clock_of(review, TODAY).is_running
    with pytest.raises(ReviewEnded, match="can be read, but not changed"):
        reviews.add_agency(review, agency=AgencyFactory(), by=by)
    with pytest.raises(ReviewEnded):
        services.set_stage(review, stage="drafting", by=by)


def test_a_review_opened_again_has_a_clock_that_runs(review, by):
    clock.reached(review, Milestone.NOTIFIED, date(2026, 1, 5), by)
    discontinued(review, by=by)

    reopened(review, by=by)

    review.refresh_from_db()
    assert (review.state, review.stage) == (State.RUNNING, Stage.ANALYSIS)
    assert clock_of(review, TODAY).is_running


def test_a_suspended_review_that_ends_is_not_paused_any_more(review, by):
    clock.reached(review, Milestone.NOTIFIED, date(2026, 1, 5), by)
    suspended(review, by=by)

    discontinued(review, by=by)

    assert review.pauses.get().ends_on == date(2026, 3, 1)


def test_what_has_ended_does_not_end_again(review, by):
    discontinued(review, by=by)

    with pytest.raises(ValidationError, match="has ended already"):
        discontinued(review, by=by)


def _merge(review, into, by):
    return services.merge_into(
        review, into=into, on=date(2026, 3, 2), by=by, key=uuid.uuid4(), **AGREED
    )


def test_a_merged_review_says_into_which(review, by):
    other = ReviewFactory(partnership=review.partnership)

    change = _merge(review, other, by)

    review.refresh_from_db()
    assert (review.state, change.into) == (State.MERGED, other)


def test_no_review_is_merged_into_itself_or_into_one_that_ended(review, by):
    ended = ReviewFactory(partnership=review.partnership, state=State.CLOSED)

    for into in (review, ended):
        with pytest.raises(ValidationError, match="another review"):
            _merge(review, into, by)


# --- Closing ------------------------------------------------------------------------------------


def test_closing_asks_a_reason_for_whatever_is_open(review, by, left_open):
    with pytest.raises(services.StillOpen):
        services.close(review, on=date(2026, 3, 2), reasons={}, by=by, key=uuid.uuid4(), **AGREED)

    change = closed(review, by=by)

    review.refresh_from_db()
    assert (review.state, review.stage) == (State.CLOSED, Stage.CLOSED)
    assert [(one.what, one.why) for one in change.left_open.all()] == left_open


@pytest.fixture
def left_open(review, by):
    MeetingActionFactory(meeting__review=review)
    finished_letter(review, by=by)
    RecommendationFactory(review=review)
    RecommendationFactory(review=review)
    for line in tasks_of(review, by, on=TODAY).lines:
        sent = {"state": "not_needed", "why": "Held elsewhere", "by": by, "key": uuid.uuid4()}
        mark(review, code=line.task.code, **sent)
    return [
        ("1 action of a meeting that is not done", "Goes on elsewhere"),
        ("1 letter that is not sent or not acknowledged", "Goes on elsewhere"),
        ("2 recommendations of the action plan that are not finished", "Goes on elsewhere"),
    ]


def test_a_closed_review_goes_on_where_it_stood(review, by):
    closed(review, by=by)

    reopened(review, by=by)

    review.refresh_from_db()
    assert (review.state, review.stage) == (State.RUNNING, Stage.ANALYSIS)
    assert moves(review) == [
        ("analysis", "closed", ""),
        ("closed", "analysis", "The review was opened again"),
    ]


def test_each_change_is_on_the_trail_without_a_word_of_why(review, by):
    discontinued(review, by=by)

    event = Event.objects.get(type="review.state_changed")
    assert event.data == {"what_kind": "discontinued"}


def test_history_is_for_those_who_lead_the_review(review, by):
    suspended(review, by=by)
    services.set_stage(review, stage="drafting", by=by)
    reader, stranger = with_role(Role.PANEL_MEMBER, review), UserFactory()

    for model in (StageMove, StateChange):
        assert model.objects.visible_to(by).count() == 1
        assert model.objects.visible_to(reader).count() == 0
        assert model.objects.visible_to(stranger).count() == 0
