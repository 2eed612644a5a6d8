"""Walks the zip package that a .docx or .xlsx is, without unpacking it to disk.

The limits are those of real life: the largest honest part is a worksheet whose formatting was drawn
down to the last of a million rows, and that one is read in slices.
"""

import io
import re
import zipfile
from functools import cached_property
from posixpath import join, normpath

from defusedxml.ElementTree import fromstring

from foundations.office.naming import quoted
from foundations.office.tables import Refused

MEGABYTE = 1024 * 1024
MOST_PARTS = 3_000
LARGEST_PART = 48 * MEGABYTE
LARGEST_SHEET = 320 * MEGABYTE
LARGEST_WHOLE = 64 * MEGABYTE  # sheets are counted apart
LARGEST_SHEETS = 400 * MEGABYTE
STEEPEST = 150  # bytes out for each byte in; text shrinks ten to thirty times
WIDEST_AREA = 10_000_000  # cells between A1 and the last filled one; 24 bytes each when read
SLICE = 4 * MEGABYTE
OVERLAP = 256

MAIN = {
    "docx": b"officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"officedocument.spreadsheetml.sheet.main+xml",
}
# Content types of main parts, the telling ones first.
KINDS = (
    (b"ms-excel.sheet.binary", "xlsb"),
    (b"ms-word.document.macroEnabled", "macro document"),
    (b"ms-word.template.macroEnabled", "macro document"),
    (b"ms-excel.sheet.macroEnabled", "macro workbook"),
    (b"ms-excel.template.macroEnabled", "macro workbook"),
    (b"ms-excel.addin.macroEnabled", "macro workbook"),
    (b"wordprocessingml.template.main+xml", "template document"),
    (b"spreadsheetml.template.main+xml", "template workbook"),
    (MAIN["docx"], "docx"),
    (MAIN["xlsx"], "xlsx"),
    (b"presentationml.", "presentation"),
)
OPEN_DOCUMENT = {b"application/vnd.oasis.opendocument.text": "odt"}
OPEN_DOCUMENT |= {b"application/vnd.oasis.opendocument.spreadsheet": "ods"}

MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/|customui", re.I)
CONTROLS = re.compile(r"activex|/ctrlprops/", re.I)
EMBEDDED = re.compile(r"/embeddings/|oleobject", re.I)
CHART_DATA = re.compile(r"/embeddings/[^/]*\.xlsx$", re.I)
OTHER_BOOK = re.compile(r"/externallinks/", re.I)
PROGRAM = re.compile(r"\.(exe|dll|js|vbs|bat|cmd|ps1|scr|jar|html?|swf)$", re.I)
SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.I)
XML = re.compile(r"\.(xml|rels|vml)$", re.I)

ENCODING = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb"([A-Za-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# A cell beyond column Z or row 99,999: only then is the area of a sheet measured.
FAR = re.compile(rb" r=[\"'][A-Za-z](?:[A-Za-z]|\d{6})")
FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*?(/?)>")
# What makes a reader look at a sheet's XML a second time.
MARKS = (
    ("hidden", b' hidden="'),
    ("error", b' t="e"'),
    ("formula", b"</f>"),
)
FIELD = re.compile(
    rb"fldCharType\s*=\s*[\"'](begin|separate|end)[\"']"
    rb"|<\w+:instrText\b[^>]*>([^<]*)<"
    rb"|<\w+:fldSimple\b[^>]*?\w+:instr\s*=\s*[\"']([^\"']*)"
)
FETCHES = re.compile(
    rb"\s*(?:&quot;|\")?\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK)\b", re.I
)
ALLOWED_LINKS = ("hyperlink", "attachedtemplate")


def too_much(name):
    return (
        f"{quoted(name)} unpacks to far more than its size and cannot be opened safely. Copy its "
        "table into a new document or workbook, save that and upload it."
    )


def protected(name):
    return (
        f"{quoted(name)} is protected with a password. Remove the password and upload again "
        "(in Word or Excel: File, Info, Protect, Encrypt with Password, delete the password, Save)."
    )


def _damaged(name):
    return (
        f"{quoted(name)} is damaged or was not completely copied. Check that it opens on your "
        "computer, save it again under a new name and upload that file."
    )


def kind_of(content, name):
    """What a zip file is: "docx", "xlsx", another office file, or only an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: info for info in archive.infolist()}
        types = members.get("[Content_Types].xml")
        if any(info.flag_bits & 1 for info in members.values()):
            raise Refused(protected(name))
        if types is None:
            return _open_document(archive, members)
        declared = _read(archive, types, MEGABYTE, name)
    for mark, kind in KINDS:
        if mark in declared:
            return kind
    return "archive"


def _open_document(archive, members):
    mimetype = members.get("mimetype")
    if mimetype is None or mimetype.file_size > 100:
        return "archive"
    return OPEN_DOCUMENT.get(archive.read(mimetype).strip(), "archive")


def check(content, name, kind):
    """Raise Refused unless every part of the package is one that may be parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        _check_container(content, archive, members, name)
        for member in members:
            _check_member(member, name)
        _check_sizes(members, name)
    package = Package(content)
    Gate(package, name, kind).check_parts(members)
    return package


