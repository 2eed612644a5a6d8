"""Puts an existing report together: sections, their numbered paragraphs, and what goes on with each."""

from dataclasses import dataclass, replace

from foundations.office.marked import MarkedTable, marked_of
from reports.word.existing.contents import set_apart
from reports.word.existing.doubts import doubts_of
from reports.word.existing.entries import IN_APPENDIX, LETTERED, entries_of, without
from reports.word.existing.layouts import is_layout, paragraphs_of
from reports.word.existing.roles import HEADING, PARAGRAPH, TEXT, Roles, is_appendix
from reports.word.inlines import grid_of, inlines_of, line_of
from reports.word.lines import Line, blocks_from
from reports.word.markdown import markdown_of
from reports.word.text import said
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

TITLE_STYLES = ("Title", "Subtitle")


@dataclass(frozen=True)
class ReadReport:
    """`document` has the sections, appendices last (from `appendix_at` on). `front` are the lines before
    the first heading, as Markdown. `left_out` is (what, text) of contents, headers, footers and page
    numbers; `comments` are (by, text)."""

    document: WrittenDocument
    appendix_at: int
    front: tuple = ()
    left_out: tuple = ()
    comments: tuple = ()
    doubts: tuple = ()


@dataclass
class Begun:
    """A section or paragraph while it is read. A paragraph has `lines`."""

    number: str
    heading: str = ""
    level: int = 1
    lines: list = None
    paragraphs: list = None
    is_appendix: bool = False
    is_sure: bool = True  # of its level


def read_report(content, name):
    """The report in an uploaded Word file. Raises Refused with a sentence."""
    return report_of(marked_of(content, name))


def report_of(marked):
    """The report in what foundations.office.marked read."""
    return Building(marked).report()


def _laid_out(blocks):
    """Blocks, with the paragraphs that a table only sets out in place of the table."""
    for block in blocks:
        if isinstance(block, MarkedTable) and is_layout(block):
            yield from paragraphs_of(block)
        else:
            yield block


