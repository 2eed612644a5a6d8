"""The child process that joins tagged PDF parts into one PDF/UA-1 document.

Joining pages alone loses the tags, or keeps those of the first part only, which validators do not
notice. Here each part's structure is hung under one root, the numbers that tie marked content to it
are moved along, and the footer is stamped as an artifact. Pages of a PDF that somebody brought keep
their look; each becomes a figure that says what it is and where its words are.
"""

import io
import re
import sys
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from foundations.office.pdf_pages import SuppliedPages
from foundations.office.pdf_pipe import ChildGone, allow_seconds, confine, receive, send

ADDRESS_SPACE = 1024
SECONDS_PER_DOCUMENT = 300

# The footer that templates/pdf/print.css draws on documents made in one piece, in points.
FOOTER_SIZE = 8
FOOTER_BASELINE = 24.6
FOOTER_MARGIN = 51
FOOTER_GREY = "0.282 0.286 0.286"


class Stamp:
    """Writes the footer with the glyphs of a sheet drawn for the purpose."""

    def __init__(self, document, sheet):
        self.fonts = {}  # resource name: the font, in the joined document
        self.glyphs = {}  # character: (resource name, glyph number, width)
        for number, font in enumerate(sheet.pages[0].Resources.Font.values()):
            name = f"/Stamp{number}"
            self.fonts[name] = document.copy_foreign(font)
            widths = _widths(font)
            for character, glyph in _characters(font):
                self.glyphs[character] = (name, glyph, widths.get(glyph, 1000))

    def footer(self, page, marking, middle, number, count):
        width = float(page.mediabox[2])
        pages = f"Page {number} of {count}"
        left = self._text(marking, FOOTER_MARGIN)
        if middle:
            left = f"{left} {self._text(middle, (width - self._width(middle)) / 2)}"
        right = self._text(pages, width - FOOTER_MARGIN - self._width(pages))
        return (
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {FOOTER_GREY} rg "
            f"{left} {right} Q EMC"
        ).encode()

    def _known(self, text):
        return [self.glyphs[character] for character in text if character in self.glyphs]

    def _width(self, text):
        return sum(width for _, _, width in self._known(text)) * FOOTER_SIZE / 1000

    def _text(self, text, x):
        runs = groupby(self._known(text), key=lambda known: known[0])
        shows = " ".join(
            f"{font} {FOOTER_SIZE} Tf <{''.join(f'{glyph:04x}' for _, glyph, _ in run)}> Tj"
            for font, run in runs
        )
        return f"BT {x:.2f} {FOOTER_BASELINE} Td {shows} ET"


def _characters(font):
    table = font.ToUnicode.read_bytes().decode()
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            yield bytes.fromhex(text).decode("utf-16-be"), int(glyph, 16)


def _widths(font):
    """PDF writes widths as `first [w w w]` or `first last w`."""
    widths = {}
    entries = iter(font.DescendantFonts[0].W)
    for first in entries:
        second = next(entries)
        if isinstance(second, pikepdf.Array):
            widths |= {int(first) + i: float(width) for i, width in enumerate(second)}
        else:
            width = float(next(entries))
            widths |= dict.fromkeys(range(int(first), int(second) + 1), width)
    return widths


