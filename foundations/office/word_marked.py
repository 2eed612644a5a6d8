"""Reads a Word document with its emphasis, bookmarks, comments and numbers. Runs in the child process."""

from collections import Counter

from foundations.office import signs
from foundations.office.outline import Outline, letters_in
from foundations.office.word_passages import Reader
from foundations.office.word_styles import W, parsed, switch, value_of
from foundations.office.words import GONE, MC, ORDINAL_ENDS, Walk, empty_placeholders

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WRAPPED = {W + "fldSimple", W + "hyperlink"}
POINTS = {
    W + "bookmarkStart": signs.BOOKMARK,
    W + "commentRangeStart": signs.COMMENT,
    W + "commentRangeEnd": signs.NOT_COMMENT,
}
NOT_KEPT = {
    "u": "underlined",
    "strike": "struck through",
    "dstrike": "struck through",
    "highlight": "highlighted",
    "vertAlign": "raised or lowered",
}
PICTURES = (W + "drawing", W + "pict", W + "object")
OFF = ("none", "0", "false", "off", "baseline")
MOST_CARRIED = 50_000
TEXT_BOX = W + "txbxContent"


def marked(content, package):
    """What `marked.from_json` understands."""
    document = parsed(package.read(package.main))
    body = None if document is None else document.find(f"{W}body")
    reader = MarkedReader(package, Outline("docx"))
    if body is None:
        return reader.said(letters=0)
    empty_placeholders(body)
    reader.clear_of_signs(body)
    _bring_bookmarks_in(body)
    reader.mark_notes(body)
    letters = reader.letters(body)
    reader.flow(body)
    reader.tell(body)
    reader.tell_more(body)
    return reader.said(letters=letters)


def _bring_bookmarks_in(body):
    """A bookmark may begin between paragraphs: it means the one that follows."""
    waiting = []
    for element in list(body.iter(W + "bookmarkStart", W + "p")):
        if element.tag == W + "p":
            at = 1 if element.find(W + "pPr") is not None else 0
            for mark in reversed(waiting):
                element.insert(at, mark)
            waiting = []
        elif next(element.iterancestors(W + "p"), None) is None:
            waiting.append(element)


class MarkedWalk(Walk):
    """A walk that leaves signs in the text."""

    def __init__(self, *rest):
        super().__init__(*rest)
        self.links = {}
        self._fields = []  # of each open field: its instruction, or None once its result has begun
        self._style = None
        self.not_kept = Counter()

    def text(self, element):
        self._style = value_of(element.find(W + "pPr"), "pStyle")
        return super().text(element)

    def _collect(self, element, pieces, hidden):
        for child in element:
            if child.tag in POINTS:
                name = child.get(W + "name") or child.get(W + "id") or ""
                pieces.append(f"{POINTS[child.tag]}{name}{signs.END}")
            elif child.tag == W + "instrText" and self._fields:
                self._fields[-1][0] += child.text or ""
            elif child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"), pieces)
            elif child.tag in WRAPPED:
                self._wrapped(child, pieces, hidden)
            else:
                super()._collect((child,), pieces, hidden)

    def _field(self, what, pieces):
        if what == "begin":
            self._fields.append(["", False])
        elif what == "separate" and self._fields:
            name = _referred(self._fields[-1][0])
            self._fields[-1][1] = bool(name)
            if name:
                pieces.append(f"{signs.FIELD}{name}{signs.END}")
        elif what == "end" and self._fields and self._fields.pop()[1]:
            pieces.append(signs.NOT_FIELD)

    def _wrapped(self, element, pieces, hidden):
        is_field = element.tag == W + "fldSimple"
        name = (
            _referred(element.get(W + "instr") or "")
            if is_field
            else self.links.get(element.get(R + "id"), "")
        )
        begin, end = (signs.FIELD, signs.NOT_FIELD) if is_field else (signs.LINK, signs.NOT_LINK)
        if name:
            pieces.append(f"{begin}{name}{signs.END}")
        self._collect(element, pieces, hidden)
        if name:
            pieces.append(end)

    def _collect_run(self, run, pieces, hidden):
        start = len(pieces)
        super()._collect_run(run, pieces, hidden)
        if not signs.bare("".join(pieces[start:])).strip():
            return
        properties = run.find(W + "rPr")
        self._tell_looks(properties, "".join(pieces[start:]))
        for name, begin, end in (
            ("b", signs.BOLD, signs.NOT_BOLD),
            ("i", signs.ITALIC, signs.NOT_ITALIC),
        ):
            if self._is_emphasis(properties, name):
                pieces.insert(start, begin)
                pieces.append(end)

    def _tell_looks(self, properties, text):
        for name, words in NOT_KEPT.items():
            said = value_of(properties, name) if switch(properties, name) is not None else "none"
            is_ordinal = name == "vertAlign" and signs.bare(text).strip() in ORDINAL_ENDS
            if said not in OFF and not is_ordinal:
                self.not_kept[words] += 1

    def _is_emphasis(self, properties, name):
        """Set by the author, rather than by the style of the whole paragraph."""
        own = switch(properties, name)
        if own is None:
            style = value_of(properties, "rStyle")
            own = bool(style) and self.styles.says(style, name)
        return own and not self.styles.says(self._style, name)


def _referred(instruction):
    """The bookmark whose number or place a field shows."""
    words = instruction.split()
    return words[1].strip('"') if len(words) > 1 and words[0].upper() == "REF" else ""