class Building:
    def __init__(self, marked):
        self.marked = marked
        self.entries, self.left_out = set_apart(entries_of(_laid_out(marked.blocks)))
        self.roles = Roles(self.entries)
        self.front, self.sections, self.doubts = [], [], []
        self.worked_out = 0  # numbers of headings that nobody wrote
        self.offset = self._offset()
        if all(role == TEXT for role in self.roles.of):
            self._begin("", "", 1)
        for at, entry in enumerate(self.entries):
            self._add(at, entry)

    def _offset(self):
        """How many levels of style stand above the first numbered one, such as a title."""
        found = [
            entry.level - len(entry.dots) for entry in self.entries if entry.level and entry.dots
        ]
        return max(0, min(found, default=0))

    # -- one entry after another -------------------------------------------------------------------

    def _add(self, at, entry):
        role = self.roles.of[at]
        if entry.is_table:
            self._append(grid_of(entry.block, self.marked.notes))
            self._tell_table(entry.block)
        elif role == HEADING:
            self._heading(entry)
        elif role == PARAGRAPH:
            self._paragraph(entry)
        else:
            self._text(entry)

    def _heading(self, entry):
        if not self.sections and not entry.dots and entry.block.style in TITLE_STYLES:
            self._text(entry)
            return
        words = " ".join(said(inlines_of(entry.pieces, self.marked.notes)).split())
        in_appendix = bool(self.sections) and self.sections[-1].is_appendix
        if is_appendix(entry) or in_appendix:
            typed = f"{entry.number}. {words}" if entry.dots and not entry.is_counted else words
            level = 1 if is_appendix(entry) else max(2, entry.level)
            self._begin("", typed, level, is_appendix=True)
        else:
            self._begin(entry.number, words, self._level(entry))
            self.sections[-1].is_sure = bool(entry.dots or entry.level)

    def _level(self, entry):
        if entry.dots:
            return len(entry.dots)
        if entry.level:
            return max(1, entry.level - self.offset)
        above = [one.level for one in self.sections if one.number]
        return above[-1] + 1 if above else 1

    def _begin(self, number, heading, level, *, is_appendix=False):
        self.sections.append(Begun(number, heading, level, None, [], is_appendix))

    def _paragraph(self, entry):
        if len(entry.dots) > 1:
            self._open(entry.dots[:-1])
        elif not self.sections:
            self._begin("", "", 1)
        begun = Begun(entry.number, lines=[])
        begun.lines.append(self._line(entry, is_own=True))
        self.sections[-1].paragraphs.append(begun)

    def _open(self, dots):
        """The section that a number says it stands in; one that has no heading is made, and told."""
        open_dots = self._open_dots()
        is_below = bool(open_dots) and len(dots) > 2 and dots[: len(open_dots)] == open_dots
        is_above = open_dots[: len(dots)] == dots
        if self._number_headings(dots) or open_dots == dots or is_below or is_above:
            return
        number = ".".join(map(str, dots))
        self._begin(number, "", len(dots))
        self.doubts.append(f"Section {number} has no heading: only its paragraphs were found.")

    def _number_headings(self, dots):
        """Headings without a number have the one that the paragraphs below them begin with. One that is
        only known by its looks has the level that its number says."""
        last = self.sections[-1] if self.sections else None
        if last is None or last.number or _has_numbers(last):
            return False
        if last.is_sure and last.level != len(dots):
            return False
        known, level = {one.number for one in self.sections}, len(dots) + 1
        for section in reversed(self.sections):
            if section.number or _has_numbers(section) or level == 1:
                break
            if section.is_sure and section.level >= level:
                continue
            level = section.level if section.is_sure else level - 1
            number = ".".join(map(str, dots[:level]))
            if number in known:
                break
            section.level, section.number = level, number
            self.worked_out += 1
        return True

    def _open_dots(self):
        number = next((one.number for one in reversed(self.sections) if one.number), "")
        return tuple(map(int, number.split("."))) if number else ()

    # -- what has no number of its own -------------------------------------------------------------

    def _text(self, entry):
        line = self._line(entry)
        is_item = line.depth is not None or line.quoted
        last = self._last_paragraph()
        goes_on = last is not None and (last.number or is_item or _ends_in_list(last, line))
        if goes_on or not self.sections:
            self._append(line)
        else:
            self.sections[-1].paragraphs.append(Begun("", lines=[line]))

    def _append(self, line):
        if not self.sections:
            self.front.append(line)
            return
        if not self.sections[-1].paragraphs:
            self.sections[-1].paragraphs.append(Begun("", lines=[]))
        self.sections[-1].paragraphs[-1].lines.append(line)

    def _last_paragraph(self):
        if not self.sections or not self.sections[-1].paragraphs:
            return None
        return self.sections[-1].paragraphs[-1]

    def _line(self, entry, *, is_own=False):
        """A line in Word's list, in one that was typed, or in none."""
        block = replace(entry.block, pieces=entry.pieces)
        if is_own:
            typed = IN_APPENDIX.match(entry.block.text) if not entry.is_counted else None
            pieces = (
                without(entry.pieces, typed.end()) if entry.lettered and typed else entry.pieces
            )
            return Line(inlines_of(pieces, self.marked.notes))
        if entry.is_counted and len(entry.dots) > 1:
            return line_of(replace(block, depth=None), self.marked.notes)
        if entry.is_bullet or LETTERED.match(entry.block.text):
            return Line(inlines_of(entry.pieces, self.marked.notes), 0, 0)
        if len(entry.dots) == 1 and not entry.is_counted and not entry.is_named:
            return Line(inlines_of(entry.pieces, self.marked.notes), 0, 0, entry.dots[0])
        if entry.dots and not entry.is_counted:
            block = entry.block
        return line_of(block, self.marked.notes)

    # -- the whole ---------------------------------------------------------------------------------

    def report(self):
        self._fill_in()
        sections = [one for one in self.sections if not one.is_appendix]
        appendices = [one for one in self.sections if one.is_appendix]
        title, front = self._title()
        return ReadReport(
            document=WrittenDocument(title, tuple(map(_written, [*sections, *appendices]))),
            appendix_at=len(sections),
            front=front,
            left_out=(
                *self.left_out,
                *(("header or footer", text) for text in self.marked.margins),
            ),
            comments=tuple((one.by, one.text) for one in self.marked.comments),
            doubts=tuple(dict.fromkeys([*doubts_of(self), *self.doubts])),
        )

    def _fill_in(self):
        """A heading without a number, between 5.1 and 5.3, is 5.2."""
        if not self.worked_out:
            return
        for at, section in enumerate(self.sections):
            if section.number or section.is_appendix or not section.heading:
                continue
            before, after = (
                next((one for one in near if one.number), None)
                for near in (reversed(self.sections[:at]), self.sections[at + 1 :])
            )
            if before and after and not (section.is_sure and section.level != before.level):
                above, dot, last = before.number.rpartition(".")
                if after.number == f"{above}{dot}{int(last) + 2}":
                    section.number = f"{above}{dot}{int(last) + 1}"
                    section.level = before.level
                    self.worked_out += 1

    def _title(self):
        """The first line before the first heading, and all of those lines."""
        titles = [one for one in self.entries if not one.is_table and one.block.style == "Title"]
        front = tuple(markdown_of((block,)) for block in blocks_from(self.front))
        first = next((said(one.inlines) for one in self.front if isinstance(one, Line)), "")
        return (titles[0].text if titles else first)[:300], front

    def _tell_table(self, table):
        if table.nested:
            self.doubts.append("A table stood within a table: it follows the outer one.")
        if any(cell.covered for row in table.rows for cell in row):
            self.doubts.append("A table has merged cells: the places below and beside are empty.")


def _has_numbers(section):
    return any(one.number for one in section.paragraphs)


def _ends_in_list(last, line):
    """What goes on with an item of a list."""
    return isinstance(line, Line) and not line.is_first and bool(last.lines)


def _written(begun):
    paragraphs = []
    for one in begun.paragraphs:
        text = markdown_of(blocks_from(one.lines))
        if text or one.number:
            paragraphs.append(WrittenParagraph(one.number, text))
    return WrittenSection(begun.number, begun.heading, begun.level, tuple(paragraphs))
