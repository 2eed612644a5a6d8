"""The data form of a review: each field with its value, where from, and what somebody said of it."""

from dataclasses import dataclass

from reports.homeoffice.fields import GROUPS, UNKNOWN, Field, Group
from reports.homeoffice.knowing import Known, known_of
from reports.models import FormAnswer

NOBODY = "Nobody has said yet"


@dataclass(frozen=True)
class Line:
    """One field of one person, or of the case. What a person said goes before what the data say."""

    field: Field
    person: object = None
    known: Known | None = None
    answer: FormAnswer | None = None

    @property
    def name(self):
        """Of its box in a form."""
        return f"{self.field.code}-{self.person.pk}" if self.person else self.field.code

    @property
    def value(self):
        if self.answer:
            return self.answer.value
        return (self.known and self.known.value) or UNKNOWN

    @property
    def source(self):
        if self.answer:
            return self.answer.why
        return self.known.source if self.known else NOBODY

    @property
    def is_unknown(self):
        return self.value == UNKNOWN

    @property
    def data_say(self):
        """What the data say where somebody said another thing."""
        differs = self.answer and self.known and self.known.value not in {"", self.answer.value}
        return self.known.value if differs else ""


@dataclass(frozen=True)
class Part:
    """A group, of one person or of the case."""

    group: Group
    lines: tuple[Line, ...]
    person: object = None

    @property
    def code(self):
        return f"{self.group.code}-{self.person.pk}" if self.person else self.group.code

    @property
    def heading(self):
        return f"{self.group.heading}: {self.person}" if self.person else self.group.heading

    @property
    def unknown(self):
        return sum(line.is_unknown for line in self.lines)


def form_of(review):
    """[Part]: the groups, those about people once for each."""
    known, said = known_of(review), _said(review)
    people = list(review.people.order_by("pk"))
    return [
        Part(group, tuple(_line(one, person, known, said) for one in group.fields), person)
        for group in GROUPS
        for person in ([p for p in people if p.role == group.role] if group.role else [None])
    ]


def _line(field, person, known, said):
    place = field.code, person.pk if person else None
    return Line(field, person, known.get(place), said.get(place))


def _said(review):
    """{place: the newest FormAnswer}"""
    rows = FormAnswer.objects.filter(review=review).select_related("by").order_by("pk")
    return {(one.code, one.person_id): one for one in rows}


def unknown_in(parts):
    """(how many are unknown, of how many)"""
    return sum(part.unknown for part in parts), sum(len(part.lines) for part in parts)


def as_rows(parts):
    """[[heading, field, value, where from]] as a pack keeps it."""
    return [
        [part.heading, line.field.label, line.value, line.source]
        for part in parts
        for line in part.lines
    ]
