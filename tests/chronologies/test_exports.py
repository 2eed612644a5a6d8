import uuid
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from chronologies import exports
from chronologies.models import Export
from chronologies.services import ask_for_export, keep_export
from foundations.vault.models import StoredFile
from reviews.rules import Material, Role
from reviews.services import end_role, share, withdraw_share
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory, ExportFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def agency(review, name):
    return ParticipationFactory(review=review, agency__name=name)


def workbook(made):
    """The rows of the one sheet, by heading."""
    rows = list(openpyxl.load_workbook(BytesIO(made.content)).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def pdf_text(made):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)


def make(review, user, format_="xlsx", **chosen):
    return exports.make(review, user, format_=format_, chosen=chosen)


# --- Excel --------------------------------------------------------------------------------------


def test_the_workbook_holds_every_agency_in_time_order(review, chair):
    EntryFactory(participation=agency(review, "Elm Surgery"), on="April 2011", text="Second")
    EntryFactory(participation=agency(review, "Police"), on="12.03.2011", text="First")
    EntryFactory(participation=None, review=review, on="Undated", text="Last")

    rows = workbook(make(review, chair))

    assert [(row["Date"], row["Agency"], row["What happened"]) for row in rows] == [
        ("12 March 2011", "Police", "First"),
        ("April 2011", "Elm Surgery", "Second"),
        ("Not dated", "Review team", "Last"),
    ]


def test_the_workbook_invents_no_day(review, chair):
    EntryFactory(participation=agency(review, "Police"), on="mid-September 2011")

    (row,) = workbook(make(review, chair))

    assert (row["Date as written"], row["Earliest"], row["Latest"]) == (
        "mid-September 2011",
        "2011-09-11",
        "2011-09-20",
    )


@pytest.mark.parametrize("text", ["=1+1", "+441709", "-5 degrees", "@SUM(A1)", '=HYPERLINK("x")'])
def test_what_looks_like_a_formula_leaves_as_text(review, chair, text):
    EntryFactory(participation=agency(review, "Police"), text=text)

    sheet = openpyxl.load_workbook(BytesIO(make(review, chair).content)).active
    cell = next(cell for cell in sheet[2] if cell.value == text)

    assert cell.data_type == "s"


def test_what_the_filters_leave_out_is_not_exported(review, chair):
    police = agency(review, "Police")
    EntryFactory(participation=police, on="2009", text="Wanted", persons=["MA 1"])
    EntryFactory(participation=police, on="2012", text="Too late")
    EntryFactory(participation=agency(review, "Elm Surgery"), on="2009", text="Other agency")

    rows = workbook(make(review, chair, place=str(police.pk), start="2008", end="2010"))

    assert [row["What happened"] for row in rows] == ["Wanted"]


def test_a_withdrawn_entry_is_not_exported(review, chair):
    EntryFactory(participation=agency(review, "Police"), withdrawn_at="2026-01-01T00:00Z")

    assert workbook(make(review, chair)) == []


def test_an_author_exports_their_own_agency_only(review):
    own, other = agency(review, "Police"), agency(review, "Elm Surgery")
    EntryFactory(participation=own, text="Own")
    EntryFactory(participation=other, text="Another's")
    author = with_role(Role.IMR_AUTHOR, review, own)

    rows = workbook(make(review, author, place=str(other.pk)))

    assert [row["What happened"] for row in rows] == ["Own"]


# --- PDF ----------------------------------------------------------------------------------------


def test_the_pdf_of_one_agency_is_not_called_combined(review, chair):
    own = agency(review, "Police")
    EntryFactory(participation=own)
    EntryFactory(participation=agency(review, "Elm Surgery"))
    author = with_role(Role.IMR_AUTHOR, review, own)

    titles = [pdf_text(make(review, one, "pdf")).splitlines()[1] for one in (author, chair)]

    assert titles == ["Chronology of Police", "Combined chronology"]


def test_the_pdf_holds_every_entry_under_its_year(review, chair):
    police = agency(review, "Police")
    EntryFactory(participation=police, on="12.03.2009", text="In the first year", action="Noted")
    EntryFactory(participation=police, on="Undated", text="At no time")

    made = make(review, chair, "pdf")

    text = pdf_text(made)
    assert broken_rules(made.content) == []
    for words in ("2009", "12 March 2009", "In the first year", "Noted", "Not dated", "At no time"):
        assert words in text
    assert review.reference in text


def test_the_pdf_puts_no_entry_without_a_first_day_under_a_year(review, chair):
    police = agency(review, "Police")
    EntryFactory(participation=police, on="by May 2012", text="Three calls")
    EntryFactory(participation=police, on="12.03.2009", text="In the first year")

    text = pdf_text(make(review, chair, "pdf"))

    assert "Before or by a date" in text
    assert text.index("by May 2012") < text.index("In the first year")


def test_a_long_pdf_is_made_in_parts_and_loses_nothing(review, chair, monkeypatch):
    monkeypatch.setattr(exports, "PART_ROWS", 2)
    police = agency(review, "Police")
    for year in range(2001, 2006):
        EntryFactory(participation=police, on=str(year), text=f"Event of {year}")

    text = pdf_text(make(review, chair, "pdf"))

    assert [f"Event of {year}" in text for year in range(2001, 2006)] == [True] * 5


def test_a_pdf_of_nothing_is_still_a_document(review, chair):
    made = make(review, chair, "pdf")

    assert (made.rows, made.content[:5]) == (0, b"%PDF-")


# --- Whose it is afterwards ---------------------------------------------------------------------


def stored(export, user):
    keep_export(export.pk, make(export.review, user))
    export.refresh_from_db()
    return export


def test_an_export_says_whose_entries_it_holds(review, chair):
    entry = EntryFactory(participation=agency(review, "Police"))
    EntryFactory(participation=None, review=review)

    made = make(review, chair)

    assert set(made.places) == {entry.participation_id, None}


def test_what_its_asker_may_no_longer_see_they_may_no_longer_download(review):
    EntryFactory(participation=agency(review, "Police"))
    panel = with_role(Role.PANEL_MEMBER, review)
    given = share(
        review, material=Material.CHRONOLOGY, with_role=Role.PANEL_MEMBER, by=UserFactory()
    )
    export = stored(ExportFactory(review=review, by=panel), panel)
    assert exports.may_still_have(export, panel) is True

    withdraw_share(given, by=UserFactory())

    panel.__dict__.pop("_access")
    assert exports.may_still_have(export, panel) is False


def test_a_chair_whose_role_ended_may_no_longer_download(review, chair):
    EntryFactory(participation=agency(review, "Police"))
    export = stored(ExportFactory(review=review, by=chair), chair)

    end_role(chair.roles.get(), by=None)

    chair.__dict__.pop("_access", None)
    assert exports.may_still_have(export, chair) is False


def test_an_export_is_gone_after_a_day(review, chair):
    EntryFactory(participation=agency(review, "Police"))
    export = stored(ExportFactory(review=review, by=chair), chair)
    kept = Export.objects.visible_to(chair)
    assert list(kept) == [export]

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert list(Export.objects.visible_to(chair)) == []
        ask_for_export(review, format_="pdf", chosen={}, by=chair, key=uuid.uuid4())

    assert [one.format for one in Export.objects.all()] == ["pdf"]
    assert StoredFile.objects.count() == 0
