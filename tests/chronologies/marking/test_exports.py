"""Files carry marks for those who see them, and for nobody else."""

import io
import uuid

import pytest
from openpyxl import load_workbook

from chronologies import exports, importing, services
from chronologies.exports import ABOUT, MARKED
from chronologies.marking.models import Mark
from chronologies.marking.services import events
from chronologies.models import Entry, Export
from foundations.vault.services import store
from reviews.rules import Material, Role
from reviews.services import share, withdraw_share
from tests.chronologies.files import csv_of
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import (
    EntryCommentFactory,
    EntryThemeFactory,
    MarkFactory,
)
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory(agency__name="Northfield Police")


@pytest.fixture
def marked(part):
    other = ParticipationFactory(review=part.review, agency__name="Elm Surgery")
    entry = EntryFactory(participation=part, text="Words")
    MarkFactory(entry=entry, note="Turning point")
    MarkFactory(entry=entry, kind=Mark.Kind.CONTACT, direction="sent", counterpart=other)
    EntryThemeFactory(entry=entry, theme__name="Alcohol at work")
    EntryCommentFactory(entry=entry, text="Between us")
    second = EntryFactory(participation=other, text="Words of the surgery")
    events.put_together([entry, second], by=UserFactory(), key=uuid.uuid4())
    return entry


def sheet(review, user):
    made = exports.make(review, user, format_="xlsx", chosen={})
    rows = load_workbook(io.BytesIO(made.content)).active.values
    return made, list(rows)


def said(rows):
    return "\n".join(str(cell) for row in rows for cell in row if cell)


def test_the_chairs_workbook_has_the_marks(part, marked):
    made, rows = sheet(part.review, with_role(Role.CHAIR, part.review))

    text = said(rows)
    for words in ("Key event: Turning point", "Sent to Elm Surgery", "Alcohol at work", "Event"):
        assert words in text
    assert "Between us" not in text
    assert [row[-1] for row in rows if row[-1] == "1"] == ["1", "1"]
    assert MARKED in made.places


@pytest.mark.parametrize("role", [Role.IMR_AUTHOR, Role.PANEL_MEMBER])
def test_a_workbook_of_somebody_else_has_none(role, part, marked):
    share(part.review, material="chronology", with_role=Role.PANEL_MEMBER, by=UserFactory())
    user = with_role(role, part.review, part if role == Role.IMR_AUTHOR else None)

    made, rows = sheet(part.review, user)

    assert "Words" in said(rows)
    for words in ("Marks", "Key event", "Turning point", "Alcohol", "Event"):
        assert words not in said(rows)
    assert MARKED not in made.places


def test_the_pdf_has_the_marks(part, marked):
    chair, author = (
        with_role(Role.CHAIR, part.review),
        with_role(Role.IMR_AUTHOR, part.review, part),
    )

    def notes(user):
        chosen = exports.choose_entries(part.review, user, {})
        rows = exports._Rows(chosen.entries, part.review, user, None)
        return "\n".join(
            entry["note"]
            for block in exports.blocks_of(list(rows), 0)
            for entry in block["entries"]
        )

    assert "Marked: Key event: Turning point" in notes(chair)
    assert "One of the accounts of event 1" in notes(chair)
    assert "Marked" not in notes(author)


def test_a_file_with_marks_is_not_handed_out_once_they_are_not_shared(part, marked):
    review, by = part.review, UserFactory()
    share(review, material="chronology", with_role=Role.PANEL_MEMBER, by=by)
    given = share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=by)
    panel = with_role(Role.PANEL_MEMBER, review)
    made, _ = sheet(review, panel)
    export = Export(
        review=review,
        by=panel,
        key=uuid.uuid4(),
        format="xlsx",
        stored=store(made.content, name=made.name),
        places=made.places,
    )

    def again():
        return exports.may_still_have(export, type(panel).objects.get(pk=panel.pk))

    assert again()
    assert any(str(one).startswith(ABOUT) for one in made.places)
    withdraw_share(given, by=by)
    assert not again()


def test_an_entry_with_a_mark_is_withdrawn_when_a_corrected_file_drops_it(part):
    """Never deleted: what was said of it still has something to stand beside."""
    by = UserFactory()

    def bring(*lines):
        content = csv_of(*lines)
        draft = importing.read_draft(content, "contacts.csv", part.review, part)
        with draft.spool:
            services.save_file(draft, content, part.review, part, key=uuid.uuid4())

    bring(("12.03.2011", "MA 1", "Shouting", "Attended"), ("2012", "MA 1", "Quiet", "None"))
    entry = Entry.objects.get(text="Shouting")
    mark, theme = MarkFactory(entry=entry, made_by=by), EntryThemeFactory(entry=entry)
    comment = EntryCommentFactory(entry=entry)
    events.put_together([entry, Entry.objects.get(text="Quiet")], by=by, key=uuid.uuid4())

    bring(("2012", "MA 1", "Quiet", "None"), ("2013", "MA 1", "More", "None"))

    entry.refresh_from_db()
    assert entry.is_withdrawn
    for row in (mark, theme, comment, entry.event_accounts.get()):
        row.refresh_from_db()
        assert row.is_live
    chair = with_role(Role.CHAIR, part.review)
    assert mark in Mark.objects.visible_to(chair)