def _check_container(content, archive, members, name):
    """One reader must decide: an archive that two zip readers may see differently is refused."""
    if len(members) > MOST_PARTS:
        raise Refused(too_much(name))
    names = [member.filename.lower() for member in members]
    ends = content[-22:-18] == b"PK\x05\x06" and not archive.comment
    if len(set(names)) != len(names) or not ends or _overlap(content, archive, members):
        raise Refused(_damaged(name))


def _overlap(content, archive, members):
    spans = sorted((member.header_offset, member.compress_size) for member in members)
    if not spans or spans[0][0] != 0:
        return True
    starts = [start for start, _ in spans[1:]] + [archive.start_dir]
    for (offset, size), following in zip(spans, starts, strict=True):
        header = content[offset : offset + 30]
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            return True
        own = 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        if offset + own + size > following:
            return True
    return False


def _check_member(member, name):
    path = member.filename
    quote = quoted(name)
    if member.flag_bits & 1:
        raise Refused(protected(name))
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    outside = path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or ":" in path
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(_damaged(name))
    if is_link or outside or "\x00" in member.orig_filename or PROGRAM.search(path):
        raise Refused(
            f"{quote} holds a part that no Word or Excel file needs. Copy its table into a new "
            "document or workbook, save that and upload it."
        )
    if MACROS.search(path):
        raise Refused(
            f"{quote} holds macros. Save it without them (Save As, .docx or .xlsx) and upload again."
        )
    if CONTROLS.search(path):
        raise Refused(
            f"{quote} holds form controls that can run a program. Remove the buttons and boxes "
            "(Developer tab), save it and upload again."
        )
    if OTHER_BOOK.search(path):
        raise Refused(
            f"{quote} takes values from another workbook. In Excel choose Data, Edit Links, Break "
            "Link, save it and upload again."
        )
    if EMBEDDED.search(path) and not CHART_DATA.search(path):
        raise Refused(
            f"{quote} has another file embedded in it. Delete the embedded object, or paste it as "
            "a picture, save it and upload again."
        )


def _check_sizes(members, name):
    sheets = [member for member in members if SHEET.match(member.filename)]
    others = [member for member in members if not SHEET.match(member.filename)]
    too_large = (
        any(member.file_size > LARGEST_PART for member in others)
        or sum(member.file_size for member in others) > LARGEST_WHOLE
    )
    if too_large or any(_is_steep(member) for member in others):
        raise Refused(too_much(name))
    if any(member.file_size > LARGEST_SHEET for member in sheets) or (
        sum(member.file_size for member in sheets) > LARGEST_SHEETS
    ):
        raise Refused(
            f"{quoted(name)} has a sheet far too large to read: usually millions of blank but "
            "formatted cells. Delete the rows below and the columns beside your table, save it and "
            "upload again."
        )


def _is_steep(member):
    return member.file_size > MEGABYTE and member.file_size > STEEPEST * max(
        1, member.compress_size
    )


def _read(archive, member, limit, name):
    if member.file_size > limit:
        raise Refused(too_much(name))
    with archive.open(member) as part:
        content = part.read(limit + 1)
    if len(content) != member.file_size:
        raise Refused(too_much(name))
    return content


