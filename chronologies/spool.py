"""The rows of a file in the form that PostgreSQL's COPY takes, on disk and not in memory.

A spool has no name that another process could open, and ends with the process that made it.
"""

import hashlib
import json
import tempfile
from functools import lru_cache

# The columns of an entry that come from its row, in the order in which a spool holds them.
PLACE = ("position", "part_kind", "part", "row")
CONTENT = (
    "date_text",
    "date_earliest",
    "date_latest",
    "date_precision",
    "date_circa",
    "date_base",
    "is_date_inherited",
    "time",
    "persons",
    "persons_as_written",
    "text",
    "action",
    "comment",
    "source",
    "other",
)
COLUMNS = (*PLACE, *CONTENT, "doubts", "digest")

_IN_MEMORY = 1024 * 1024
_LINES = 500  # written at once
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = r"\N"
_NO_OBJECT, _NO_LIST = "{}", "[]"


class Spool:
    """With keeps=False the rows are only counted, for a look at a file with nothing to compare with."""

    def __init__(self, *, keeps=True):
        self.file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by close)
        self.keeps = keeps
        self.rows = 0
        self._lines = []
        self._digest = hashlib.blake2b(digest_size=16)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self.file.close()

    def add(self, entry):
        self.rows += 1
        if not self.keeps:
            return
        at = entry.at
        content = _content(entry)
        doubts = _escaped(_json(doubts_of(entry))) if entry.doubts else _NO_LIST
        digest = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
        part = _escaped(str(at.part)[:100])
        self._lines.append(
            f"{self.rows}\t{at.part_kind}\t{part}\t{at.row}\t{content}\t{doubts}\t{digest}\n"
        )
        if len(self._lines) == _LINES:
            self._write()

    def _write(self):
        lines = "".join(self._lines).encode()
        self._lines = []
        self._digest.update(lines)
        self.file.write(lines)

    @property
    def digest(self):
        """The same for the same rows in the same order."""
        self._write()
        return self._digest.hexdigest()

    def copy_into(self, cursor, table):
        self._write()
        self.file.seek(0)
        cursor.copy_expert(f"copy {table} ({', '.join(COLUMNS)}) from stdin", self.file)


def doubts_of(entry):
    return [
        {
            "column": doubt.column or "",
            "heading": doubt.heading,
            "message": doubt.message,
            "settled": False,
        }
        for doubt in entry.doubts
    ]


def _content(entry):
    """The columns of CONTENT, in their order."""
    return "\t".join(
        (
            _date(entry.date),
            "t" if entry.inherited else "f",
            _escaped(entry.time),
            _persons(entry.persons),
            _escaped(entry.persons_as_written),
            _escaped(entry.text),
            _escaped(entry.action),
            _escaped(entry.comment),
            _escaped(entry.source),
            _escaped(_json(entry.other)) if entry.other else _NO_OBJECT,
        )
    )


@lru_cache(maxsize=4096)
def _date(date):
    return "\t".join(
        (
            _escaped(date.text),
            date.earliest.isoformat() if date.earliest else _NULL,
            date.latest.isoformat() if date.latest else _NULL,
            date.precision,
            "t" if date.circa else "f",
            _escaped(date.base),
        )
    )


@lru_cache(maxsize=1024)
def _persons(persons):
    quoted = ('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in persons)
    return _escaped("{" + ",".join(quoted) + "}")


def _escaped(text):
    if not text:
        return ""
    if "\n" in text or "\\" in text or "\t" in text or "\r" in text:
        return text.translate(_ESCAPES)
    return text


def _json(value):
    return json.dumps(value, ensure_ascii=False)
