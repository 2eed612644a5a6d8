"""A report as one row of lines, whatever file it came in: headings, paragraphs, rows, notes."""

import re
from dataclasses import dataclass

from foundations.office.naming import ending, quoted
from foundations.office.outline import is_capitals, looks_like_heading, split_number
from foundations.office.passages import passages_of
from foundations.office.tables import Refused

READ = ("docx", "txt")
MOST_LINES = 5_000
LONGEST_TEXT = 4_000_000  # bytes of a text file: a report of 200 pages has a tenth of that
LONGEST_NAME = 8  # words of a line that names a part, where nothing else says that it is a heading
LONGEST_ABOVE_LIST = 15  # where a list begins below it
_LISTED = re.compile(r"[-•*]?\s*(?:\d{1,3}|\(?[a-z])[.)]\s")
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Line:
    """A heading, a paragraph, a row of a table or a footnote. `label` is what Word puts there."""

    position: int  # in the file, from 1
    text: str
    label: str = ""
    depth: int | None = None  # in an automatic list, from 0
    heading: int = 0  # its level; 0 where it is none
    number: str = ""  # of a heading
    is_certain: bool = True  # a heading by its style
    cells: tuple = ()
    labels: tuple = ()
    table: int | None = None
    row: int | None = None
    is_note: bool = False  # a footnote

    @property
    def is_row(self):
        return bool(self.cells)

    @property
    def shown(self):
        return " ".join(filter(None, (self.label or self.number, self.text)))


def lines_of(content, name):
    """(lines, doubts) of an uploaded report. Raises Refused with a sentence."""
    if ending(name) not in READ:
        raise Refused(
            f"{quoted(name)} is not a Word document. Save the report as .docx and upload that."
        )
    if ending(name) == "txt":
        lines, doubts = _of_text(_decoded(content, name)), []
    else:
        found = passages_of(content, name)
        lines, doubts = _of_passages(found), list(found.doubts)
    if len(lines) > MOST_LINES:
        raise Refused(
            f"{quoted(name)} has more than {MOST_LINES:,} paragraphs. Copy its findings, lessons and"
            " recommendations into a document of their own, and upload that."
        )
    return lines, doubts


def _of_passages(found):
    lines = []
    for passage in found.passages:
        if passage.heading or passage.number:
            lines.append(
                Line(
                    passage.position,
                    passage.heading,
                    heading=passage.level or 1,
                    number=passage.number,
                    is_certain=passage.is_certain,
                )
            )
        for block in passage.blocks:
            lines.append(
                Line(
                    block.position,
                    block.text,
                    label=block.label,
                    depth=block.depth,
                    cells=block.cells,
                    labels=block.labels,
                    table=block.table if block.kind == "row" else None,
                    row=block.row if block.kind == "row" else None,
                    is_note=block.kind == "note",
                )
            )
    return lines


# --- A file of plain text -------------------------------------------------------------------------


def _decoded(content, name):
    if not content.strip():
        raise Refused(f"{quoted(name)} is empty. Check that it is the right file.")
    if len(content) > LONGEST_TEXT or BINARY.search(content):
        raise Refused(
            f"{quoted(name)} is not a file of plain text. Save the report as .docx and upload that."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_text(text):
    written = [" ".join(line.split()) for line in text.splitlines()]
    filled = [at for at, line in enumerate(written) if line]
    return [
        _line_of_text(
            written[at],
            position,
            stands_apart=at + 1 == len(written) or not written[at + 1],
            is_above_list=position < len(filled) and bool(_LISTED.match(written[filled[position]])),
        )
        for position, at in enumerate(filled, start=1)
    ]


def _line_of_text(text, position, *, stands_apart, is_above_list):
    number, bare = split_number(text)
    if looks_like_heading(bare) and is_capitals(bare):
        level = 1 + number.count(".")
        return Line(position, bare, heading=level, number=number, is_certain=False)
    longest = LONGEST_ABOVE_LIST if is_above_list else LONGEST_NAME
    is_short = len(bare.split()) <= longest and looks_like_heading(bare)
    is_short = is_short and bare[:1].isupper() and not bare.endswith(":")
    if is_short and (stands_apart or is_above_list):
        level = 2 + number.count(".")
        return Line(position, bare, heading=level, number=number, is_certain=False)
    return Line(position, text)
