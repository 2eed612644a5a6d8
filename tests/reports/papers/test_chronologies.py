"""The combined chronology, confidential and anonymised: as files, as versions, and its order."""

import hashlib
import io
import json
import uuid

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from foundations.office.everything import everything_in
from reports.leaks.deciding import undecided
from reports.models import Kind, Variant
from reports.papers.gathering import gather_paper
from reports.rendering.gathered import said_by
from reports.services.documents import begin_from_data
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.chronologies import EntryFactory
from tests.factories.reports_release import final
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_people import IdentityFactory, date
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def victim(review):
    person = PersonFactory(review=review, pseudonym="MA 7", role="victim", publish_death="season")
    IdentityFactory(
        person=person,
        names=["Zara Quillfeather"],
        born=date("2 March 1999").to_json(),
        died=date("4 May 2031").to_json(),
    )
    return person


def entry(review, on, text="A call.", **said):
    return EntryFactory(
        **{"review": review, "participation": None, "date": date(on), "text": text} | said
    )


def gathered(review, variant=Variant.ANONYMISED, **said):
    said = {"at": timezone.now(), "by": None} | said
    return gather_paper(review, Kind.CHRONOLOGY, variant=variant, **said)


def rows_of(one):
    """[(date, time, text)], and each banner as it is."""
    found = []
    for line in one.paper.tables[0].lines:
        texts = [" ".join(words.text for words in cell) for cell in line.cells]
        found.append(line.banner or (texts[1], texts[2], texts[5]))
    return found


def words_of(content, name):
    return "\n".join(one.text for one in everything_in(content, name).stretches)


# --- What it says -------------------------------------------------------------------------------


def test_entries_stand_in_time_under_their_years(review):
    entry(review, "3 June 2030", "Second.", time="10:15")
    entry(review, "14 May 2029", "First.")
    entry(review, "", "Last.")

    assert rows_of(gathered(review)) == [
        "2029",
        ("14 May 2029", "", "First."),
        "2030",
        ("3 June 2030", "10:15", "Second."),
        "Not dated",
        ("–", "", "Last."),
    ]


def test_the_day_of_the_death_is_said_as_its_rule_allows_and_stands_where_that_puts_it(
    review, victim
):
    for on, text in (
        ("27 February 2031", "Before."),
        ("3 May 2031", "The day before."),
        ("4 May 2031", "She was killed."),
        ("5 May 2031", "The day after."),
    ):
        entry(review, on, text, time="22:40")

    assert rows_of(gathered(review)) == [
        "2031",
        ("27 February 2031", "22:40", "Before."),
        ("spring 2031", "", "She was killed."),
        ("3 May 2031", "22:40", "The day before."),
        ("5 May 2031", "22:40", "The day after."),
    ]


def test_a_day_of_which_nothing_may_be_said_stands_last(review, victim):
    type(victim).objects.filter(pk=victim.pk).update(publish_death="nothing")
    entry(review, "4 May 2031", "She was killed.")
    entry(review, "5 May 2031", "The day after.")

    assert rows_of(gathered(review)) == [
        "2031",
        ("5 May 2031", "", "The day after."),
        "Not dated",
        ("–", "", "She was killed."),
    ]


@pytest.mark.parametrize("field", ["text", "action", "comment", "source"])
def test_a_name_in_any_column_becomes_the_pseudonym(field, review, victim):
    entry(review, "3 May 2031", **{field: "Zara Quillfeather rang."})

    said = " ".join(one.text for one in gathered(review).stretches())

    assert "MA 7 rang." in said
    assert "Quillfeather" not in said


def test_columns_of_an_agency_and_files_are_left_out_and_that_is_said(review, victim):
    entry(review, "3 May 2031", other={"Worker": "Oriel Plumtree"})

    one = gathered(review)

    assert "Plumtree" not in str(one.to_json())
    assert one.paper.notes[0].startswith("Left out: ")
    assert "Worker: Oriel Plumtree" in str(gathered(review, Variant.CONFIDENTIAL).to_json())


def test_how_many_dates_were_said_coarser_is_counted(review, victim):
    entry(review, "4 May 2031", "Zara Quillfeather was killed.")

    assert gathered(review).paper.notes[-1].endswith("(date of an entry: 1, name: 1).")


def test_its_values_are_read_back(review, victim):
    entry(review, "4 May 2031", "Zara Quillfeather was killed.")
    one = gathered(review)

    assert said_by(json.loads(json.dumps(one.to_json()))) == one


def test_only_what_its_asker_may_see_is_in_it(review):
    entry(review, "4 May 2031")
    other = ReviewFactory()

    assert gathered(review, by=with_role(Role.CHAIR, review)).paper.rows == 1
    assert gathered(review, by=with_role(Role.CHAIR, other)).paper.rows == 0


# --- Files --------------------------------------------------------------------------------------


def render(review, out, to, variant="anonymised"):
    call_command(
        *("render_report", "--review", review.reference, "--kind", "chronology", "--to", to),
        *("--variant", variant, str(out), "--format=json"),
    )


@pytest.mark.parametrize("to", ["pdf", "docx", "html", "xlsx"])
def test_a_file_holds_the_pseudonym_and_no_name(to, review, victim, tmp_path, capsys):
    entry(review, "4 May 2031", "Zara Quillfeather was killed.")
    out = tmp_path / f"chronology.{to}"

    render(review, out, to)

    said, content = json.loads(capsys.readouterr().out), out.read_bytes()
    words = words_of(content, out.name)
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert said["rows"] == 1
    assert "MA 7 was killed." in words
    assert "spring 2031" in words
    assert "Quillfeather" not in words
    assert "4 May 2031" not in words
    assert to != "pdf" or broken_rules(content) == []


@pytest.mark.parametrize("to", ["docx", "html"])
def test_a_confidential_one_comes_as_every_kind_of_file(to, review, victim, tmp_path, capsys):
    entry(review, "4 May 2031", "Zara Quillfeather was killed.")
    out = tmp_path / f"chronology.{to}"

    render(review, out, to, "confidential")

    assert "Zara Quillfeather was killed." in words_of(out.read_bytes(), out.name)


def test_a_workbook_has_a_row_for_each_entry(review, victim, tmp_path, capsys):
    entry(review, "3 May 2030", "First.")
    entry(review, "3 May 2031", "Second.")
    out = tmp_path / "chronology.xlsx"

    render(review, out, "xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes())).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows] == ["No.", "1", "2"]
    assert [row[5] for row in rows] == ["What happened", "First.", "Second."]


def test_an_unlisted_name_refuses_it_with_its_entry(review, victim, tmp_path, capsys):
    entry(review, "3 May 2031", "Mrs Oriel Plumtree rang.")

    with pytest.raises(SystemExit):
        render(review, tmp_path / "chronology.pdf", "pdf")

    said = capsys.readouterr().out
    assert {one["where"] for one in json.loads(said)["refused"]} == {"row 1"}
    assert "Plumtree" not in said


# --- A version ----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "xlsx"])
def test_a_final_version_is_kept_and_looked_through(format_, review, victim):
    entry(review, "4 May 2031", "Zara Quillfeather was killed.")
    chair = with_role(Role.CHAIR, review)
    document = begin_from_data(
        review, kind=Kind.CHRONOLOGY, title="What happened", by=chair, key=uuid.uuid4()
    )

    one = final(document, chair, format_=format_)

    words = words_of(one.stored.content, f"document.{format_}")
    assert "MA 7 was killed." in words
    assert "OFFICIAL-SENSITIVE" not in words
    assert undecided(one) == 0
    assert one.values["title"] == "What happened"
