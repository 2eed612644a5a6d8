"""The XML of a Word document: its names, its switches, and what its styles say of a paragraph."""

from lxml import etree

from foundations.office.numbering import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parsed(content):
    if not content:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    return etree.fromstring(content.replace(STRICT, USUAL), parser)


def switch(element, name):
    """A Word switch: present means on, unless it says otherwise."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(W + "val", "true") not in ("0", "false", "off")


def value_of(element, name):
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(W + "val")


class Styles:
    """Names of styles, and what they say about lists and hidden text, with what they build on."""

    def __init__(self, root):
        self._styles = {}
        self._default = None
        for style in () if root is None else root.findall(W + "style"):
            key = style.get(W + "styleId")
            self._styles[key] = style
            is_paragraph = style.get(W + "type") == "paragraph"
            if is_paragraph and style.get(W + "default") in ("1", "true", "on"):
                self._default = key

    def name(self, key):
        style = self._styles.get(key or self._default)
        name = (value_of(style, "name") or key) if style is not None else key
        name = name or ""
        return name[:1].upper() + name[1:]

    def chain(self, key):
        """A style and those it is based on, nearest first."""
        seen = set()
        key = key or self._default
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = value_of(self._styles[key], "basedOn")

    def hides(self, key):
        if not key:
            return False
        found = (switch(style.find(W + "rPr"), "vanish") for style in self.chain(key))
        return next((hidden for hidden in found if hidden is not None), False)

    def list_of(self, key):
        """List and depth that a paragraph style brings."""
        number = depth = None
        for style in self.chain(key):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            number = number or value_of(properties, "numId")
            depth = depth or value_of(properties, "ilvl")
        return number, depth

    def is_heading(self, key):
        return bool(self.heading_level(key))

    def heading_level(self, key):
        """1 for "Heading 1" or a title, 0 for what is no heading."""
        for style in self.chain(key):
            name = (value_of(style, "name") or "").lower()
            if name.startswith(("heading", "title")):
                return max(1, min(9, whole(name.rpartition(" ")[2], 1)))
            outline = value_of(style.find(W + "pPr"), "outlineLvl")
            if outline is not None:
                return whole(outline, 9) + 1 if whole(outline, 9) < 9 else 0
        return 0

    def says(self, key, name):
        """What a style says about a switch of its letters, such as "b" for bold."""
        found = (switch(style.find(W + "rPr"), name) for style in self.chain(key))
        return next((on for on in found if on is not None), False)
