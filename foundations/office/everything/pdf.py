"""A PDF with everything in it: letters wherever they stand, also under boxes, and every string beside."""

import encodings.utf_16_be  # noqa: F401  before the child may open no more files
import heapq  # noqa: F401
import io
import re

import fontTools.cffLib  # noqa: F401
import pikepdf
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LOOKED_AT = (
    "pages", "annotations", "form fields", "outline", "links", "alternative text", "layers",
    "document properties", "metadata", "attachments", "scripts", "earlier versions",
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
_EARLIER = 3
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
        _pages(gathered, pdf, content)
        _strings(gathered, pdf)
        _properties(gathered, pdf)
        _attachments(gathered, pdf, read_one)
        if not pdf.is_linearized:
            _earlier(gathered, content)


def _pages(gathered, pdf, content):
    if pdf.is_encrypted:
        out = io.BytesIO()
        pdf.save(out)
        content = out.getvalue()
    pictures = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, start=1):
        if number > MOST_PAGES:
            gathered.unread(f"pages after the {MOST_PAGES:,}th")
            break
        try:
            text = page.extract_text()
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            gathered.unread(f"page {number}: its letters are damaged ({type(error).__name__})")
            continue
        gathered.add("page", f"page {number}", text)
        if not text.strip():
            pictures.append(number)
    for number in pictures:
        gathered.unread(f"page {number}: it has no text, and may be a picture")
    drawn = sum(_pictures(page) for page in pdf.pages)
    if drawn:
        gathered.unread(f"what {drawn} picture{'' if drawn == 1 else 's'} on the pages show")


def _pictures(page):
    found = page.resources.get("/XObject", {}) if page.obj.get("/Resources") is not None else {}
    return sum(str(one.get("/Subtype", "")) == "/Image" for one in found.values())


def _strings(gathered, pdf):
    """Every text string of every object: remarks, fields, titles, links, other people's keys."""
    seen = set()
    told = pdf.docinfo.objgen  # among the properties
    for thing in pdf.objects:
        if getattr(thing, "objgen", None) == told:
            continue
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            _walk(gathered, thing, "", seen, 0)


def _walk(gathered, thing, key, seen, depth):
    if depth > _DEEPEST:
        return
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            _look(gathered, one, key, seen, depth)
        return
    if str(thing.get("/Type", "")) in ("/Font", "/FontDescriptor", "/Encrypt", "/XRef", "/ObjStm"):
        return
    for name, value in thing.items():
        if name == "/JS" and isinstance(value, pikepdf.Stream):
            gathered.add("scripts", "script", value.read_bytes().decode("latin-1"))
        elif name not in _NO_WORDS:
            _look(gathered, value, name, seen, depth)


def _look(gathered, value, key, seen, depth):
    if isinstance(value, pikepdf.String):
        text = str(value)
        part = _PARTS.get(key, "other strings")
        if (part, text) not in seen and re.search(r"\w\w", text):
            seen.add((part, text))
            gathered.add(part, key.strip("/"), _TAG.sub("", text) if key == "/RC" else text)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        _walk(gathered, value, key, seen, depth + 1)


def _properties(gathered, pdf):
    for key, value in pdf.docinfo.items():
        gathered.add("document properties", key.strip("/"), str(value))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Type", "")) == "/Metadata":
            text = thing.read_bytes().decode("utf-8", errors="replace")
            gathered.add("metadata", "XMP", _TAG.sub("\n", text))


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


def _earlier(gathered, content):
    """What was changed and saved into the same file stands there still."""
    ends = [match.end() for match in re.finditer(rb"%%EOF\s", content)]
    ends = [end for end in ends if len(content) - end > 50][-_EARLIER:]
    now = {" ".join(one["text"].split()) for one in gathered.stretches}
    for number, end in enumerate(ends, start=1):
        try:
            pages = PdfReader(io.BytesIO(content[:end])).pages
            texts = [page.extract_text() for page in pages]
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            gathered.unread("an earlier version saved inside the file")
            continue
        for page, text in enumerate(texts, start=1):
            if " ".join(text.split()) not in now:
                gathered.add(
                    "earlier version", f"version {number}, page {page}", text, told_again=True
                )
