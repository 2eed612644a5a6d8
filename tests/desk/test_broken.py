"""Every kind of broken link is found, and gone once it is mended."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.earlier import services as earlier
from actionplans.resting.models import ToldApart
from actionplans.resting.services import add_action
from desk.broken import broken_of, count_of, why_nothing_is_broken
from findings.models import TermAnswer
from reviews.models import Review
from reviews.rules import Role, Stage
from tests.actionplans.earlier.test_services import brought
from tests.conftest import with_role
from tests.desk.test_thread import tied
from tests.factories.actionplans import (
    ActionFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    RecommendationLessonFactory,
)
from tests.factories.findings import (
    EvidenceFactory,
    FindingFactory,
    LessonFactory,
    LessonFindingFactory,
    TermAnswerFactory,
    a_heading,
    a_term,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_submissions import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.ANALYSIS)


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def found(review, user, code):
    (kind,) = [one for one in broken_of(review, user) if one.code == code]
    return [place.name for place in kind.places]


def pairs(review, user):
    (kind,) = [one for one in broken_of(review, user) if one.code == "alike"]
    return [(pair.first, pair.second) for pair in kind.pairs]


def test_a_finding_without_evidence(review, chair):
    finding = FindingFactory(review=review)
    assert found(review, chair, "findings") == [f"Finding {finding.number}"]

    EvidenceFactory(finding=finding)

    assert found(review, chair, "findings") == []


def test_a_finding_whose_evidence_was_withdrawn_since(review, chair):
    evidence = EvidenceFactory(finding__review=review)
    evidence.entry.withdrawn_at = timezone.now()
    evidence.entry.save()

    (kind,) = [one for one in broken_of(review, chair) if one.code == "findings"]

    assert [place.why for place in kind.places] == ["What stood under it was withdrawn since."]


def test_a_lesson_without_a_finding(review, chair):
    lesson = LessonFactory(review=review)
    assert found(review, chair, "lessons-findings") == [f"Lesson {lesson.number}"]
    tie = LessonFindingFactory(lesson=lesson)
    assert found(review, chair, "lessons-findings") == []

    tie.finding.removed_at = timezone.now()
    tie.finding.save()

    assert found(review, chair, "lessons-findings") == [f"Lesson {lesson.number}"]


def test_a_lesson_without_a_recommendation_or_a_reason(review, chair):
    tied_one, reasoned, bare = (LessonFactory(review=review) for _ in range(3))
    RecommendationLessonFactory(
        lesson=tied_one, recommendation=RecommendationFactory(review=review)
    )
    reasoned.why_no_recommendation = "It is done"
    reasoned.save()

    assert found(review, chair, "lessons-recommendations") == [f"Lesson {bare.number}"]


def test_a_recommendation_without_lesson_lead_or_action(review, chair):
    one = RecommendationFactory(review=review)
    kinds = ("recommendations-lessons", "recommendations-leads", "recommendations-actions")
    assert [found(review, chair, code) for code in kinds] == [[str(one)]] * 3

    RecommendationLessonFactory(recommendation=one)
    RecommendationLeadFactory(recommendation=one, participation__review=review)
    ActionFactory(recommendation=one)

    assert [found(review, chair, code) for code in kinds] == [[]] * 3


def test_what_a_part_has_counts_for_its_whole(review, chair):
    whole = RecommendationFactory(review=review)
    part = RecommendationFactory(review=review, parent=whole)
    ActionFactory(recommendation=part)

    assert found(review, chair, "recommendations-actions") == []
    assert found(review, chair, "recommendations-leads") == [str(whole)]


def test_a_term_that_nobody_answered(review, chair):
    term = a_term(review)
    names = found(review, chair, "terms")
    assert names[0] == "Term 1"
    part = ParticipationFactory(review=review)
    TermAnswerFactory(term=term, participation=part, verdict=TermAnswer.Verdict.SILENT)
    assert found(review, chair, "terms") == names

    TermAnswerFactory(term=term, participation=part, verdict=TermAnswer.Verdict.PARTLY)

    assert found(review, chair, "terms") == names[1:]


def test_an_agency_whose_report_appears_nowhere(review, chair):
    silent, cited = (ParticipationFactory(review=review) for _ in range(2))
    sent(silent)
    heading = a_heading(cited)
    EvidenceFactory(finding__review=review, entry=None, passage=heading)
    ParticipationFactory(review=review)

    assert found(review, chair, "agencies") == [str(silent.agency)]


NEAR = "Train every officer in asking about domestic abuse at the door"


@pytest.mark.parametrize(
    ("other", "is_near"),
    [
        (NEAR, True),
        ("Train every officer in asking about domestic abuse at the doors", True),
        ("Every officer must be trained in asking about domestic abuse, at the door", True),
        ("Train every nurse in reading a drug chart", False),
        ("Check addresses at each contact", False),
    ],
)
def test_recommendations_that_read_alike(review, chair, other, is_near):
    first = RecommendationFactory(review=review, text=NEAR)
    second = RecommendationFactory(review=review, text=other)

    assert pairs(review, chair) == ([(first, second)] if is_near else [])


def test_short_ones_only_where_they_are_the_same(review, chair):
    first = RecommendationFactory(review=review, text="Train staff")
    RecommendationFactory(review=review, text="Train officers")
    third = RecommendationFactory(review=review, text="Train staff.")

    assert pairs(review, chair) == [(first, third)]


def test_a_pair_told_apart_is_not_shown_again(review, chair, client):
    first, second = (RecommendationFactory(review=review, text=NEAR) for _ in range(2))
    client.force_login(chair)
    url = reverse("desk:told-apart", args=[review.reference, second.pk, first.pk])

    response = client.post(url, {"reason": "One for the day, one for the night"})

    assert response.status_code == 302
    assert ToldApart.objects.get().reason == "One for the day, one for the night"
    assert pairs(review, chair) == []


def test_alike_in_another_review_is_no_pair(review, chair):
    RecommendationFactory(review=review, text=NEAR)
    RecommendationFactory(text=NEAR)

    assert pairs(review, chair) == []


def test_the_page_says_what_to_do_and_where(review, chair, client):
    lesson = LessonFactory(review=review)
    client.force_login(chair)

    text = client.get(reverse("desk:broken-links", args=[review.reference])).content.decode()

    new = reverse("actionplans:recommendation-create", args=[review.reference])
    assert f"{new}?lesson={lesson.number}" in text
    assert f"{count_of(review, chair)} places are broken" in text


def test_a_review_without_anything_has_nothing_broken(review, chair, client):
    client.force_login(chair)

    response = client.get(reverse("desk:broken-links", args=[review.reference]))

    assert "Nothing is broken" in response.content.decode()


def test_the_reviews_home_counts_them(review, chair, client):
    tied(review)
    client.force_login(chair)

    text = client.get(reverse("desk:review-home", args=[review.reference])).content.decode()

    assert f"{count_of(review, chair)} to mend" in text


def test_the_number_of_queries_does_not_grow(review, chair):
    tied(review)
    sent(ParticipationFactory(review=review))

    def asked():
        user = type(chair).objects.get(pk=chair.pk)
        with CaptureQueriesContext(connection) as queries:
            count_of(review, user)
        return len(queries)

    few = asked()
    for _ in range(5):
        tied(review)
        FindingFactory(review=review)
        LessonFactory(review=review)
        RecommendationFactory(review=review, text=NEAR)
        sent(ParticipationFactory(review=review))

    assert asked() == few


def term_place(review, user, name="Term 1"):
    (kind,) = [one for one in broken_of(review, user) if one.code == "terms"]
    return next(place for place in kind.places if place.name == name)


def test_the_way_out_of_a_term_depends_on_how_far_it_was_judged(review, chair):
    term = a_term(review)
    row = f"{reverse('findings:grid', args=[review.reference])}#term-{term.pk}"
    first, second = (ParticipationFactory(review=review) for _ in range(2))
    assert (term_place(review, chair).way, term_place(review, chair).why) == (
        row,
        "Not judged yet.",
    )

    TermAnswerFactory(term=term, participation=first, verdict=TermAnswer.Verdict.SILENT)
    half = term_place(review, chair)
    assert (half.to_do, half.way) == ("Say in the grid how far the other 1 answered it", row)

    TermAnswerFactory(term=term, participation=second, verdict=TermAnswer.Verdict.NIL)
    asked = term_place(review, chair)
    assert asked.to_do == "Ask the agency that is silent on it"
    assert asked.way.endswith(f"?kind=question&term={term.pk}&part={first.pk}")

    TermAnswerFactory(term=term, participation=first, verdict=TermAnswer.Verdict.NIL)
    assert term_place(review, chair).to_do == "Say in a finding why it stays open"


def test_the_question_to_silent_agencies_is_filled_in(review, chair, client):
    term = a_term(review)
    silent, other = (ParticipationFactory(review=review) for _ in range(2))
    for part in (silent, other):
        verdict = TermAnswer.Verdict.SILENT if part == silent else TermAnswer.Verdict.NIL
        TermAnswerFactory(term=term, participation=part, verdict=verdict)
    client.force_login(chair)

    form = client.get(term_place(review, chair).way).context["form"]

    assert form.initial["participations"] == [silent.pk]
    assert form.initial["kind"] == "question"
    assert form.initial["what"].startswith("Term 1: ")


def test_before_the_analysis_nothing_is_called_broken(review, chair, client):
    tied(review)
    Review.objects.filter(pk=review.pk).update(stage=Stage.GATHERING)
    client.force_login(chair)

    page = client.get(reverse("desk:broken-links", args=[review.reference])).content.decode()
    home = client.get(reverse("desk:review-home", args=[review.reference])).content.decode()

    assert "analysis has not begun" in page
    assert "broken." not in page
    assert "not tied yet" in home
    assert "to mend" not in home


@pytest.mark.parametrize(("stage", "is_soft"), [(Stage.MONITORING, True), (Stage.ANALYSIS, False)])
def test_a_review_that_only_follows_a_plan_has_nothing_to_mend(review, chair, stage, is_soft):
    RecommendationFactory(review=review)
    Review.objects.filter(pk=review.pk).update(stage=stage)
    review.refresh_from_db()
    assert bool(why_nothing_is_broken(review, chair)) is is_soft

    FindingFactory(review=review)

    assert why_nothing_is_broken(review, chair) == ""


def test_the_points_of_a_recommendation_are_no_action(review, chair):
    term = a_term(review)
    report = brought(review)
    report = earlier.choose(report, {}, seen=report.changes, term_for_all=term.pk)
    earlier.bring_in(report, seen=report.changes, by=chair)
    one = review.recommendations.get(number="1")
    assert one.actions.live().exists()
    assert str(one) in found(review, chair, "recommendations-actions")

    add_action(one, text="Book it", by=chair, key=uuid.uuid4())

    assert str(one) not in found(review, chair, "recommendations-actions")