class MarkedReader(Reader):
    walk_class = MarkedWalk

    def __init__(self, package, outline):
        super().__init__(package, outline)
        self.blocks = []
        self.placed = 0
        self.boxes = self.strange = 0
        self.walk.links = self._links()

    def _links(self):
        folder, _, file = self.package.main.rpartition("/")
        root = parsed(self.package.read(f"{folder}/_rels/{file}.rels"))
        return {
            one.get("Id"): one.get("Target") or ""
            for one in (() if root is None else root)
            if (one.get("TargetMode") or "").lower() == "external"
        }

    def clear_of_signs(self, body):
        """What a file has of our signs would be taken for them. They are of no alphabet."""
        for text in body.iter(W + "t"):
            if text.text and signs.OWN.search(text.text):
                text.text = signs.OWN.sub("", text.text)
                self.strange += 1

    # -- blocks ------------------------------------------------------------------------------------

    def _paragraph(self, found, place):
        text = self._placed(found.text)
        bare = " ".join(signs.bare(text).split())
        level, bold, underlined = 0, False, False
        if found.element is not None and bare:
            level = self.level_by_style(found, bare)
            bold, underlined = self.looks(found.element)
        self.blocks.append(
            {
                "kind": "paragraph",
                "text": text,
                "style": found.style,
                "level": level,
                "label": found.label,
                "depth": found.depth if found.is_listed else None,
                "bold": bold,
                "underlined": underlined,
                "box": bool(place),
            }
        )

    def _table(self, element, number):
        rows = [(row, list(self.walk.cells_of(row))) for row in self.walk.rows_of(element)]
        if all(len(cells) == 1 for _, cells in rows):  # a box around paragraphs
            self.boxes += 1
            for at, (_, cells) in enumerate(rows, start=1):
                for cell in cells:
                    self.flow(cell, table=number, row=at)
            return
        above = {}
        read = [self.walk.row_cells(row, at, above) for at, (row, _) in enumerate(rows, start=1)]
        self._grid(read, is_nested=False)

    def _grid(self, rows, *, is_nested):
        said = [[self._cell(cell) for cell in row] for row in rows]
        self.blocks.append({"kind": "table", "rows": said, "nested": is_nested})
        for row in rows:
            for cell in row:
                for nested in cell.nested:
                    self._grid([inner.cells for inner in nested], is_nested=True)

    def _cell(self, cell):
        labels = cell.labels or ("",) * len(cell.items)
        items = [
            [label, self._placed(text)] for label, text in zip(labels, cell.items, strict=False)
        ]
        return {"items": items, "covered": cell.origin is not None}

    def _placed(self, text):
        self.placed += letters_in(signs.bare(text))
        return self.outline.cleaner.clean(text, f"paragraph {len(self.blocks) + 1}")

    # -- what else is told ---------------------------------------------------------------------------

    def _notes_said(self):
        found = {}
        for mark, paragraphs in self.marked.items():
            texts = [self._placed(self.walk.text(one)).strip() for one in paragraphs]
            found[mark] = "\n".join(filter(None, texts))
        return found

    def _comments(self):
        root = parsed(self.package.read(dict(self.related).get("comments", "")))
        return [
            {
                "id": one.get(W + "id"),
                "by": one.get(W + "author") or "",
                "text": "\n".join(
                    filter(None, (signs.bare(self.walk.text(p)).strip() for p in one.iter(W + "p")))
                ),
            }
            for one in (() if root is None else root.iter(W + "comment"))
        ]

    def _carried(self):
        """Tables of values that a program left in the file for itself: {name: attributes of each row}."""
        found = {}
        for kind, path in self.related:
            root = parsed(self.package.read(path)) if kind == "customXml" else None
            if root is not None:
                rows = [dict(one.attrib) for one in root.iterchildren("{*}*")]
                found[root.tag] = rows[:MOST_CARRIED]
        return found

    def tell_more(self, body):
        doubts = self.outline.doubts
        if boxes := _count(body, TEXT_BOX):
            doubts.append(
                f"{_some(boxes, 'text box was', 'text boxes were')} read where they stand."
            )
        pictures = sum(
            one.find(f".//{TEXT_BOX}") is None
            for one in body.iter(*PICTURES)
            if not _is_second_form(one)
        )
        if pictures:
            doubts.append(
                f"{_some(pictures, 'picture or object was', 'pictures or objects were')} left out: "
                "only text is taken."
            )
        for words, count in sorted(self.walk.not_kept.items()):
            doubts.append(
                f"{_some(count, 'stretch of words is', 'stretches of words are')} {words}, which is not"
                " kept: only bold and italics are."
            )
        if self.strange:
            doubts.append(
                "Signs that belong to no alphabet were left out: "
                f"{_some(self.strange, 'place', 'places')}."
            )

    def said(self, *, letters):
        notes = self._notes_said()
        return {
            "blocks": self.blocks,
            "notes": notes,
            "comments": self._comments(),
            "carried": self._carried(),
            "margins": [signs.bare(text) for text in self.margins()],
            "changed": self.walk.changed,
            "letters": letters,
            "placed": self.placed,
            "doubts": [*self.outline.doubts, *self.outline.cleaner.warnings()],
        }


def _is_second_form(element):
    return any(
        above.tag == MC + "Fallback" or above.tag in GONE for above in element.iterancestors()
    )


def _count(body, tag):
    return sum(not _is_second_form(one) for one in body.iter(tag))


def _some(count, one, many):
    return f"{count} {one if count == 1 else many}"
