from reports.word.keys import mark_of
from reports.word.out.xml import field, run, val, w
from reports.word.text import Break, Note, Reference, said

LINKED = val("rStyle", "Hyperlink")


class Runs:
    """Inlines as Word's runs. Links are gathered for the relationships of the part that they stand in: those of
    the text here, those of notes with the notes."""

    def __init__(self, notes, document):
        self.notes = notes
        self.links = {}  # address: name of its relationship
        self.targets = {
            ("p", one.key): (one.number, "above") for _, one in document.paragraphs if one.key
        }
        for section in document.sections:
            if section.key:
                self.targets["s", section.key] = (section.number, section.heading)

    @staticmethod
    def plain(text):
        return run(text)

    def of(self, inlines, links=None):
        """`links`, {address: name of its relationship}, is that of the part; the text's own unless given."""
        links = self.links if links is None else links
        return "".join(self._run(one, links) for one in inlines)

    def _run(self, one, links):
        if isinstance(one, Break):
            return w("r", w("br"))
        if isinstance(one, Note):
            return self.notes.add(self.of(one.inlines, self.notes.links))
        if isinstance(one, Reference):
            return self._reference(one)
        looks = [w(name) for name, is_on in _switches(one) if is_on]
        if not one.link:
            return run(one.text, *looks)
        name = links.setdefault(one.link, f"link{len(links) + 1}")
        return f'<w:hyperlink r:id="{name}">{run(one.text, LINKED, *looks)}</w:hyperlink>'

    def _reference(self, one):
        """The number of what is meant, which Word keeps right. Of what has none, its heading or place;
        of what is not in this document, the words as they are typed."""
        if (one.kind, one.key) not in self.targets:
            return run(said([one]))
        number, instead = self.targets[one.kind, one.key]
        switch = "\\n \\h" if number else "\\p \\h" if one.kind == "p" else "\\h"
        return field(f"REF {mark_of(one.kind, one.key)} {switch}", number or instead)


def _switches(words):
    return (("b", words.bold), ("i", words.italic), ("strike", words.struck))
