"""The gate inside a package: reads every XML part once, and refuses what may not be there."""

import re

from foundations.office.archive import LARGEST_PART, SHEET, check_archive, read_member
from foundations.office.naming import quoted
from foundations.office.package import Package, column_number
from foundations.office.refusals import damaged
from foundations.office.tables import Refused

WIDEST_AREA = 10_000_000  # cells between A1 and the last filled one; 24 bytes each when read
OVERLAP = 256

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


def check(content, name, kind):
    """Raise Refused unless every part of the package is one that may be parsed. Returns the package."""
    members = check_archive(content, name)
    package = Package(content)
    Gate(package, name, kind).check_parts(members)
    return package


def look_through(content, name, kind):
    """The package of a file that is only looked at: what it links to or runs is no matter here."""
    members = check_archive(content, name, only_looked_at=True)
    package = Package(content)
    _Onlooker(package, name, kind).check_parts(members)
    return package


class Gate:
    """Reads every XML part once, in slices, and looks for what may not be there."""

    def __init__(self, opened, name, kind):
        self.package = opened
        self.name = name
        self.quote = quoted(name)
        self.kind = kind

    def check_parts(self, members):
        if self.package.main.lower() not in self.package.names:
            raise Refused(damaged(self.name))
        for member in members:
            if not XML.search(member.filename):
                continue
            if SHEET.match(member.filename):
                self._check_sheet(member)
            else:
                content = read_member(self.package.archive, member, LARGEST_PART, self.name)
                self._check_xml(content)
                self._check_links(member.filename, content)
                self._check_fields(member.filename, content)

    def _check_xml(self, content):
        head = content[:400]
        encoding = ENCODING.match(head)
        named = encoding[1].lower() if encoding else b"utf-8"
        if b"\x00" in head or named not in (b"utf-8", b"us-ascii", b"ascii"):
            raise Refused(damaged(self.name))
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


class _Onlooker(Gate):
    """Refuses what could hurt whoever reads, and nothing else."""

    def _check_links(self, path, content):
        pass

    def _check_fields(self, path, content):
        pass


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
