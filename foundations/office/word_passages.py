"""Reads a Word report by heading, with its tables row by row and its notes. Runs in the child process."""

import re

from foundations.office.numbering import Lists, whole
from foundations.office.outline import Outline, is_capitals, letters_in
from foundations.office.symbols import told
from foundations.office.word_styles import Styles, W, parsed, switch, value_of
from foundations.office.words import GONE, MC, Walk, empty_placeholders, is_remark

LONGEST_HEADING = 300  # a whole paragraph in a heading style is a paragraph
NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
UNREAD = {W + "del", W + "moveFrom", MC + "Fallback"}
# Signs of a private kind stand around the mark of a note, until it is known which notes are met.
MARK = re.compile("\ue000(\\[\\d+\\])\ue001")
BULLET = "•"
MANY_NOTES = ("footnotes were", "their", "they stand")


def passages(content, package):
    document = parsed(package.read(package.main))
    body = None if document is None else document.find(f"{W}body")
    outline = Outline("docx")
    if body is None:
        return outline.said(margins=(), letters=0)
    empty_placeholders(body)
    reader = Reader(package, outline)
    reader.mark_notes(body)
    letters = reader.letters(body)
    reader.flow(body)
    reader.tell(body)
    return outline.said(margins=reader.margins(), letters=letters)


