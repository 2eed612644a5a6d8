"""A report about nobody, and what somebody does to it in Word."""

import copy
import io
import uuid
import zipfile
import zlib
from datetime import UTC, datetime

from docx import Document
from docx.oxml.ns import qn

from foundations.office.marked import marked_of
from reports.word.back import compare
from reports.word.out import Looks, as_word
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LOOKS = Looks(
    ("Anytown Partnership",), "OFFICIAL-SENSITIVE", "0.3", True, "DHR 7", "Overview report"
)
TABLE = "| Date | What happened |\n| --- | --- |\n| March 2019 | **Seen** at home |"


def key(number):
    return str(uuid.UUID(int=number))


def section(number, heading, *paragraphs, level=None):
    level = level or number.count(".") + 1
    return WrittenSection(
        number, heading, level, paragraphs, key(1000 + zlib.crc32(heading.encode()))
    )


def report():
    """Two levels of sections, notes, a list, a quotation, a table and a reference."""
    numbers = iter(range(1, 100))

    def said(number, text):
        return WrittenParagraph(number, text, key(next(numbers)))

    return WrittenDocument(
        "Overview report: Adult A",
        (
            section(
                "1",
                "Introduction",
                said("1.1", "This report is about **nobody** who ever lived.^[See the *notice*.]"),
                said("1.2", f"It was begun in spring & ended in autumn; see [[p:{key(5)}]]."),
            ),
            section("2", "The facts", said("", "> They said: *we never knew*.")),
            section(
                "2.1",
                "Housing service",
                said(
                    "2.1.1", "The housing officer called twice:\n\n- in May\n- in June\n\nand left."
                ),
                said("2.1.2", f"The visits stand in a table.\n\n{TABLE}"),
                said("2.1.3", "Nobody wrote down who would call back after the second visit."),
            ),
            section(
                "2.2",
                "Health service",
                said("2.2.1", "The practice asked once whether home was a safe place to be."),
                said("2.2.2", "The answer was not shared with any other service that year."),
            ),
            WrittenSection("", "Appendix A", 1, (said("A.1", "A glossary."),), key(900)),
        ),
    )


def blocks_first():
    """Paragraphs that begin with something else than words, which a number of their own stands before."""
    wide = " | ".join(f"A heading of column {n}" for n in range(9))
    texts = (
        "- in May she asked\n- in June he called",
        TABLE,
        "> They said: *we never knew*.",
        f"| {wide} |\n|{' --- |' * 9}\n| {wide.replace('heading', 'word')} |",
        "1. first\n2. second\n\nand then nothing.",
        "Plain words end it.",
    )
    paragraphs = (WrittenParagraph(f"1.{n}", text, key(n)) for n, text in enumerate(texts, start=1))
    appendix = WrittenParagraph("A.1", TABLE.replace("March", "April"), key(9))
    return WrittenDocument(
        "Blocks first",
        (
            section("1", "The facts", *paragraphs),
            WrittenSection("", "Appendix A", 1, (appendix,), key(900)),
        ),
    )


def exported(document=None, looks=LOOKS):
    return as_word(document or report(), looks, made_at=MADE_AT)


def edited(change, document=None):
    """The export after `change(word)`, a function on a document of python-docx."""
    word = Document(io.BytesIO(exported(document)))
    change(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def compared(content, document=None):
    return compare(document or report(), marked_of(content, "report.docx"))


def paragraph(word, begins):
    return next(one for one in word.paragraphs if one.text.startswith(begins))


def retype(one, old, new):
    run = next(run for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new)


def copy_after(one, text, *, keeps_bookmark=False):
    """What pressing Enter and typing does: the same style and list, without the bookmark."""
    twin = copy.deepcopy(one._p)
    if not keeps_bookmark:
        for mark in twin.findall(qn("w:bookmarkStart")) + twin.findall(qn("w:bookmarkEnd")):
            twin.remove(mark)
    one._p.addnext(twin)
    texts = list(twin.iter(qn("w:t")))
    if text is not None:
        texts[0].text = text
        for rest in texts[1:]:
            rest.text = ""
    return twin


def without_bookmarks(word):
    for mark in list(word.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


def told(found):
    return [
        (one.what, one.number, one.after if one.what != "removed" else one.before)
        for one in found.changes
    ]


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)
