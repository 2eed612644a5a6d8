"""Marks, ties, comments and events: set, taken away, never changed."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Partnership
from audit.models import Event
from chronologies.marking.models import (
    EntryTerm,
    EntryTheme,
    EventAccount,
    Mark,
    NotOneEvent,
    Theme,
)
from chronologies.marking.services import comments, events, marks, themes, ties
from chronologies.services import KeyOfAnother
from reviews.lifecycle.ended import ReviewEnded
from reviews.services import merge_participations
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import (
    EntryCommentFactory,
    EntryThemeFactory,
    MarkFactory,
    ThemeFactory,
)
from tests.factories.reviews import ParticipationFactory, PersonFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def other(part):
    return ParticipationFactory(review=part.review)


@pytest.fixture
def entry(part):
    return EntryFactory(participation=part, text="Words of the case")


@pytest.fixture
def by():
    return UserFactory()


def told():
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


def mark(entry, by, **said):
    return marks.set_mark(entry, by=by, **{"kind": "key", "key": uuid.uuid4()} | said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "key"}, "Key event"),
        ({"kind": "missed", "note": "Nobody asked"}, "Missed opportunity"),
        ({"kind": "good"}, "Good practice"),
        ({"kind": "policy"}, "Policy not followed"),
        (
            {
                "kind": "risk",
                "tool": "DASH",
                "score": "14/24",
                "grade": "high",
                "counterpart_name": "A midwife",
            },
            "Risk assessment: DASH, 14/24, high, by A midwife",
        ),
        ({"kind": "seen", "seen": "alone"}, "Seen alone"),
        (
            {"kind": "contact", "direction": "told_by", "counterpart_name": "The school"},
            "Told by The school",
        ),
        ({"kind": "disputed", "counterpart_name": "The family"}, "Disputed by The family"),
    ],
)
def test_an_entry_is_marked_with_each_kind(said, words, entry, by):
    assert mark(entry, by, **said).words == words

    event = Event.objects.order_by("pk").last()
    assert (event.type, event.data["kind"]) == ("mark.set", said["kind"])
    assert "midwife" not in str(event.data)


def test_a_mark_names_a_person_and_an_agency_of_the_review(entry, other, by):
    person = PersonFactory(review=entry.review, pseudonym="FA 1")

    made = mark(entry, by, kind="risk", tool="DASH", person=person, counterpart=other)

    assert made.words == f"Risk assessment: DASH, of FA 1, by {other.agency.name}"


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "seen"},
        {"kind": "contact", "counterpart_name": "The school"},
        {"kind": "contact", "direction": "sent"},
        {"kind": "disputed"},
        {"kind": "risk", "note": "Something"},
    ],
)
def test_a_mark_that_says_too_little_is_refused(said, entry, by):
    with pytest.raises(ValidationError):
        mark(entry, by, **said)

    assert not Mark.objects.exists()


def test_a_mark_says_nothing_of_another_kind(entry, by):
    with pytest.raises(TypeError):
        mark(entry, by, kind="key", tool="DASH")


def test_nobody_of_another_review_is_named(entry, by):
    for said in (
        {"kind": "seen", "seen": "seen", "person": PersonFactory()},
        {"kind": "disputed", "counterpart": ParticipationFactory()},
    ):
        with pytest.raises(ValidationError, match="of this review"):
            mark(entry, by, **said)


def test_an_agency_and_another_name_are_not_both_given(entry, other, by):
    with pytest.raises(ValidationError, match="not both"):
        mark(entry, by, kind="disputed", counterpart=other, counterpart_name="The family")


def test_a_second_click_finds_the_first_ones_mark(entry, by):
    key = uuid.uuid4()

    assert mark(entry, by, key=key) == mark(entry, by, key=key)
    with pytest.raises(KeyOfAnother):
        mark(entry, UserFactory(), key=key)
    assert told().count("mark.set") == 1


def test_the_same_mark_stands_once(entry, by):
    mark(entry, by, note="Turning point")

    with pytest.raises(ValidationError, match="like that already"):
        mark(entry, UserFactory(), note="Turning point")
    mark(entry, by, kind="missed", note="Turning point")


def test_a_mark_taken_away_stays_on_record_and_can_be_set_again(entry, by):
    first = mark(entry, by)

    for _ in range(2):
        marks.remove_mark(first, by=by)
    mark(entry, by)

    first.refresh_from_db()
    assert first.removed_by == by
    assert told().count("mark.removed") == 1
    assert Mark.objects.live().count() == 1


def test_a_withdrawn_entry_takes_no_more(entry, by):
    type(entry).objects.filter(pk=entry.pk).update(withdrawn_at="2026-01-01T00:00Z")

    with pytest.raises(ValidationError, match="withdrawn"):
        mark(entry, by)
    with pytest.raises(ValidationError, match="withdrawn"):
        comments.add_comment(entry, text="Why?", audience="chair", by=by, key=uuid.uuid4())


def test_nothing_is_marked_in_a_review_that_has_ended(entry, other, by):
    made, second = mark(entry, by), EntryFactory(participation=other)
    type(entry.review).objects.filter(pk=entry.review_id).update(state="closed")

    for change in (
        lambda: mark(entry, by, kind="good"),
        lambda: marks.remove_mark(made, by=by),
        lambda: ties.tie(entry, themes=[ThemeFactory()], by=by),
        lambda: comments.add_comment(entry, text="A", audience="chair", by=by, key=uuid.uuid4()),
        lambda: events.put_together([entry, second], by=by, key=uuid.uuid4()),
        lambda: events.say_not_one_event(entry, second, by=by),
    ):
        with pytest.raises(ReviewEnded):
            change()


# --- Ties ---------------------------------------------------------------------------------------


def test_no_entry_is_tied_to_a_term_that_was_not_issued(entry, by):
    term = draft_terms(entry.review, "Not agreed yet").texts.get().term

    with pytest.raises(ValidationError, match="Choose terms that were issued"):
        ties.tie(entry, terms=[term], by=by)


def test_an_entry_is_tied_to_themes_and_terms_and_untied(entry, by):
    theme, other_theme = ThemeFactory(), ThemeFactory()
    term = issued_terms(entry.review, "Was it known?").texts.get().term

    for _ in range(2):
        ties.tie(entry, themes=[theme, other_theme], terms=[term], by=by)
    ties.tie(entry, themes=[theme], seen_themes=[theme, other_theme], seen_terms=[term], by=by)

    live = EntryTheme.objects.live().values_list("theme", flat=True)
    assert list(live) == [theme.pk]
    assert not EntryTerm.objects.live().exists()
    assert told()[-2:] == ["entry.tied", "entry.untied"]
    assert Event.objects.order_by("pk").last().data["terms"] == [term.pk]


def test_what_somebody_else_tied_meanwhile_stays(entry, by):
    mine, theirs = ThemeFactory(), EntryThemeFactory(entry=entry).theme

    ties.tie(entry, themes=[mine], by=by)

    assert set(EntryTheme.objects.live().values_list("theme", flat=True)) == {mine.pk, theirs.pk}


def test_no_theme_of_another_partnership_nor_an_ended_one_is_tied(entry, by):
    for theme in (
        ThemeFactory(partnership=PartnershipFactory()),
        ThemeFactory(ended_at="2026-01-01T00:00Z"),
    ):
        with pytest.raises(ValidationError):
            ties.tie(entry, themes=[theme], by=by)


# --- Comments -----------------------------------------------------------------------------------


def test_a_comment_is_made_once_and_taken_away(entry, by):
    key = uuid.uuid4()
    said = {"text": " Ask them ", "audience": "agency", "by": by, "key": key}

    first, again = (comments.add_comment(entry, **said) for _ in range(2))
    for _ in range(2):
        comments.remove_comment(first, by=by)

    assert first == again
    assert first.text == "Ask them"
    assert told()[-2:] == ["comment.added", "comment.removed"]
    assert "Ask" not in str([event.data for event in Event.objects.all()])


def test_the_review_teams_own_entry_has_no_agency_to_tell(part, by):
    context = EntryFactory(participation=None, review=part.review)

    with pytest.raises(ValidationError, match="no agency"):
        comments.add_comment(context, text="A", audience="agency", by=by, key=uuid.uuid4())


# --- Events -------------------------------------------------------------------------------------


def accounts(group):
    return sorted(group.accounts.live().values_list("entry", flat=True))


def test_entries_are_put_together_and_more_come_to_them(entry, other, by):
    second, third = EntryFactory(participation=other), EntryFactory(participation=other)
    key = uuid.uuid4()

    group = events.put_together([entry, second], by=by, key=key, note="The call")
    assert events.put_together([entry, second], by=by, key=key) == group
    assert events.put_together([third, second], by=by, key=uuid.uuid4()) == group

    assert accounts(group) == sorted([entry.pk, second.pk, third.pk])
    assert told().count("event.grouped") == 2


def test_two_events_are_not_made_one_by_mistake(entry, other, by):
    rows = [entry, *(EntryFactory(participation=other) for _ in range(3))]
    for pair in (rows[:2], rows[2:]):
        events.put_together(pair, by=by, key=uuid.uuid4())

    with pytest.raises(ValidationError, match="different events"):
        events.put_together(rows[1:3], by=by, key=uuid.uuid4())
    with pytest.raises(ValidationError, match="already"):
        events.put_together(rows[:2], by=by, key=uuid.uuid4())


def test_an_event_needs_two_entries_of_one_review(entry, by):
    for rows in ([entry], [entry, entry], [entry, EntryFactory()]):
        with pytest.raises(ValidationError):
            events.put_together(rows, by=by, key=uuid.uuid4())


def test_an_account_is_taken_out_and_the_last_one_left_ends_the_event(entry, other, by):
    rows = [entry, EntryFactory(participation=other), EntryFactory(participation=other)]
    group = events.put_together(rows, by=by, key=uuid.uuid4())

    for _ in range(2):
        events.take_out(group.accounts.get(entry=entry), by=by)
    assert accounts(group) == [rows[1].pk, rows[2].pk]
    assert group.dissolved_at is None

    events.take_out(group.accounts.get(entry=rows[1]), by=by)
    group.refresh_from_db()
    assert group.dissolved_by == by
    assert not EventAccount.objects.live().exists()
    events.put_together(rows, by=by, key=uuid.uuid4())


def test_an_event_is_dissolved(entry, other, by):
    group = events.put_together([entry, EntryFactory(participation=other)], by=by, key=uuid.uuid4())

    for _ in range(2):
        events.dissolve(group, by=by)

    assert accounts(group) == []
    assert told().count("event.ungrouped") == 1


def test_two_entries_are_said_not_to_be_one_event(entry, other, by):
    second = EntryFactory(participation=other)

    for _ in range(2):
        events.say_not_one_event(second, entry, by=by)

    said = NotOneEvent.objects.get()
    assert (said.first, said.second) == (entry, second)
    assert told().count("event.not_one") == 1


def test_entries_of_one_event_are_not_said_to_be_two(entry, other, by):
    second = EntryFactory(participation=other)
    events.put_together([entry, second], by=by, key=uuid.uuid4())

    with pytest.raises(ValidationError, match="stand together"):
        events.say_not_one_event(entry, second, by=by)


# --- Themes -------------------------------------------------------------------------------------


def test_the_house_has_its_vocabulary():
    assert Theme.objects.filter(partnership=None, name="Use of MARAC").exists()
    assert len(Theme.objects.filter(partnership=None).values("group").distinct()) > 5


def test_a_partnership_adds_a_theme_once_and_ends_it(by):
    place = PartnershipFactory()

    first, again = (
        themes.add_theme(place, name=" Dowry  abuse ", group="", by=by) for _ in range(2)
    )
    for _ in range(2):
        themes.end_theme(first, by=by)
    back = themes.add_theme(place, name="dowry abuse", group="Recognising abuse", by=by)

    assert first == again == back
    assert (back.name, back.group, back.ended_at) == ("Dowry abuse", "Recognising abuse", None)
    assert told() == ["theme.added", "theme.ended", "theme.added"]


def test_the_house_s_themes_are_neither_repeated_nor_ended(by):
    theme = Theme.objects.filter(partnership=None).first()

    with pytest.raises(ValidationError, match="already"):
        themes.add_theme(PartnershipFactory(), name=theme.name.upper(), group="", by=by)
    with pytest.raises(ValidationError, match="every partnership"):
        themes.end_theme(theme, by=by)
    assert Partnership.objects.exists()


# --- Agencies that become one -------------------------------------------------------------------


def test_marks_go_with_an_agency_that_was_entered_twice(entry, part, other, by):
    made = MarkFactory(entry=entry, kind="disputed", counterpart=other)
    comment = EntryCommentFactory(entry=entry, audience="agency")
    group = events.put_together([entry, EntryFactory(participation=other)], by=by, key=uuid.uuid4())

    merge_participations(agency=other.agency, into=part.agency, by=by)

    made.refresh_from_db()
    assert made.counterpart == part
    assert comment.entry.participation == part
    assert len(accounts(group)) == 2
    merge_participations(agency=part.agency, into=AgencyFactory(), by=by)