class Reader:
    walk_class = Walk

    def __init__(self, package, outline):
        self.package, self.outline = package, outline
        self.related = list(package.related(package.main).values())
        targets = dict(self.related)
        self.styles = Styles(parsed(package.read(targets.get("styles", ""))))
        lists = Lists(parsed(package.read(targets.get("numbering", ""))), W)
        self.walk = self.walk_class(self.styles, lists, None)
        self.counting = Walk(self.styles, lists, None)  # apart from the reading
        self.notes = {
            kind: self._notes(targets.get(f"{kind}s", ""), kind) for kind in NOTES.values()
        }
        self.marked = {}  # mark: paragraphs of the note
        self.lost_notes = 0  # called, but not there; or called within another note
        self.tables = 0

    def _notes(self, path, kind):
        root = parsed(self.package.read(path)) if path else None
        found = () if root is None else root.findall(W + kind)
        return {note.get(W + "id"): list(note.iter(W + "p")) for note in found}

    # -- notes ---------------------------------------------------------------------------------

    def mark_notes(self, body):
        """A mark in the text where each note stands."""
        for reference in [one for one in body.iter(*NOTES) if not _is_unread(one)]:
            paragraphs = self.notes[NOTES[reference.tag]].get(reference.get(W + "id"))
            if paragraphs is None:
                self.lost_notes += 1
                continue
            mark = f"[{len(self.marked) + 1}]"
            self.marked[mark] = paragraphs
            reference.tag = W + "t"
            reference.text = f"\ue000{mark}\ue001"
        within = [one for note in self.marked.values() for one in note]
        self.lost_notes += sum(len(list(one.iter(*NOTES))) for one in within)

    def _tell_notes(self, texts):
        for mark in MARK.findall("".join(texts)):
            note = "\n".join(
                filter(None, (self.walk.text(one).strip() for one in self.marked[mark]))
            )
            self.outline.block("note", note, label=mark)

    def letters(self, body):
        """How many there are, counted by the paragraphs of the file and not by our reading of it."""
        own = [
            paragraph
            for paragraph in body.iter(W + "p")
            if not _is_unread(paragraph)
            and not is_remark(paragraph)
            and next(paragraph.iterancestors(W + "p"), None) is None
        ]
        notes = [paragraph for note in self.marked.values() for paragraph in note]
        return sum(letters_in(self.counting.text(paragraph)) for paragraph in [*own, *notes])

    # -- paragraphs ----------------------------------------------------------------------------

    def flow(self, element, **place):
        for kind, block in self.walk.blocks(element):
            if kind == "table":
                self.tables += not place
                self._table(block, place.get("table", self.tables))
            elif self._says(block):
                self._paragraph(block, place)

    @staticmethod
    def _says(found):
        return bool(found.text)

    def _paragraph(self, found, place):
        text = MARK.sub(r"\1", found.text)
        if not self._is_heading(found, text):
            label = found.label or (BULLET if found.is_listed else "")
            depth = found.depth if found.is_listed else None
            self.outline.block("paragraph", text, label=label, depth=depth, **place)
        self._tell_notes([found.text])

    def _is_heading(self, found, text):
        """Tells the outline of a heading, and says whether it was one."""
        if found.element is None:
            return False
        if level := self.level_by_style(found, text):
            self.outline.heading(" ".join(text.split("\n")), level=level, label=found.label)
            return True
        if found.is_listed and not found.label:
            return False
        is_bold, is_underlined = self.looks(found.element)
        is_strong = is_underlined or is_capitals(text)
        if not (is_bold or is_strong):
            return False
        return self.outline.guess(text, label=found.label, is_strong=is_strong)

    def level_by_style(self, found, text):
        """1 to 9 for a heading by its style, 0 for what is none."""
        properties = found.element.find(W + "pPr")
        own = value_of(properties, "outlineLvl")
        style = value_of(properties, "pStyle")
        level = whole(own, 9) + 1 if own is not None else self.styles.heading_level(style)
        return level if level < 10 and len(text) <= LONGEST_HEADING else 0

    def looks(self, element):
        """(all in bold, all underlined)"""
        style = value_of(element.find(W + "pPr"), "pStyle")
        bold = underlined = True
        for run in element.iter(W + "r"):
            if not any((text.text or "").strip() for text in run.findall(W + "t")):
                continue
            properties = run.find(W + "rPr")
            own = switch(properties, "b")
            if own is None:
                own = any(
                    self.styles.says(key, "b")
                    for key in (value_of(properties, "rStyle"), style)
                    if key
                )
            bold = bold and own
            underlined = underlined and value_of(properties, "u") not in (None, "none")
        return bold, underlined

    # -- tables --------------------------------------------------------------------------------

    def _table(self, element, number):
        """Row by row. A row of one cell is a box around paragraphs, which may be headings."""
        above = {}
        for at, row in enumerate(self.walk.rows_of(element), start=1):
            cells = list(self.walk.cells_of(row))
            if len(cells) == 1 and cells[0].find(f"{W}tcPr/{W}vMerge") is None:
                self.flow(cells[0], table=number, row=at)
            else:
                self._row(self.walk.row_cells(row, at, above), number, at)

    def _row(self, cells, table, row):
        texts = [cell.text for cell in cells]
        self.outline.block(
            "row",
            "",
            cells=[MARK.sub(r"\1", text) for text in texts],
            labels=[cell.label for cell in cells],
            table=table,
            row=row,
        )
        self._tell_notes(texts)
        for cell in cells:
            for nested in cell.nested:
                for inner in nested:
                    self._row(inner.cells, table, row)

    # -- what else is to be said ---------------------------------------------------------------

    def margins(self):
        """Headers and footers, each text once."""
        found = {}
        for kind, path in self.related:
            if kind in ("header", "footer"):
                root = parsed(self.package.read(path))
                for paragraph in () if root is None else root.iter(W + "p"):
                    found[" ".join(self.walk.text(paragraph).split())] = True
        return list(filter(None, found))

    def tell(self, body):
        if self.walk.changed:
            self.outline.doubts.append(
                "The document has tracked changes. It was read as if all of them were accepted."
            )
        if self.walk.hidden:
            self.outline.doubts.append("The document has hidden text, which was left out.")
        if n := self.lost_notes:
            some, its, it = ("footnote was", "its", "it stands") if n == 1 else MANY_NOTES
            self.outline.doubts.append(
                f"{n} {some} left out: {its} words are not in the file, or {it} within another footnote."
            )
        if self.walk.unknown:
            self.outline.doubts.append(told(self.walk.unknown))
        if next(body.iter(W + "altChunk"), None) is not None:
            self.outline.doubts.append(
                "Part of the document was inserted from another file and was not read. Open it in"
                " Word, save it and upload it again."
            )


def _is_unread(element):
    """Deleted, moved away, or a second form of the same thing."""
    for above in element.iterancestors():
        if above.tag in UNREAD:
            return True
        if above.tag == W + "tr" and above.find(f"{W}trPr/{W}del") is not None:
            return True
        if above.tag == W + "tc" and above.find(f"{W}tcPr/{W}cellDel") is not None:
            return True
    return element.tag in GONE
