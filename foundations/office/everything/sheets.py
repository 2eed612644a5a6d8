"""A workbook with everything in it: cells as shown and as kept, hidden ones, formulas, remarks, names."""

import re
from html import unescape

from lxml import etree

from foundations.office import sheets
from foundations.office.everything import markup, parts
from foundations.office.word_styles import parsed

LOOKED_AT = (
    "cells", "hidden sheets", "hidden rows", "hidden columns", "formulas", "cell comments",
    "sheet names", "defined names", "headers and footers", "pivot tables", "strings no cell shows",
)  # fmt: skip
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.I)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Za-z]+\d+)[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]+)<"
)
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_FORMULAS = {"f", "formula", "formula1", "formula2"}
_OF_PAGES = {f"{pages}{end}" for pages in ("odd", "even", "first") for end in ("Header", "Footer")}
_COMMENTS = re.compile(r"comments|persons|threaded", re.I)


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
    """Formulas, and what stands in a sheet's part around its cells: headers, links, checks, filters."""
    name = package.sheet_names.get(path, path)
    around, size, inside = [], 0, None
    for window in sheets.windows(package, path, name):
        for place, formula in _FORMULA.findall(window):
            where = f"{name}!{place.decode()}"
            gathered.add("formulas", where, unescape(formula.decode("utf-8", errors="replace")))
        pieces, inside = _around(window, inside)
        size += sum(map(len, pieces))
        if size > parts.LARGEST:
            gathered.unread(f"what stands around the cells of “{name}”: it is too large")
            return
        around += pieces
    try:
        _read_around(gathered, name, parsed(b"".join(around)))
    except etree.XMLSyntaxError:
        gathered.unread(f"what stands around the cells of “{name}”: it is damaged")


def _around(window, inside):
    """(pieces that are not among the cells, whether the end is): `inside` is None before the cells, then
    true, then false."""
    if inside is False:
        return [window], False
    before, rest = [], window
    if inside is None:
        begin = _CELLS.search(window)
        if begin is None:
            return [window], None
        before, rest = [window[: begin.start()]], window[begin.end() :]
        if begin[0].endswith(b"/>"):
            return [*before, rest], False
    end = _CELLS_END.search(rest)
    return (before, True) if end is None else ([*before, rest[end.end() :]], False)


def _read_around(gathered, name, root):
    if root is None:
        return
    for element in root.iter(etree.Element):
        tag, text = markup.local(element.tag), element.text or ""
        if tag in _OF_PAGES:
            gathered.add("headers and footers", name, _header(text))
        else:
            part = "formulas" if tag in _FORMULAS else f"{tag} beside the cells"
            gathered.add(part, name, text, aside=tag not in _FORMULAS)
    markup.read_attributes(gathered, name, root)


def _header(text):
    """Without the codes for looks, which may cut a name: "&L&\"Arial,Bold\"&12Title" is a title on the left."""
    text = re.sub(r"&(?:\"[^\"]*\"|\d{1,3}|K[0-9A-F]{6}|[BIUESXY])", "", text)
    return re.sub(r"&[LCRPNDTFAZG]", " ", text)


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
