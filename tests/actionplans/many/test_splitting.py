import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from actionplans.many.splitting import NoReviewColumn, split
from foundations.office import read_file

HEADINGS = ("DHR ref", "No", "Recommendation", "Lead agency", "Target date")


def workbook(*rows, above=()):
    book = Workbook()
    sheet = book.active
    for row in (*above, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def split_of(*rows, **more):
    return split(read_file(workbook(*rows, **more), "all actions.xlsx"))


def cells(content):
    sheet = load_workbook(io.BytesIO(content)).active
    return {
        number: [cell for cell in row if cell not in {None, ""}]
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        if any(cell not in {None, ""} for cell in row)
    }


def test_each_review_gets_its_rows_where_they_stood():
    found = split_of(
        HEADINGS,
        ("DHR-1", "1", "Train officers", "Police", "March 2027"),
        ("DHR-2", "1", "Audit case files", "Housing", "2028"),
        ("DHR-1", "2", "Refer families", "Housing", ""),
    )

    assert found.rows == {"DHR-1": 2, "DHR-2": 1}
    assert cells(found.contents["DHR-1"]) == {
        1: list(HEADINGS[1:]),
        2: ["1", "Train officers", "Police", "March 2027"],
        4: ["2", "Refer families", "Housing"],
    }
    assert list(cells(found.contents["DHR-2"])) == [1, 3]


def test_a_blank_below_a_reference_means_the_review_above():
    found = split_of(
        HEADINGS, ("DHR-1", "1", "Train officers", "Police", ""), ("", "2", "Refer", "Housing", "")
    )

    assert found.rows == {"DHR-1": 2}


def test_a_row_before_any_reference_is_accounted_for():
    found = split_of(
        HEADINGS, ("", "1", "Train officers", "Police", ""), ("DHR-1", "2", "Refer", "Housing", "")
    )

    assert (found.unplaced, found.rows) == ([("Sheet", 2)], {"DHR-1": 1})


def test_a_day_stays_a_day_and_a_title_above_stays():
    found = split_of(
        HEADINGS,
        ("DHR-1", "1", "Train officers", "Police", date(2027, 5, 4)),
        above=[("All actions", "", "", "", "")],
    )

    (written,) = found.contents.values()
    assert [str(cell)[:10] for cell in cells(written)[3]][-1] == "2027-05-04"
    assert cells(written)[1] == ["All actions"]


def test_without_a_column_for_the_review_nothing_is_guessed():
    with pytest.raises(NoReviewColumn):
        split_of(HEADINGS[1:], ("1", "Train officers", "Police", ""))
