"""Whether what is about to be drawn, and then the file that was drawn, tells who somebody is."""

from dataclasses import asdict, dataclass

from foundations.gov.prose_in_files import addresses_of, text_of
from foundations.office.everything import Stretch
from reports.leaks.deciding import not_kept
from reports.leaks.hits import HIGH, MEDIUM
from reports.leaks.looked import Looking
from reports.papers.values import GatheredPaper
from reports.rendering.body import Body

_GRAVE = frozenset({HIGH, MEDIUM})
NO_NUMBER = (
    "in the contents"  # ends what a heading without a number is called: it may hold a name itself
)


@dataclass(frozen=True)
class Place:
    """Where something was found, what kind of thing it is, and whose. Never the words themselves: they
    would stand where nobody looks after them."""

    where: str  # "paragraph 5.3.2"
    kind: str
    person: str  # pseudonym, or ""
    severity: str

    @property
    def sentence(self):
        whose = f", of {self.person}" if self.person else ""
        return f"This may tell who somebody is: {self.kind}{whose}."

    def to_json(self):
        return asdict(self)


class Telling:
    """Looks through one version: what it is to say, and then its file, both with the same register."""

    def __init__(self, gathered, review):
        self.gathered, self.review = gathered, review
        self.looking = Looking(review)
        self.looked = self.looking.at_stretches(list(stretches_of(gathered)))

    def look_at_file(self, content, name):
        self.looked = self.looking.at_drawn(self.looked, content, name)

    @property
    def places(self):
        """(Place, …) of what is not slight, and which nobody decided to keep: each once, in the order of
        reading."""
        grave = [one for one in self.looked.sightings if one.hit.severity in _GRAVE]
        left = [one.hit for one in not_kept(self.review, grave)]
        places = (Place(one.location, one.kind, one.person, one.severity) for one in left)
        return tuple(dict.fromkeys(places))


def stretches_of(gathered):
    """[Stretch] of all that a version is to say. When it was made and its number are no part of it."""
    if isinstance(gathered, GatheredPaper):
        yield from gathered.stretches()
        return
    yield Stretch("title page", "the title", gathered.title)
    body = Body(gathered)
    for place, section in enumerate(body.sections, start=1):
        number = section.number or f"{place} {NO_NUMBER}"
        yield Stretch("headings", f"heading {number}", section.heading)
        for one in section.paragraphs:
            where = f"paragraph {one.number}" if one.number else f"the text under heading {number}"
            yield from _of_html("text", where, one.html)
    for note in body.notes:
        yield from _of_html("footnotes", f"footnote {note.number}", note.html)
    if gathered.plan:
        yield from _of_plan(gathered.plan)


def _of_html(part, where, made):
    yield Stretch(part, where, text_of(made))
    for address in addresses_of(made):
        yield Stretch("links", f"{where}, where a link leads", address)


def keys_of(gathered):
    """{where, as a stretch says it: ("p" or "s", key)} of all that has a place in the document."""
    found = {}
    for place, section in enumerate(gathered.sections, start=1):
        number = section.number or f"{place} {NO_NUMBER}"
        found[f"heading {number}"] = found[f"the text under heading {number}"] = ("s", section.key)
        found |= {
            f"paragraph {one.number}": ("p", one.key) for one in section.paragraphs if one.number
        }
    return found


def _of_plan(plan):
    for text in plan.notes:
        yield Stretch("action plan", "the appendix, above the table", text)
    for table in plan.tables:
        for words in (table.heading, *(column.heading for column in table.columns)):
            yield Stretch("action plan", "the appendix, the headings of a table", words)
        for line in table.lines:
            where = f"the appendix, recommendation {line.number}" if line.number else "the appendix"
            yield Stretch("action plan", where, line.banner)
            for cell in line.cells:
                for words in cell:
                    yield Stretch("action plan", where, words.text)
