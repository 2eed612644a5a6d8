"""What the check finds, as plain values: places in the text, contradictions, and items of the list."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Place:
    """A quotation and where it stands.

    `at` counts the paragraphs of the document from 0 in the order of reading. `start` and `end` are
    characters in the text of that paragraph, so `text[start:end] == quote`.
    """

    at: int
    start: int
    end: int
    quote: str
    paragraph: str = ""  # its number as shown, "" where it has none
    section: str = ""  # the number of its section, else the heading
    key: str = ""
    below: str = ""  # the number of the last numbered paragraph before it in its section

    @property
    def name(self):
        """What a person calls it: "5.3.4", "below 5.3.4", or the section of a paragraph without a number."""
        below = f"below {self.below}" if self.below else ""
        return self.paragraph or below or self.section or "the beginning"


class Kind(StrEnum):
    SIDES = "sides"
    OPPOSITES = "opposites"
    DATES = "dates"
    AGES = "ages"
    TOTALS = "totals"
    COUNTS = "counts"
    SHARES = "shares"
    FIGURES = "words-and-figures"
    DURATIONS = "durations"
    WEEKDAYS = "weekdays"
    IMPOSSIBLE_DATES = "impossible-dates"
    REFERENCES = "references"
    WHO = "who-did-what"
    DENIALS = "denials"
    DEATHS = "dead-or-alive"
    STATES = "states"
    PRONOUNS = "pronouns"
    ACRONYMS = "acronyms"
    OUTCOMES = "outcomes"
    ORDER = "order"
    RELATIONS = "relations"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Contradiction:
    """Two places, or more, that cannot all be so; one place where it gainsays itself. `of` as for a Remark:
    the facts of the review that it rests on, which no place says and nobody is shown."""

    kind: Kind
    places: tuple[Place, ...]
    explanation: str
    confidence: Confidence
    of: str = ""


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    TO_JUDGE = "for a person to judge"


@dataclass(frozen=True)
class Remark:
    """One thing to look at: `place` is None where it is not in the text, such as a row of the panel.

    `others` are the other sides of what is said in two ways, and `of` the words of what it is about
    where no place says it: what a person has judged comes back when any of them changes. `section` is
    the key of the section that it is about, where it is about a whole one.
    """

    message: str
    place: Place | None = None
    others: tuple[Place, ...] = ()
    of: str = ""
    section: str = ""
    confidence: Confidence | None = None

    @property
    def places(self):
        return (self.place, *self.others) if self.place else ()


@dataclass(frozen=True)
class Item:
    """One line of the list before submission. `looked_at` says what was read to answer it."""

    key: str
    question: str
    looked_at: str
    result: Result
    remarks: tuple[Remark, ...] = ()
    to_do: str = ""
