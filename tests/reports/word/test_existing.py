"""An existing report comes in from Word, whatever its shape, with the numbers that are printed."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from foundations.office.cleaning import CONTROL
from foundations.office.outline import letters_in
from foundations.office.tables import Refused
from reports.word.back import apply
from reports.word.existing import read_report
from reports.word.existing.contract import to_json
from tests.foundations.office import corpus, hostile
from tests.reports.word import existing, made
from tests.reports.word.existing import (
    LINES,
    NUMBERS,
    SECTIONS,
    listed,
    numbers_of,
    paragraphs_of,
    read,
    saved,
    sections_of,
    typed,
)

SOURCE = Path(__file__).resolve().parents[3].parent / "shared" / "documents" / "source"


@pytest.mark.parametrize("looks", [{}, {"styled": True}, {"bold": True}], ids=str)
def test_typed_numbers_whatever_the_headings_look_like(looks):
    found = read(typed(**looks))

    assert sections_of(found) == SECTIONS
    assert numbers_of(found) == NUMBERS


def test_what_has_no_number_stays_with_the_paragraph_it_follows():
    texts = dict(paragraphs_of(read(typed())))

    assert texts["1.2"] == "It covers these years:\n\n- the first year\n- the second year"
    assert texts["2.1.1"].endswith("nine weeks.\n\nNobody asked why.")
    assert texts["2.1.2"] == (
        "Three visits were made:\n\n1. On 03.05.2019 nobody was in.\n"
        "2. On 10.05.2019 a neighbour answered.\n3. On 14.06.2019 the tenant had gone."
    )
    assert texts[""] == "Each agency is dealt with in its turn."


def test_headings_without_a_style_are_doubted_and_with_one_are_not():
    assert "recognised by their numbers and looks" in read(typed()).doubts[0]
    assert read(typed(styled=True)).doubts == ()


def test_our_own_export_is_read_as_any_other_report():
    found = read_report(made.exported(), "report.docx")

    assert [one[:2] for one in sections_of(found)] == [
        ("1", "Introduction"),
        ("2", "The facts"),
        ("2.1", "Housing service"),
        ("2.2", "Health service"),
        ("", "Appendix A"),
    ]
    assert numbers_of(found) == ["1.1", "1.2", "2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.2.2", "A.1"]
    texts = dict(paragraphs_of(found))
    assert texts["1.1"] == "This report is about **nobody** who ever lived.^[See the *notice*.]"
    assert texts["2.1.2"] == f"The visits stand in a table.\n\n{made.TABLE}"
    assert found.front[0] == "Overview report: Adult A"
    assert ("contents", "1\tIntroduction") in found.left_out
    assert ("header or footer", "OFFICIAL-SENSITIVE DHR 7") in found.left_out


def test_a_number_that_stands_before_a_list_table_or_quotation_is_that_of_its_paragraph():
    document = made.blocks_first()

    found = read_report(made.exported(document), "report.docx")

    assert paragraphs_of(found) == [(one.number, one.text) for _, one in document.paragraphs]
    assert found.doubts == ()


def test_an_empty_line_that_word_counts_is_no_paragraph_where_another_number_follows():
    content = made.edited(lambda word: made.copy_after(made.paragraph(word, "Nobody wrote"), ""))

    assert numbers_of(read_report(content, "report.docx"))[4:6] == ["2.1.3", "2.2.1"]


@pytest.mark.parametrize(
    ("pattern", "number", "heading"),
    [
        ("%1", "1", "Findings"),
        ("%1.", "1", "Findings"),
        ("Section %1:", "1", "Findings"),
        ("Finding no %1:", "1", "Finding no 1: Findings"),
    ],
)
def test_a_heading_that_word_counts(pattern, number, heading):
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    body = corpus.paragraph("Findings", style="H1", listed=(1, 0)) + corpus.paragraph("1.1\tOne.")

    found = read_report(corpus.docx(body, styles=styles, numbering=numbering), "report.docx")

    (section,) = found.document.sections
    assert (section.number, section.heading) == (number, heading)
    assert numbers_of(found) == ["1.1"]


def test_letters_and_roman_numbers_of_a_list_stay_as_they_are_printed():
    word = typed([*LINES, ("", "(a)\tthe first reason"), ("", "(b)\tthe second reason")])

    assert paragraphs_of(read(word))[-1][1].endswith(
        "- (a) the first reason\n- (b) the second reason"
    )


def test_a_list_of_word_within_a_paragraph():
    word = typed(LINES[:2])
    for text in ("one thing", "another thing"):
        word.add_paragraph(text, style="List Bullet")
    for text in ("first", "second"):
        word.add_paragraph(text, style="List Number")

    assert paragraphs_of(read(word))[0][1] == (
        "This review is about nobody who ever lived.\n\n"
        "- one thing\n- another thing\n\n1. first\n2. second"
    )


def test_a_date_or_an_amount_at_the_beginning_of_a_line_is_no_number():
    word = typed([*LINES[:11], ("", "14.09.2008 was a Sunday."), ("", "7.5 litres were bought.")])

    found = read(word)

    assert numbers_of(found) == ["1.1", "1.2", "2.1.1", "2.1.2"]
    assert paragraphs_of(found)[-1][1].endswith(
        "14.09.2008 was a Sunday.\n\n7.5 litres were bought."
    )
    assert any("7.5 litres were bought" in doubt for doubt in found.doubts)


def test_a_number_that_is_missing_and_one_that_stands_twice_are_said():
    lines = [("1.", "INTRODUCTION"), ("1.1", "One here."), ("1.3", "Three."), ("1.3", "Again.")]

    doubts = read(typed(lines, styled=True)).doubts

    assert doubts == (
        "The number 1.2 is missing: 1.3 follows 1.1.",
        "The number 1.3 stands twice.",
    )


def test_a_contents_page_typed_by_hand_is_told_and_is_not_text():
    word = Document()
    word.add_paragraph("Anytown Partnership: report into nobody's death")
    word.add_paragraph("Contents")
    for number, heading, page in (
        ("1.", "Introduction", 3),
        ("2.", "The facts", 4),
        ("3.", "End", 9),
    ):
        word.add_paragraph(f"{number} {heading} ........ {page}")
    for number, text in LINES:
        word.add_paragraph(f"{number}\t{text}" if number else text)

    found = read(word)

    assert sections_of(found) == SECTIONS
    assert [what for what, _ in found.left_out] == ["contents"] * 4
    assert found.document.title == "Anytown Partnership: report into nobody's death"


def test_page_numbers_typed_into_the_text():
    lines = [*LINES[:3], ("", "Page 2 of 9"), *LINES[3:]]

    found = read(typed(lines))

    assert found.left_out == (("page number", "Page 2 of 9"),)
    assert numbers_of(found) == NUMBERS


def test_appendices_are_kept_apart():
    lines = [*LINES, ("", "APPENDIX A"), ("", "1: Train everybody."), ("", "Appendix B: Glossary")]

    found = read(typed(lines))
    said = to_json(found)

    assert [one["number"] for one in said["sections"]] == ["1", "2", "3"]
    assert [one["heading"] for one in said["appendices"]] == ["APPENDIX A", "Appendix B: Glossary"]
    assert said["appendices"][0]["paragraphs"][0]["text"] == "1: Train everybody."


def test_numbers_of_an_appendix_begin_with_its_letter():
    lines = [*LINES, ("", "Appendix C"), ("C1", "The first of it."), ("C2", "The second of it.")]

    assert paragraphs_of(read(typed(lines)))[-2:] == [
        ("C1", "The first of it."),
        ("C2", "The second of it."),
    ]


def test_the_paragraphs_of_a_section_say_under_which_heading_they_stand():
    (_, facts, _) = to_json(read(typed()))["sections"]

    assert [(one["number"], one["section"]) for one in facts["paragraphs"]] == [
        ("", "2"),
        ("2.1.1", "2.1"),
        ("2.1.2", "2.1"),
        ("2.2.1", "2.2"),
    ]
    assert facts["sections"] == [
        {"number": "2.1", "heading": "Housing service", "level": 2},
        {"number": "2.2", "heading": "Health service", "level": 2},
    ]


def test_unnumbered_headings_of_the_later_layout():
    word = Document()
    word.add_heading("Report into the death of nobody", 0)
    for heading in ("Timescales", "Confidentiality", "Methodology"):
        word.add_heading(heading, 1)
        word.add_paragraph(f"What is to be said of {heading.lower()}.")
        word.add_paragraph("And a second paragraph.")

    found = read(word)

    assert sections_of(found) == [
        ("", "Timescales", 1),
        ("", "Confidentiality", 1),
        ("", "Methodology", 1),
    ]
    assert len(paragraphs_of(found)) == 6
    assert found.document.title == "Report into the death of nobody"


def test_paragraphs_counted_through_the_whole_report():
    word, count = Document(), 0
    for heading in ("Background", "Analysis", "Conclusions"):
        word.add_heading(heading, 1)
        for _ in range(4):
            count += 1
            word.add_paragraph(f"{count}.\tThis is what paragraph number {count} says.")

    found = read(word)

    assert numbers_of(found) == [str(number) for number in range(1, 13)]
    assert [one.heading for one in found.document.sections] == [
        "Background",
        "Analysis",
        "Conclusions",
    ]


def test_every_paragraph_in_a_heading_style():
    word = Document()
    word.add_heading("1. Background", 1)
    for number in range(1, 4):
        word.add_heading(f"1.{number} The tenant was seen, and it was written down.", 2)

    found = read(word)

    assert [one[1] for one in sections_of(found)] == ["Background"]
    assert numbers_of(found) == ["1.1", "1.2", "1.3"]


def test_a_numbered_paragraph_whose_heading_is_missing():
    found = read(
        typed([("1.", "INTRODUCTION"), ("1.1", "Here."), ("2.1", "Where is the heading?")])
    )

    assert [one[:2] for one in sections_of(found)] == [("1", "INTRODUCTION"), ("2", "")]
    assert "Section 2 has no heading: only its paragraphs were found." in found.doubts


@pytest.mark.parametrize(
    "write",
    [
        lambda number: f"{number.strip('.')} ",
        lambda number: f"Section {number.strip('.')}: " if "." not in number[:-1] else f"{number} ",
        lambda number: f"{number}  ",
        lambda number: f"{number}) ".replace(".)", ")"),
    ],
    ids=["1 Heading", "Section 1:", "1.  Heading", "1) Heading"],
)
@pytest.mark.parametrize("styled", [True, False], ids=["styled", "plain"])
def test_numbers_however_they_are_typed(write, styled):
    word = Document()
    levels = {heading: level for _, heading, level in SECTIONS}
    for number, text in LINES:
        is_item = number and "." not in number[:-1] and text not in levels
        said = f"{number} {text}" if is_item else f"{write(number)}{text}" if number else text
        if styled and text in levels:
            word.add_heading(said, levels[text])
        else:
            word.add_paragraph(said)

    found = read(word)

    assert sections_of(found) == SECTIONS
    assert numbers_of(found) == NUMBERS


def test_a_number_with_no_blank_after_it():
    lines = [
        ("1.", "INTRODUCTION"),
        ("1.1", "One here."),
        ("", "1.2Two here."),
        ("", "2.5mg a day."),
    ]

    assert paragraphs_of(read(typed(lines, styled=True))) == [
        ("1.1", "One here."),
        ("1.2", "Two here.\n\n2.5mg a day."),
    ]


def test_new_lines_within_one_paragraph_of_word():
    word = Document()
    word.add_heading("1. Introduction", 1)
    word.add_paragraph("1.1 The first\nwhich goes on.\n1.2 The second:\n• one\n• two")

    assert paragraphs_of(read(word)) == [
        ("1.1", "The first\nwhich goes on."),
        ("1.2", "The second:\n\n- one\n- two"),
    ]


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "bold"])
def test_headings_whose_numbers_only_the_paragraphs_have(styled):
    word = Document()
    for number, text in LINES:
        level = {heading: level for _, heading, level in SECTIONS}.get(text)
        if level and styled:
            word.add_heading(text, level)
        elif level:
            word.add_paragraph().add_run(text).bold = True
        else:
            word.add_paragraph(f"{number}\t{text}" if number else text)

    found = read(word)

    assert sections_of(found) == SECTIONS
    assert numbers_of(found) == NUMBERS
    assert any("5 headings have no number in the file" in doubt for doubt in found.doubts)


def test_looks_that_are_not_kept_are_told():
    word = typed(LINES[:2], styled=True)
    word.paragraphs[1].add_run(" Not so.").font.strike = True
    word.paragraphs[1].add_run(" Look here.").font.underline = True

    found = read(word)

    assert paragraphs_of(found)[0][1].endswith("ever lived. ~~Not so.~~ Look here.")
    assert found.doubts == (
        "1 stretch of words is underlined, which is not kept: only bold, italics and striking through"
        " are.",
    )


def test_a_page_break_before_a_number_that_was_typed():
    word = Document()
    for number, text in LINES:
        one = word.add_paragraph()
        one.add_run().add_break(WD_BREAK.PAGE)
        one.add_run(f"{number}\t{text}" if number else text)

    assert sections_of(read(word)) == SECTIONS


def test_no_headings_at_all():
    found = read(typed([("", "Only words."), ("", "And more of them.")]))

    assert paragraphs_of(found) == [("", "Only words."), ("", "And more of them.")]
    assert found.doubts[0].startswith("No heading and no numbered paragraph was found")


def test_an_empty_document():
    found = read(Document())

    assert paragraphs_of(found) == []
    assert found.doubts[0].startswith("No heading and no numbered paragraph was found")


def test_merged_cells_and_a_table_within_a_table():
    word = typed(LINES[:2])
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, ["ABC", "DEF", "GHI"], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    inner = table.cell(2, 2).add_table(rows=2, cols=2)
    inner.cell(0, 0).text, inner.cell(1, 1).text = "inner", "last"

    found = read(word)

    text = paragraphs_of(found)[0][1]
    assert "| D / E |  | F |" in text
    assert all(word in text for word in ("A", "I", "inner", "last"))
    assert found.doubts[-2:] == (
        "A table has merged cells: the places below and beside are empty.",
        "A table stood within a table: it follows the outer one.",
    )


def test_a_table_that_only_sets_out_numbered_paragraphs():
    word = Document()
    rows = [row for row in LINES if (row[0] and "." in row[0].strip(".")) or row[1].isupper()]
    table = word.add_table(rows=len(rows), cols=2)
    for row, (number, text) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = number, text
    table.rows[1].cells[1].add_paragraph("And it goes on.")

    found = read(word)

    assert sections_of(found)[0] == ("1", "INTRODUCTION", 1)
    assert numbers_of(found) == NUMBERS
    assert dict(paragraphs_of(found))["1.1"].endswith("lived.\n\nAnd it goes on.")


def test_a_text_box_and_a_picture_are_told():
    box = (
        '<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
        f"{corpus.paragraph('In a box.')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    body = corpus.paragraph("1.1\tOutside.") + corpus.paragraph(runs=box + corpus.run("After it."))

    found = read_report(corpus.docx(body), "report.docx")

    assert "In a box." in paragraphs_of(found)[0][1]
    assert "1 text box was read where they stand." in found.doubts


def test_a_paragraph_of_two_megabytes():
    text = " ".join(f"On day {n * 7919 % 1_000_003} nobody came, {n**3}." for n in range(60_000))

    found = read(typed([*LINES[:2], ("1.2", text)]))

    assert paragraphs_of(found)[-1] == ("1.2", text)


def test_word_counts_what_nobody_typed():
    word = Document()
    word.add_heading("Findings", 1)
    for text in ("first", "second"):
        listed(word.add_paragraph(f"The {text} finding is this."), 1, 0)

    assert len(paragraphs_of(read(word))) == 1


@pytest.mark.parametrize(
    "case", [one for one in hostile.cases() if one.name.endswith("docx")], ids=str
)
def test_what_the_gate_refuses_is_not_read(case):
    with pytest.raises(Refused):
        read_report(case.content, case.name)


def test_a_file_that_is_not_from_word():
    with pytest.raises(Refused, match="not a Word document"):
        read_report(b"%PDF-1.7", "report.pdf")


def letters_of(found):
    """What stands in a report that was read."""
    texts = [*found.front, *(text for _, text in paragraphs_of(found))]
    sections = [one for one in found.document.sections if one.heading]
    headings = [f"{one.number}{one.heading}" for one in sections]
    left_out = [text for what, text in found.left_out if what != "header or footer"]
    return sum(map(letters_in, [*texts, *headings, *numbers_of(found), *left_out]))


# --- The published report -------------------------------------------------------------------------

published = pytest.mark.skipif(
    not SOURCE.is_dir() and os.environ.get("CI") != "true",
    reason="the published documents are not beside this checkout (../shared/documents)",
)
TOP = re.compile(r"\s*(\d{1,2})\.\s*\t\s*(\D+)$")
BELOW = re.compile(r"\s*(\d{1,2}\.\d{1,2})\t+\s*(\S.*)$")


def published_lines():
    text = next(SOURCE.glob("000_*.txt")).read_text()
    return [line for line in (CONTROL.sub("", one) for one in text.split("\n")) if line.strip()]


def heading_level(lines, at):
    """Real heading styles for a test: capitals after "5.", and what 5.3.1 follows."""
    if (top := TOP.match(lines[at])) and top[2].split()[-1].isupper():
        return 1
    below = BELOW.match(lines[at])
    follows = below and any(
        one.lstrip().startswith(f"{below[1]}.1\t") for one in lines[at : at + 4]
    )
    return 2 if follows else 0


def published_word(looks):
    """Its headings in real styles, with or without their numbers, in bold without them, or plain."""
    word, lines = Document(), published_lines()
    for at, line in enumerate(lines):
        level = heading_level(lines, at) if looks != "plain" else 0
        words = re.sub(r"\s*[\d.]+\s+", "", line, count=1).strip()
        if level and looks == "bold":
            word.add_paragraph().add_run(words).bold = True
        elif level:
            word.add_heading(line.strip() if looks == "styled" else words, level)
        else:
            word.add_paragraph(line)
    return word


def printed_numbers():
    """Numbers at the beginning of lines before the appendices, dates apart, in their order."""
    found = []
    for line in published_lines():
        if line.strip() == "APPENDIX A":
            return found
        if number := re.match(r"\s*(\d{1,2}(?:\.[1-9]\d?){1,2})\s", line):
            found.append(number[1])
    return found


@published
@pytest.mark.real_documents
@pytest.mark.parametrize("looks", ["styled", "unnumbered", "bold", "plain"])
def test_the_published_report_comes_out_with_its_sections_and_numbers(looks):
    found = read(published_word(looks))
    said = to_json(found)

    assert [one["number"] for one in said["sections"]] == [str(one) for one in range(1, 11)]
    assert len(said["appendices"]) == 2
    numbers = [
        one["number"]
        for section in said["sections"]
        for one in [*section["sections"], *section["paragraphs"]]
        if one["number"]
    ]
    assert sorted(numbers) == sorted(printed_numbers())
    assert len(numbers) > 280
    texts = dict(paragraphs_of(found))
    assert "recommends" in texts["5.17.19"]
    assert "recommends" in texts["6.8.5"]
    assert len(re.findall(r"(?m)^\d+\. ", texts["10.2.1"])) == 15


@published
@pytest.mark.real_documents
@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.txt")), ids=lambda path: path.name[:3])
def test_of_the_published_documents_not_a_letter_is_lost(path):
    word = Document()
    lines = [CONTROL.sub("", line) for line in path.read_text().split("\n")]
    for line in filter(str.strip, lines):
        word.add_paragraph(line)

    assert letters_of(read_report(saved(word), "report.docx")) == sum(map(letters_in, lines))


@published
@pytest.mark.real_documents
@pytest.mark.parametrize(
    "path", sorted(SOURCE.parent.glob("**/*.docx")), ids=lambda path: path.name
)
def test_the_published_word_files_are_read(path):
    found = read_report(path.read_bytes(), path.name)

    assert not [doubt for doubt in found.doubts if "could not be placed" in doubt]
    assert existing.paragraphs_of(found) or found.front


def with_keys(document):
    """As it is once it has been saved."""
    numbers = iter(range(1, 10_000))

    def keyed(section):
        paragraphs = tuple(replace(one, key=made.key(next(numbers))) for one in section.paragraphs)
        return replace(section, paragraphs=paragraphs, key=made.key(next(numbers)))

    return replace(document, sections=tuple(map(keyed, document.sections)))


@published
@pytest.mark.real_documents
@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_published_documents_go_out_to_word_and_come_back_as_they_were(path):
    word = Document()
    for line in filter(str.strip, path.read_text().split("\n")):
        word.add_paragraph(CONTROL.sub("", line))
    document = with_keys(read_report(saved(word), "report.docx").document)

    found = made.compared(made.exported(document), document)

    assert (found.changes, found.is_other) == ((), False)
    assert [item.number for item in found.read if not item.is_heading] == [
        one.number for _, one in document.paragraphs
    ]
    assert apply(document, found, []) == document


@pytest.mark.parametrize("contents", [["1 Introduction\t3"], ["1. Introduction\t3", "2. Facts\t5"]])
def test_a_short_page_of_contents_makes_no_section(contents):
    word = existing.Document()
    for line in contents:
        word.add_paragraph(line)
    for heading in ("1 Introduction", "2 Facts"):
        word.add_heading(heading, 1)
        word.add_paragraph("Something is said here.")

    report = existing.read(word)

    assert [(one.number, one.heading) for one in report.document.sections] == [
        ("1", "Introduction"),
        ("2", "Facts"),
    ]
    assert [text for what, text in report.left_out if what == "contents"] == contents


def test_a_line_that_ends_with_a_number_and_comes_once_is_text():
    word = existing.Document()
    word.add_heading("1 Introduction", 1)
    word.add_paragraph("Calls to the house\t3")

    (section,) = existing.read(word).document.sections

    assert [one.text.split()[-1] for one in section.paragraphs] == ["3"]


def test_one_heading_is_told_in_the_singular():
    word = existing.Document()
    word.add_paragraph("1\tINTRODUCTION")
    word.add_paragraph("1.1\tThis review is about nobody.")

    doubts = existing.read(word).doubts

    assert [one.split(",")[0] for one in doubts if "recognised" in one] == [
        "1 heading was recognised by its number and looks"
    ]
