"""The pages of counts and lessons."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from findings import resting
from findings.models import Count, Lesson
from findings.services import lessons, writing
from reviews.models import Review
from reviews.panel.services.declaring import record_conflict
from reviews.rules import Material, Role, State
from reviews.services import share
from reviews.submissions.models import OwnPoint
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import CountFactory, LessonFactory, LessonFindingFactory, finding_in
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_submissions import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def member(sign_in, review):
    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())
    return sign_in(Role.PANEL_MEMBER, review)


def page(name, review, *more):
    return reverse(f"findings:{name}", args=[review.reference, *more])


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def drank(part, **more):
    return EntryFactory(participation=part, text="He had taken alcohol", **more)


# --- Counts -------------------------------------------------------------------------------------


def test_a_count_is_asked_saved_and_leads_to_its_rows(client, review, part, chair):
    drank(part)
    EntryFactory(participation=part, text="Calm")
    url = f"{page('count-create', review)}?words=alcohol"

    assert "1 entry" in words(client.get(url))
    response = client.post(
        url, {"title": "Calls with alcohol", "by": "entries", "key": uuid.uuid4()}, follow=True
    )

    said = words(response)
    assert Count.objects.get().question == {"words": "alcohol", "count": "entries"}
    assert "Words in the entry: alcohol" in said
    assert "He had taken alcohol" in said
    assert "Calm" not in said
    assert "words=alcohol" in response.content.decode()


def test_a_count_tells_what_it_was_and_until_when(client, review, part, chair):
    drank(part)
    count = CountFactory(review=review)
    client.get(page("count-list", review))
    drank(part)

    said = words(client.get(page("count-list", review)))

    assert "2 entries" in said
    assert "was 1 until then" in said
    assert f"{timezone.localdate():%-d %B %Y}" in said
    said = words(client.get(count.get_absolute_url()))
    assert "it was 1 until then. Why: 1 entry was added." in said
    assert count.readings.count() == 2


def test_a_filter_that_does_not_fit_is_not_counted(client, review, part, chair):
    url = f"{page('count-create', review)}?start=When+they+met"

    assert "This cannot be counted" in words(client.get(url))
    response = client.post(url, {"title": "All", "by": "entries", "key": uuid.uuid4()})
    assert response.status_code == 422
    assert not Count.objects.exists()


def test_the_panel_sees_the_figure_and_only_rows_that_are_shared(client, review, part, member):
    drank(part)
    count = CountFactory(review=review)

    said = words(client.get(count.get_absolute_url()))

    assert "1 entry" in said
    assert "None that you can read: they are not shared with you." in said
    assert "He had taken" not in said


def test_why_the_panel_reads_fewer_rows_than_the_figure_is_said(client, review, part, member):
    drank(part)
    drank(ParticipationFactory(review=review))
    count = CountFactory(review=review)
    said = []
    for one in review.participations.order_by("pk"):
        share(
            review,
            material=Material.CHRONOLOGY,
            participation=one,
            with_role=Role.PANEL_MEMBER,
            by=UserFactory(),
        )
        said.append(words(client.get(count.get_absolute_url())))

    assert "that you can read. The others are not shared with you." in said[0]
    assert "not shared with you" not in said[1]


def test_somebody_with_a_conflict_is_told_why_there_are_none(client, review, part, chair):
    count = CountFactory(review=review)
    record_conflict(
        PanelMemberFactory(review=review, user=chair),
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )

    assert "You have a conflict of interest" in words(client.get(page("count-list", review)))
    assert client.get(count.get_absolute_url()).status_code == 404
    assert client.get(page("count-create", review)).status_code == 403


def test_a_count_is_taken_away(client, review, chair):
    count = CountFactory(review=review)

    client.post(page("count-remove", review, count.pk))

    assert client.get(count.get_absolute_url()).status_code == 404
    assert not Count.objects.live().exists()


# --- Lessons ------------------------------------------------------------------------------------


def test_a_lesson_is_written_from_a_finding(client, review, chair):
    finding = finding_in(review)
    url = f"{page('lesson-create', review)}?finding={finding.number}"

    assert re.search(r'value="\d+"[^>]* checked', client.get(url).content.decode())
    response = client.post(
        url, {"text": "Ask again", "findings": [finding.pk], "key": uuid.uuid4()}, follow=True
    )

    assert "Ask again" in words(response)
    assert finding.get_absolute_url() in response.content.decode()
    back = client.get(finding.get_absolute_url()).content.decode()
    assert Lesson.objects.get().get_absolute_url() in back


def test_the_panels_stand_before_each_agencys_own(client, review, part, chair):
    LessonFactory(review=review, participation=part, text="Our own", number=1)
    LessonFactory(review=review, text="The panel says", number=2)

    said = words(client.get(page("lesson-list", review)))

    assert said.index("The panel’s") < said.index("The panel says") < said.index("Our own")
    assert "No finding yet" in said
    assert "No recommendation yet" in said


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_whatever_its_length(
    client, review, part, chair, count, django_assert_max_num_queries
):
    for _ in range(count):
        lesson = LessonFactory(review=review, participation=part)
        LessonFindingFactory(lesson=lesson)
    client.get(page("lesson-list", review))

    with django_assert_max_num_queries(22):
        client.get(page("lesson-list", review))


def test_two_who_change_it_see_both_texts(client, review, chair):
    lesson = LessonFactory(review=review, text="As it was", number=1)
    form = {"reason": "Clearer", "seen": 0}
    client.post(page("lesson-change", review, 1), form | {"text": "Hers"})

    response = client.post(page("lesson-change", review, 1), form | {"text": "His"})

    assert response.status_code == 422
    assert "Hers" in words(response)
    assert "His" in words(response)
    lesson.refresh_from_db()
    assert lesson.text == "Hers"


def test_why_no_recommendation_follows_is_said(client, review, chair):
    LessonFactory(review=review, number=1)

    client.post(page("lesson-why", review, 1), {"why": "The law has changed", "seen": 0})

    assert "The law has changed" in words(client.get(page("lesson-detail", review, 1)))
    assert "The law has changed" in words(client.get(page("lesson-list", review)))


def test_what_a_lesson_rests_on_is_told_when_it_is_gone(client, review, chair):
    finding = finding_in(review, "Nobody came")
    LessonFindingFactory(lesson__review=review, lesson__number=1, finding=finding)
    writing.take_away_finding(finding, reason="Twice", by=UserFactory())

    said = words(client.get(page("lesson-detail", review, 1)))

    assert "Taken away" in said
    assert "No finding yet" in said


def test_a_lesson_is_rested_and_untied(client, review, chair):
    finding, lesson = finding_in(review), LessonFactory(review=review, number=1)

    client.post(page("lesson-rest", review, 1), {"findings": [finding.pk]})
    tie = lesson.finding_links.live().get()
    client.post(page("lesson-unrest", review, 1, tie.pk))

    assert not lesson.finding_links.live().exists()


def test_own_lessons_are_taken_over_one_by_one_or_all(client, review, part, chair):
    points = list(OwnPoint.objects.filter(file__submission=sent(part), kind="lesson"))
    url = page("lesson-own", review)

    assert "2 waiting" in words(client.get(page("lesson-list", review)))
    assert client.post(url, {}).status_code == 422
    client.post(url, {"chosen": [points[0].pk]})
    client.post(url, {"all": "yes"})

    assert {one.own_point for one in Lesson.objects.all()} == set(points)
    said = words(client.get(url))
    assert "All lessons of the agencies’ reports were taken over." in said
    own = words(client.get(Lesson.objects.first().get_absolute_url()))
    assert "Taken over from the agency’s own report" in own


def test_the_next_version_of_a_report_does_not_bring_the_same_again(client, review, part, chair):
    first = sent(part)
    lessons.take_over(
        review, list(OwnPoint.objects.filter(file__submission=first, kind="lesson")), by=chair
    )
    second = sent(part)
    second.request_id, second.number = first.request_id, 2
    second.save()

    response = client.get(page("lesson-own", review))

    assert response.context["form"].all == []
    assert len(response.context["taken"]) == 2


def test_what_rests_on_a_lesson_is_told_before_it_goes(client, review, chair, monkeypatch):
    lesson = LessonFactory(review=review, number=1)
    link = resting.Link("Recommendation 7", "/there/")
    found = {lesson.pk: resting.Resting("Recommendations that rest on this", (link,))}
    monkeypatch.setattr(resting, "_FIND", {"finding": [], "lesson": [lambda rows, user: found]})

    assert "Recommendation 7" in words(client.get(page("lesson-list", review)))
    detail = words(client.get(page("lesson-detail", review, 1)))
    assert "Recommendations that rest on this" in detail
    assert "Recommendation 7" in words(client.get(page("lesson-remove", review, 1)))
    client.post(page("lesson-remove", review, 1), {"reason": "Twice"})
    lesson.refresh_from_db()
    assert not lesson.is_live


def test_the_panel_reads_lessons_and_changes_none(client, review, member):
    lesson = LessonFactory(review=review, number=1)

    said = words(client.get(lesson.get_absolute_url()))

    assert lesson.text in said
    assert "Take this lesson away" not in said
    assert client.get(page("lesson-change", review, 1)).status_code == 403


def test_a_review_that_ended_is_read(client, review, chair):
    LessonFactory(review=review, number=1)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    assert "Change" not in words(client.get(page("lesson-detail", review, 1)))
    assert client.post(page("lesson-remove", review, 1), {"reason": "x"}).status_code == 409


def test_a_count_says_what_only_touches_its_years(client, review, part, chair):
    EntryFactory(participation=part, on="12.03.2019")
    touching = EntryFactory(participation=part, on="before October 2019", text="They had met")
    count = CountFactory(review=review, question={"start": "2019", "end": "2019"})

    said = words(client.get(count.get_absolute_url()))

    assert "1 entry within these dates, 1 more whose dates only touch them" in said
    assert "Not counted: dates that only touch these" in said
    assert touching.text in said
    assert "1 more whose dates only touch these" in words(client.get(page("count-list", review)))
    new = f"{page('count-create', review)}?start=2019&end=2019"
    assert "1 more entry has a date that only touches these dates" in words(client.get(new))
