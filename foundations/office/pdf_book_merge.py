"""The child process that joins the chapters of one document, as `pdf_merge` joins parts.

What tells chapters from parts: a link may lead from one to another, and their headings are bookmarks of one
tree, as if all had been drawn together.
"""

import io
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from foundations.office.pdf_chapters import place_meant
from foundations.office.pdf_merge import ADDRESS_SPACE, SECONDS_PER_DOCUMENT, Joined
from foundations.office.pdf_pipe import ChildGone, allow_seconds, confine, receive, send


class Book(Joined):
    def __init__(self, sheet, marking, middle):
        super().__init__(sheet, marking, middle)
        self.places = {}  # name: where in the joined document

    def add_chapter(self, content):
        part = pikepdf.open(io.BytesIO(content))
        first = len(self.pdf.pages)
        self.pdf.pages.extend(part.pages)
        self._add_structure(part, first)
        self._add_stamp_fonts(first)
        pages = [page.obj for page in self.pdf.pages[first:]]
        here = {page.obj.objgen: pages[number] for number, page in enumerate(part.pages)}
        for name, place in _named(part):
            self.places.setdefault(name, Array([here[place[0].objgen], *place[1:]]))
        with part.open_outline() as outline:
            self.bookmarks += [_copied(one, here) for one in outline.root]

    def finish(self):
        for page in self.pdf.pages:
            if "/Annots" in page.obj:
                self._settle_links(page.obj)
        if self.places:
            # Viewers look for a name by its bytes.
            pairs = sorted(self.places.items(), key=lambda pair: bytes(String(pair[0])))
            names = Array([thing for name, place in pairs for thing in (String(name), place)])
            self.pdf.Root.Names = Dictionary(Dests=self.pdf.make_indirect(Dictionary(Names=names)))
        return super().finish()

    def _settle_links(self, page):
        dead = []
        for number, annotation in enumerate(page.Annots):
            address = annotation.get("/A", Dictionary()).get("/URI")
            name = None if address is None else place_meant(str(address))
            if name is None:
                continue
            if name not in self.places:
                dead.append(number)
                continue
            del annotation.A
            annotation.Dest = annotation.Contents = String(name)
        for number in reversed(dead):
            self._take_away(page.Annots[number])
            del page.Annots[number]

    def _take_away(self, annotation):
        """Its words stay in their element; that there is something to press goes."""
        owners = dict(zip(map(int, self.owners[::2]), self.owners[1::2], strict=True))
        element = owners[int(annotation.StructParent)]
        element.K = Array([kid for kid in element.K if not _points_at(kid, annotation)])

    def _write_bookmarks(self):
        """The first one is the title, and all others stand under it."""
        with self.pdf.open_outline() as outline:
            title, *others = self.bookmarks
            title.children.extend(others)
            outline.root.append(title)


def _named(part):
    names = part.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", ())
    listed = list(names)
    return [(str(name), place) for name, place in zip(listed[::2], listed[1::2], strict=True)]


def _copied(item, here):
    page, *how = item.destination
    copied = OutlineItem(item.title, Array([here[page.objgen], *how]))
    copied.children.extend(_copied(one, here) for one in item.children)
    return copied


def _points_at(kid, annotation):
    return isinstance(kid, Dictionary) and kid.get("/Obj", Name.None_) == annotation


def main():
    confine(megabytes=ADDRESS_SPACE)
    allow_seconds(SECONDS_PER_DOCUMENT)
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    try:
        header, (sheet, *chapters) = receive(requests)
    except ChildGone:  # nothing came of it
        return
    book = Book(sheet, header["marking"], header["middle"])
    for chapter in chapters:
        book.add_chapter(chapter)
    send(replies, {}, book.finish())


if __name__ == "__main__":
    main()
