"""What the review knows, as plain values beside the text. All of it may be missing."""

from dataclasses import dataclass, field

from foundations.dates import PartialDate


def said_of(*dates):
    """What dates of the review are, for the `of` of what rests on them; "" of none."""
    return "; ".join(f"{one.text}|{one.earliest}|{one.latest}" for one in dates if one)


@dataclass(frozen=True)
class PersonFact:
    """Somebody under the name the document uses. `sex` is "female", "male" or ""."""

    pseudonym: str
    role: str = ""  # "victim", "perpetrator", or other words
    sex: str = ""
    born: PartialDate | None = None
    died: PartialDate | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermFact:
    number: str
    text: str


@dataclass(frozen=True)
class PanelRow:
    name: str
    role: str
    agency: str


@dataclass(frozen=True)
class LessonFact:
    """`recommendations` are the numbers of those that rest on it; `why_none`, why there is none."""

    number: str
    text: str
    recommendations: tuple[str, ...] = ()
    why_none: str = ""


@dataclass(frozen=True)
class RecommendationFact:
    number: str
    text: str


@dataclass(frozen=True)
class LooseFact:
    """What a paragraph cites, and what befell it since: "An entry" that was "withdrawn since".

    `paragraph` is the key of the paragraph; `of` tells which one it is, and in which state."""

    paragraph: str
    what: str
    since: str
    of: str


@dataclass(frozen=True)
class Facts:
    """`None` for a list means that nobody knows it: the document is then read alone.

    `counts` says how many there are of what, by the plain words for it: {"panel meetings": 7}.
    `glossary` is {acronym: what it stands for}. `reported` is the date that the report carries;
    of one that is still being written it is today, and `is_being_written`.
    """

    people: tuple[PersonFact, ...] = ()
    terms: tuple[TermFact, ...] | None = None
    period: PartialDate | None = None  # the time under review
    panel: tuple[PanelRow, ...] | None = None
    lessons: tuple[LessonFact, ...] | None = None
    recommendations: tuple[RecommendationFact, ...] | None = None
    glossary: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    loose: tuple[LooseFact, ...] | None = None  # what the paragraphs cite and no longer stands
    reported: PartialDate | None = None
    is_being_written: bool = False
