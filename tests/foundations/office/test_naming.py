import pytest

from foundations.office.naming import ending, quoted


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plan.docx", "“plan.docx”"),
        ("C:\\Users\\a\\plan.docx", "“plan.docx”"),
        ("a\u202excod.exe", "“axcod.exe”"),
        ("two\nlines\t.csv", "“twolines.csv”"),
        ("", "“the file”"),
        ("x" * 300 + ".docx", f"“{'x' * 144}….docx”"),
    ],
)
def test_quoted_shows_a_name_on_one_line(name, shown):
    assert quoted(name) == shown


@pytest.mark.parametrize(
    ("name", "found"), [("A.DOCX", "docx"), ("a.b.xlsx", "xlsx"), ("none", ""), ("a.csv ", "csv")]
)
def test_ending_is_what_stands_after_the_last_dot(name, found):
    assert ending(name) == found
