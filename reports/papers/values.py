"""All that a version of the plan, the statement or the chronology says, as plain values."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from actionplans.papers.sheets import Document as Paper
from foundations.office.everything import Stretch

PUBLIC = "OFFICIAL"


@dataclass(frozen=True)
class PublicPaper(Paper):
    """A paper that anybody may come to read."""

    @property
    def marking(self):
        return PUBLIC


@dataclass(frozen=True)
class GatheredPaper:
    """`kind` is one of reports.models.FROM_DATA, `version` 0 where nobody keeps it, `made_at` in ISO form;
    `is_public` where it is final and anonymised."""

    kind: str
    variant: str
    version: int
    made_at: str
    is_public: bool
    paper: Paper
    sections = ()  # it has none: nothing in it is a paragraph that one could go to

    @property
    def title(self):
        return self.paper.title

    @property
    def at(self):
        return datetime.fromisoformat(self.made_at)

    def to_json(self):
        names = ("kind", "variant", "version", "made_at", "is_public")
        said = {name: getattr(self, name) for name in names}
        # The title stands outside as well: a set of files names each by it.
        return said | {"title": self.title, "paper": asdict(self.paper)}

    @classmethod
    def from_json(cls, said):
        said = {name: value for name, value in said.items() if name != "title"}
        shape = PublicPaper if said["is_public"] else Paper
        return cls(**(said | {"paper": shape.from_json(said["paper"])}))

    def stretches(self):
        """[Stretch] of all that it says. When it was made and its number are no part of it."""
        return stretches_of(self.paper)


def is_of_paper(values):
    """Whether the values of a version are those of a GatheredPaper."""
    return "paper" in values


def stretches_of(paper):
    yield Stretch("title page", "the title", paper.title)
    yield from stretches_of_paper(paper)


def stretches_of_paper(paper):
    """[Stretch] of its words, in the order in which `with_texts` takes them back."""
    for text in paper.notes:
        yield Stretch("text", "the text above the table", text)
    for table in paper.tables:
        for place, line in enumerate(table.lines, start=1):
            where = f"row {line.number}" if line.number else f"line {place} of “{table.heading}”"
            yield Stretch("text", where, line.banner)
            for cell in line.cells:
                for words in cell:
                    yield Stretch("text", where, words.text)


def with_texts(paper, texts):
    """The same paper with other words, in the order of `stretches_of_paper`. What was emptied is left out."""
    texts = iter(texts)
    notes = tuple([next(texts) for _ in paper.notes])
    tables = tuple(
        replace(table, lines=tuple([_line(line, texts) for line in table.lines]))
        for table in paper.tables
    )
    return replace(paper, notes=notes, tables=tables)


def _line(line, texts):
    banner = next(texts)
    cells = []
    for cell in line.cells:
        said = [replace(words, text=next(texts)) for words in cell]
        cells.append(tuple(words for words in said if words.text.strip()))
    return replace(line, banner=banner, cells=tuple(cells))
