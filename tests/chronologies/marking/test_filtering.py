"""Filters of the combined chronology, as data: by mark, theme and term."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from chronologies.filtering import choose_entries
from chronologies.marking.models import Mark
from reviews.rules import Material, Role
from reviews.services import share
from reviews.terms import services
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import (
    EntryTermFactory,
    EntryThemeFactory,
    EventAccountFactory,
    MarkFactory,
    ThemeFactory,
)
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def chair(part):
    return with_role(Role.CHAIR, part.review)


@pytest.fixture
def entries(part):
    return [EntryFactory(participation=part, text=f"Entry {n}") for n in range(4)]


def chosen(review, user, **asked):
    found = choose_entries(review, user, asked)
    return sorted(found.entries.values_list("text", flat=True))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("key", ["Entry 0"]),
        ("risk", ["Entry 1", "Entry 2"]),
        ("risk:high", ["Entry 1"]),
        ("none", ["Entry 3"]),
        ("event", ["Entry 1", "Entry 2"]),
        ("", ["Entry 0", "Entry 1", "Entry 2", "Entry 3"]),
        ("nonsense", ["Entry 0", "Entry 1", "Entry 2", "Entry 3"]),
    ],
)
def test_entries_are_chosen_by_their_marks(asked, found, part, chair, entries):
    MarkFactory(entry=entries[0])
    MarkFactory(entry=entries[1], kind=Mark.Kind.RISK, grade="high")
    MarkFactory(entry=entries[2], kind=Mark.Kind.RISK, grade="medium")
    account = EventAccountFactory(entry=entries[2])
    EventAccountFactory(entry=entries[1], group=account.group)

    assert chosen(part.review, chair, mark=asked) == found


def test_a_mark_that_was_taken_away_chooses_nothing(part, chair, entries):
    by = UserFactory()
    MarkFactory(entry=entries[0], removed_at="2026-01-01T00:00Z", removed_by=by)

    assert chosen(part.review, chair, mark="key") == []


def test_entries_are_chosen_by_theme_and_term(part, chair, entries):
    theme = EntryThemeFactory(entry=entries[0]).theme
    EntryThemeFactory(entry=entries[1])
    text = issued_terms(part.review, "Was it known?").texts.get()
    EntryTermFactory(entry=entries[3], term=text.term)

    assert chosen(part.review, chair, theme=theme.pk) == ["Entry 0"]
    assert chosen(part.review, chair, term=text.term_id) == ["Entry 3"]
    assert chosen(part.review, chair, term=text.term_id, theme=theme.pk) == []


def test_terms_are_offered_as_they_were_issued_and_never_from_a_draft(part, chair):
    draft_terms(part.review, "Not agreed yet")
    assert "term" not in choose_entries(part.review, chair, {}).form.fields
    services.issue(part.review.terms_versions.get(), panel=True, participations=(), by=chair)
    first = part.review.terms_versions.get().texts.get()
    second = draft_terms(part.review, "Only in the draft")

    def offered():
        choices = choose_entries(part.review, chair, {}).form.fields["term"].choices
        return [words for _, words in choices]

    assert offered() == ["Any", "Term 1: Not agreed yet"]
    services.withdraw_term(second.texts.get(term=first.term_id), by=chair)
    second.refresh_from_db()
    services.issue(second, panel=True, participations=(), by=chair)
    assert offered() == ["Any", "Term 1: Only in the draft", "Term 1 of version 1: Not agreed yet"]


def test_a_theme_that_ended_still_finds_what_is_tied_to_it(part, chair, entries):
    ended = ThemeFactory(ended_at="2026-01-01T00:00Z")
    unused = ThemeFactory(ended_at="2026-01-01T00:00Z")
    EntryThemeFactory(entry=entries[0], theme=ended)

    assert chosen(part.review, chair, theme=ended.pk) == ["Entry 0"]
    assert not choose_entries(part.review, chair, {"theme": unused.pk}).form.is_valid()


def test_the_filters_read_as_words_and_travel_as_data(part, chair, entries):
    theme = EntryThemeFactory(entry=entries[0], theme__name="Alcohol at work").theme
    asked = QueryDict(f"mark=risk:high&theme={theme.pk}&place={part.pk}&words=called&page=2")

    found = choose_entries(part.review, chair, asked)

    assert found.words == (
        f"Agency: {part.agency.name}; Words in the entry: called; "
        "Mark: Risk assessment: high; Theme: Alcohol at work"
    )
    assert choose_entries(part.review, chair, found.written).words == found.words
    assert choose_entries(part.review, chair, {}).words == ""


def test_what_is_written_wrongly_leaves_nothing_out_and_says_so(part, chair, entries):
    found = choose_entries(part.review, chair, {"start": "a while ago", "mark": "key:no"})

    assert set(found.form.errors) == {"start", "mark"}
    assert found.entries.count() == 4


def test_nobody_learns_of_marks_by_asking_for_them(part, entries):
    """An agency sees its own entries, and a panel member those that were shared: not their marks."""
    review, theme = part.review, EntryThemeFactory(entry=entries[0]).theme
    MarkFactory(entry=entries[0])
    panel, author = with_role(Role.PANEL_MEMBER, review), with_role(Role.IMR_AUTHOR, review, part)
    share(review, material="chronology", with_role=Role.PANEL_MEMBER, by=UserFactory())

    for user in (panel, author):
        assert len(chosen(review, user, mark="key")) == 4
        assert len(chosen(review, user, theme=theme.pk)) == 4
        assert "mark" not in choose_entries(review, user, {}).form.fields

    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())
    panel = type(panel).objects.get(pk=panel.pk)
    assert chosen(review, panel, mark="key") == ["Entry 0"]


def test_a_theme_of_another_partnership_is_not_offered(part, chair, entries):
    other = ThemeFactory(partnership=ParticipationFactory().review.partnership)
    own = ThemeFactory(partnership=part.review.partnership, group="")

    form = choose_entries(part.review, chair, {}).form

    offered = {name for _, group in form.fields["theme"].choices[1:] for _, name in group}
    assert own.name in offered
    assert other.name not in offered


def test_the_page_of_the_combined_chronology_has_the_filters(client, part, chair, entries):
    MarkFactory(entry=entries[1])
    client.force_login(chair)

    url = reverse("chronologies:combined", args=[part.review.reference])
    response = client.get(url, {"mark": "key"})

    assert [entry.text for entry in response.context["page_obj"]] == ["Entry 1"]
