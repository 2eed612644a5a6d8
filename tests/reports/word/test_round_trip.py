"""Out to Word and back: whatever was written, nothing has changed."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml import OxmlElement

from reports.word.back import apply
from reports.written import WrittenDocument, WrittenParagraph
from tests.reports.word import made

ODD = [
    "- begins with a list\n- of two",
    "| begins | with |\n| --- | --- |\n| a | table |",
    "> begins with a quotation",
    "> - a list in a quotation\n> - and its second\n>\n>   which goes on",
    "- one\n\n  goes on\n- two\n  1. deeper\n  2. and on\n     - deepest",
    "1. one\n2. two\n\nbetween\n\n5. five\n6. six",
    "- one\n\n  > a quotation in a list\n- two",
    "> outer\n>\n> > inner\n>\n> outer again",
    "**All in bold.**",
    "*All in italics*, ***both***, a [site](https://example.org/?a=1&b=2) and a\\\nnew line.",
    "| A | B | C | D | E | F | G |\n|---|---|---|---|---|---|---|\n| 1 | **2** |  | 4 | 5 | 6^[note] | 7 |",
    "| **Bold heading** | B |\n|---|---|\n| a \\| b | c |",
    "A note.^[First, with *italics*.] And another.^[Second.]",
    "Zażółć gęślą jaźń, tŷ, llŷn; اردو; “quotes” – dashes… non breaking.",
    "<b>no markup</b> & no &entity; either",
    "5\\. looks like a list",
    "Reference to [[p:00000000-0000-0000-0000-00000000ffff]], which is not here.",
    "* a\n* b\n\n+ c",
    "### A heading within\n\nand text ![alt text](https://example.org/x.png)",
    "~~struck~~, ***~~and all~~***, <https://example.org> and ---\n--- with\n+ signs",
    "One line\nof two that is one   paragraph.",
    "A note^[See [the guidance](https://note.example/b) page.] on [this](https://body.example/a#c).",
    "A note^[which has ^[another] within].",
    "| One column |\n| --- |\n| of two |\n| rows |",
    "| A heading alone |\n| --- |",
    "",
]


def document(texts, number="1.{}"):
    paragraphs = [
        WrittenParagraph(number.format(at), text, made.key(at)) for at, text in enumerate(texts, 1)
    ]
    return WrittenDocument("Odd ones", (made.section("1", "Odd", *paragraphs),))


@pytest.mark.parametrize("number", ["1.{}", ""])
@pytest.mark.parametrize("text", ODD)
def test_one_paragraph(text, number):
    written = document(["Before.", text, "After."], number)

    found = made.compared(made.exported(written), written)

    assert [(one.what, one.before, one.after) for one in found.changes] == []
    assert apply(written, found, []) == written


@pytest.mark.parametrize(
    "text",
    [
        "One line\nof two.",
        "One line\\\nof two.",
        "**One line**\nof *two*.",
        "- One line\n  of two.\n- And more",
        "> One line\n> of two.",
        "One line^[a\nnote]\n[[p:00000000-0000-0000-0000-000000000001]] of two.",
    ],
)
def test_a_new_line_within_a_paragraph_stays_where_its_words_are_changed_in_word(text):
    written = document(["Before.", text, "After."])

    def change(word):
        one = made.paragraph(word, "One line")
        made.retype(one, "One line", "A line")

    found = made.compared(made.edited(change, written), written)

    (changed,) = found.changes
    after = apply(written, found, [changed.id]).sections[0].paragraphs[1].text
    assert after == text.replace("One", "A").replace("\\\n", "\n")


def test_a_new_line_that_was_put_in_or_taken_out_in_word_is_a_change():
    written = document(["One line of two.", "Two lines\nin one."])

    def change(word):
        made.retype(made.paragraph(word, "One line"), "One line ", "One line\n")
        (mark,) = made.paragraph(word, "Two lines")._p.xpath(".//w:br")
        mark.addnext(OxmlElement("w:tab"))
        mark.getparent().remove(mark)

    found = made.compared(made.edited(change, written), written)

    assert [one.after for one in found.changes] == ["One line\nof two.", "Two lines in one."]


def test_all_of_them_after_another_program_saved_it():
    written = document(ODD)

    found = made.compared(made.edited(lambda word: None, written), written)

    assert (found.changes, found.doubts) == ((), ())


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.1", "1.2", "1.3"),
        ("1.1", "1.3", "1.4"),
        ("1.5", "1.2", "1.3"),
        ("A.1", "A.2", "B.1"),
        ("1", "2", "12"),
        ("(a)", "(b)", "4.3a"),
        ("9.9.9", "9.9.10", "1.1"),
    ],
)
def test_word_counts_what_is_shown(numbers):
    paragraphs = [
        WrittenParagraph(number, f"The one that is {at}.", made.key(at))
        for at, number in enumerate(numbers, 1)
    ]
    written = WrittenDocument("Numbers", (made.section("1", "One", *paragraphs),))

    found = made.compared(made.exported(written), written)

    assert [item.number for item in found.read] == ["1", *numbers]


def test_headings_count_as_they_are_shown():
    numbers = ["1", "2", "2.1", "2.2", "2.2.1", "2.2.1.1", "3", "5", "5.3", "5.4"]
    sections = [
        made.section(
            number, f"Section {number}", WrittenParagraph(f"{number}.1", number, made.key(at))
        )
        for at, number in enumerate(numbers, 1)
    ]
    written = WrittenDocument("Numbers", tuple(sections))

    found = made.compared(made.exported(written), written)

    assert [item.number for item in found.read if item.is_heading] == numbers
    assert [item.number for item in found.read if not item.is_heading] == [
        f"{number}.1" for number in numbers
    ]


def test_sections_that_go_on_counting_after_the_paragraphs_above_them():
    def said(number, at):
        return WrittenParagraph(number, f"The one that is {at}.", made.key(at))

    written = WrittenDocument(
        "Shared",
        (
            made.section("7", "Seven", said("7.1", 1), said("7.2", 2)),
            made.section("7.3", "Seven three", said("7.3.1", 3)),
            made.section("7.4", "Seven four", said("7.4.1", 4)),
            made.section("8", "Eight"),
            made.section("8.1", "Eight one", said("8.1.1", 5)),
        ),
    )

    found = made.compared(made.exported(written), written)

    assert [item.number for item in found.read] == [
        *("7", "7.1", "7.2", "7.3", "7.3.1", "7.4", "7.4.1", "8", "8.1", "8.1.1"),
    ]


def test_a_paragraph_that_is_added_moves_the_sections_below_on():
    def said(number, at):
        return WrittenParagraph(number, f"The one that is {at}.", made.key(at))

    written = WrittenDocument(
        "Shared",
        (
            made.section("1", "One", said("1.1", 1)),
            made.section("1.2", "One two", said("1.2.1", 2)),
        ),
    )
    content = made.edited(
        lambda word: made.copy_after(made.paragraph(word, "The one that is 1"), "Added."), written
    )
    found = made.compared(content, written)

    accepted = apply(written, found, [found.changes[0].id])

    assert [section.number for section in accepted.sections] == ["1", "1.3"]
    assert [one.number for _, one in accepted.paragraphs] == ["1.1", "1.2", "1.3.1"]


def test_a_section_without_a_heading_and_one_without_paragraphs():
    written = WrittenDocument(
        "Empty",
        (
            made.section("1", ""),
            made.section("", "", WrittenParagraph("", "Some words.", "a"), level=1),
        ),
    )
    written = replace(
        written, sections=(written.sections[0], replace(written.sections[1], key="b"))
    )

    found = made.compared(made.exported(written), written)

    assert (found.changes, apply(written, found, [])) == ((), written)


def test_a_paragraph_before_the_first_number_and_one_without_a_key():
    written = WrittenDocument(
        "Keys",
        (
            made.section(
                "1", "One", WrittenParagraph("1.1", "No key yet."), WrittenParagraph("", "x", "k-1")
            ),
        ),
    )

    found = made.compared(made.exported(written), written)

    assert (found.changes, apply(written, found, [])) == ((), written)


def test_the_file_opens_elsewhere_with_its_styles():
    word = Document(io.BytesIO(made.exported()))

    assert {one.style.name for one in word.paragraphs} >= {
        "Title",
        "Heading 1",
        "Heading 2",
        "Numbered paragraph 2",
        "Continuation",
        "Quote",
        "List Bullet",
    }


def as_another_program_writes_it(content):
    """Its own names of styles and lists, runs cut in pieces, a contents page in a control."""
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: package.read(name).decode() for name in package.namelist()}
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        text = re.sub(
            r'(w:styleId|w:pStyle w:val|w:basedOn w:val)="(\w+)"', r'\1="x\2"', parts[name]
        )
        text = re.sub(r'(w:numId w:val|w:numId)="([1-9]\d*)"', r'\1="7\2"', text)
        parts[name] = text.replace('w:numId="70"', 'w:numId="0"')
    body = parts["word/document.xml"].replace("\\n \\h", "\\r \\h")
    begin = r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">'
    again = r'<w:r>\1<w:t xml:space="preserve">'
    body = re.sub(rf"{begin}(\w+)( )", rf"{again}\2\3</w:t></w:r>{again}", body)
    body = re.sub(r'w:id="(\d+)"', lambda found: f'w:id="{int(found[1]) + 400}"', body)
    parts["word/document.xml"] = body
    parts["word/footnotes.xml"] = re.sub(
        r'w:id="([1-9]\d*)"',
        lambda found: f'w:id="{int(found[1]) + 400}"',
        parts["word/footnotes.xml"],
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return out.getvalue()


def test_the_names_another_program_gives_do_not_matter():
    written = document([*ODD, "A reference to [[p:00000000-0000-0000-0000-000000000003]]."])
    content = as_another_program_writes_it(made.exported(written))

    found = made.compared(content, written)

    assert [(one.before, one.after) for one in found.changes] == []
    assert [item.number for item in found.read if item.number][:3] == ["1", "1.1", "1.2"]
