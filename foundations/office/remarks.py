"""What is wrong with the rows of a file, ready to be written into a last column of that same file.

The file is changed in place rather than written anew by a library: pictures, formats, rules and
quoting that no library knows survive, and only the rows in question are touched. All of this runs in
the child process, on a file that has passed the gate.
"""

import io
import re
import zipfile

from foundations.office.cleaning import CONTROL, LINE_BREAKS

HEADING = "Problem"
LONGEST = 2_000  # characters for one row
LOOKED_AT = 40  # rows among which the heading is looked for
RUNS = re.compile(r"[ \u00a0]*[=+\-@\t\r\n]")


def by_row(problems):
    """{part: {row: text}}: all that is wrong with a row in one text, safe in any cell.

    `problems` are (part, row number, column heading or None, message).
    """
    found = {}
    for part, row, heading, message in problems:
        text = _clean(f"{heading}: {message}" if heading else str(message))
        texts = found.setdefault(part, {}).setdefault(max(1, int(row or 1)), [])
        if text not in texts:
            texts.append(text)
    return {
        part: {row: _fitted("\n".join(texts)) for row, texts in sorted(rows.items())}
        for part, rows in found.items()
    }


def _clean(text):
    return CONTROL.sub("", LINE_BREAKS.sub(" ", text)).strip()


def _fitted(text):
    """Short enough to read, and never something that a spreadsheet would run."""
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f"'{text}" if RUNS.match(text) else text


def heading_row(rows):
    """Of the first rows, as (number, texts), the one that names the columns; None if there is none.

    It is the first that is filled nearly as widely as the widest: titles above it fill one cell.
    """
    filled = [(number, sum(1 for text in texts if text)) for number, texts in rows]
    widest = max((count for _, count in filled), default=0)
    if widest < 2:
        return filled[0][0] if filled else None
    return next(number for number, count in filled if count >= max(2, widest * 0.6))


def repacked(content, changed):
    """A package with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            with new.open(_like(member), "w", force_zip64=False) as part:
                part.write(changed.get(member.filename) or old.read(member))
    return out.getvalue()


def _like(member):
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.compress_type = zipfile.ZIP_DEFLATED
    copy.external_attr = member.external_attr
    return copy