class Joined:
    """`middle` stands in the footer between the marking and the number of the page."""

    def __init__(self, sheet, marking, middle=""):
        self.marking, self.middle = marking, middle
        self.pdf = pikepdf.new()
        sheet = pikepdf.open(io.BytesIO(sheet))
        self.pdf.Root.Metadata = self.pdf.copy_foreign(sheet.Root.Metadata)
        self.pdf.docinfo["/Title"] = str(sheet.docinfo["/Title"])
        self.stamp = Stamp(self.pdf, sheet)
        self.document = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=Array())
        )
        self.owners = Array()
        self.next_key = 0
        self.bookmarks = []  # (label, first page, the part's own bookmarks)

    def add_supplied(self, label, content):
        part = pikepdf.open(io.BytesIO(content))
        first = len(self.pdf.pages)
        self.pdf.add_pages_from(part)
        SuppliedPages(self, label, self.pdf.pages[first:]).describe()
        self._add_stamp_fonts(first)
        self.bookmarks.append((label, first, []))

    def add(self, label, content):
        part = pikepdf.open(io.BytesIO(content))
        first = len(self.pdf.pages)
        # Two parts may use the same anchor: it is renamed in the later one, with the links to it.
        self.pdf.add_pages_from(part)
        self._add_structure(part, first)
        self._add_stamp_fonts(first)
        self.bookmarks.append((label, first, _outline(part, first)))

    def own(self, page, element):
        """All that is marked on the page belongs to one element of the structure."""
        page.obj.StructParents = self.next_key
        self.owners.append(self.next_key)
        self.owners.append(Array([element]))
        self.next_key += 1

    def _add_structure(self, part, first):
        # The pages are copied already, so what the tree says about them arrives pointing at them.
        tree = self.pdf.copy_foreign(part.Root.StructTreeRoot)
        element = tree.K[0]
        element.S = Name.Part
        element.P = self.document
        self.document.K.append(element)
        nums = list(tree.ParentTree.Nums)
        keys = [int(key) for key in nums[::2]]
        for key, owner in zip(keys, nums[1::2], strict=True):
            self.owners.append(key + self.next_key)
            self.owners.append(owner)
        for page in self.pdf.pages[first:]:
            page.obj.StructParents += self.next_key
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent += self.next_key
        self.next_key += max(keys, default=-1) + 1

    def _add_stamp_fonts(self, first):
        # The pages of a part share their resources.
        resources = {
            page.obj.Resources.objgen: page.obj.Resources for page in self.pdf.pages[first:]
        }
        for shared in resources.values():
            if "/Font" not in shared:
                shared.Font = Dictionary()
            for name, font in self.stamp.fonts.items():
                shared.Font[name] = font

    def finish(self):
        self._stamp_footers()
        self._write_root()
        self._write_bookmarks()
        output = io.BytesIO()
        self.pdf.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
            force_version="1.7",
            deterministic_id=True,
        )
        return output.getvalue()

    def _stamp_footers(self):
        count = len(self.pdf.pages)
        save = pikepdf.Stream(self.pdf, b"q")
        for number, page in enumerate(self.pdf.pages, start=1):
            footer = b"Q " + self.stamp.footer(page, self.marking, self.middle, number, count)
            page.obj.Contents = Array([save, page.obj.Contents, pikepdf.Stream(self.pdf, footer)])

    def _write_root(self):
        root = self.pdf.Root
        root.StructTreeRoot = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self.document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=self.owners)),
                ParentTreeNextKey=self.next_key,
            )
        )
        self.document.P = root.StructTreeRoot
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        root.Lang = String("en-GB")

    def _write_bookmarks(self):
        with self.pdf.open_outline() as outline:
            for label, page, children in self.bookmarks:
                item = OutlineItem(label, page)
                item.is_closed = True
                item.children.extend(OutlineItem(title, number) for title, number in children)
                outline.root.append(item)


def _outline(part, first):
    """The part's own bookmarks, as a flat list of titles and pages of the joined document."""
    numbers = {page.obj.objgen: number for number, page in enumerate(part.pages, start=first)}
    found = []

    def walk(items):
        for item in items:
            found.append((item.title, numbers[item.destination[0].objgen]))
            walk(item.children)

    with part.open_outline() as outline:
        walk(outline.root)
    return found


def main():
    confine(megabytes=ADDRESS_SPACE)
    allow_seconds(SECONDS_PER_DOCUMENT)
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    header, (sheet,) = receive(requests)
    joined = Joined(sheet, header["marking"])
    while True:
        try:
            header, blobs = receive(requests)
        except ChildGone:  # the parent gave up
            return
        if header.get("end"):
            send(replies, {}, joined.finish())
            return
        add = joined.add_supplied if header.get("supplied") else joined.add
        add(header["label"], blobs[0])


if __name__ == "__main__":
    main()
