"""A Word document with everything in it: shown, hidden, inserted, deleted, noted, remarked."""

import re

from foundations.office.everything import markup, parts
from foundations.office.everything.word_forms import second_form, words_of_drawings
from foundations.office.everything.word_joined import Joined
from foundations.office.numbering import Lists
from foundations.office.symbols import symbol
from foundations.office.word_styles import Styles, W, parsed, switch, value_of
from foundations.office.words import MATH, MC

STORIES = (
    (re.compile(r"^word/header\d*\.xml$", re.I), "header"),
    (re.compile(r"^word/footer\d*\.xml$", re.I), "footer"),
    (re.compile(r"^word/footnotes\.xml$", re.I), "footnotes"),
    (re.compile(r"^word/endnotes\.xml$", re.I), "endnotes"),
    (re.compile(r"^word/comments\.xml$", re.I), "comments"),
    (re.compile(r"^word/glossary/document\.xml$", re.I), "building blocks"),
)
LOOKED_AT = (
    "body", "tables", "text boxes", "headers", "footers", "footnotes", "endnotes", "comments",
    "tracked changes", "hidden text", "drawings", "bookmarks", "document variables", "style names",
)  # fmt: skip
TYPED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,3}){0,3})[.)]?\s")
DELETED = {W + "del", W + "moveFrom"}
INSERTED = {W + "ins", W + "moveTo"}
SKIPPED = {W + "pPr", W + "rPr", W + "sectPr", W + "tblPr", W + "tcPr"}
HELD = {W + "txbxContent"}
WORDS = {W + "t", W + "delText", MATH + "t"}
_STYLES = re.compile(r"word/styles(?:witheffects)?\.xml$", re.I)


def read(gathered, package, read_one):
    gathered.looked_at(*LOOKED_AT)
    related = dict(package.related(package.main).values())
    styles = Styles(parsed(package.read(related.get("styles", ""))))
    numbering = parsed(package.read(related.get("numbering", "")))
    others = []
    for path in package.names.values():
        part = _story(package, path)
        if part is None and not _STYLES.search(path):
            others.append(path)
        elif part is not None and (root := parsed(package.read(path))) is not None:
            Story(gathered, part, path, styles, Lists(numbering, W)).read(root)
    _style_names(gathered, parsed(package.read(related.get("styles", ""))))
    parts.read_others(gathered, package.archive, others, read_one)


def _story(package, path):
    if path.lower() == package.main.lower():
        return "body"
    return next((part for pattern, part in STORIES if pattern.search(path)), None)


def _style_names(gathered, root):
    for style in () if root is None else root.findall(W + "style"):
        if style.get(W + "customStyle") in ("1", "true"):
            gathered.add("style names", "styles", value_of(style, "name") or "")


