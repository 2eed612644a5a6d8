"""A walk over a Word document that leaves signs in its text where emphasis, bookmarks and the like stand."""

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
OFF = ("none", "0", "false", "off", "baseline")


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


def _referred(instruction):
    """The bookmark whose number or place a field shows."""
    words = instruction.split()
    is_reference = len(words) > 1 and words[0].upper() == "REF"
    return signs.OWN.sub("", words[1].strip('"')) if is_reference else ""
