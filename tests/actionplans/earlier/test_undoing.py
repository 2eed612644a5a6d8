"""What an earlier report brought in goes again in one step, but for what somebody has worked with."""

import uuid

import pytest

from actionplans.earlier import services, undoing
from actionplans.earlier.models import EarlierReport
from actionplans.models import Recommendation
from actionplans.resting import services as resting
from audit.models import Event
from findings.models import Finding, Lesson
from findings.services import writing
from findings.services.lessons import change_lesson
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.actionplans.earlier.reports import whole
from tests.actionplans.earlier.test_services import brought, saved
from tests.actionplans.earlier.test_views import url, words
from tests.factories.accounts import UserFactory
from tests.factories.findings import EvidenceFactory, LessonFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def report(review):
    return saved(brought(review))


def undo(report, **more):
    seen = undoing.sign_of(undoing.fates_of(report))
    return undoing.undo(
        report, **{"reason": "Wrong review", "seen": seen, "by": UserFactory()} | more
    )


def staying(report):
    """{what stays: why}"""
    return {str(fate.row): fate.why_it_stays for fate in undoing.fates_of(report) if not fate.goes}


def live(review):
    rows = (review.findings.live(), review.lessons.live(), review.recommendations.live())
    return [one.count() for one in rows]


def test_all_of_it_goes_where_nobody_worked_with_it(review, report):
    assert live(review) == [4, 2, 3]

    report = undo(report)

    assert (report.state, report.undone_at is None) == (EarlierReport.State.UNDONE, False)
    assert live(review) == [0, 0, 0]
    assert [Finding.objects.count(), Lesson.objects.count(), Recommendation.objects.count()] == [
        4,
        2,
        3,
    ]
    event = Event.objects.get(type="earlier.undone")
    assert event.data == {"findings": 4, "lessons": 2, "recommendations": 3, "stayed": 0}
    assert {version.reason for version in Finding.objects.first().versions.all()} == {
        "Wrong review"
    }


def test_what_is_in_the_plan_stays_with_what_it_rests_on(review, report):
    one = review.recommendations.get(number="1")
    resting.put_into_plan(review, [one], by=UserFactory())
    lesson = review.lessons.get(text="Staff must see people alone.")
    resting.rest_on(one, [lesson], by=UserFactory())

    assert staying(report) == {
        "Recommendation 1": "It is in the plan, where it is answered.",
        f"Lesson {lesson.number}": "A recommendation that stays rests on it.",
        f"Finding {lesson.findings.get().number}": "A lesson that stays rests on it.",
    }
    undo(report)

    assert live(review) == [1, 1, 1]


def test_what_was_changed_or_has_something_of_its_own_stays(review, report):
    one, two, three = review.recommendations.in_plan_order()
    resting.add_action(one, text="Book it", by=UserFactory(), key=uuid.uuid4())
    resting.change_recommendation(
        two,
        text="Check every address twice",
        number=two.number,
        reach=two.reach,
        scope="",
        leads=[],
        reason="Clearer",
        seen=0,
        by=UserFactory(),
    )
    lesson = review.lessons.last()
    change_lesson(lesson, text="Other words", reason="Clearer", seen=0, by=UserFactory())
    found = review.findings.last()
    EvidenceFactory(finding=found)

    assert staying(report) == {
        str(one): "An action was added to it.",
        str(two): "It was changed here.",
        str(lesson): "It was changed here.",
        **{
            str(tie.finding): "A lesson that stays rests on it."
            for tie in lesson.finding_links.all()
        },
        str(found): "Evidence was put under it.",
    }
    undo(report)
    three.refresh_from_db()
    assert three.is_withdrawn


def test_what_another_report_says_too_or_was_there_before_stays(review, report):
    longer = whole().heading("Recommendations of the family").text("1. Listen to us.")
    second = saved(brought(review, longer))

    assert [str(fate.row) for fate in undoing.fates_of(second) if fate.goes] == ["Recommendation 4"]
    assert len(staying(report)) == 9
    assert "Another report that was brought in says the same." in staying(report).values()


def test_a_lesson_of_the_chairs_own_keeps_its_finding(review, report):
    found = review.findings.first()
    lesson = LessonFactory(review=review, number=90)
    lesson.finding_links.create(finding=found)

    assert staying(report)[str(found)] == "A lesson that stays rests on it."


def test_the_same_file_can_be_brought_in_again(review, report):
    content = report.stored.content
    undo(report)

    again = saved(brought(review, content))

    assert again.pk != report.pk
    assert live(review) == [4, 2, 3]


def test_no_more_goes_than_somebody_was_shown(review, report):
    seen = undoing.sign_of(undoing.fates_of(report))
    EvidenceFactory(finding=review.findings.first())

    with pytest.raises(services.ChangedMeanwhile):
        undo(report, seen=seen)

    assert live(review) == [4, 2, 3]


def test_a_second_click_finds_that_it_is_done(report):
    seen = undoing.sign_of(undoing.fates_of(report))
    undo(report)
    undo(report, seen=seen)

    assert Event.objects.filter(type="earlier.undone").count() == 1


def test_nothing_goes_of_what_was_not_brought_in_or_all_stays(review):
    report = brought(review)
    with pytest.raises(services.NotReady):
        undo(report)
    report = saved(report)
    undo(report)
    content = report.stored.content
    report = saved(brought(review, content))
    for one in review.findings.live():
        EvidenceFactory(finding=one)
    resting.put_into_plan(review, review.recommendations.live(), by=UserFactory())
    for lesson in review.lessons.live():
        resting.rest_on(review.recommendations.live().first(), [lesson], by=UserFactory())

    with pytest.raises(undoing.NothingGoes):
        undo(report)


def test_a_review_that_ended_keeps_it_all(review, report):
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        undo(report)


def test_the_page_shows_what_goes_and_what_stays_first(client, review, report, sign_in):
    sign_in(Role.CHAIR, review)
    found = review.findings.first()
    EvidenceFactory(finding=found)
    page = url("undo", review, report.pk)
    assert page in client.get(report.get_absolute_url()).content.decode()

    text = words(client.get(page))
    assert "What stays (1)" in text
    assert "Evidence was put under it." in text
    assert "What goes (8)" in text
    seen = undoing.sign_of(undoing.fates_of(report))
    assert client.post(page, {"seen": seen, "reason": ""}).status_code == 422
    client.post(page, {"seen": seen, "reason": "Wrong review"})

    done = words(client.get(report.get_absolute_url()))
    assert "Taken out again on" in done
    assert done.count("Taken away since") == 8
    assert client.get(page).status_code == 302


def test_who_was_quicker_is_told_and_looks_again(client, review, report, sign_in):
    sign_in(Role.CHAIR, review)
    seen = undoing.sign_of(undoing.fates_of(report))
    writing.take_away_finding(review.findings.first(), reason="Twice", by=UserFactory())

    response = client.post(
        url("undo", review, report.pk), {"seen": seen, "reason": "Wrong review"}, follow=True
    )

    assert "Look again at what would go" in words(response)
    assert live(review) == [3, 2, 3]
