import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn

from reviews.letters.printing import as_pdf, as_word
from reviews.wording.blocks import blocks_of
from tests.foundations.office.pdf_samples import broken_rules, page_texts, pages_without_tags

TEXT = """Dear reader
of the <North> & South

# Łódź and Ŵyn
- a point

1. one
2. two

Between

1. one again
"""
FRAME = {"above": "Northvale Partnership", "reference": "DARDR-7"}


@pytest.fixture(scope="module")
def word():
    return as_word(
        "A request\x0b", blocks_of(TEXT), made_at=datetime(2026, 11, 21, tzinfo=UTC), **FRAME
    )


@pytest.fixture(scope="module")
def pdf():
    return as_pdf("A request", blocks_of(TEXT), **FRAME)


def test_word_has_real_styles(word):
    assert [(p.style.name, p.text) for p in Document(io.BytesIO(word)).paragraphs] == [
        ("Subtitle", "Northvale Partnership"),
        ("Heading 1", "A request"),
        ("Normal", "Dear reader\nof the <North> & South"),
        ("Heading 2", "Łódź and Ŵyn"),
        ("List Bullet", "a point"),
        ("List Number", "one"),
        ("List Number", "two"),
        ("Normal", "Between"),
        ("List Number", "one again"),
    ]


def test_a_second_list_begins_at_one(word):
    document = Document(io.BytesIO(word))
    listed = [p for p in document.paragraphs if p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in listed]
    starts = {
        int(num.get(qn("w:numId"))): num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        for num in document.part.numbering_part.element.findall(qn("w:num"))
    }

    assert (numbers[0] == numbers[1], numbers[1] == numbers[2]) == (True, False)
    assert [starts[number].get(qn("w:val")) for number in numbers] == ["1", "1", "1"]


def test_word_says_nothing_of_who_or_what_made_it(word):
    about = Document(io.BytesIO(word)).core_properties

    assert (about.title, about.author, about.comments, about.last_modified_by) == (
        "A request",
        "Northvale Partnership",
        "",
        "",
    )
    archive = zipfile.ZipFile(io.BytesIO(word))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"python-docx" not in everything


def test_word_is_british_a4_marked_and_numbered(word):
    document = Document(io.BytesIO(word))
    section = document.sections[0]
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}

    assert languages == {"en-GB"}
    assert (round(section.page_width.cm), round(section.page_height.cm, 1)) == (21, 29.7)
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE\t\tDARDR-7"
    assert [
        field.get(qn("w:instr"))
        for field in section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))
    ] == ["PAGE", "NUMPAGES"]


def test_pdf_keeps_every_rule_of_pdf_ua(pdf):
    assert broken_rules(pdf) == []
    assert pages_without_tags(pdf) == []


def test_pdf_says_the_same_as_word(pdf, word):
    (text,) = page_texts(pdf)

    said = [line for p in Document(io.BytesIO(word)).paragraphs for line in p.text.split("\n")]
    assert [line for line in said if line not in text] == []


def test_a_familys_letter_bears_no_government_marking():
    made = as_pdf("For you", blocks_of("Dear MA 3"), marking="Private and confidential", **FRAME)

    (text,) = page_texts(made)
    assert ("Private and confidential" in text, "OFFICIAL" in text) == (True, False)
