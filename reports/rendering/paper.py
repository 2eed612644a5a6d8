"""A version on paper: what stands in front of it, and its chapters, each of which can be drawn by itself."""

from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from django.template.loader import render_to_string
from django.utils import timezone

from actionplans.papers.printing import printed
from foundations.office.pdf import render_pdf
from foundations.office.pdf_book import Chapter, render_book
from reports.rendering.body import Body

APPENDIX = "Appendix: action plan"
NOTES = "Footnotes"
HIGHEST, LOWEST = 2, 4  # levels of the headings that the contents name
LINES_ON_A_PAGE = 36  # of the contents, about
LEAST_OF_A_CHAPTER = 6_000  # signs of HTML: about two pages


@dataclass(frozen=True)
class Line:
    """Of the contents. `page` is None where there are none, as on the web."""

    id: str
    words: str
    level: int
    page: int | None


def context_of(gathered):
    """All that the templates of a version take, but for its contents."""
    body = Body(gathered)
    plan = gathered.plan
    return {
        "gathered": gathered,
        "sections": body.sections,
        "notes": body.notes,
        "plan_title": APPENDIX if plan else "",
        "notes_title": NOTES,
        "plan": plan,
        "plan_tables": [printed(table, table.lines) for table in plan.tables] if plan else [],
        "made_at": timezone.localtime(gathered.at),
    }


def contents_of(context, pages=None):
    """[Line]; `pages` {id of a heading: its page}."""
    found = [
        (one.id, f"{one.number} {one.heading}".strip(), one.level)
        for one in context["sections"]
        if one.level <= LOWEST
    ]
    if context["plan"]:
        found.append(("plan", APPENDIX, HIGHEST))
    if context["notes"]:
        found.append(("notes", NOTES, HIGHEST))
    return [Line(*one, page=pages.get(one[0]) if pages else None) for one in found]


class Sheets:
    """Of one Gathered."""

    def __init__(self, gathered):
        self.gathered, self.context = gathered, context_of(gathered)

    def book(self, kept=None):
        """foundations.office.pdf_book.Book. Raises RenderFailed."""
        one = self.gathered
        contents = -(-len(contents_of(self.context)) // LINES_ON_A_PAGE)
        return render_book(
            self.sheet if one.is_sheet else self.front,
            [] if one.is_sheet else self.chapters(),
            title=f"{one.title}, {one.reference}",
            marking=one.marking,
            middle=one.said_version,
            front_pages=1 if one.is_sheet else 1 + contents,
            kept=kept,
        )

    def sheet(self, pages):
        """All of a short one, its title at the head of the first page."""
        said = {one: self.context[one] for one in ("sections", "plan", "notes")}
        one = self.gathered
        facts = [("From", one.above), ("Death", one.when), (one.said_version, one.said_day)]
        facts.append(("Variant", one.said_variant))
        head = {
            "kind": one.said_kind,
            "facts": [fact for fact in facts if fact[1]],
        }
        return self._html(said | head | {"continues": False})

    def front(self, pages):
        """The title page and the contents."""
        lines = contents_of(self.context, pages)
        return self._html({"contents": lines, "continues": False}, sections=[])

    def chapters(self):
        """[Chapter]: one for all, unless it has them."""
        if not self.gathered.has_chapters:
            said = ("sections", "plan", "notes")
            return [Chapter("text", self._html({one: self.context[one] for one in said}))]
        parts = [
            (sections[0].id, {"sections": sections})
            for sections in in_chapters(self.context["sections"])
        ]
        parts += [(name, {name: self.context[name]}) for name in ("plan", "notes")]
        return [Chapter(name, self._html(said)) for name, said in parts if said.get(name, True)]

    def section(self, key):
        """The PDF of one section with what stands within it, and its footnotes; its numbers are those that it
        has in the document. Raises KeyError where it is not in it, and RenderFailed."""
        first, *within = section_with_its_own(self.context["sections"], key)
        # Its heading comes next below the title.
        raised = first.level - HIGHEST
        sections = [replace(one, level=one.level - raised) for one in (first, *within)]
        said = {
            "sections": sections,
            "notes": [note for one in sections for note in one.notes],
            "is_preview": True,
            "continues": False,
            "kind": f"{self.gathered.kind}: how one section looks on paper",
            "facts": [("As it stood on", f"{self.context['made_at']:%-d %B %Y, %H:%M}")],
        }
        return render_pdf(self._html(said))

    def _html(self, said, **more):
        nothing = {"sections": [], "plan": None, "notes": [], "continues": True}
        heads = {name: getattr(self.gathered, name) for name in ("title", "reference", "marking")}
        context = self.context | heads | nothing | said | more
        return render_to_string("reports/rendering/paper.html", context)


def in_chapters(sections):
    """[[DrawnSection]]: some of the highest level, each with what stands within it: as many as fill more than
    a page, so that no sheet stays nearly empty."""
    chapters = []
    for some in _highest(sections):
        if chapters and _length(chapters[-1]) < LEAST_OF_A_CHAPTER:
            chapters[-1] += some
        else:
            chapters.append(some)
    return chapters


def _length(sections):
    return sum(len(paragraph.html) for one in sections for paragraph in one.paragraphs)


def _highest(sections):
    number = 0
    counted = []
    for one in sections:
        number += one.level == HIGHEST
        counted.append((number, one))
    return [[one for _, one in some] for _, some in groupby(counted, key=lambda pair: pair[0])]


def section_with_its_own(sections, key):
    """[DrawnSection]: that one, and those within it. Raises KeyError."""
    place = next((n for n, one in enumerate(sections) if one.id == f"s-{key}"), None)
    if place is None:
        raise KeyError(key)
    first, *others = sections[place:]
    return [first, *takewhile(lambda one: one.level > first.level, others)]
