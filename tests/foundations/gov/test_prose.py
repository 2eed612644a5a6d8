"""Markdown of authors as HTML: what it may hold, and what never comes through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from foundations.gov.prose import (
    escaped,
    html_of,
    referred,
    table_of,
    with_references,
)

KEY = "11111111-2222-3333-4444-555555555555"
MARKS = st.text(alphabet="ab<>&\"'`*_[]()|^~#-+!\\\n :/.", max_size=80)


def refer(kind, key):
    return ("5.3.4", "/reviews/A/documents/1/sections/2/#p") if kind == "p" else None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("**b**", "strong"),
        ("*i*", "em"),
        ("- one\n- two", "ul"),
        ("1. one\n2. two", "ol"),
        ("> said", "blockquote"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "table"),
        ("as told^[by her sister]", "sup"),
        ("[there](https://a.example/)", "a"),
    ],
)
def test_what_a_report_needs_is_there(text, tag):
    assert html.fromstring(f"<div>{html_of(text)}</div>").findall(f".//{tag}")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<img src="https://far.example/x.png">',
        "![x](https://far.example/x.png)",
        '<p onclick="alert(1)" style="color:red">x</p>',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<javascript:alert(1)>",
        "[x](/account/)",
        "<iframe src=https://far.example></iframe>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text):
    tree = html.fromstring(f"<div>{html_of(text)}</div>")

    assert (
        tree.xpath("//script | //style | //img | //iframe | //@onclick | //@style | //@src") == []
    )
    assert [href for href in tree.xpath("//@href") if not href.startswith("https://")] == []


@settings(max_examples=150, deadline=None)
@given(MARKS)
def test_no_text_makes_other_tags_than_the_list(text):
    tree = html.fromstring(f"<div>{html_of(text)}</div>")

    assert {one.tag for one in tree.iter()} <= {
        *("div", "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "a", "sup"),
        *("section", "hr", "table", "thead", "tbody", "tr", "th", "td"),
    }


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abc<>&\"'`*_[]()|^~#-+!\\ :/.", min_size=1, max_size=60))
def test_escaped_words_read_as_they_were(text):
    shown = html.fromstring(f"<div>{html_of('x ' + escaped(text))}</div>").text_content()

    assert " ".join(shown.split()) == " ".join(f"x {text}".split())


def test_a_table_of_plain_words_keeps_every_mark_in_them():
    made = html_of(table_of(("A|B", "C"), [("1|2", "*x* [[y]]\n- z")]))

    cells = html.fromstring(f"<div>{made}</div>").xpath("//th | //td")
    assert [cell.text_content() for cell in cells] == ["A|B", "C", "1|2", "*x* [[y]] - z"]


def test_a_table_without_rows_is_nothing():
    assert table_of(("A",), []) == ""


def test_a_reference_is_a_link_in_the_number_of_the_day():
    made = html_of(f"see [[p:{KEY}]]", refer=refer)

    (link,) = html.fromstring(f"<div>{made}</div>").findall(".//a")
    assert link.text == "5.3.4"
    assert link.get("href") == "/reviews/A/documents/1/sections/2/#p"


def test_a_reference_to_what_is_gone_says_so():
    assert "[refers to something that was taken away]" in html_of(f"[[s:{KEY}]]", refer=refer)
    assert with_references(f"[[s:{KEY}]]", lambda kind, key: None) == (
        "[refers to something that was taken away]"
    )


def test_the_references_of_a_text_are_found_in_order():
    assert referred(f"[[s:{KEY}]] [[p:{KEY}]] [[p:1]]") == [("s", KEY), ("p", KEY)]


def test_footnotes_of_two_texts_on_one_page_are_kept_apart():
    made = html_of("a^[one]", footnotes="p1") + html_of("b^[two]", footnotes="p2")

    names = html.fromstring(f"<div>{made}</div>").xpath("//@id")
    assert len(names) == len(set(names)) == 4


def test_tables_on_one_page_are_told_apart_by_ear():
    table = "| A | B |\n|---|---|\n| 1 | 2 |"

    made = html_of(f"{table}\n\nThen:\n\n{table}", called="“The panel”")

    assert 'aria-label="Table in “The panel”"' in made
    assert 'aria-label="Table 2 in “The panel”"' in made
