"""Reads CSV and other delimited text as offices save it: any of four encodings, three delimiters."""

import codecs
import csv
import io
import re
from collections import Counter

from foundations.office.tables import Refused

DELIMITERS = (",", ";", "\t", "|")
LONGEST_FIELD = 1_000_000
ASCII = bytes(range(128))
SAMPLE = 60  # records that decide the delimiter
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)

csv.field_size_limit(LONGEST_FIELD)


def is_text(content):
    """Whether bytes without a known signature may be text. A few stray control bytes are forgiven."""
    if any(content.startswith(mark) for mark, _ in MARKS[1:]):
        return True
    start = content[:100_000]
    strange = start.count(0) + len(BINARY.findall(start))
    return strange <= max(8, len(start) // 15)


def decode(content):
    """The text, the name of its encoding, and whether some bytes had to be guessed."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding, False
    try:
        return content.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    # Most of the letters beyond ASCII make sense as UTF-8: somebody pasted into a UTF-8 file.
    if sum(map(len, MULTIBYTE.findall(content))) * 2 > len(content.translate(None, ASCII)):
        return content.decode("utf-8", errors="windows-1252"), "utf-8", True
    # Not strict: five byte values mean nothing in Windows-1252.
    text = content.decode("cp1252", errors="replace")
    return text, "cp1252", "�" in text


def _as_windows_1252(error):
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", errors="replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)


def delimiter_of(text):
    """The delimiter under which most of the first records have the same number of fields."""
    first, _, _ = text.partition("\n")
    named = re.fullmatch(r"\ufeff?\"?sep=(.)\"?\r?", first)
    if named:
        return named[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text, delimiter):
    widths = Counter()
    try:
        for number, record in enumerate(records(text, delimiter)):
            if number >= SAMPLE:
                break
            if len(record) > 1:
                widths[len(record)] += 1
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (rows, width)


def records(text, delimiter, *, strict=False):
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def read(content, file, sender):
    text, _, guessed = decode(content)
    delimiter = delimiter_of(text)
    stray = _check_quotes(text, delimiter, file)
    sender.part("csv", 1)
    for number, record in enumerate(records(text, delimiter), start=1):
        if number > 1 or not _names_delimiter(record):
            sender.row(number, record)
    if guessed:
        sender.warn("Some characters could not be read with certainty and may look wrong.")
    if stray:
        sender.warn(f"A quotation mark inside a cell may hide a column (record {stray}).")


def _names_delimiter(record):
    return bool(record) and record[0].lower().startswith("sep=")


def _check_quotes(text, delimiter, file):
    """A quotation mark that is never closed swallows the rest of the file without a word."""
    place = 1
    try:
        for _ in records(text, delimiter, strict=True):
            place += 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refused(
                f"{file}, record {place}: a quotation mark is opened and never closed. Close it or take "
                "it out, save the file and upload again."
            ) from None
        if "field larger" in str(error):
            raise Refused(
                f"{file}, record {place}: a cell holds more than a million characters, usually because "
                "a quotation mark is never closed. Correct it, save the file and upload again."
            ) from None
        return place
    return 0