class Gate:
    """Reads every XML part once, in slices, and looks for what may not be there."""

    def __init__(self, opened, name, kind):
        self.package = opened
        self.name = name
        self.quote = quoted(name)
        self.kind = kind

    def check_parts(self, members):
        if self.package.main.lower() not in self.package.names:
            raise Refused(_damaged(self.name))
        for member in members:
            if not XML.search(member.filename):
                continue
            if SHEET.match(member.filename):
                self._check_sheet(member)
            else:
                content = _read(self.package.archive, member, LARGEST_PART, self.name)
                self._check_xml(content)
                self._check_links(member.filename, content)
                self._check_fields(member.filename, content)

    def _check_xml(self, content):
        head = content[:400]
        encoding = ENCODING.match(head)
        named = encoding[1].lower() if encoding else b"utf-8"
        if b"\x00" in head or named not in (b"utf-8", b"us-ascii", b"ascii"):
            raise Refused(_damaged(self.name))
        self._check_declarations(content)

    def _check_declarations(self, content):
        if b"<!DOCTYPE" in content:  # without which there are no entities either
            raise Refused(
                f"{self.quote} holds instructions that no Word or Excel file needs. Copy its table "
                "into a new document or workbook, save that and upload it."
            )

    def _check_links(self, path, content):
        if not path.lower().endswith(".rels"):
            return
        for element in RELATIONSHIP.findall(content):
            found = {key.lower(): (a or b) for key, a, b in ATTRIBUTE.findall(element)}
            if found.get(b"targetmode", b"").lower() != b"external":
                continue
            kind = found.get(b"type", b"").decode(errors="replace").rpartition("/")[2].lower()
            if kind not in ALLOWED_LINKS:
                raise Refused(self._link_sentence(kind))

    def _link_sentence(self, kind):
        if kind == "image":
            return (
                f"{self.quote} shows a picture that is kept somewhere else. Delete the picture or "
                "paste it in, save the file and upload again."
            )
        return (
            f"{self.quote} takes part of its content from another file or web address. Remove that "
            "link (in Word or Excel: File, Info, Edit Links to Files, Break Link), save it and "
            "upload again."
        )

    def _check_fields(self, path, content):
        if self.kind != "docx" or not path.lower().startswith("word/"):
            return
        if any(FETCHES.match(instruction) for instruction in _instructions(content)):
            raise Refused(
                f"{self.quote} has a field that fetches content from another file or program. Select "
                "everything (Ctrl+A), turn fields into text (Ctrl+Shift+F9), save it and upload again."
            )

    def _check_sheet(self, member):
        far = False
        marks = set()
        tail, start = b"", True
        for piece in self.package.slices(member.filename, self.name):
            window = tail + piece
            if start:
                self._check_xml(window)
                signs = _signs(window)
                start = False
            else:
                self._check_declarations(window)
            far = far or FAR.search(window) is not None
            marks.update(mark for mark, sign in signs if sign in window)
            tail = window[-OVERLAP:]
        self.package.marks[member.filename.lower()] = marks
        if far:
            self._check_area(member)

    def _check_area(self, member):
        """A filled cell at XFD1048576 would make a reader reserve room for every cell before it."""
        last_row = last_column = 0
        far_cell = ""
        tail = b""
        for piece in self.package.slices(member.filename, self.name):
            window = tail + piece
            for letters, digits, closed in FILLED.findall(window):
                if closed:
                    continue
                row, column = int(digits), column_number(letters.decode().upper())
                if row > last_row or column > last_column:
                    far_cell = f"{letters.decode().upper()}{row}"
                last_row, last_column = max(row, last_row), max(column, last_column)
            tail = window[-OVERLAP:]
        if last_row * last_column > WIDEST_AREA:
            sheet = self.package.sheet_names.get(member.filename)
            where = f", sheet {quoted(sheet)}," if sheet else ""
            raise Refused(
                f"{self.quote}{where} has something in cell {far_cell}, far away from its table. Delete "
                "the rows below and the columns beside the table, save it and upload again."
            )


def _signs(head):
    """What to look for in a sheet, by how its head names things: <worksheet> or <x:worksheet>."""
    prefixed = re.search(rb"<(\w+:)worksheet\b", head)
    if not prefixed:
        return MARKS
    return [(mark, sign.replace(b"</", b"</" + prefixed[1])) for mark, sign in MARKS]


def _instructions(content):
    """The instruction of each field; one field may be spread over several runs, and fields nest."""
    open_fields = []
    for mark, text, simple in FIELD.findall(content):
        if simple:
            yield simple
        elif mark == b"begin":
            open_fields.append(b"")
        elif mark == b"end" and open_fields:
            yield open_fields.pop()
        elif text and open_fields:
            open_fields[-1] += text
        elif text:
            yield text
    yield from open_fields


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Package:
    """The parts of an office file that has passed the gate, or is passing it."""

    def __init__(self, content):
        self.content = content
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self.marks = {}  # by sheet, what the gate saw that makes a reader look twice

    def read(self, path):
        """A part's bytes; none when the file has no such part."""
        name = self.names.get(path.lower())
        return self.archive.read(name) if name else b""

    def slices(self, path, name):
        """A part's bytes, piece by piece; a part longer than it says is refused."""
        member = self.archive.getinfo(self.names[path.lower()])
        total = 0
        with self.archive.open(member) as part:
            while piece := part.read(SLICE):
                total += len(piece)
                if total > member.file_size:
                    raise Refused(too_much(name))
                yield piece
        if total != member.file_size:
            raise Refused(_damaged(name))

    def related(self, path):
        """Relationships of a part: id -> (last word of the type, path of the target)."""
        folder, _, file = path.rpartition("/")
        content = self.read(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for element in fromstring(content) if content else ():
            target = element.get("Target", "")
            inside = (
                target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            )
            found[element.get("Id")] = (element.get("Type", "").rpartition("/")[2], inside)
        return found

    @cached_property
    def main(self):
        """The path of the main part: word/document.xml or xl/workbook.xml, by any name."""
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                return target
        return ""

    @cached_property
    def sheets(self):
        """Sheet names in order, each with the path of its part and its state."""
        related = self.related(self.main)
        found = []
        for element in fromstring(self.read(self.main)).iter():
            if not element.tag.endswith("}sheet"):
                continue
            link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            path = related.get(link, ("", ""))[1]
            found.append((element.get("name", ""), path, element.get("state", "visible")))
        return found

    @cached_property
    def sheet_names(self):
        return {path: name for name, path, _ in self.sheets}
