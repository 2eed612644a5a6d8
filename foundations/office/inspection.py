"""What somebody should know about a Word or PDF file before they hand it in.

    found = inspect(content, name)
    for finding in found.findings: finding.sentence

What may not come in at all is refused by the gate (`guard.py`, `papers.py`), with its own sentence.
The file is opened in a child process only.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from foundations.office.reading import Child

_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?")
NAMED = ("Author", "Last changed by", "Organisation", "Manager")


@dataclass(frozen=True)
class Finding:
    """One thing to know. `is_serious`: most people would not want to send it as it is."""

    kind: str
    sentence: str
    is_serious: bool = False


@dataclass(frozen=True)
class Inspection:
    kind: str  # "docx" or "pdf"
    metadata: tuple = ()  # (what, value) as the file has it
    changes: int = 0  # tracked: added, deleted, moved
    formats: int = 0  # tracked: of looks alone
    changed_by: tuple = ()
    comments: int = 0
    commented_by: tuple = ()
    hidden_words: int = 0
    embedded: tuple = ()
    template: str = ""
    links: int = 0
    inside_links: int = 0  # that lead to files or drives, not to the web
    pages: int | None = None
    fields: int = 0
    has_layers: bool = False
    pictures_only: int = 0  # pages without text

    @property
    def findings(self):
        return tuple(_findings(self))

    @property
    def facts(self):
        """`metadata` as people read it: a moment as a date, everything else as the file has it."""
        return tuple((what, _in_words(value)) for what, value in self.metadata)

    @property
    def has_serious(self):
        return any(finding.is_serious for finding in self.findings)


def inspect(content, name):
    """Look into a Word document or PDF. Raises Refused where it cannot come in."""
    said = json.loads(Child(content, name, work="inspect").answer())
    said["metadata"] = [tuple(pair) for pair in said["metadata"]]
    return Inspection(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    )


def _in_words(value):
    """ "2013-12-23T23:15:00Z" and "D:20131223231500Z" are 23 December 2013, 23:15, as the clock that
    wrote it had it."""
    written = _PDF_DATE.match(value)
    try:
        if written:
            moment = datetime(*(int(part or 0) for part in written.groups()))  # noqa: DTZ001
        elif "T" in value:
            moment = datetime.fromisoformat(value)
        else:
            return value
    except ValueError:
        return value
    return f"{moment:%-d %B %Y, %H:%M}"


def _findings(found):
    yield from _of_words(found)
    yield from _of_links(found)
    yield from _of_pages(found)
    named = [f"{what.lower()} {value}" for what, value in found.metadata if what in NAMED]
    if named:
        yield Finding("named", f"The file itself names: {'; '.join(named)}.")


def _of_words(found):
    if found.changes:
        yield Finding(
            "changes",
            f"{_number(found.changes, 'tracked change')}{_by(found.changed_by)}: whoever has the file"
            " can read what was deleted. Accept or reject all of them (Review, Accept, Accept All).",
            True,
        )
    elif found.formats:
        yield Finding(
            "formats", f"{_number(found.formats, 'tracked change')} of how the text looks."
        )
    if found.comments:
        yield Finding(
            "comments",
            f"{_number(found.comments, 'comment')}{_by(found.commented_by)}, which everybody who has"
            " the file can read. Delete them if they are not meant for the review.",
            True,
        )
    if found.hidden_words:
        yield Finding(
            "hidden",
            f"{_number(found.hidden_words, 'word')} of hidden text, which is not on the printed page"
            " but stays in the file (Home, the sign ¶ shows it).",
            True,
        )


def _of_links(found):
    if found.embedded:
        yield Finding(
            "embedded",
            f"{_number(len(found.embedded), 'workbook')} embedded behind a chart: it holds all its"
            " figures, not only those that are drawn.",
            True,
        )
    if found.template:
        yield Finding(
            "template",
            "It is tied to a template on a computer or network of yours, whose place it names.",
        )
    if found.inside_links:
        yield Finding(
            "inside links",
            f"{_number(found.inside_links, 'link')} to a place that is not on the web: nobody else can"
            " open it, and it may name a folder or a person.",
            True,
        )


def _of_pages(found):
    if found.fields:
        yield Finding("fields", f"{_number(found.fields, 'form field')} that can still be changed.")
    if found.has_layers:
        yield Finding(
            "layers", "It has layers, of which some may be switched off but still there.", True
        )
    if found.pictures_only:
        yield Finding(
            "pictures",
            f"{_number(found.pictures_only, 'page')} of {found.pages} without text, for example from a"
            " scanner: nobody can search in them or have them read out.",
            True,
        )


def _number(number, word):
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _by(names):
    if not names:
        return ""
    shown = ", ".join(names[:5])
    return f" by {shown}" + (f" and {len(names) - 5} more" if len(names) > 5 else "")
