"""What authors write, as HTML that stands alone in one file: many texts together, their footnotes
counted through and gathered behind them, each table with a caption.

    prose = ProseInFile(refer)
    first = prose.add("She asked.^[On file.]", key="1", about="paragraph 1.1")
    first.html, prose.notes
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.html import escape
from django.utils.safestring import mark_safe
from lxml import html

from foundations.gov.links import leads_to_us
from foundations.gov.prose import html_of

_LEADS_ON = re.compile(r"https://|mailto:|#")  # from a file, wherever it lies
WIDE = 7  # columns of a table from which on a sheet of paper is turned
ROOM, ROOM_TURNED = 100, 165  # letters of a table's line on paper, about
WIDEST = 80  # letters of a cell that count for the width of its column
AROUND = 3  # letters' worth of room beside the words of a cell


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
        of its tables. No class of our pages is left in it, and no link that leads into them."""
        made = html_of(text, refer=self.refer, footnotes=key)
        root = html.fragment_fromstring(made, create_parent="div")
        for element in root.iter(html.etree.Element):
            element.attrib.pop("class", None)
        _take_links_into_our_pages(root)
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
        table.insert(1, _columns(table))
        frame.attrib.update({"role": "region", "tabindex": "0", "aria-label": caption.text})
        frame.set("class", "wide")
        headings = table.xpath(".//th")
        for heading in headings:
            if not heading.text_content().strip():
                heading.tag = "td"
                heading.attrib.pop("scope", None)
        return len(headings)


def _columns(table):
    """As wide as what stands in them asks for: paper gives equal shares where nothing is said, and a
    column of numbers would be as wide as one of sentences. The longest word has its room first."""
    rows = [[cell.text_content().split() for cell in row] for row in table.iter("tr")]
    asked = [_asked(cells) for cells in zip(*rows, strict=True)]
    least, most = (sum(each) for each in zip(*asked, strict=True))
    room = ROOM_TURNED if len(asked) >= WIDE else ROOM
    share = min(max(room - least, 0) / (most - least or 1), 1)
    wide = [low + share * (high - low) for low, high in asked]
    group = html.etree.Element("colgroup")
    for one in wide:
        html.etree.SubElement(group, "col", style=f"width: {100 * one / sum(wide):.1f}%")
    return group


def _asked(cells):
    """Letters that a column needs at least, and those that it would fill."""
    longest = max((len(word) for words in cells for word in words), default=0)
    fullest = max(len(" ".join(words)) for words in cells)
    return min(longest, WIDEST // 2) + AROUND, min(fullest, WIDEST) + AROUND


def _take_links_into_our_pages(root):
    """Their words stay. Whoever reads the file cannot open such a page, and is not to know its address."""
    for link in root.xpath(".//a"):
        address = link.get("href", "")
        if not _LEADS_ON.match(address) or leads_to_us(address):
            link.drop_tag()


def _inside(element):
    """Safe, since html_of made it safe and what was put in went through escaping."""
    parts = [escape(element.text or "")]
    parts += [html.tostring(child, encoding="unicode") for child in element]
    return mark_safe("".join(parts).strip())  # noqa: S308


def addresses_of(made):
    """Where the links of a piece of HTML lead, out of the file, each in letters rather than in their codes."""
    root = html.fragment_fromstring(made, create_parent="div")
    return [unquote(to) for to in root.xpath(".//a/@href") if not to.startswith("#")]


def text_of(made):
    """The words of a piece of HTML, its blocks on lines of their own."""
    root = html.fragment_fromstring(made, create_parent="div")
    for element in root.iter("p", "li", "td", "th", "caption", "br"):
        element.tail = f"\n{element.tail or ''}"
    return root.text_content().strip()
