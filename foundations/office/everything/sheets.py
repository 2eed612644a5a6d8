"""A workbook with everything in it: cells as shown and as kept, hidden ones, formulas, remarks, names."""

import re
from html import unescape

from foundations.office import sheets
from foundations.office.everything import markup, parts
from foundations.office.word_styles import parsed

LOOKED_AT = (
    "cells", "hidden sheets", "hidden rows", "hidden columns", "formulas", "cell comments",
    "sheet names", "defined names", "headers and footers", "pivot tables", "strings no cell shows",
)  # fmt: skip
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.I)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Za-z]+\d+)[\"'][^>]*><(?:\w+:)?f\b[^>]*>([^<]+)<"
)
_AFTER_CELLS = re.compile(rb"</(?:\w+:)?sheetData>(.*)$|<(?:\w+:)?sheetData\s*/>(.*)$", re.S)
_COMMENTS = re.compile(r"comments|persons|threaded", re.I)
_TAIL = 512 * 1024


def read(gathered, content, package, read_one):
    gathered.looked_at(*LOOKED_AT)
    cells = _Cells(gathered, package)
    sheets.read(content, package, cells)
    others = []
    for path in package.names.values():
        if _SHEET.search(path):
            _beside(gathered, package, path)
        elif path.lower().endswith("sharedstrings.xml"):
            _unused(gathered, package, path, cells.seen)
        elif _COMMENTS.search(path) and path.lower().endswith(".xml"):
            _comments(gathered, package, path)
        elif path.lower() == package.main.lower():
            _workbook(gathered, package, path)
        else:
            others.append(path)
    parts.read_others(gathered, package.archive, others, read_one)


class _Cells:
    """Takes the rows that the usual reader of sheets sends."""

    def __init__(self, gathered, package):
        self.gathered, self.package = gathered, package
        self.states = {name: state for name, _, state in package.sheets}
        self.paths = {name: path for name, path, _ in package.sheets}
        self.seen = set()

    def part(self, kind, name, **_):
        self.name = name
        is_hidden = self.states.get(name, "visible") != "visible"
        self.shown = "hidden sheet" if is_hidden else "sheet"
        self.rows, self.columns = _hidden(self.package, self.paths[name], name)

    def row(self, number, texts, extras=None):
        for column, text in enumerate(texts):
            if text:
                self._cell(number, column, text)
        for column, value in (extras or {}).items():
            if isinstance(value, str):
                self._kept(number, column, texts[column], value)

    def _cell(self, number, column, text):
        self.seen.add(" ".join(text.split()))
        self.gathered.add(self._part(number, column), self._where(number, column), text)

    def _kept(self, number, column, shown, value):
        """A date that a cell shows as "Oct-13" is kept to the day."""
        kind, _, written = value.partition(" ")
        if kind in ("date", "datetime"):
            year, month, day = written[:10].split("-")
            if not (day.lstrip("0") in re.findall(r"[1-9]\d?", shown) and year[2:] in shown):
                part = f"{self._part(number, column)}, value behind what is shown"
                self.gathered.add(part, self._where(number, column), f"{day}/{month}/{year}")

    def _part(self, number, column):
        part = f"{self.shown} “{self.name}”"
        if number in self.rows:
            part += ", hidden row"
        if column in self.columns:
            part += ", hidden column"
        return part

    def _where(self, number, column):
        return f"{self.name}!{sheets.column_letters(column)}{number}"

    def warn(self, sentence):
        pass


def _hidden(package, path, name):
    """(numbers of hidden rows, columns from 0)"""
    rows, columns = set(), set()
    if "hidden" not in package.marks.get(path.lower(), ()):
        return rows, columns
    for window in sheets.windows(package, path, name):
        for tag in sheets.HIDDEN_ROW.findall(window):
            if found := re.search(rb"\br\s*=\s*[\"'](\d+)", tag):
                rows.add(int(found[1]))
        for tag in sheets.HIDDEN_COLUMN.findall(window):
            ends = {key: int(value) for key, value in sheets.MIN_MAX.findall(tag)}
            first = ends.get(b"min", 1)
            columns.update(range(first - 1, min(ends.get(b"max", first), first + 500)))
    return rows, columns


def _beside(gathered, package, path):
    """Formulas, and what stands in a sheet's part after its cells: headers, links, checks."""
    name = package.sheet_names.get(path, path)
    rest = b""
    for window in sheets.windows(package, path, name):
        rest = window
        for place, formula in _FORMULA.findall(window):
            where = f"{name}!{place.decode()}"
            gathered.add("formulas", where, unescape(formula.decode("utf-8", errors="replace")))
    found = _AFTER_CELLS.search(rest[-_TAIL:])
    for tag, text in re.findall(
        rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer)|formula[12]?)\b[^>]*>([^<]+)<", rest
    ):
        part = "formulas" if tag.startswith(b"formula") else "headers and footers"
        gathered.add(part, name, _header(unescape(text.decode("utf-8", errors="replace"))))
    for key, value in re.findall(
        rb"\b(tooltip|display|location|prompt|promptTitle|error|errorTitle)=\"([^\"]+)\"",
        (found[1] or found[2] or b"") if found else b"",
    ):
        part = markup.ATTRIBUTES[key.decode()]
        gathered.add(part, name, unescape(value.decode("utf-8", errors="replace")))


def _header(text):
    """Without the codes for looks: "&L&\"Arial,Bold\"&12Title" is a title on the left."""
    return re.sub(r"&(?:[LCR]|\"[^\"]*\"|\d{1,3}|K[0-9A-F]{6}|[BIUESXY]|[PNDTFAZG])", " ", text)


def _unused(gathered, package, path, seen):
    """What was in cells once, and no cell shows any more."""
    root = parsed(package.read(path))
    for number, item in enumerate(() if root is None else root):
        text = "".join(one.text or "" for one in item.iter() if markup.local(one.tag) == "t")
        if " ".join(text.split()) not in seen:
            gathered.add("strings no cell shows", f"string {number + 1}", text)


def _comments(gathered, package, path):
    root = parsed(package.read(path))
    if root is None:
        return
    markup.read_attributes(gathered, path, root)
    for element in root.iter():
        tag = markup.local(element.tag)
        if tag in ("comment", "threadedComment"):
            text = "".join(
                one.text or "" for one in element.iter() if markup.local(one.tag) in ("t", "text")
            )
            gathered.add("cell comments", f"comment on {element.get('ref') or 'a cell'}", text)
        elif tag == "author":
            gathered.add("names of authors", path, element.text or "")


def _workbook(gathered, package, path):
    root = parsed(package.read(path))
    markup.read_attributes(gathered, path, root)
    for element in root.iter():
        if markup.local(element.tag) == "definedName":
            gathered.add("defined names", element.get("name") or "", element.text or "")
