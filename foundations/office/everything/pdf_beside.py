"""What a PDF says beside the letters of its pages: how its remarks are shown, words put in the place of
others, forms in XML, remarks inside pictures, and the names that things have."""

import re

import pikepdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from foundations.office.everything import pictures
from foundations.office.everything.tagged import words_in

DAMAGED = (
    PyPdfError, pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, LookupError, OSError,
    RecursionError,
)  # fmt: skip
_REPLACES = re.compile(rb"/(?:ActualText|Alt|E)\b")
_WORDY = re.compile(r"[A-Za-z]{3}")
_PICTURES = {"/DCTDecode", "/JPXDecode"}
MOST_NAMES = 50_000
# Names of the format itself that people bear as well.
_OF_THE_FORMAT = {
    "Art",
    "Code",
    "Form",
    "Lang",
    "Link",
    "Mark",
    "Note",
    "Page",
    "Part",
    "Table",
    "Title",
    "Root",
}


def appearances(gathered, page, number):
    """What the remarks on a page show, where it is more than they say."""
    told = gathered.told()
    for remark in page.get("/Annots") or ():
        for form in _shown(remark.get_object().get("/AP")):
            text = page.extract_xform_text(form)
            if " ".join(text.split()) not in told:
                gathered.add("annotations", f"page {number}, as it is shown", text)


def _shown(states):
    """The drawings of a remark, in each state, or for each answer, that it can have."""
    for held in states.get_object().values() if states else ():
        held = held.get_object()
        if isinstance(held, StreamObject):
            yield held
        elif isinstance(held, DictionaryObject):
            yield from (one.get_object() for one in held.values())


def replaced(gathered, drawings, number):
    """Words that a drawing gives to be read instead of what it shows."""
    for _, content in drawings:
        if not _REPLACES.search(content):
            continue
        with pikepdf.new() as pdf:
            told = pikepdf.parse_content_stream(pikepdf.Stream(pdf, content), "BDC DP")
        for operands, _ in told:
            held = operands[1] if len(operands) > 1 else None
            for value in held.values() if isinstance(held, pikepdf.Dictionary) else ():
                if isinstance(value, pikepdf.String):
                    gathered.add("alternative text", f"page {number}", str(value))


def forms_in_xml(gathered, pdf):
    held = pdf.Root.get("/AcroForm")
    held = held.get("/XFA") if isinstance(held, pikepdf.Dictionary) else None
    if held is None:
        return
    streams = held if isinstance(held, pikepdf.Array) else [held]
    content = b"".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
    texts, values = words_in(content)
    gathered.add("form fields", "form in XML", texts)
    gathered.add("form fields", "form in XML, attributes", values, aside=True)


def of_pictures(gathered, streams):
    """Remarks inside pictures that stand in the PDF as the files that they were."""
    done = set()
    for stream in streams:
        if stream.objgen in done:
            continue
        done.add(stream.objgen)
        if str(stream.get("/Filter", "")) in _PICTURES:
            pictures.remarks(gathered, stream.read_raw_bytes(), "a picture on a page")


class Names:
    """The names of things: of places to go to, of people's own keys. Only who is registered is news there."""

    def __init__(self):
        self._found = {}

    def see(self, *names):
        if len(self._found) < MOST_NAMES:
            self._found.update(dict.fromkeys(names))

    def tell(self, gathered):
        names = {name.strip("/"): True for name in self._found}
        if len(names) >= MOST_NAMES:
            gathered.unread(f"names of things after the first {MOST_NAMES:,}")
        own = (name for name in names if name not in _OF_THE_FORMAT and _WORDY.search(name))
        gathered.add("names of things", "file", "\n".join(own), aside=True)
