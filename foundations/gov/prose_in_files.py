"""What authors write, as HTML that stands alone in one file: many texts together, their footnotes
counted through and gathered behind them, each table with a caption.

    prose = ProseInFile(refer)
    first = prose.add("She asked.^[On file.]", key="1", about="paragraph 1.1")
    first.html, prose.notes
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe
from lxml import html

from foundations.gov.prose import html_of


@dataclass(frozen=True)
class Added:
    """`columns` are those of its widest table, 0 without one."""

    html: str
    columns: int


@dataclass(frozen=True)
class Note:
    number: int
    html: str


class ProseInFile:
    """`refer` is as `foundations.gov.prose.html_of` takes it. `notes` are of the texts added so far."""

    def __init__(self, refer=None):
        self.refer, self.notes, self._tables = refer, [], 0

    def add(self, text, *, key, about):
        """The next text. `key` is its own among the texts of the file; `about` stands in the captions
        of its tables. No class of our pages is left in it."""
        made = html_of(text, refer=self.refer, footnotes=key)
        root = html.fragment_fromstring(made, create_parent="div")
        for element in root.iter(html.etree.Element):
            element.attrib.pop("class", None)
        self._take_notes(root)
        columns = [self._name_table(frame, about) for frame in root.xpath(".//div[table]")]
        return Added(_inside(root), max(columns, default=0))

    # --- Footnotes ------------------------------------------------------------------------------

    def _take_notes(self, root):
        """Out of the text, in the order in which it refers to them."""
        for notes in root.xpath("./section[ol]"):
            for item in notes.xpath("./ol/li"):
                self._take_note(root, item)
            line = notes.getprevious()
            if line is not None and line.tag == "hr":
                root.remove(line)
            root.remove(notes)

    def _take_note(self, root, item):
        number = len(self.notes) + 1
        for link in root.xpath(".//sup/a[@href=$to]", to=f"#{item.get('id')}"):
            link.attrib.clear()
            link.attrib.update({"href": f"#note-{number}", "id": f"noteref-{number}"})
            link.attrib["aria-label"] = f"Footnote {number}"
            link.text = str(number)
        for back in item.xpath(".//a[starts-with(@href, '#fnref')]"):
            back.drop_tree()
        for block in item.xpath("./p"):
            block.drop_tag()
        self.notes.append(Note(number, _inside(item)))

    # --- Tables ---------------------------------------------------------------------------------

    def _name_table(self, frame, about):
        """A caption; a heading that says nothing heads nothing. Returns how many columns it has."""
        (table,) = frame.xpath("./table")
        self._tables += 1
        caption = html.etree.Element("caption")
        caption.text = f"Table {self._tables}: {about}"
        table.insert(0, caption)
        frame.attrib.update({"role": "region", "tabindex": "0", "aria-label": caption.text})
        frame.set("class", "wide")
        headings = table.xpath(".//th")
        for heading in headings:
            if not heading.text_content().strip():
                heading.tag = "td"
                heading.attrib.pop("scope", None)
        return len(headings)


def _inside(element):
    """Safe, since html_of made it safe and what was put in went through escaping."""
    parts = [escape(element.text or "")]
    parts += [html.tostring(child, encoding="unicode") for child in element]
    return mark_safe("".join(parts).strip())  # noqa: S308


def text_of(made):
    """The words of a piece of HTML, its blocks on lines of their own."""
    root = html.fragment_fromstring(made, create_parent="div")
    for element in root.iter("p", "li", "td", "th", "caption", "br"):
        element.tail = f"\n{element.tail or ''}"
    return root.text_content().strip()
