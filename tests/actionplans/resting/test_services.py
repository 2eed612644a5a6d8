"""Recommendations written here, taken over, tied to lessons; actions by hand."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from actionplans import drafting, services
from actionplans.models import Action, Recommendation
from actionplans.resting import services as resting
from actionplans.resting.models import RecommendationLesson, RecommendationVersion, ToldApart
from actionplans.resting.queries import own_of
from audit.models import Event
from foundations.dates import parse
from reviews.clock.models import Reached
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, Stage, State
from reviews.services import merge_participations
from reviews.submissions.models import OwnPoint
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import (
    ActionFactory,
    PlanImportFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
)
from tests.factories.agencies import AgencyFactory
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_submissions import OwnPointFactory, prepared, sent

pytestmark = pytest.mark.django_db


def written(review=None, **said):
    said = {"text": "Train every officer", "reach": "multi", "key": uuid.uuid4()} | said
    return resting.make_recommendation(
        review or ReviewFactory(), by=said.pop("by", None) or UserFactory(), **said
    )


def changed(one, **said):
    said = {
        "text": one.text,
        "number": one.number,
        "reach": one.reach,
        "scope": one.scope,
        "leads": list(one.leads.all()),
        "reason": "Clearer",
        "seen": one.versions.count(),
    } | said
    return resting.change_recommendation(one, by=UserFactory(), **said)


# --- Writing ------------------------------------------------------------------------------------


def test_a_recommendation_is_written_with_its_lead_and_its_lessons():
    lesson = LessonFactory()
    part = ParticipationFactory(review=lesson.review)

    one = written(lesson.review, leads=[part], lessons=[lesson], scope="Local")

    assert (one.number, one.reach, one.scope, one.is_made_here) == ("1", "multi", "Local", True)
    assert list(one.leads.all()) == [part]
    assert [tie.lesson for tie in one.lesson_links.live()] == [lesson]


def test_numbers_run_on_and_positions_too():
    first = written(number="7")

    second = written(first.review)

    assert (second.number, second.position) == ("8", first.position + 1)


def test_a_body_that_takes_no_other_part_can_lead():
    agency = AgencyFactory()

    one = written(other_leads=[agency])

    assert [(part.agency, part.is_lead_only) for part in one.leads.all()] == [(agency, True)]


def test_a_second_click_makes_nothing_and_another_review_is_not_told():
    key = uuid.uuid4()
    one = written(key=key)

    assert written(one.review, key=key, text="Something else") == one
    with pytest.raises(services.KeyOfAnother):
        written(key=key)


def test_a_lead_or_a_lesson_of_another_review_is_refused():
    review = ReviewFactory()

    with pytest.raises(ValidationError):
        written(review, leads=[ParticipationFactory()])
    with pytest.raises(ValidationError):
        written(review, lessons=[LessonFactory()])
    assert Recommendation.objects.count() == 0


# --- Changing -----------------------------------------------------------------------------------


def test_what_it_said_before_is_kept_with_the_reason():
    part = ParticipationFactory()
    one = written(part.review, leads=[part])

    one = changed(one, text="Train all staff", leads=[])

    version = RecommendationVersion.objects.get()
    assert (one.text, list(one.leads.all())) == ("Train all staff", [])
    assert (version.snapshot["text"], version.snapshot["leads"]) == (
        "Train every officer",
        [part.pk],
    )
    assert version.reason == "Clearer"


def test_the_database_keeps_what_it_said_before():
    one = written(text="Train all")
    changed(one, text="Train everybody", reason="Plainer")
    version = RecommendationVersion.objects.get(recommendation=one)

    for change in (version.delete, lambda: RecommendationVersion.objects.update(reason="Else")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_a_change_of_nothing_leaves_nothing():
    changed(written())

    assert RecommendationVersion.objects.count() == 0
    assert not Event.objects.filter(type="recommendation.changed").exists()


def test_a_change_needs_a_reason_and_the_words_as_they_are_now():
    one = written()
    with pytest.raises(ValidationError):
        changed(one, text="New", reason=" ")
    changed(one, text="New")

    with pytest.raises(services.ChangedMeanwhile):
        changed(one, text="Newer", seen=0)


@pytest.mark.parametrize("how", ["stage", "milestone"])
def test_once_published_the_words_stay(how):
    one = written()
    if how == "stage":
        Review.objects.filter(pk=one.review_id).update(stage=Stage.MONITORING)
    else:
        Reached.objects.create(
            review=one.review, milestone="published", on=parse("4 May 2026").value
        )

    with pytest.raises(resting.Published):
        changed(one, text="New")


def test_a_files_words_and_an_agencys_are_not_changed_here():
    of_file = RecommendationFactory(plan_import=PlanImportFactory(saved=True))

    with pytest.raises(resting.NotMadeHere):
        changed(of_file, text="New")


def test_whoever_leads_an_action_still_sees_it_when_the_lead_changes():
    part = ParticipationFactory()
    one = written(part.review, leads=[part])
    resting.add_action(one, text="Book", lead=part, by=None, key=uuid.uuid4())

    changed(one, leads=[])

    assert [link.is_accountable for link in one.lead_links.all()] == [False]


# --- Agencies' own ------------------------------------------------------------------------------


@pytest.fixture
def point():
    version = sent(ParticipationFactory())
    return OwnPointFactory(
        file=version.main, kind="recommendation", number="R1", text="Audit our files", position=900
    )


def test_an_agencys_own_is_taken_over_word_for_word_and_led_by_it(point):
    part = point.file.submission.request.participation

    (one,) = resting.take_over(part.review, [point], by=UserFactory())

    assert (one.text, one.number, one.reach) == ("Audit our files", "R1", "single")
    assert (one.own_point, list(one.leads.all()), one.is_made_here) == (point, [part], False)
    assert resting.take_over(part.review, [point], by=UserFactory()) == []


def test_what_was_not_sent_left_out_or_is_a_lesson_is_refused(point):
    review = point.file.submission.request.participation.review
    unsent = OwnPointFactory(file=prepared(ParticipationFactory(review=review)).main, position=900)
    lesson = OwnPointFactory(file=point.file, kind="lesson", position=901)
    left_out = OwnPointFactory(
        file=point.file, kind="recommendation", is_left_out=True, position=902
    )

    for refused in (unsent, lesson, left_out):
        with pytest.raises(ValidationError):
            resting.take_over(review, [refused], by=UserFactory())
    with pytest.raises(ValidationError):
        resting.take_over(ReviewFactory(), [point], by=UserFactory())


def test_the_list_says_which_were_taken_over(point):
    review = point.file.submission.request.participation.review
    chair = with_role(Role.CHAIR, review)
    before = {own.point: own.became for own in own_of(review, chair)}

    (one,) = resting.take_over(review, [point], by=chair)

    assert before[point] is None
    assert {own.point: own.became for own in own_of(review, chair)}[point] == one
    assert all(own.point.kind == OwnPoint.Kind.RECOMMENDATION for own in own_of(review, chair))


# --- Lessons ------------------------------------------------------------------------------------


def test_a_tie_is_made_once_taken_away_and_made_again():
    lesson = LessonFactory()
    one = RecommendationFactory(review=lesson.review)
    (tie,) = resting.rest_on(one, [lesson], by=UserFactory())

    assert resting.rest_on(one, [lesson], by=UserFactory()) == []
    resting.rest_no_longer(tie, by=UserFactory())
    resting.rest_no_longer(tie, by=UserFactory())
    resting.rest_on(one, [lesson], by=UserFactory())

    assert RecommendationLesson.objects.count() == 2
    assert RecommendationLesson.objects.live().count() == 1
    assert Event.objects.filter(type="recommendation.unrested").count() == 1


def test_a_plan_that_was_imported_can_be_tied_too():
    lesson = LessonFactory()
    of_file = RecommendationFactory(
        review=lesson.review, plan_import=PlanImportFactory(review=lesson.review, saved=True)
    )

    assert len(resting.rest_on(of_file, [lesson], by=UserFactory())) == 1


# --- Actions ------------------------------------------------------------------------------------


def test_an_action_by_hand_has_a_lead_who_then_sees_it():
    part = ParticipationFactory()
    one = RecommendationFactory(review=part.review)
    key, lead = uuid.uuid4(), with_role(Role.ACTION_LEAD, part.review, part)

    action = resting.add_action(
        one, text="Book a room", lead=part, target=parse("May 2027").value, by=None, key=key
    )

    assert resting.add_action(one, text="Again", by=None, key=key) == action
    assert str(action.target) == "May 2027"
    assert list(Recommendation.objects.visible_to(lead)) == [one]


PLAN = "Recommendation,Lead agency,Action to take\nTrain every officer,Northbank Police,{}\n"


def imported(review, action):
    content = PLAN.format(action).encode()
    draft = drafting.read_draft(content, "plan.csv", review)
    import_ = services.upload(review, draft, content=content, by=UserFactory(), key=uuid.uuid4())
    return services.save_import(services.accept_mapping(import_), by=UserFactory())


def test_a_corrected_file_leaves_an_action_by_hand_and_its_lead():
    review = ReviewFactory()
    imported(review, "Write the course")
    one, part = review.recommendations.get(), ParticipationFactory(review=review)
    action = resting.add_action(one, text="By hand", lead=part, by=None, key=uuid.uuid4())

    imported(review, "Write two courses")

    assert action in one.actions.live()
    assert part in one.leads.all()
    assert set(one.actions.live().values_list("text", flat=True)) == {
        "By hand",
        "Write two courses",
    }


# --- Told apart, ended, merged ------------------------------------------------------------------


def test_two_are_told_apart_once_in_whatever_order():
    first = RecommendationFactory()
    second = RecommendationFactory(review=first.review)

    resting.tell_apart(second, first, by=UserFactory(), reason="Other staff")
    resting.tell_apart(first, second, by=UserFactory())

    said = ToldApart.objects.get()
    assert (said.first, said.second, said.reason) == (first, second, "Other staff")
    with pytest.raises(ValidationError):
        resting.tell_apart(first, RecommendationFactory(), by=UserFactory())


def test_an_ended_review_takes_none_of_it(point):
    review = point.file.submission.request.participation.review
    lesson, one = LessonFactory(review=review), RecommendationFactory(review=review)
    (tie,) = resting.rest_on(one, [lesson], by=None)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    for refused in (
        lambda: written(review),
        lambda: changed(one, text="New"),
        lambda: resting.take_over(review, [point], by=None),
        lambda: resting.rest_on(one, [lesson], by=None),
        lambda: resting.rest_no_longer(tie, by=None),
        lambda: resting.add_action(one, text="Book", by=None, key=uuid.uuid4()),
        lambda: resting.tell_apart(one, RecommendationFactory(review=review), by=None),
    ):
        with pytest.raises(ReviewEnded):
            refused()


def test_agencies_that_merge_keep_what_they_lead():
    kept = ParticipationFactory()
    old = ParticipationFactory(review=kept.review)
    link = RecommendationLeadFactory(recommendation__review=kept.review, participation=old)
    both = RecommendationFactory(review=kept.review)
    for part in (old, kept):
        RecommendationLeadFactory(recommendation=both, participation=part)
    action = ActionFactory(recommendation=both, lead=old)

    merge_participations(agency=old.agency, into=kept.agency, by=UserFactory())

    action.refresh_from_db()
    assert action.lead == kept
    assert list(link.recommendation.leads.all()) == [kept]
    assert list(both.leads.all()) == [kept]
    assert Action.objects.count() == 1
