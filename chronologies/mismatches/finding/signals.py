"""What reading one entry gives: contacts with other bodies, promises, grades of risk, dates inside."""

from dataclasses import dataclass, field

OUT, IN, WITH, THERE = "out", "in", "with", "there"


@dataclass(slots=True)
class Contact:
    """That an account says its own agency dealt with another, or saw another at work."""

    body: int
    way: str
    act: str
    strength: float
    quote: str
    is_named: bool = True  # by a name, not only by a post
    asks: tuple = ()  # what the other was asked to do, in words to look for
    takes_time: bool = False
    is_later: bool = False  # told as what came after the entry's own day


@dataclass(slots=True)
class Promise:
    """That somebody said something would be done."""

    by: int | None  # the body; None: a person of the review
    to: int | None  # the body to be dealt with, where one is named
    words: tuple  # what is to be done, in words to look for
    quote: str
    strength: float = 0.7
    is_for_all: bool = False  # every agency was to do it


@dataclass(slots=True)
class Grade:
    """A grade of risk that an account gives."""

    level: int
    word: str
    of: str | None  # from whom
    to: str | None  # to whom
    quote: str


@dataclass(slots=True)
class Retold:
    """A date in the text that is not the entry's own, with the sentence that it stands in."""

    start: int
    end: int
    text: str
    quote: str
    words: tuple


@dataclass(slots=True)
class Signals:
    contacts: list = field(default_factory=list)
    promises: list = field(default_factory=list)
    grades: list = field(default_factory=list)
    retold: list = field(default_factory=list)
    ends: list = field(default_factory=list)  # (body that closes its case, sentence)
    between: list = field(
        default_factory=list
    )  # (sender, receiver, sentence), neither of them ours
    meant: set = field(default_factory=set)  # bodies that somebody meant to be in touch with
    named: set = field(default_factory=set)  # every body that the text names in whatever way
    unreceived: list = field(default_factory=list)  # (body, sentence): it had not come

    def with_body(self, body):
        return [contact for contact in self.contacts if contact.body == body]
