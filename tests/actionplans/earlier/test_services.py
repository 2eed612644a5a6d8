"""An earlier report into a review: all of it in one go, tied to its file, and never twice."""

import hashlib
import uuid

import pytest
from django.core.exceptions import ValidationError

from actionplans.earlier import services
from actionplans.earlier.lines import lines_of
from actionplans.earlier.models import EarlierPoint, EarlierReport
from actionplans.earlier.reading import read_report
from actionplans.models import Recommendation
from actionplans.resting.models import RecommendationLesson
from agencies.models import Agency
from audit.models import Event
from findings.models import Finding, Lesson
from foundations.vault.models import StoredFile
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Participation, Review
from reviews.rules import State
from tests.actionplans.earlier.reports import Report, whole
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.findings import a_term
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def brought(review=None, report=None, *, key=None, name="report.docx", by=None):
    content = (report or whole()).content if not isinstance(report, bytes) else report
    lines, doubts = lines_of(content, name)
    review = review or ReviewFactory()
    parts = [part.agency.name for part in review.participations.select_related("agency")]
    return services.upload(
        review,
        read_report(lines, agencies=parts, doubts=doubts),
        content=content,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by or UserFactory(),
        key=key or uuid.uuid4(),
    )


def with_terms(report):
    return services.choose(report, {}, seen=report.changes, term_for_all=a_term(report.review).pk)


def saved(report, by=None):
    report = with_terms(report)
    return services.bring_in(report, seen=report.changes, by=by or UserFactory())


@pytest.fixture
def review():
    review = ReviewFactory()
    ParticipationFactory(review=review, agency=AgencyFactory(name="Westshire Police"))
    AgencyFactory(name="Northgate Housing")
    return review


def test_all_of_it_is_saved_with_its_ties(review):
    report = saved(brought(review))

    assert report.state == EarlierReport.State.SAVED
    assert [one.text for one in Lesson.objects.order_by("number")] == [
        "Staff must see people alone.",
        "Addresses must be checked at each contact.",
    ]
    first = Lesson.objects.order_by("number").first()
    assert [one.text for one in first.findings.all()] == ["Nobody spoke to MA 1 alone."]
    one = Recommendation.objects.order_by("position").first()
    assert (one.number, one.group) == ("1", "Westshire Police")
    assert [(action.number, action.text) for action in one.actions.all()] == [
        ("a", "on the phone"),
        ("b", "at the door:"),
        ("b.i", "alone"),
    ]
    assert Finding.objects.count() == 4
    assert set(Finding.objects.values_list("term", flat=True)) == {a_term(review).pk}


def test_each_row_is_tied_to_its_place_in_the_file(review):
    report = saved(brought(review))

    one = Recommendation.objects.get(number="2")
    (point,) = one.earlier_points.all()
    assert (point.report, point.where) == (report, f"paragraph {point.places[0]}")
    line = next(line for line in report.lines if line[0] == point.places[0])
    assert line[1:3] == ["2. Check every address.", point.position]


def test_leads_are_agencies_of_the_register(review):
    report = brought(review)
    assert report.bodies == [
        ["Westshire Police", f"agency:{Agency.objects.get(name='Westshire Police').pk}", ""],
        [
            "Northgate Housing",
            f"agency:{Agency.objects.get(name='Northgate Housing').pk}",
            "Northgate Housing takes no part so far. It is added as a lead only.",
        ],
    ]

    saved(report)

    led = Recommendation.objects.get(number="3").leads.get()
    assert (led.agency.name, led.is_lead_only) == ("Northgate Housing", True)


def test_a_body_that_is_not_in_the_register_waits_for_somebody_to_say():
    review = ReviewFactory()
    report = brought(review)
    assert [(name, whom, bool(doubt)) for name, whom, doubt in report.bodies] == [
        ("Westshire Police", "", True),
        ("Northgate Housing", "", True),
    ]

    report = services.choose_bodies(report, {"Westshire Police": "new"}, seen=report.changes)
    saved(report)

    assert Agency.objects.filter(name="Westshire Police").exists()
    assert not Agency.objects.filter(name="Northgate Housing").exists()
    assert Recommendation.objects.get(number="3").leads.count() == 0


def test_a_finding_without_a_term_keeps_everything_out(review):
    report = brought(review)

    with pytest.raises(services.NeedsTerms) as refused:
        services.bring_in(report, seen=report.changes, by=UserFactory())

    assert refused.value.count == 4
    assert [Finding.objects.count(), Lesson.objects.count(), Recommendation.objects.count()] == [
        0
    ] * 3


