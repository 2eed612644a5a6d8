"""What somebody meant to fill in and did not: it stops a final paper, with the place named."""

import re
from dataclasses import dataclass

from actionplans.vocabulary import PLACEHOLDER

LEFT_OPEN = re.compile(
    rf"{PLACEHOLDER.pattern}|_{{3,}}|\bdd\s?/\s?mm\b|\[\s*\]|[\[(]\s*(?:agency|officer|number|text|to follow)\s*[\])]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """One place that was left open."""

    review: str
    recommendation: int | None
    number: str
    column: str
    found: str

    def __str__(self):
        return f"Recommendation {self.number}, “{self.column}”: “{self.found}”"


def left_open(document):
    """[Place] in the order of the paper. What was reported and followed by a later report cannot be
    changed any more, and the later one says how it stands."""
    places = (
        Place(line.review, line.recommendation, line.number, column.heading, found)
        for table in document.tables
        for line in table.lines
        for column, cell in zip(table.columns, line.cells, strict=False)
        for words in cell
        if not words.is_past
        for found in _found_in(words.text)
    )
    return list(dict.fromkeys(places))


def _found_in(text):
    """Each once, in the order of the text."""
    return [match[0] for match in LEFT_OPEN.finditer(" ".join(text.split()))]
