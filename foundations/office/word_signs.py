"""A walk over a Word document that leaves signs in its text where emphasis, bookmarks and the like stand."""

import re
from collections import Counter

from foundations.office import signs
from foundations.office.word_styles import W, switch, value_of
from foundations.office.words import ORDINAL_ENDS, Walk

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WRAPPED = {W + "fldSimple", W + "hyperlink"}
POINTS = {
    W + "bookmarkStart": signs.BOOKMARK,
    W + "commentRangeStart": signs.COMMENT,
    W + "commentRangeEnd": signs.NOT_COMMENT,
}
NOT_KEPT = {
    "u": "underlined",
    "highlight": "highlighted",
    "vertAlign": "raised or lowered",
}
WORD = re.compile(r'"([^"]*)"|(\S+)')  # of the instruction of a field
SWITCH = re.compile(r"\\[a-z]", re.I)
WITH_WORDS = ("\\l", "\\o", "\\t")  # a place, a hint and a window; \m and \n stand alone
OFF = ("none", "0", "false", "off", "baseline")


class MarkedWalk(Walk):
    """A walk that leaves signs in the text."""

    def __init__(self, *rest):
        super().__init__(*rest)
        self.links = {}  # by the root of each part: {name of a relationship: address}
        self._fields = []  # of each open field: its instruction, and the sign that ends its result
        self._style = None
        self.not_kept = Counter()

    def text(self, element):
        self._style = value_of(element.find(W + "pPr"), "pStyle")
        return super().text(element)

    def _collect(self, element, pieces, hidden):
        for child in element:
            if child.tag in POINTS:
                name = child.get(W + "name") or child.get(W + "id") or ""
                pieces.append(f"{POINTS[child.tag]}{signs.OWN.sub('', name)}{signs.END}")
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
            self._fields.append(["", ""])
        elif what == "separate" and self._fields:
            begin, self._fields[-1][1] = _signs_of(self._fields[-1][0])
            pieces.append(begin)
        elif what == "end" and self._fields:
            pieces.append(self._fields.pop()[1])

    def _wrapped(self, element, pieces, hidden):
        if element.tag == W + "fldSimple":
            begin, end = _signs_of(element.get(W + "instr") or "")
        else:
            begin, end = _leading_to(self._address(element), element.get(W + "anchor"))
        pieces.append(begin)
        self._collect(element, pieces, hidden)
        pieces.append(end)

    def _address(self, element):
        of_part = self.links.get(element.getroottree().getroot().tag, {})
        return of_part.get(element.get(R + "id"), "")

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
            ("strike", signs.STRUCK, signs.NOT_STRUCK),
            ("dstrike", signs.STRUCK, signs.NOT_STRUCK),
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


def _signs_of(instruction):
    """(begin, end) of what a field shows: of a number or place of a bookmark, or of a link; else ("", "")."""
    kind, *words = [quoted or plain for quoted, plain in WORD.findall(instruction)] or [""]
    if kind.upper() == "HYPERLINK":
        return _leading_to(*_led(words))
    name = signs.OWN.sub("", words[0]) if words and kind.upper() == "REF" else ""
    return (f"{signs.FIELD}{name}{signs.END}", signs.NOT_FIELD) if name else ("", "")


def _led(words):
    """(address, place within it) of the words of a field that leads somewhere."""
    address, place, switch = "", "", ""
    for word in words:
        if switch in WITH_WORDS:
            place, switch = (word if switch == "\\l" else place), ""
        elif SWITCH.fullmatch(word):
            switch = word.lower()
        elif not address:
            address = word.replace("\\\\", "\\")
    return address, place


def _leading_to(address, place):
    """(begin, end) of a link; of one that leads within the document, "#" and the name of the place."""
    if not (address or place):
        return "", ""
    whole = signs.OWN.sub("", f"{address}#{place}" if place else address)
    return f"{signs.LINK}{whole}{signs.END}", signs.NOT_LINK
