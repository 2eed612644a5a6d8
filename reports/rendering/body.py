"""The words of a version as HTML, for the web page and for paper: footnotes counted through the whole
document and gathered behind it, tables with captions, every number an address."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe
from lxml import html

from foundations.gov.prose import html_of

WIDE = 7  # columns of a table from which on a sheet of paper is turned
DEEPEST = 6  # heading that HTML has


@dataclass(frozen=True)
class DrawnParagraph:
    id: str
    number: str
    html: str
    is_turned: bool = False  # on paper it stands on a page of its own, which lies on its side


@dataclass(frozen=True)
class DrawnSection:
    id: str
    number: str
    heading: str
    level: int  # of its heading in HTML: 2 for the highest
    paragraphs: tuple[DrawnParagraph, ...]

    @property
    def is_turned(self):
        """A heading stands on the sheet of what follows it."""
        return bool(self.paragraphs) and self.paragraphs[0].is_turned


@dataclass(frozen=True)
class Note:
    number: int
    html: str


class Body:
    """Of one Gathered: `sections` [DrawnSection] and `notes` [Note]."""

    def __init__(self, gathered):
        self.gathered, self.notes, self._tables = gathered, [], 0
        self.sections = [self._section(one) for one in gathered.sections]

    def _section(self, one):
        return DrawnSection(
            id=f"s-{one.key}",
            number=one.number,
            heading=one.heading,
            level=min(one.level + 1, DEEPEST),
            paragraphs=tuple(self._paragraph(one, each) for each in one.paragraphs),
        )

    def _paragraph(self, section, one):
        made = html_of(one.text, refer=self.gathered.refer, footnotes=one.key)
        root = html.fragment_fromstring(made, create_parent="div")
        for element in root.iter(html.etree.Element):
            element.attrib.pop("class", None)
        self._take_notes(root)
        columns = [self._name_table(frame, section, one) for frame in root.xpath(".//div[table]")]
        words = mark_safe("".join(_inside(root)))  # noqa: S308 html_of made it safe
        return DrawnParagraph(f"p-{one.key}", one.number, words, max(columns, default=0) >= WIDE)

    # --- Footnotes ------------------------------------------------------------------------------

    def _take_notes(self, root):
        """Out of the paragraph, in the order in which it refers to them."""
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
        words = "".join(_inside(item)).strip()
        self.notes.append(Note(number, mark_safe(words)))  # noqa: S308 html_of made it safe

    # --- Tables ---------------------------------------------------------------------------------

    def _name_table(self, frame, section, paragraph):
        """A caption; a heading that says nothing heads nothing. Returns how many columns it has."""
        (table,) = frame.xpath("./table")
        self._tables += 1
        caption = html.etree.Element("caption")
        caption.text = f"Table {self._tables}: {_about(section, paragraph)}"
        table.insert(0, caption)
        frame.attrib.update({"role": "region", "tabindex": "0", "aria-label": caption.text})
        frame.set("class", "wide")
        headings = table.xpath(".//th")
        for heading in headings:
            if not heading.text_content().strip():
                heading.tag = "td"
                heading.attrib.pop("scope", None)
        return len(headings)


def _about(section, paragraph):
    if paragraph.block:
        return paragraph.block
    return f"paragraph {paragraph.number}" if paragraph.number else section.title


def _inside(element):
    yield escape(element.text or "")
    for child in element:
        yield html.tostring(child, encoding="unicode")


def text_of(made):
    """The words of a paragraph's HTML, its blocks on lines of their own."""
    root = html.fragment_fromstring(made, create_parent="div")
    for element in root.iter("p", "li", "td", "th", "caption", "br"):
        element.tail = f"\n{element.tail or ''}"
    return root.text_content().strip()
