"""Targets that count from the publication of the report: "6 months after publication"."""

import re

from foundations.dates import parse
from foundations.dates.bounds import add_days, add_months
from foundations.dates.words import fold, number_in
from reviews.clock.kinds import Milestone

_PUBLICATION = re.compile(r"\bpubli(?:cation|sh)", re.IGNORECASE)
_SO_LONG = re.compile(
    r"(?:by |within |in )?(?P<count>[a-z-]+|[0-9]{1,3}) (?P<unit>day|week|month|year)s?"
    r" (?P<way>\w+)(?: to)? "
)
_DAYS, _MONTHS = {"day": 1, "week": 7}, {"month": 1, "year": 12}


def counts_from_publication(target):
    return target.precision == "relative" and bool(_PUBLICATION.search(target.base or ""))


def published_on(review):
    """When the report was published, as it is recorded. None: it is not, or nobody has said so."""
    reached = review.milestones.filter(milestone=Milestone.PUBLISHED).order_by("pk").last()
    return reached.on if reached and reached.on else None


def due_of(target, published):
    """The last day that a target can mean. `published` is called where that has to be known."""
    if target.latest or not counts_from_publication(target) or not (day := published()):
        return target.latest
    return _so_long_after(fold(target.text), day.latest) or _in_its_place(target, day)


def _so_long_after(text, day):
    """A term ends with its last day: six months after 10 February are over on 10 August."""
    said = _SO_LONG.match(text)
    count = number_in(said["count"]) if said else None
    if count is None:
        return None
    if said["way"] in {"before", "prior"}:
        count = -count
    if said["unit"] in _MONTHS:
        return add_months(day, count * _MONTHS[said["unit"]])
    return add_days(day, count * _DAYS[said["unit"]])


def _in_its_place(target, day):
    """ "On publication" and the like, read with the day where the publication was named."""
    words = re.sub(re.escape(target.base), str(day), target.text, flags=re.IGNORECASE)
    return parse(words).value.latest
