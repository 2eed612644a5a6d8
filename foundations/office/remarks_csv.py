"""Writes problems into a CSV file: same encoding, same delimiter, other records byte for byte."""

import csv
import io

from foundations.office import delimited
from foundations.office.remarks import HEADING, LOOKED_AT, heading_row


def annotate(content, problems):
    texts = {row: text for rows in problems.values() for row, text in rows.items()}
    mark, codec = _encoding(content)
    text = content[len(mark) :].decode(codec, "surrogateescape")
    delimiter = delimited.delimiter_of(text)
    records = list(_records(text, delimiter))
    first = [(number, record) for number, (record, _) in enumerate(records[:LOOKED_AT], start=1)]
    heading = heading_row(first)
    column = _own_column(records, heading)
    written = Appended(records, delimiter) if column is None else Replaced(column, delimiter)
    if heading:
        texts = {heading: HEADING, **texts}
    lines = [
        written.line(record, raw, _writable(texts.get(number, ""), codec))
        for number, (record, raw) in enumerate(records, start=1)
    ]
    return mark + "".join(lines).encode(codec, "surrogateescape")


def _encoding(content):
    """The mark at the start of a file, and a codec that does not look for one."""
    for mark, _ in delimited.MARKS:
        if content.startswith(mark):
            return mark, {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "utf-8")
    return b"", delimited.decode(content)[1]


def _records(text, delimiter):
    """Each record with the very characters it was read from."""
    taken = []

    def lines():
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for record in csv.reader(lines(), delimiter=delimiter):
        yield record, "".join(taken)
        taken.clear()


def _own_column(records, heading):
    """Where an earlier copy already put its problems; None if there was none."""
    if not heading:
        return None
    record = records[heading - 1][0]
    return len(record) - 1 if record and record[-1].strip() == HEADING else None


def _writable(text, codec):
    return text.replace("\n", " ").encode(codec, "replace").decode(codec)


class Appended:
    """A new last column; records without a problem stay as they are."""

    def __init__(self, records, delimiter):
        self.delimiter = delimiter
        self.width = max((len(record) for record, _ in records), default=0)

    def line(self, record, raw, text):
        if not text:
            return raw
        body = raw.rstrip("\r\n")
        missing = self.width - max(1, len(record)) + 1
        quoted = '"' + text.replace('"', '""') + '"'
        return f"{body}{self.delimiter * missing}{quoted}{raw[len(body) :]}"


class Replaced:
    """The column of an earlier copy, with what is wrong now."""

    def __init__(self, column, delimiter):
        self.column = column
        self.delimiter = delimiter

    def line(self, record, raw, text):
        if not text and len(record) <= self.column:
            return raw
        fields = [*(record + [""] * self.column)[: self.column], text]
        out = io.StringIO()
        ending = raw[len(raw.rstrip("\r\n")) :]
        csv.writer(out, delimiter=self.delimiter, lineterminator=ending).writerow(fields)
        return out.getvalue()
