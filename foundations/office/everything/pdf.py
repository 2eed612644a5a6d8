"""A PDF with everything in it: letters wherever they stand, also under boxes, and every string beside."""

import encodings.charmap
import encodings.utf_16_be  # noqa: F401
import heapq  # noqa: F401
import io
import re

import fontTools.cffLib  # noqa: F401
import pikepdf
from pypdf import PdfReader

from foundations.office.everything import pdf_earlier
from foundations.office.everything.pdf_beside import (
    DAMAGED,
    Names,
    appearances,
    forms_in_xml,
    of_pictures,
    replaced,
)
from foundations.office.everything.pdf_drawn import Drawn
from foundations.office.everything.pdf_letters import is_read
from foundations.office.everything.pdf_unshown import unshown
from foundations.office.everything.tagged import words_in

LOOKED_AT = (
    "pages", "annotations", "form fields", "outline", "links", "alternative text", "layers",
    "document properties", "metadata", "attachments", "scripts", "earlier versions", "names of things",
    "drawings no page shows",
)  # fmt: skip
MOST_PAGES = 1_000
_PARTS = {
    "/Alt": "alternative text", "/ActualText": "alternative text", "/E": "alternative text",
    "/URI": "links", "/Contents": "annotations", "/RC": "annotations", "/T": "annotations or form fields",
    "/TU": "form fields", "/TM": "form fields", "/V": "form fields", "/DV": "form fields", "/Opt": "form fields",
    "/Subj": "annotations", "/Title": "outline", "/JS": "scripts", "/Name": "layers", "/F": "attachments",
    "/UF": "attachments", "/Desc": "attachments", "/NM": "annotations", "/Dests": "links",
}  # fmt: skip
_NO_WORDS = frozenset(
    ["/ID", "/CIDSystemInfo", "/Registry", "/Ordering", "/D", "/DA", "/CheckSum", "/O", "/U", "/OE", "/UE", "/Perms",
     "/M", "/CreationDate", "/ModDate", "/Lang", "/FontFamily", "/CharSet", "/Panose", "/DS", "/RoleMap", "/Lookup"]
)  # fmt: skip
_TAG = re.compile(r"<[^>]*>")
_DEEPEST = 12


def read(gathered, content, read_one):
    gathered.looked_at(*LOOKED_AT)
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        gathered.unread("it is protected with a password")
        return
    except pikepdf.PdfError:
        gathered.unread("it is damaged")
        gathered.loose("loose words", "file", content)
        return
    with pdf:
        _version(gathered, pdf, content)
        _tried(gathered, "its attachments", _attachments, gathered, pdf, read_one)
        pdf_earlier.read(gathered, content, _version, is_linear=pdf.is_linearized)


def _version(gathered, pdf, content):
    """The file as it is, or as it was before a change."""
    names = Names()
    _tried(gathered, "its pages", _pages, gathered, pdf, content)
    _tried(gathered, "its strings", _strings, gathered, pdf, names)
    _tried(gathered, "its properties", _properties, gathered, pdf)
    _tried(gathered, "its form in XML", forms_in_xml, gathered, pdf)
    names.tell(gathered)


def _tried(gathered, what, work, *given):
    """What `work` answers, or None where the file is damaged there."""
    try:
        return work(*given)
    except DAMAGED as error:
        gathered.unread(f"{what}: damaged ({type(error).__name__})")
        return None


def _pages(gathered, pdf, content):
    if pdf.is_encrypted:
        out = io.BytesIO()
        pdf.save(out)
        content = out.getvalue()
    shown, texts = PdfReader(io.BytesIO(content)).pages, {}
    for number, page in enumerate(shown, start=1):
        if number > MOST_PAGES:
            gathered.unread(f"pages after the {MOST_PAGES:,}th")
            break
        texts[number] = _tried(gathered, f"page {number}, its letters", page.extract_text)
        gathered.add("page", f"page {number}", texts[number] or "")
    for number in texts:
        what = f"page {number}, what its remarks show"
        _tried(gathered, what, appearances, gathered, shown[number - 1], number)
    _drawn(gathered, pdf, texts)


