"""Markdown to values of text and back: the same again, however it was typed."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.word.lines import carried
from reports.word.markdown import blocks_of, markdown_of
from reports.word.text import (
    Break,
    Note,
    Plain,
    Reference,
    Words,
    bare,
    tidy,
)

SAME = [
    "Words with **bold**, *italics* and ***both***.",
    "South Anytown Police [SAP], <60 years & R&D_x.",
    "One.^[A *note* [with brackets].] Two, see [[p:abc-1]] and [[s:def]].",
    "Text:\n\n- one\n- two\n  - deeper\n\n1. first\n2. second",
    "> quoted *words*\n>\n> and more",
    "| A | B |\n| --- | --- |\n| 1 \\| 2 | **x** |",
    "3. three\n4. four",
    "A [site](https://example.org/a) to read.",
    "two lines\nin one paragraph",
    "~~struck~~ and ~~**struck and bold**~~, about ~5",
    "5\\. is no list, \\*nor\\* is this emphasis",
]


@pytest.mark.parametrize("text", SAME)
def test_it_is_written_as_it_was_typed(text):
    assert markdown_of(blocks_of(text)) == text


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("* a\n* b", "- a\n- b"),
        ("__x__ and _y_", "**x** and *y*"),
        ("a  \nb", "a\\\nb"),
        ("a\nb", "a\\\nb"),
        ("<https://example.org>", "[https://example.org](https://example.org)"),
        ("**a** **b**", "**a b**"),
        ("| A |\n|:-:|\n| x |", "| A |\n| --- |\n| x |"),
    ],
)
def test_two_ways_to_type_the_same_are_the_same(text, other):
    assert blocks_of(text) == blocks_of(other)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "---", "`code`", "    indented", "```x", "# heading", "![[x]]"],
)
def test_what_is_not_known_stays_text(text):
    assert bare(blocks_of(text)) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        f"{'>' * 200} x",
        f"{'- ' * 150}x",
        "\n".join(f"{'  ' * depth}- a{depth} x" for depth in range(150)),
        f"{'^[' * 300}x{']' * 300}",
    ],
    ids=["quotations", "lists", "indented", "notes"],
)
def test_nothing_is_lost_however_deep_it_is_nested(text):
    blocks = blocks_of(text)

    assert bare(blocks).count("x") == text.count("x")
    assert blocks_of(markdown_of(blocks)) == blocks


def test_an_address_that_is_none_for_a_document_is_shown_and_not_followed():
    assert blocks_of("[read](ftp://x/y)") == (Plain((Words("read (ftp://x/y)"),)),)


@pytest.mark.parametrize(
    "to",
    [
        "/reviews/MA-1/people/7/",
        "people/7/",
        "#p-1",
        "?page=2",
        "http://reviews.example/reviews/MA-1/",
    ],
)
def test_a_link_into_our_pages_is_its_words_alone(to, settings):
    settings.SERVICE_URL = "http://reviews.example"

    assert blocks_of(f"[the mother]({to}) rang") == (Plain((Words("the mother rang"),)),)


WORDS = st.builds(
    Words,
    st.text(string.ascii_letters + " .,*_[]()<>&|\\^`#-+1>~!", max_size=20),
    st.booleans(),
    st.booleans(),
    st.just(""),
    st.booleans(),
)
INLINES = st.lists(
    WORDS
    | st.just(Break())
    | st.just(Reference("p", "abc"))
    | st.builds(lambda words: Note((words,)), WORDS),
    max_size=5,
).map(tidy)


def letters(blocks):
    return [one for one in bare(blocks) if one != " "]


@settings(max_examples=300, deadline=None)
@given(INLINES)
def test_no_letter_is_lost_whatever_was_typed(inlines):
    wanted = (Plain(inlines),) if inlines else ()

    assert letters(blocks_of(markdown_of(wanted))) == letters(wanted)


def test_a_quotation_within_a_list_comes_through_word_as_one_after_it():
    assert markdown_of(carried(blocks_of("- one\n\n  > said\n- two"))) == "- one\n\n> said\n\n- two"
