"""The spreadsheet of a request: out, filled in, and back."""

import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplans.models import Status
from actionplans.progress.models import ProgressNote
from foundations.vault.downloads import XLSX
from tests.actionplans.asking.conftest import tell
from tests.actionplans.asking.test_views import asked

pytestmark = pytest.mark.django_db
__all__ = ["asked"]


def download(client, asked):
    answer = client.get(reverse("actionplans:request-sheet", args=[asked.request.pk]))
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def column(book, heading):
    return [cell.value for cell in book.worksheets[0][1]].index(heading) + 1


def line_of(book, row):
    """The number of a row's line."""
    ids = column(book, "Line")
    return next(
        line
        for line in range(2, book.worksheets[0].max_row + 1)
        if str(book.worksheets[0].cell(line, ids).value or "").endswith(f"-{row.pk}")
    )


def fill(book, row, **values):
    headings = {
        "answer": "Answer",
        "words": "What happened",
        "seen_at": "Where it can be seen",
        "why_none": "Why there is nothing to show",
        "date": "New date",
        "why": "Why moved",
        "number": "Number",
        "what": "What",
        "id": "Line",
    }
    line = line_of(book, row)
    for name, value in values.items():
        book.worksheets[0].cell(line, column(book, headings[name])).value = value
    return line


def bring(client, asked, book):
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("filled.xlsx", stream.getvalue(), XLSX)
    page = reverse("actionplans:request-return", args=[asked.request.pk])
    return client.post(page, {"file": file})


def save(client, asked, preview):
    """Send the form that the preview holds, as a browser does."""
    data = {"source": "sheet", "key": uuid.uuid4()}
    for one in preview.context["shown"]:
        data |= {name: value for name, value in one.form.data.items() if name not in data}
    return client.post(asked.request.get_absolute_url(), data)


def test_the_sheet_has_a_line_for_each_row_and_hides_what_tells_them_apart(client, asked):
    book = download(client, asked)

    sheet = book.worksheets[0]
    assert sheet.max_row == 4
    assert [cell.value for cell in sheet[1]][2:] == [
        *("Review", "Number", "What", "Target", "Last said", "Answer", "What happened"),
        *("Where it can be seen", "Why there is nothing to show", "New date", "Why moved"),
    ]
    hidden = [name for name, each in sheet.column_dimensions.items() if each.hidden]
    assert hidden
    last = sheet.cell(line_of(book, asked.rows[0]), column(book, "Last said")).value
    assert "Twenty attended in October." in last


def test_a_filled_sheet_is_shown_and_saved_from_there(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="On track", words="Forty attended.")
    fill(book, asked.rows[1], answer="Done", words="Written.", seen_at="On our intranet")
    fill(book, asked.rows[2], answer="no change")

    preview = bring(client, asked, book)

    assert preview.status_code == 200
    assert "Forty attended." in preview.content.decode()
    assert not ProgressNote.objects.filter(note="Forty attended.").exists()
    assert save(client, asked, preview).status_code == 302
    notes = ProgressNote.objects.filter(source="sheet")
    assert sorted(notes.values_list("answer", flat=True)) == ["no_change", "on_track", "reported"]
    asked.rows[1].refresh_from_db()
    assert asked.rows[1].status == Status.REPORTED


def test_done_without_evidence_is_refused_beside_its_row(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="Done", words="All were trained.")

    preview = bring(client, asked, book)

    assert "Say where it can be seen" in preview.content.decode()
    assert save(client, asked, preview).status_code == 422
    assert not ProgressNote.objects.filter(note="All were trained.").exists()


def test_done_says_why_there_is_nothing_to_show(client, asked):
    book, one = download(client, asked), asked.rows[0]
    fill(book, one, answer="Done", words="All were told", why_none="It was said at a meeting")

    save(client, asked, bring(client, asked, book))

    assert ProgressNote.objects.filter(row=one).first().why_none == "It was said at a meeting"


def test_a_row_that_was_deleted_is_named_and_stays_open(client, asked):
    book = download(client, asked)
    book.worksheets[0].delete_rows(line_of(book, asked.rows[2]))

    preview = bring(client, asked, book)

    assert preview.context["found"].missing == [asked.rows[2]]


def test_a_renumbered_and_reworded_row_is_still_known(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], number="99", what="Something else", answer="no change")

    preview = bring(client, asked, book)

    page = preview.content.decode()
    assert "The sheet calls this “99”" in page
    assert "The plan keeps its own words" in page
    save(client, asked, preview)
    assert ProgressNote.objects.filter(row=asked.rows[0], source="sheet").count() == 1


def test_rows_in_another_order_are_known(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="no change")
    sheet = book.worksheets[0]
    cells = [cell.value for cell in sheet[line_of(book, asked.rows[0])]]
    sheet.delete_rows(line_of(book, asked.rows[0]))
    sheet.append(cells)

    preview = bring(client, asked, book)

    assert set(preview.context["found"].lines) == {asked.rows[0].pk}


def test_a_row_that_stands_twice_is_taken_from_neither_line(client, asked):
    book = download(client, asked)
    line = fill(book, asked.rows[0], answer="On track", words="Forty attended.")
    sheet = book.worksheets[0]
    sheet.append([cell.value for cell in sheet[line]])

    preview = bring(client, asked, book)

    found = preview.context["found"]
    assert [number for number, _ in found.refused] == [line, sheet.max_row]
    assert "more than once" in found.refused[0][1]
    assert found.lines == {}


def test_a_row_of_another_request_is_refused(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="no change", id=f"R{asked.request.pk + 1}-{asked.rows[0].pk}")

    preview = bring(client, asked, book)

    assert "another request" in preview.context["found"].refused[0][1]


def test_a_row_that_nobody_asked_about_is_refused(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="no change", id=f"R{asked.request.pk}-999999")

    preview = bring(client, asked, book)

    assert "no action that you were asked about" in preview.context["found"].refused[0][1]


def test_a_sheet_without_its_hidden_column_is_read_by_its_words(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="no change")
    for line in range(2, 5):
        book.worksheets[0].cell(line, column(book, "Line")).value = None

    preview = bring(client, asked, book)

    assert set(preview.context["found"].lines) == {asked.rows[0].pk}


def test_what_was_said_after_the_sheet_was_made_is_shown(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="At risk", words="The trainer left.")
    tell(asked.rows[0], asked.coordinator, words="A new trainer has been found.")

    preview = bring(client, asked, book)

    page = preview.content.decode()
    assert "A new trainer has been found." in page
    assert "after the sheet was made" in page


def test_an_answer_that_nobody_knows_is_refused_beside_its_row(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[0], answer="Nearly", words="Forty attended.")

    preview = bring(client, asked, book)

    assert preview.context["problems"] == 1
    assert "Forty attended." in preview.content.decode()


def test_a_date_moves_with_its_reason_alone(client, asked):
    book = download(client, asked)
    fill(book, asked.rows[1], answer="Slipped", words="Late.", date="May 2091")

    preview = bring(client, asked, book)

    assert "Say why the date moves" in preview.content.decode()


def test_another_file_is_refused_with_what_to_do(client, asked):
    book = openpyxl.Workbook()
    book.active.append(["Recommendation", "Lead"])

    answer = bring(client, asked, book)

    assert answer.status_code == 422
    assert "Download the spreadsheet of this request" in answer.content.decode()