def _drawn(gathered, pdf, texts):
    """What is on the pages and is no text, or none that can be read. `texts` are by page number."""
    pictures, inline, shown = [], 0, set()
    for number, page in enumerate(pdf.pages, start=1):
        if number > MOST_PAGES:
            break
        what = f"page {number}, what it draws"
        if drawn := _tried(gathered, what, _on_page, gathered, number, page, texts.get(number)):
            pictures += drawn.pictures
            inline += drawn.inline
            shown |= drawn.seen
    _tried(gathered, "drawings that no page shows", unshown, gathered, pdf, shown)
    _tried(gathered, "remarks inside a picture", of_pictures, gathered, pictures)
    if count := len(pictures) + inline:
        gathered.unread(f"what {count} picture{'' if count == 1 else 's'} on the pages show")


def _on_page(gathered, number, page, text):
    drawn = Drawn(page.obj)
    if text is not None and not is_read(drawn.drawings, text):
        gathered.unread(f"page {number}: its letters carry no meaning that can be read")
    elif text is not None and not text.strip():
        gathered.unread(f"page {number}: it has no text, and may be a picture")
    if drawn.is_damaged:
        gathered.unread(f"page {number}: a part of what it draws is damaged")
    what = f"page {number}, words that stand for others"
    _tried(gathered, what, replaced, gathered, drawn.drawings, number)
    return drawn


def _strings(gathered, pdf, names):
    """Every text string of every object: remarks, fields, titles, links, other people's keys."""
    seen = set()
    told = pdf.docinfo.objgen  # among the properties
    for thing in pdf.objects:
        if getattr(thing, "objgen", None) == told:
            continue
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            _walk(gathered, thing, "", seen, 0, names)


def _walk(gathered, thing, key, seen, depth, names):
    if depth > _DEEPEST:
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            _look(gathered, one, key, seen, depth, names)
        return
    if str(thing.get("/Type", "")) in ("/Font", "/FontDescriptor", "/Encrypt", "/XRef", "/ObjStm"):
        return
    names.see(*thing.keys())
    for name, value in thing.items():
        if name == "/JS" and isinstance(value, pikepdf.Stream):
            gathered.add("scripts", "script", value.read_bytes().decode("latin-1"))
        elif name not in _NO_WORDS:
            _look(gathered, value, name, seen, depth, names)


def _look(gathered, value, key, seen, depth, names):
    if isinstance(value, pikepdf.String):
        text = str(value)
        part = _PARTS.get(key, "other strings")
        if (part, text) not in seen and re.search(r"\w\w", text):
            seen.add((part, text))
            gathered.add(part, key.strip("/"), _TAG.sub("", text) if key == "/RC" else text)
    elif isinstance(value, pikepdf.Name):
        names.see(str(value))
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        _walk(gathered, value, key, seen, depth + 1, names)


def _properties(gathered, pdf):
    for key, value in pdf.docinfo.items():
        gathered.add("document properties", key.strip("/"), str(value))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/Metadata":
            gathered.add("metadata", "XMP", "\n".join(words_in(thing.read_bytes())))


def _attachments(gathered, pdf, read_one):
    """Files attached to the document or to a remark on a page, and those that nothing leads to."""
    done = set()
    for thing in pdf.objects:
        for holder in _holders(thing, 0):
            name = str(holder.get("/UF", holder.get("/F", "attachment")))
            for stream in holder.EF.values():
                _attachment(gathered, stream, name, done, read_one)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/EmbeddedFile":
            _attachment(gathered, thing, "attachment", done, read_one)


def _holders(thing, depth):
    """Dictionaries that hold a file, also where they stand inside others."""
    if isinstance(thing, pikepdf.Dictionary) and "/EF" in thing:
        yield thing
    if depth < _DEEPEST and isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
        inner = thing.values() if isinstance(thing, pikepdf.Dictionary) else thing
        for one in inner:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
                yield from _holders(one, depth + 1)


def _attachment(gathered, stream, name, done, read_one):
    if isinstance(stream, pikepdf.Stream) and stream.objgen not in done:
        done.add(stream.objgen)
        gathered.embed(bytes(stream.read_bytes()), name, read_one)
