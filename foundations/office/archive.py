"""Looks at the zip archive that a .docx or .xlsx is: by its directory, before any part is opened.

The limits are those of real life: the largest honest part is a worksheet whose formatting was drawn
down to the last of a million rows.
"""

import io
import re
import zipfile

from foundations.office.naming import quoted
from foundations.office.refusals import damaged, protected, too_much
from foundations.office.tables import Refused

MEGABYTE = 1024 * 1024
MOST_PARTS = 3_000
LARGEST_PART = 48 * MEGABYTE
LARGEST_SHEET = 320 * MEGABYTE
LARGEST_WHOLE = 64 * MEGABYTE  # sheets are counted apart
LARGEST_SHEETS = 400 * MEGABYTE
STEEPEST = 150  # bytes out for each byte in; text shrinks ten to thirty times

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


def kind_of(content, name):
    """What a zip file is: "docx", "xlsx", another office file, or only an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: info for info in archive.infolist()}
        types = members.get("[Content_Types].xml")
        if any(info.flag_bits & 1 for info in members.values()):
            raise Refused(protected(name))
        if types is None:
            return _open_document(archive, members)
        declared = read_member(archive, types, MEGABYTE, name)
    for mark, kind in KINDS:
        if mark in declared:
            return kind
    return "archive"


def _open_document(archive, members):
    mimetype = members.get("mimetype")
    if mimetype is None or mimetype.file_size > 100:
        return "archive"
    return OPEN_DOCUMENT.get(archive.read(mimetype).strip(), "archive")


def check_archive(content, name, *, only_looked_at=False):
    """Raise Refused unless every part may be opened. Returns the parts.

    Of a file that is `only_looked_at`, not taken in, parts that could run or fetch something stay.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        _check_container(content, archive, members, name)
        for member in members:
            _check_member(member, name)
            if not only_looked_at:
                _check_is_passive(member, name)
        _check_sizes(members, name)
    return members


def _check_container(content, archive, members, name):
    """One reader must decide: an archive that two zip readers may see differently is refused."""
    if len(members) > MOST_PARTS:
        raise Refused(too_much(name))
    names = [member.filename.lower() for member in members]
    ends = content[-22:-18] == b"PK\x05\x06" and not archive.comment
    if len(set(names)) != len(names) or not ends or _overlap(content, archive, members):
        raise Refused(damaged(name))


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
        raise Refused(damaged(name))
    if is_link or outside or "\x00" in member.orig_filename:
        raise Refused(_needless(quote))


def _check_is_passive(member, name):
    path = member.filename
    quote = quoted(name)
    if PROGRAM.search(path):
        raise Refused(_needless(quote))
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


def _needless(quote):
    return (
        f"{quote} holds a part that no Word or Excel file needs. Copy its table into a new document "
        "or workbook, save that and upload it."
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


def read_member(archive, member, limit, name):
    if member.file_size > limit:
        raise Refused(too_much(name))
    with archive.open(member) as part:
        content = part.read(limit + 1)
    if len(content) != member.file_size:
        raise Refused(too_much(name))
    return content
