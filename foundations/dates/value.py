from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from foundations.dates.display import in_words

PRECISIONS = (
    "minute",
    "day",
    "part-month",
    "month",
    "months",
    "season",
    "quarter",
    "part-year",
    "year",
    "decade",
    "range",
    "before",
    "after",
    "by",
    "relative",
    "ongoing",
    "none",
    "invalid",
)
_KNOWN = frozenset(PRECISIONS)


class NotAPartialDate(ValueError):
    """What was given cannot be a date as written with its bounds."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as somebody wrote it, and the days it can mean.

    A bound that is None is open. A value with neither bound says nothing about when.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    circa: bool = False
    base: str | None = None  # what a relative date counts from

    def __post_init__(self):
        if self.precision not in _KNOWN:
            raise NotAPartialDate(f"There is no precision {self.precision!r}.")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise NotAPartialDate("The earliest day is after the latest.")

    @classmethod
    def none(cls):
        """The empty value: nobody wrote anything."""
        return _NONE

    def __bool__(self):
        return self.precision != "none" or bool(self.text)

    def __str__(self):
        return in_words(self)

    @property
    def is_bounded(self):
        return self.earliest is not None or self.latest is not None

    @property
    def is_exact(self):
        """One known day."""
        return self.earliest is not None and self.earliest == self.latest

    def overlaps(self, other):
        """Whether both can mean one and the same day. What has no bounds overlaps nothing."""
        return (
            self.is_bounded
            and other.is_bounded
            and _not_after(self.earliest, other.latest)
            and _not_after(other.earliest, self.latest)
        )

    @property
    def sort_key(self):
        """By earliest, then latest. An open start sorts first, an open end last, no bounds at the very end."""
        return (not self.is_bounded, self.earliest or date.min, self.latest or date.max)

    def to_json(self):
        return {
            "text": self.text,
            "earliest": self.earliest and self.earliest.isoformat(),
            "latest": self.latest and self.latest.isoformat(),
            "precision": self.precision,
            "circa": self.circa,
            "base": self.base,
        }

    @classmethod
    def from_json(cls, data):
        if not isinstance(data, dict):
            raise NotAPartialDate("A date is an object with a text, bounds and a precision.")
        return cls(
            text=_text(data.get("text") or ""),
            earliest=_iso(data.get("earliest")),
            latest=_iso(data.get("latest")),
            precision=_text(data.get("precision") or "none"),
            circa=bool(data.get("circa")),
            base=_text(data["base"]) if data.get("base") else None,
        )


_NONE = PartialDate("", None, None, "none")


class Reading(NamedTuple):
    """What a cell was read as, with what a person should look at."""

    value: PartialDate
    time: str | None = None  # "22:15", or words where the time is not exact
    doubts: tuple[str, ...] = ()
    inherited: bool = False


def _not_after(start, end):
    return start is None or end is None or start <= end


def _text(given):
    if not isinstance(given, str):
        raise NotAPartialDate("The words of a date are text.")
    return given


def _iso(given):
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise NotAPartialDate(f"{given!r} is not a day in ISO form.") from error
