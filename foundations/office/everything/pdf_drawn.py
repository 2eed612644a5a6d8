"""What a page of a PDF draws: its own stream, and those of the forms, patterns and remarks on it."""

import re

import pikepdf

_DEEPEST = 12
_INLINE_PICTURE = re.compile(rb"(?<![^\s])BI\s[^()<>]{0,400}?\sID\s")
_STATES = ("/N", "/R", "/D")


class Drawn:
    """`drawings` are (resources, bytes), each stream once; `pictures` the streams of pictures; `inline`
    how many more stand in the drawings themselves; `seen` tells by number what is drawn; `is_damaged` says that some could not be unpacked."""

    def __init__(self, page):
        self.drawings, self.pictures = [], []
        self.inline, self.is_damaged = 0, False
        self.seen = set()
        resources = _inherited(page, "/Resources")
        for content in _each(page.get("/Contents")):
            self._draw(content, resources, 0)
        for remark in _each(page.get("/Annots")):
            for form in appearances(remark):
                self._form(form, resources, 0)

    def _draw(self, stream, resources, depth):
        if not isinstance(stream, pikepdf.Stream):
            return
        try:
            content = stream.read_bytes()
        except pikepdf.PdfError:
            self.is_damaged = True
            return
        self.drawings.append((resources, content))
        self.inline += len(_INLINE_PICTURE.findall(content))
        if depth < _DEEPEST:
            for kind in ("/XObject", "/Pattern"):
                held = resources.get(kind)
                for one in held.values() if isinstance(held, pikepdf.Dictionary) else ():
                    self._form(one, resources, depth + 1)

    def _form(self, stream, around, depth):
        if not isinstance(stream, pikepdf.Stream) or stream.objgen in self.seen:
            return
        self.seen.add(stream.objgen)
        if str(stream.get("/Subtype", "")) == "/Image":
            self.pictures.append(stream)
            return
        own = stream.get("/Resources")
        self._draw(stream, own if isinstance(own, pikepdf.Dictionary) else around, depth)


def appearances(remark):
    """The streams that show a remark or a field, in each of its states."""
    held = remark.get("/AP") if isinstance(remark, pikepdf.Dictionary) else None
    for state in _STATES if isinstance(held, pikepdf.Dictionary) else ():
        shown = held.get(state)
        if isinstance(shown, pikepdf.Stream):
            yield shown
        elif isinstance(shown, pikepdf.Dictionary):
            yield from (one for one in shown.values() if isinstance(one, pikepdf.Stream))


def _each(thing):
    return thing if isinstance(thing, pikepdf.Array) else [] if thing is None else [thing]


def _inherited(page, key):
    """What a page says, or the group of pages that it stands in."""
    for _ in range(_DEEPEST * 4):
        if isinstance(found := page.get(key), pikepdf.Dictionary):
            return found
        page = page.get("/Parent")
        if not isinstance(page, pikepdf.Dictionary):
            break
    return pikepdf.Dictionary()
