"""Figures of the report as saved questions, read again whenever somebody looks."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from chronologies import services as chronologies
from chronologies.marking.models import EventAccount, EventGroup, Mark
from chronologies.timeline.density import density_of
from chronologies.timeline.queries import Timeline
from findings.models import Count
from findings.questions import come_to, filter_of, in_words, what_changed
from findings.services import counts, locking
from foundations.dates import parse
from reviews.models import Review
from reviews.panel.services.declaring import record_conflict
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory, EntryVersionFactory
from tests.factories.chronologies_marking import MarkFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_panel import PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def review(part):
    return part.review


def made(review, **question):
    return counts.make_count(
        review, title="Incidents", question=question, by=UserFactory(), key=uuid.uuid4()
    )


def drank(part, **more):
    return EntryFactory(participation=part, text="He had taken alcohol", **more)


def test_a_count_is_kept_when_it_comes_to_something_else(review, part):
    drank(part)
    EntryFactory(participation=part, text="Calm")
    count = made(review, words="alcohol")

    assert counts.read_again(count).value == 1
    drank(part)
    assert counts.read_again(count).value == 2
    counts.read_again(count)

    assert list(count.readings.values_list("value", flat=True)) == [1, 2]


def test_the_same_figure_of_other_entries_is_told_too(review, part):
    entry = drank(part)
    count = made(review, words="alcohol")
    chronologies.withdraw_entry(entry, by=UserFactory(), reason="Another person")
    drank(part)

    counts.read_again(count)

    assert list(count.readings.values_list("value", flat=True)) == [1, 1]


def test_accounts_of_one_event_count_once_where_that_is_asked(review, part):
    group = EventGroup.objects.create(review=review, key=uuid.uuid4())
    for _ in range(3):
        EventAccount.objects.create(group=group, entry=drank(part))
    drank(part)

    assert counts.read_again(made(review, words="alcohol")).value == 4
    events = made(review, words="alcohol", count="events")
    assert counts.read_again(events).value == 2

    group.dissolved_at = timezone.now()
    group.save()
    assert counts.read_again(events).value == 4


def test_an_agency_without_entries_is_counted_as_none(review, part):
    drank(part)
    silent = ParticipationFactory(review=review)

    assert counts.read_again(made(review, place=str(silent.pk))).value == 0


def test_a_question_that_no_longer_fits_is_not_answered_with_everything(review, part):
    person = PersonFactory(review=review, pseudonym="MA 1")
    drank(part, persons=["MA 1"])
    count = made(review, person="MA 1")
    person.pseudonym = "MA 2"
    person.save()

    assert counts.read_again(count) is None
    assert count.readings.get().value == 1


def test_a_question_that_asks_of_more_than_the_filters_is_not_answered(review, part):
    """As one under a term, once no terms are issued."""
    drank(part)
    count = made(review, words="alcohol")
    count.question |= {"term": "1"}

    assert counts.read_again(count) is None


def test_marks_are_counted_whoever_looks(review, part):
    MarkFactory(entry=drank(part), kind="missed")
    MarkFactory(entry=drank(part), kind="key")
    drank(part)
    count = made(review, words="alcohol", mark="missed")

    assert counts.read_again(count).value == 1
    Mark.objects.filter(kind="missed").update(removed_at=timezone.now())
    assert counts.read_again(count).value == 0
    assert list(count.readings.values_list("value", flat=True)) == [1, 0]


def test_a_question_that_cannot_be_asked_is_not_saved(review):
    with pytest.raises(ValidationError, match="cannot be asked"):
        made(review, start="When they met")
    assert not Count.objects.exists()


def test_a_question_is_told_in_words(review, part):
    question = {"words": "alcohol", "place": str(part.pk), "count": "events", "start": "2019"}

    assert in_words(filter_of(review, question), question) == [
        "Events, several accounts of one counted once",
        f"Agency: {part.agency.name}",
        "Words in the entry: alcohol",
        "Dates: from 2019",
    ]
    for dates, said in (
        ({"start": "2019", "end": "2020"}, "Dates: from 2019 to 2020"),
        ({"end": "2020"}, "Dates: until 2020"),
    ):
        assert in_words(filter_of(review, dates), dates) == ["Entries", said]
    assert in_words(filter_of(review, {}), {}) == [
        "Entries",
        "Every entry of the review",
    ]


def why(count):
    first, last = count.readings.all()
    return what_changed(count.review, count.question, since=first.at, until=last.at)


def test_why_a_count_changed_is_told_by_what_happened_to_its_entries(review, part):
    old, other = drank(part), drank(part)
    count = made(review, words="alcohol")
    drank(part)
    EntryFactory(participation=part, text="Calm")
    chronologies.withdraw_entry(old, by=UserFactory(), reason="Another person")
    EntryVersionFactory(entry=other)
    drank(part)
    counts.read_again(count)

    assert why(count) == [
        "2 entries were added",
        "1 entry was withdrawn",
        "1 entry was put in other words",
    ]


def test_marks_and_events_are_the_reason_only_where_they_are_asked_for(review, part):
    entries = [drank(part), drank(part)]
    marked = made(review, mark="missed")
    events = made(review, words="alcohol", count="events")
    MarkFactory(entry=entries[0], kind="missed")
    group = EventGroup.objects.create(review=review, key=uuid.uuid4())
    for entry in entries:
        EventAccount.objects.create(group=group, entry=entry)
    for one in (marked, events):
        counts.read_again(one)

    assert why(marked) == ["marks, themes or terms were set or taken away"]
    assert why(events) == ["accounts were put together as one event, or apart"]


def test_a_second_click_saves_one(review):
    key, by = uuid.uuid4(), UserFactory()
    said = {"title": "All", "question": {}, "by": by, "key": key}

    assert counts.make_count(review, **said) == counts.make_count(review, **said)


def test_nothing_is_kept_of_what_was_taken_away_or_has_ended(review, part):
    count, ended = made(review), made(review)
    count = counts.take_away_count(count, by=UserFactory())
    drank(part)

    assert counts.read_again(count).value == 1
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)
    ended = Count.objects.get(pk=ended.pk)
    assert counts.read_again(ended).value == 1
    assert (count.readings.count(), ended.readings.count()) == (1, 1)
    Review.objects.filter(pk=review.pk).update(state=State.RUNNING)
    with pytest.raises(locking.TakenAway):
        counts.take_away_count(count, by=UserFactory())


def test_nobody_with_a_conflict_in_the_review_reads_a_count(review, part):
    made(review)
    chair = with_role(Role.CHAIR, review)
    assert Count.objects.visible_to(chair).exists()
    record_conflict(
        PanelMemberFactory(review=review, user=chair),
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )

    assert not Count.objects.visible_to(type(chair).objects.get(pk=chair.pk)).exists()


def test_a_date_that_only_touches_the_years_is_told_apart(review, part):
    for written in ("12.03.2019", "2020", "before October 2019", "ongoing since 2020", "2021"):
        drank(part, date=parse(written).value)
    drank(part)
    question = {"words": "alcohol", "start": "2019", "end": "2020"}

    came = come_to(review, question)

    assert (came.value, came.touching) == (2, 2)
    assert come_to(review, {"words": "alcohol"}).touching == 0


def test_an_event_counts_within_the_years_if_one_account_does(review, part):
    group = EventGroup.objects.create(review=review, key=uuid.uuid4())
    for written in ("12.03.2019", "before October 2019"):
        entry = drank(part, date=parse(written).value)
        EventAccount.objects.create(group=group, entry=entry)
    drank(part, date=parse("before June 2019").value)

    came = come_to(review, {"start": "2019", "end": "2019", "count": "events"})

    assert (came.value, came.touching) == (1, 1)


def test_a_count_agrees_with_the_table_by_years(review, part):
    for written in ("12.03.2019", "summer 2019", "2018 or 2019", "before 2020"):
        drank(part, date=parse(written).value)
    chair = with_role(Role.CHAIR, review)

    density = density_of(Timeline(review, chair, {}))

    (year,) = [cell for cell in density.rows[0].cells if "2019" in cell.of]
    assert year.count == come_to(review, {"start": "2019", "end": "2019"}).value == 2
