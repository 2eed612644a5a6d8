"""Reads a Word document with its emphasis, bookmarks, comments and numbers. Runs in the child process."""

from foundations.office import signs
from foundations.office.outline import Outline, letters_in
from foundations.office.word_passages import NOTES, Reader
from foundations.office.word_signs import MarkedWalk
from foundations.office.word_styles import W, parsed, switch, value_of
from foundations.office.words import GONE, MC, empty_placeholders

PICTURES = (W + "drawing", W + "pict", W + "object")
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
    reader.read_notes()
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


class MarkedReader(Reader):
    walk_class = MarkedWalk

    def __init__(self, package, outline):
        super().__init__(package, outline)
        self.blocks = []
        self.texts_of_notes = {}
        self.placed = 0
        self.boxes = self.strange = 0
        targets = dict(self.related)
        self.walk.links = {f"{W}document": self._links(package.main)} | {
            f"{W}{kind}s": self._links(targets.get(f"{kind}s", "")) for kind in NOTES.values()
        }

    def _links(self, path):
        """{name of a relationship: address} of a part: each part counts its names anew."""
        folder, _, file = path.rpartition("/")
        root = parsed(self.package.read(f"{folder}/_rels/{file}.rels"))
        return {
            one.get("Id"): signs.OWN.sub("", one.get("Target") or "")
            for one in (() if root is None else root)
            if (one.get("TargetMode") or "").lower() == "external"
        }

    def clear_of_signs(self, body):
        """What a file has of our signs would be taken for them. They are of no alphabet."""
        notes = [one for kind in self.notes.values() for note in kind.values() for one in note]
        for text in (one for place in (body, *notes) for one in place.iter(W + "t")):
            if text.text and signs.OWN.search(text.text):
                text.text = signs.OWN.sub("", text.text)
                self.strange += 1

    # -- blocks ------------------------------------------------------------------------------------

    @staticmethod
    def _says(found):
        """Also a number that Word shows with no words beside it, as before a table."""
        return bool(found.text or found.label)

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
        if all(len(cells) == 1 for _, cells in rows) and not self._has_heading(rows):
            # a box around paragraphs
            self.boxes += 1
            for at, (_, cells) in enumerate(rows, start=1):
                for cell in cells:
                    self.flow(cell, table=number, row=at)
            return
        above = {}
        read = [self.walk.row_cells(row, at, above) for at, (row, _) in enumerate(rows, start=1)]
        self._grid(read, is_nested=False)

    def _has_heading(self, rows):
        """A table of one column says that it is one: by its first row, which is to be repeated on each page
        or is set in the style of our own."""
        (first, cells), *rest = rows or [(None, ())]
        styles = (value_of(one.find(W + "pPr"), "pStyle") for c in cells for one in c.iter(W + "p"))
        is_ours = any(self.styles.name(style).casefold() == "table heading" for style in styles)
        is_repeated = first is not None and switch(first.find(W + "trPr"), "tblHeader")
        return is_ours or bool(rest and is_repeated)

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
        if cell.label and not items:  # Word counts in a cell that has nothing else
            items = [[cell.label, ""]]
        return {"items": items, "covered": cell.origin is not None}

    def _placed(self, text):
        self.placed += letters_in(signs.bare(text))
        return self.outline.cleaner.clean(text, f"paragraph {len(self.blocks) + 1}")

    # -- what else is told ---------------------------------------------------------------------------

    def read_notes(self):
        """Before anything is told, so that what is told is of the notes as well."""
        for mark, paragraphs in self.marked.items():
            texts = [self._placed(self.walk.text(one)).strip() for one in paragraphs]
            self.texts_of_notes[mark] = "\n".join(filter(None, texts))

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
                " kept: only bold, italics and striking through are."
            )
        if self.strange:
            doubts.append(
                "Signs that belong to no alphabet were left out: "
                f"{_some(self.strange, 'place', 'places')}."
            )

    def said(self, *, letters):
        return {
            "blocks": self.blocks,
            "notes": self.texts_of_notes,
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
