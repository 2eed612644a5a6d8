"""The rows of a file in the form that PostgreSQL's COPY takes, on disk and not in memory.

A spool has no name that another process could open, and ends with the process that made it.
"""

import hashlib
import json
import tempfile

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
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = r"\N"
_NO_OBJECT, _NO_LIST = "{}", "[]"


class Spool:
    def __init__(self):
        self.file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by close)
        self.rows = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self.file.close()

    def add(self, entry):
        self.rows += 1
        content = "\t".join(_content(entry))
        at = entry.at
        line = "\t".join(
            (
                str(self.rows),
                at.part_kind,
                _escaped(str(at.part)[:100]),
                str(at.row),
                content,
                _escaped(_json(doubts_of(entry))) if entry.doubts else _NO_LIST,
                hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
            )
        )
        self.file.write(line.encode() + b"\n")

    def copy_into(self, cursor, table):
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
    date = entry.date
    return (
        _escaped(date.text),
        date.earliest.isoformat() if date.earliest else _NULL,
        date.latest.isoformat() if date.latest else _NULL,
        date.precision,
        "t" if date.circa else "f",
        _escaped(date.base or ""),
        "t" if entry.inherited else "f",
        _escaped(entry.time),
        _escaped(_array(entry.persons)),
        _escaped(entry.persons_as_written),
        _escaped(entry.text),
        _escaped(entry.action),
        _escaped(entry.comment),
        _escaped(entry.source),
        _escaped(_json(entry.other)) if entry.other else _NO_OBJECT,
    )


def _escaped(text):
    return text.translate(_ESCAPES) if text else ""


def _array(words):
    quoted = ('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)
    return "{" + ",".join(quoted) + "}"


def _json(value):
    return json.dumps(value, ensure_ascii=False)