def test_a_point_can_be_something_else_or_left_out(review):
    report = brought(review)
    first, second = report.points.filter(kind="finding")[:2]
    chosen = {
        first.position: {"kind": "lesson", "is_left_out": False},
        second.position: {"is_left_out": True},
    }

    report = services.choose(report, chosen, seen=report.changes)
    saved(report)

    assert Lesson.objects.filter(text=first.text).exists()
    second.refresh_from_db()
    assert (second.is_left_out, second.became) == (True, None)
    assert not Finding.objects.filter(text=second.text).exists()


def test_all_findings_can_be_left_out_at_once(review):
    report = brought(review)

    report = services.choose(report, {}, seen=report.changes, leave_out_findings=True)
    services.bring_in(report, seen=report.changes, by=UserFactory())

    assert (Finding.objects.count(), Lesson.objects.count()) == (0, 2)


def test_the_same_file_again_adds_nothing(review):
    report = saved(brought(review))
    before = [Finding.objects.count(), Lesson.objects.count(), Recommendation.objects.count()]

    again = brought(review, report.stored.content)

    assert again == report
    assert StoredFile.objects.count() == 1
    assert before == [
        Finding.objects.count(),
        Lesson.objects.count(),
        Recommendation.objects.count(),
    ]


def test_the_same_words_in_another_file_are_there_already(review):
    saved(brought(review))
    longer = whole().heading("Recommendations of the family").text("1. Listen to us.")

    second = saved(brought(review, longer))

    assert second.points.filter(is_there_already=True).count() == second.points.count() - 1
    assert Recommendation.objects.count() == 4
    assert RecommendationLesson.objects.count() == 0


def test_a_second_click_finds_what_the_first_did(review):
    key = uuid.uuid4()
    report = brought(review, key=key)
    assert brought(review, Report().heading("Lessons").text("1. Listen"), key=key) == report
    report = saved(report)

    services.bring_in(report, seen=report.changes, by=UserFactory())

    assert Recommendation.objects.count() == 3
    assert Event.objects.filter(type="earlier.taken").count() == 1


def test_a_key_of_another_review_is_not_told_of(review):
    key = uuid.uuid4()
    brought(review, key=key)

    with pytest.raises(services.KeyOfAnother):
        brought(key=key)


def test_somebody_elses_choice_meanwhile_is_not_written_over(review):
    report = brought(review)
    with_terms(report)

    with pytest.raises(services.ChangedMeanwhile):
        services.bring_in(report, seen=report.changes, by=UserFactory())
    with pytest.raises(services.ChangedMeanwhile):
        services.choose(report, {}, seen=report.changes)


def test_a_discarded_report_brings_nothing_and_can_be_uploaded_again(review):
    report = services.discard(brought(review), by=UserFactory())

    with pytest.raises(services.NotReady):
        services.bring_in(report, seen=report.changes, by=UserFactory())
    assert brought(review, report.stored.content) != report


def test_if_one_point_cannot_be_saved_nothing_is(review):
    report = with_terms(brought(review))
    EarlierPoint.objects.filter(report=report, kind="lesson").update(text="  ")

    with pytest.raises(ValidationError):
        services.bring_in(report, seen=report.changes, by=UserFactory())

    assert [Finding.objects.count(), Recommendation.objects.count()] == [0, 0]
    assert Participation.objects.filter(is_lead_only=True).count() == 0


def test_an_ended_review_takes_no_report(review):
    report = brought(review)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    for refused in (
        lambda: brought(review, Report().heading("Lessons").text("1. Listen")),
        lambda: services.choose(report, {}, seen=report.changes),
        lambda: services.choose_bodies(report, {}, seen=report.changes),
        lambda: services.bring_in(report, seen=report.changes, by=UserFactory()),
        lambda: services.discard(report, by=UserFactory()),
    ):
        with pytest.raises(ReviewEnded):
            refused()


def test_the_trail_counts_and_quotes_nothing(review):
    saved(brought(review))

    event = Event.objects.get(type="earlier.taken")

    assert {name: event.data[name] for name in ("findings", "lessons", "recommendations")} == {
        "findings": 4,
        "lessons": 2,
        "recommendations": 3,
    }
    assert "MA 1" not in str(event.data)
