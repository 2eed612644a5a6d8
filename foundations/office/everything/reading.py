"""Tells what kind a file is by its bytes, and has it read whole. Runs in the child process."""

import io
import zipfile

from foundations.office import guard
from foundations.office.archive import MEGABYTE, check_archive
from foundations.office.everything import pdf, pictures, plain, sheets, slides, web, word
from foundations.office.everything.gathered import Gathered
from foundations.office.gate import look_through
from foundations.office.naming import ending
from foundations.office.tables import Refused

_WORD = ("docx", "macro document", "template document")
_SHEETS = ("xlsx", "macro workbook", "template workbook")
_OPEN = ("odt", "ods")
_WEB_ENDINGS = ("html", "htm", "xhtml", "svg")
_NAMES = {
    "ole": "an old or closed format of Word, Excel or Outlook",
    "xlsb": "a binary workbook",
    "program": "a program",
    "unknown": "a kind of file that cannot be read here",
    "rtf": "rich text",
}
LARGEST_MEMBER = 48 * MEGABYTE


def admit(content, name):
    """Nothing is refused at the door: what cannot be read is said with what can."""
    return "everything", name


def read(content, name):
    gathered = Gathered()
    read_one(gathered, content, name)
    return gathered.said()


def read_one(gathered, content, name):
    """Read one file, or one inside another, as far as it can be."""
    try:
        if not content:
            gathered.unread("it is empty")
            return
        _by_kind(gathered, content, name, guard.sniff(content, name))
    except Refused as refusal:
        gathered.unread(refusal.message)
    except (zipfile.BadZipFile, ValueError, KeyError, SyntaxError, OSError, TypeError) as error:
        gathered.unread(f"it is damaged ({type(error).__name__})")


def _by_kind(gathered, content, name, kind):
    if kind in _WORD:
        word.read(gathered, look_through(content, name, "docx"), read_one)
    elif kind in _SHEETS:
        sheets.read(gathered, content, look_through(content, name, "xlsx"), read_one)
    elif kind == "presentation" or kind in _OPEN:
        slides.read(gathered, look_through_any(content, name), read_one)
    elif kind == "pdf":
        pdf.read(gathered, content, read_one)
    elif kind == "archive" and content.startswith(b"PK"):
        _archive(gathered, content, name)
    elif kind == "picture":
        pictures.read(gathered, content, name)
    elif kind == "web page" or (kind == "csv" and ending(name) in _WEB_ENDINGS):
        web.read(gathered, content, name, read_one)
    elif kind in ("csv", "email"):
        plain.read(gathered, content, name)
        if kind == "email":
            gathered.unread("what an e-mail carries in coded form, such as its attachments")
    else:
        gathered.looked_at("loose words")
        gathered.loose("loose words", "file", content)
        gathered.unread(
            f"it is {_NAMES.get(kind, 'an archive')}: only loose words in it were looked at"
        )


def look_through_any(content, name):
    check_archive(content, name, only_looked_at=True)
    return zipfile.ZipFile(io.BytesIO(content))


def _archive(gathered, content, name):
    gathered.looked_at("files in the archive")
    archive = look_through_any(content, name)
    for member in archive.infolist():
        if member.is_dir():
            continue
        if member.file_size > LARGEST_MEMBER:
            gathered.unread(f"“{member.filename}”: it is too large")
            continue
        gathered.embed(archive.read(member), member.filename, read_one)
