"""What a PDF says, and what it tells beside its text. Runs in the child process.

A PDF knows letters at places on a page and neither paragraphs nor headings: both are worked out from
size, weight and distance, and every heading is a guess. What its libraries fetch only when a font
needs it is imported here, because the child can open no file any more by then.
"""

import encodings.utf_16_be  # noqa: F401
import heapq  # noqa: F401
import io
import re
from collections import Counter
from dataclasses import dataclass

import fontTools.cffLib  # noqa: F401
import pikepdf
from pypdf import PdfReader

from foundations.office.naming import quoted
from foundations.office.outline import (
    Outline,
    is_capitals,
    letters_in,
    looks_like_heading,
    split_number,
)
from foundations.office.papers import WHAT_TO_DO
from foundations.office.pdf_check import look
from foundations.office.tables import Refused
from foundations.office.word_looks import short

INFO = {
    "/Author": "Author",
    "/Title": "Title",
    "/Subject": "Subject",
    "/Keywords": "Keywords",
    "/Company": "Organisation",
    "/Creator": "Made with",
    "/Producer": "Turned into a PDF with",
    "/CreationDate": "Made",
    "/ModDate": "Last changed",
}
BOLD = re.compile(r"bold|black|heavy", re.I)
NO_REMARKS = {"/Link", "/Widget", "/Popup"}
LARGER = 1.12  # times the size of most letters
REPEATED = 3  # pages on which a line at the edge is the same
EDGE = 2  # lines at the top and at the bottom of a page
BULLET = re.compile(r"[•·▪◦‣\uf0b7\uf0a7-]\s+")
LISTED = re.compile(r"(\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
MARK = re.compile(r"[•·▪◦‣\uf0b7\uf0a7-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]")
MARKED = re.compile(rf"(?:{MARK.pattern})\s")
SENTENCE_ENDS = re.compile(r"[.!?:;][\"'\u2019\u201d)]*$")


def admit(content, name):
    """The gate in front of a PDF, inside the child process."""
    if why := look(content).get("refused"):
        raise Refused(f"{quoted(name)} {WHAT_TO_DO[why]}")
    return "pdf", None


# --- Beside the text ----------------------------------------------------------------------------


def inspect(content, package):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        remarks = [one for page in pdf.pages for one in _annotations(page)]
        fields = pdf.Root.get("/AcroForm", {}).get("/Fields", [])
        return {
            "kind": "pdf",
            "pages": len(pdf.pages),
            "metadata": [
                [label, short(str(pdf.docinfo[key]))]
                for key, label in INFO.items()
                if key in pdf.docinfo and str(pdf.docinfo[key]).strip()
            ],
            "comments": sum(str(one.get("/Subtype", "")) not in NO_REMARKS for one in remarks),
            "commented_by": sorted(
                {
                    short(str(one["/T"]))
                    for one in remarks
                    if "/T" in one and str(one.get("/Subtype", "")) not in NO_REMARKS
                }
            ),
            "links": sum(str(one.get("/Subtype", "")) == "/Link" for one in remarks),
            "fields": len(fields),
            "has_layers": "/OCProperties" in pdf.Root,
            "pictures_only": sum(not _has_fonts(page) for page in pdf.pages),
        }


def _annotations(page):
    found = page.obj.get("/Annots", [])
    return [one for one in found if isinstance(one, pikepdf.Dictionary)]


def _has_fonts(page):
    return len(page.resources.get("/Font", {})) > 0 or any(
        "/Font" in thing.get("/Resources", {})
        for thing in page.resources.get("/XObject", {}).values()
    )


# --- The text -----------------------------------------------------------------------------------


@dataclass
class Line:
    text: str
    size: float
    is_bold: bool
    x: float
    y: float
    page: int
    begins: bool = False  # after a line break in what was drawn at once


def passages(content, package):
    outline = Outline("pdf")
    pages = [
        _lines(page, number) for number, page in enumerate(PdfReader(io.BytesIO(content)).pages)
    ]
    letters = sum(letters_in(line.text) for lines in pages for line in lines)
    running = _running(pages)
    margins = [line for lines in pages for line in _edges(lines) if _shape(line.text) in running]
    gone = {id(line) for line in margins}
    lines = [line for page in pages for line in page if id(line) not in gone]
    body = _usual_size(lines)
    for paragraph in _paragraphs(lines, body):
        _tell(outline, paragraph, body)
    if not letters:
        outline.doubts.append(
            "No text was found: the pages are pictures, for example from a scanner. Send the Word"
            " document, or a PDF that was made from it."
        )
    else:
        outline.doubts.append(
            "A PDF does not say what is a heading, a paragraph or a table. Send the Word document if"
            " you have it: it is read exactly."
        )
    said = dict.fromkeys(" ".join(line.text.split()) for line in margins)
    return outline.said(
        margins=list(said), letters=letters - sum(letters_in(line.text) for line in margins)
    )


def _lines(page, number):
    found = []

    def visit(text, matrix, text_matrix, font, size):
        name = str((font or {}).get("/BaseFont", "")) if font else ""
        tall = abs(size * (text_matrix[3] or text_matrix[1] or 1) * (matrix[3] or 1))
        x = text_matrix[4] * (matrix[0] or 1) + matrix[4]
        y = text_matrix[5] * (matrix[3] or 1) + matrix[5]
        is_bold = bool(BOLD.search(name))
        for at, piece in enumerate(filter(str.strip, text.split("\n"))):
            found.append(Line(piece, round(tall, 1), is_bold, x, y, number, begins=at > 0))

    page.extract_text(visitor_text=visit)
    return _with_marks(list(_joined(found)))


def _joined(pieces):
    """One line of what stands beside one another, drawn from left to right."""
    line = None
    for piece in pieces:
        if line is not None and _is_beside(line, piece):
            line.text += piece.text
            line.is_bold = line.is_bold and piece.is_bold
            line.size = max(line.size, piece.size)
            continue
        if line is not None:
            yield line
        line = piece
    if line is not None:
        yield line


def _is_beside(line, piece):
    is_level = abs(piece.y - line.y) <= max(1, line.size / 2)
    return is_level and piece.x >= line.x - 1 and not piece.begins


def _with_marks(lines):
    """Bullets and numbers stand before their lines, though they are often drawn apart from them."""
    marks = [line for line in lines if MARK.fullmatch(line.text.strip())]
    rest = [line for line in lines if not MARK.fullmatch(line.text.strip())]
    for mark in marks:
        beside = [line for line in rest if abs(line.y - mark.y) <= mark.size / 2]
        if beside and not MARKED.match(beside[0].text):
            beside[0].text = f"{mark.text.strip()} {beside[0].text.strip()}"
        else:
            rest.append(mark)
    return rest


def _edges(lines):
    return lines if len(lines) <= 2 * EDGE else [*lines[:EDGE], *lines[-EDGE:]]


def _shape(text):
    return re.sub(r"\d+", "0", " ".join(text.split())).casefold()


def _running(pages):
    """What stands at the edge of page after page, whatever its number."""
    shapes = Counter(
        shape for lines in pages for shape in {_shape(one.text) for one in _edges(lines)}
    )
    return {
        shape for shape, times in shapes.items() if times >= REPEATED and times * 2 > len(pages)
    }


def _usual_size(lines):
    sizes = Counter()
    for line in lines:
        sizes[line.size] += letters_in(line.text)
    return max(sizes, key=sizes.get) if sizes else 0


def _paragraphs(lines, body):
    """Lists of lines that belong together."""
    held = []
    for line in lines:
        if held and not _goes_on(held, line, body):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _goes_on(held, line, body):
    last = held[-1]
    if (line.size, line.is_bold) != (last.size, last.is_bold) and (
        _is_large(line, body) or _is_large(last, body)
    ):
        return False
    if BULLET.match(line.text) or LISTED.match(line.text.strip()):
        return False
    if line.page != last.page:
        return not SENTENCE_ENDS.search(last.text.rstrip()) and not _is_large(line, body)
    return 0 <= last.y - line.y <= 1.75 * max(last.size, 1)


def _is_large(line, body):
    return line.size >= LARGER * body or line.is_bold


def _tell(outline, lines, body):
    text = _text(lines)
    if all(_is_large(line, body) for line in lines) or (len(lines) == 1 and is_capitals(text)):
        _, bare = split_number(text)
        if looks_like_heading(bare):
            is_larger = lines[0].size >= LARGER * body
            if outline.guess(text, is_strong=is_larger or is_capitals(text)):
                return
    found = BULLET.match(text) or LISTED.match(text)
    outline.block("paragraph", text, depth=0 if found else None)


def _text(lines):
    """Lines as one, with a word that was divided at the end of one put together."""
    text = ""
    for line in lines:
        piece = " ".join(line.text.split())
        if re.search(r"[a-z]-$", text) and piece[:1].islower():
            text = text[:-1] + piece
        else:
            text = f"{text} {piece}" if text else piece
    return text
