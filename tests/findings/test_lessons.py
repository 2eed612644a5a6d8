"""Lessons: the panel's, the agencies' own, and what each rests on."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from findings import resting
from findings.models import Lesson, LessonFinding
from findings.services import lessons, locking, writing
from reviews.lifecycle.ended import ReviewEnded
from reviews.lifecycle.open_things import still_open
from reviews.models import Review
from reviews.rules import Role, State
from reviews.services import merge_participations
from reviews.submissions.models import OwnPoint
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.findings import finding_in
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_submissions import handed_in, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


def made(review, text="Ask, and ask again", **said):
    return lessons.make_lesson(
        review, **{"text": text, "by": UserFactory(), "key": uuid.uuid4()} | said
    )


def test_a_lesson_rests_on_findings(review):
    one, two = finding_in(review), finding_in(review)

    lesson = made(review, findings=[one])
    lessons.rest_on(lesson, [one, two], by=UserFactory())

    assert list(lesson.findings.order_by("number")) == [one, two]
    assert list(one.lessons.all()) == [lesson]


def test_a_second_click_makes_one(review):
    key = uuid.uuid4()

    assert made(review, key=key) == made(review, key=key)
    with pytest.raises(locking.KeyOfAnother):
        made(ParticipationFactory().review, key=key)


def test_it_rests_on_nothing_that_is_gone_or_elsewhere(review):
    gone = finding_in(review)
    writing.take_away_finding(gone, reason="Twice", by=None)
    gone.refresh_from_db()
    lesson = made(review)

    for finding, why in (
        (gone, "taken away"),
        (finding_in(ParticipationFactory().review), "another review"),
    ):
        with pytest.raises(ValidationError, match=why):
            lessons.rest_on(lesson, [finding], by=UserFactory())


def test_a_lesson_whose_findings_are_gone_rests_on_none(review):
    finding = finding_in(review)
    lesson, loose = made(review, findings=[finding]), made(review)
    assert list(Lesson.objects.without_finding()) == [loose]

    writing.take_away_finding(finding, reason="Twice", by=None)

    assert set(Lesson.objects.without_finding()) == {lesson, loose}
    assert LessonFinding.objects.live().count() == 1
    assert not LessonFinding.objects.standing().exists()


def test_what_hangs_in_the_air_is_told_when_the_review_is_to_close(review):
    chair = with_role(Role.CHAIR, review)
    made(review)
    made(review)
    finding_in(review)

    told = {thing.code: thing.words for thing in still_open(chair, review)}

    assert told["bare-findings"] == "1 finding without evidence"
    assert told["loose-lessons"] == "2 lessons that rest on no finding"


def test_a_tie_is_taken_away_once(review):
    lesson = made(review, findings=[finding_in(review)])
    tie = lesson.finding_links.get()

    lessons.rest_no_longer(tie, by=UserFactory())

    with pytest.raises(locking.TakenAway):
        lessons.rest_no_longer(tie, by=UserFactory())


def test_what_it_said_is_kept_and_nobody_writes_over_another(review):
    lesson, by = made(review, "As it was"), UserFactory()

    lessons.change_lesson(lesson, text="As it is", reason="Clearer", seen=0, by=by)
    with pytest.raises(locking.ChangedMeanwhile):
        lessons.change_lesson(lesson, text="His", reason="Clearer", seen=0, by=by)
    with pytest.raises(ValidationError, match="Say why"):
        lessons.change_lesson(lesson, text="Hers", reason="", seen=1, by=by)

    lesson.refresh_from_db()
    assert lesson.text == "As it is"
    assert lesson.versions.get().snapshot["text"] == "As it was"


def test_why_no_recommendation_follows(review):
    lesson, by = made(review), UserFactory()

    lessons.say_why_none(lesson, why="The law has changed since", seen=0, by=by)
    lesson.refresh_from_db()
    assert lesson.why_no_recommendation == "The law has changed since"

    lessons.say_why_none(lesson, why="", seen=1, by=by)
    assert lesson.versions.count() == 2


def test_a_lesson_is_taken_away_with_a_reason(review):
    lesson = made(review)

    with pytest.raises(ValidationError, match="Say why"):
        lessons.take_away_lesson(lesson, reason="", by=None)
    lessons.take_away_lesson(lesson, reason="The panel thought again", by=None)

    lesson.refresh_from_db()
    assert not lesson.is_live
    assert made(review).number == 2


def test_an_agencys_own_lessons_are_taken_over_as_they_stand_and_once(part, review):
    points = list(
        OwnPoint.objects.filter(file__submission=sent(part), kind="lesson").order_by("position")
    )

    first = lessons.take_over(review, points[:1], by=UserFactory())
    rest = lessons.take_over(review, points, by=UserFactory())

    assert len(first) + len(rest) == len(points) == 2
    assert [one.text for one in first + rest] == [point.text for point in points]
    assert {one.participation for one in first + rest} == {part}
    assert [one.own_point for one in first + rest] == points


def test_nothing_else_is_taken_over(part, review):
    waits = OwnPoint.objects.filter(file__submission=handed_in(part), kind="lesson").first()
    version = sent(ParticipationFactory(review=review))
    recommended = OwnPoint.objects.filter(file__submission=version, kind="recommendation").first()
    left_out = OwnPoint.objects.filter(file__submission=version, kind="lesson").first()
    left_out.is_left_out = True
    left_out.save()

    for point in (waits, recommended, left_out):
        with pytest.raises(ValidationError):
            lessons.take_over(review, [point], by=UserFactory())
    with pytest.raises(ValidationError):
        lessons.take_over(ParticipationFactory().review, [left_out], by=UserFactory())


def test_two_agencies_that_become_one_keep_their_lessons(part, review):
    into = ParticipationFactory(review=review, agency=AgencyFactory())
    lesson = made(review, participation=part)

    merge_participations(agency=part.agency, into=into.agency, by=None)

    lesson.refresh_from_db()
    assert lesson.participation == into


def test_a_review_that_ended_takes_none(review):
    finding = finding_in(review)
    lesson = made(review, findings=[finding])
    tie, by = lesson.finding_links.get(), UserFactory()
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    for refused in (
        lambda: made(review),
        lambda: lessons.change_lesson(lesson, text="Other", reason="x", seen=0, by=by),
        lambda: lessons.say_why_none(lesson, why="Other", seen=0, by=by),
        lambda: lessons.take_away_lesson(lesson, reason="x", by=by),
        lambda: lessons.rest_on(lesson, [finding], by=by),
        lambda: lessons.rest_no_longer(tie, by=by),
        lambda: lessons.take_over(review, [], by=by),
    ):
        with pytest.raises(ReviewEnded):
            refused()


def test_rooms_above_say_what_rests_on_a_lesson(review, monkeypatch):
    monkeypatch.setattr(resting, "_FIND", {"finding": [], "lesson": []})
    lesson = made(review)
    link = resting.Link("Recommendation 1", "/there/")
    resting.register(
        "lesson", lambda rows, user: {row.pk: resting.Resting("Above", (link,)) for row in rows}
    )

    assert resting.resting_on("lesson", [lesson], None)[lesson.pk][0].title == "Above"
    assert resting.are_used("lesson", lesson, None) == [link]
