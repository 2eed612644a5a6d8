from reports.word.out.xml import part, run, val, w

MARKED = val("rStyle", "FootnoteReference")
STYLE = w("pPr", val("pStyle", "FootnoteText"))
# The line above the notes, which Word asks for as two notes of its own.
LINES = "".join(
    w("footnote", w("p", w("r", w(kind))), type=kind, id=number)
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


class Notes:
    """Real footnotes, counted by Word."""

    def __init__(self):
        self.written = []
        self.links = {}  # address: name of its relationship, of this part's own

    def add(self, inside):
        """Keeps a note and returns the run that calls it."""
        number = len(self.written) + 1
        own = w("r", w("rPr", MARKED), w("footnoteRef"))
        self.written.append(w("footnote", w("p", STYLE, own, run(" "), inside), id=number))
        return w("r", w("rPr", MARKED), w("footnoteReference", id=number))

    def xml(self):
        return part("footnotes", LINES + "".join(self.written))