class Story:
    """One run of paragraphs: the body, a header, the footnotes."""

    def __init__(self, gathered, part, path, styles, lists):
        self.gathered, self.part, self.path = gathered, part, path
        self.styles, self.lists = styles, lists
        self.paragraphs = self.tables = 0
        self.joined = Joined()

    def read(self, root):
        self.blocks(root, "")
        for number, text in enumerate(words_of_drawings(root), start=1):
            self.gathered.add(f"{self.part}, drawings", f"drawing {number}", text)
        markup.read_attributes(self.gathered, self.path, root)

    def blocks(self, element, place, changed=""):
        for child in element:
            tag = child.tag
            if tag == W + "p":
                self.paragraph(child, place, changed)
            elif tag == W + "tbl":
                self.table(child, place, changed)
            elif tag not in SKIPPED and isinstance(tag, str):
                state = "deleted" if tag in DELETED else "inserted" if tag in INSERTED else changed
                self.blocks(child, self._place(child, place), state)

    @staticmethod
    def _place(element, place):
        kind = markup.local(element.tag)
        if kind in ("comment", "footnote", "endnote"):
            return f"{kind} {element.get(W + 'id')}"
        return place

    def table(self, element, place, changed):
        self.tables += 1
        number = self.tables
        for row, line in enumerate(element.iter(W + "tr"), start=1):
            if next(line.iterancestors(W + "tbl")) is not element:
                continue
            gone = line.find(f"{W}trPr/{W}del") is not None
            column = 0
            for cell in line.iter(W + "tc"):
                if next(cell.iterancestors(W + "tr")) is not line:
                    continue
                column += 1
                where = f"{place + ', ' if place else ''}table {number}, row {row}, column {column}"
                self.blocks(cell, where, "deleted" if gone else changed)

    # -- paragraphs ------------------------------------------------------------------------------

    def paragraph(self, element, place, changed):
        self.paragraphs += 1
        pieces, held, codes = [], [], []
        hidden = self.styles.hides(value_of(element.find(W + "pPr"), "pStyle"))
        self._collect(element, _State(changed, hidden), pieces, held, codes)
        where = place or f"paragraph {self.paragraphs}"
        number = self._number(element, pieces)
        where = f"{where} ({number})" if number else where
        self._tell(where, pieces)
        if both := self.joined.next(element, pieces):
            where_both = f"{where} with the one before"
            self.gathered.add(self.part, where_both, both, told_again=True)
        if codes:
            self.gathered.add(f"{self.part}, field codes", where, "".join(codes))
        for box in held:
            self.blocks(box, f"{where}, text box", changed)

    def _number(self, element, pieces):
        """As Word counts it, or as it is typed at the beginning."""
        properties = element.find(W + "pPr")
        own = None if properties is None else properties.find(W + "numPr")
        number, depth = self.styles.list_of(value_of(properties, "pStyle"))
        if own is not None:
            number, depth = value_of(own, "numId") or number, value_of(own, "ilvl") or depth
        if number and number != "0":
            label, _ = self.lists.next(number, int(depth or 0))
            return label.strip(" .)")
        typed = TYPED.match("".join(text for text, _ in pieces[:6]))
        return typed[1] if typed else ""

    def _collect(self, element, state, pieces, held, codes):
        for child in element:
            tag = child.tag
            if tag in SKIPPED or not isinstance(tag, str):
                continue
            if tag in HELD:
                held.append(child)
            elif tag == MC + "Fallback":
                held.extend(second_form(child))
            elif tag in DELETED:
                self._collect(child, state.now("deleted"), pieces, held, codes)
            elif tag in INSERTED:
                self._collect(child, state.now("inserted"), pieces, held, codes)
            elif tag == W + "r":
                self._collect(child, self._of_run(child, state), pieces, held, codes)
            elif tag in (W + "instrText", W + "delInstrText"):
                codes.append(child.text or "")
            elif text := _text(child):
                pieces.append((text, state))
            else:
                self._collect(child, state, pieces, held, codes)

    def _of_run(self, run, state):
        properties = run.find(W + "rPr")
        if properties is None:
            return state
        own = switch(properties, "vanish")
        if own is None:
            own = switch(properties, "webHidden")
        if own is None:
            style = value_of(properties, "rStyle")
            own = state.hidden or bool(style and self.styles.hides(style))
        white = (value_of(properties, "color") or "").upper() == "FFFFFF"
        return _State(state.changed, bool(own), white)

    def _tell(self, where, pieces):
        """As it is shown and hidden; without what is hidden, if that cuts words; as it was before."""
        now = [(text, state) for text, state in pieces if state.changed != "deleted"]
        self._add(where, now)
        if any(state.hidden for _, state in now) and not all(state.hidden for _, state in now):
            self._add(where, [one for one in now if not one[1].hidden], again=True)
        if any(state.changed == "deleted" for _, state in pieces):
            self._add(where, [one for one in pieces if one[1].changed != "inserted"], again=True)

    def _add(self, where, pieces, *, again=False):
        marks, at = [], 0
        for text, state in pieces:
            if what := state.in_words:
                marks.append([at, at + len(text), what])
            at += len(text)
        text = "".join(text for text, _ in pieces)
        self.gathered.add(self.part, where, text, marks=marks, told_again=again)


class _State:
    """How a run stands in the document."""

    __slots__ = ("changed", "hidden", "white")

    def __init__(self, changed="", hidden=False, white=False):
        self.changed, self.hidden, self.white = changed, hidden, white

    def now(self, changed):
        return _State(changed, self.hidden, self.white)

    @property
    def in_words(self):
        said = (
            f"{self.changed} text" if self.changed else "",
            "hidden text" if self.hidden else "",
            "white text" if self.white else "",
        )
        return ", ".join(filter(None, said))


def _text(element):
    tag = element.tag
    if tag in WORDS:
        return (element.text or "") + "".join(remark.tail or "" for remark in element)
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag in (W + "br", W + "cr"):
        return "\n"
    if tag == W + "noBreakHyphen":
        return "-"
    if tag == W + "softHyphen":
        return "\u00ad"
    return symbol(element) if tag == W + "sym" else ""
