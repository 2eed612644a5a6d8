"""What the finder is given and what it gives back."""

from dataclasses import dataclass, field

SENT = "sent-no-receipt"
RECEIVED = "receipt-no-sending"
CONTENT = "differing-content"
DATE = "differing-date"
PROMISED = "promised-not-done"
ATTENDED = "attended-not-recorded"
IMR_ONLY = "imr-not-in-chronology"
CHRONOLOGY_ONLY = "chronology-not-in-imr"

HIGH, MEDIUM, LOW = "high", "medium", "low"


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the review, by every name that the register has for it."""

    id: int
    name: str
    kind: str = "other"
    other_names: tuple = ()


@dataclass(slots=True)
class Account:
    """One entry: what an agency (None: the review team) says happened, with its days as numbers."""

    id: int
    body: int | None
    start: int | None
    end: int | None
    date: tuple = ()  # what a PartialDate is made of
    order: int = 0
    persons: tuple = ()
    text: str = ""
    action: str = ""
    comment: str = ""
    source: str = ""
    words: frozenset = frozenset()

    @property
    def is_dated(self):
        return self.start is not None or self.end is not None

    @property
    def is_exact(self):
        return self.start is not None and self.start == self.end

    @property
    def is_exactish(self):
        """Known to within a third of a year."""
        return self.start is not None and self.end is not None and self.end - self.start <= 125

    @property
    def first(self):
        """A day to sort by."""
        return self.start if self.start is not None else self.end

    @property
    def last(self):
        return self.end if self.end is not None else self.start


@dataclass(frozen=True, slots=True)
class Note:
    """A heading of an agency's own report, with its paragraphs."""

    id: int
    body: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting whose minutes say who came: the bodies whose members were there."""

    id: int
    day: int
    present: frozenset = frozenset()


@dataclass(slots=True)
class Found:
    """A mismatch. It hangs on the heading of a report where there is one, else on the first of its
    entries."""

    kind: str
    entries: tuple
    bodies: tuple
    explanation: str = ""
    missing_from: int | None = None
    also: tuple = ()
    score: float = 0.6
    passages: tuple = ()
    about: str = ""  # tells two findings of one kind on one entry apart
    lead: object = None  # the contact that it is about
    date: object = None  # a PartialDate, where no entry of its own has it

    @property
    def confidence(self):
        return HIGH if self.score >= 0.8 else MEDIUM if self.score >= 0.64 else LOW

    @property
    def anchor(self):
        """The entry that it hangs on."""
        return self.entries[0] if self.entries and not self.passages else None


@dataclass(slots=True)
class Survey:
    """What is known of all entries together, though only some may be looked at."""

    entries: int = 0
    counts: dict = field(default_factory=dict)  # word: in how many entries
    seen: dict = field(default_factory=dict)  # body: {person: entries}
    trade: dict = field(default_factory=dict)  # body: {role: entries that show that trade}
    spans: dict = field(default_factory=dict)  # body: (first day, last day)
    teaching: list = field(default_factory=list)  # accounts with something in brackets


@dataclass(slots=True)
class Case:
    """Everything of a review that the finder looks at."""

    bodies: tuple
    accounts: list
    persons: tuple = ()
    notes: tuple = ()
    sittings: tuple = ()
    survey: object = None  # Survey
