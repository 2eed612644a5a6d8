import pytest

from reviews.wording.blocks import Block, blocks_of, items_of
from reviews.wording.house import HOUSE
from reviews.wording.kinds import Kind

LETTER = """
Dear MA 3
Northvale

# How
You can:
- meet
* write

1. First
2) Second
The end"""


def test_a_text_has_headings_paragraphs_and_lists():
    assert blocks_of(LETTER) == [
        Block("paragraph", ("Dear MA 3", "Northvale")),
        Block("heading", ("How",)),
        Block("paragraph", ("You can:",)),
        Block("points", ("meet", "write")),
        Block("numbers", ("First", "Second")),
        Block("paragraph", ("The end",)),
    ]


@pytest.mark.parametrize("line", ["#tag", "-5 degrees", "1.5 hours", "2026 was a year", "-"])
def test_what_only_looks_like_a_mark_is_a_paragraph(line):
    assert blocks_of(line) == [Block("paragraph", (line,))]


def test_points_with_a_gap_between_are_two_lists():
    assert blocks_of("- one\n\n- two") == [Block("points", ("one",)), Block("points", ("two",))]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Of these:\n1. One\n2. Two\n\n3. Three", ["One", "Two", "Three"]),
        ("One\nand on\n\nTwo", ["One and on", "Two"]),
        ("", []),
    ],
)
def test_the_items_are_the_points_or_else_the_paragraphs(text, items):
    assert items_of(text) == items


def test_the_house_has_six_purposes_and_fourteen_items_on_its_agenda():
    found = {kind: len(items_of(HOUSE[kind][1])) for kind in (Kind.TERMS_PURPOSES, Kind.AGENDA)}

    assert found == {Kind.TERMS_PURPOSES: 6, Kind.AGENDA: 14}
