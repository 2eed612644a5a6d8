"""What the words of a cell stand for: agencies, people, dates, statuses."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from actionplans.models import Level
from actionplans.progress.models import Answer
from actionplans.progress.services import IN_THE_PAST
from agencies.models import Agency, name_key
from chronologies.marking.models import Theme
from foundations.dates import PartialDate, parse
from foundations.dates.words import fold
from reviews.models import RoleHolder
from reviews.rules import AGENCY_ROLES

BETWEEN_NAMES = re.compile(r"[\n;]+")
LONGEST_DATE = 200
KEPT_DATE = "A target date is moved, not taken away. Write the new date"
NO_ACCOUNT = "Nobody at the lead agency has an account with this name. It is kept as a name only."
STATUSES = "On track, At risk, Slipped, Done or No longer right"

_ANSWERS = {fold(answer.label): answer for answer in Answer} | {
    "slipped": Answer.SLIPPED,
    "done": Answer.REPORTED,
    "complete": Answer.REPORTED,
    "completed": Answer.REPORTED,
    "reported done": Answer.REPORTED,
    "superseded": Answer.SUPERSEDED,
    "": Answer.NO_CHANGE,
}
_LEVELS = {fold(level.label): level for level in Level} | {"": ""}


class Unclear(Exception):
    """The words stand for nothing that can be saved. `message` says what to write instead."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def answer_of(text):
    """What a status means as an answer; blank, or as it stood: nothing has changed."""
    found = _ANSWERS.get(fold(text).strip(" ."))
    if found is None:
        raise Unclear(f"“{text[:60]}” cannot be reported here. Write {STATUSES}")
    return found


def level_of(text):
    found = _LEVELS.get(fold(text).strip(" ."))
    if found is None:
        raise Unclear(f"“{text[:60]}” is no level. Write Local, Regional or National")
    return str(found)


def target_of(text, *, moves, on=None):
    """A plan that is written down late may have a date that has passed; one that moves is to come."""
    if not text:
        raise Unclear(KEPT_DATE)
    reading = parse(text[: LONGEST_DATE + 1])
    value = reading.value
    if reading.doubts or value.precision in {"invalid", "none"} or len(text) > LONGEST_DATE:
        why = reading.doubts[0] if reading.doubts else "It cannot be read."
        raise Unclear(f"“{text[:60]}” is not a date that can be used. {why}")
    if moves and value.latest is not None and value.latest < (on or timezone.localdate()):
        raise Unclear(IN_THE_PAST)
    return value


def is_same_date(text, target):
    """Whether other words mean the same days."""
    value = parse(text[: LONGEST_DATE + 1]).value if text else PartialDate.none()
    return value.is_bounded and (value.earliest, value.latest) == (target.earliest, target.latest)


def names_in(text):
    names = (" ".join(name.split()) for name in BETWEEN_NAMES.split(text))
    return list(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True)
class Body:
    """An agency that is to lead, with its part in the review or without one yet."""

    agency: Agency
    part: object  # Participation, or None until it is made

    @property
    def key(self):
        return self.agency.pk


class Meanings:
    """What names mean in one review. `names`: of all agencies that a sheet speaks of."""

    def __init__(self, review, names=()):
        self.review = review
        self._agencies = _agencies_named(names)

    @cached_property
    def _parts(self):
        parts = self.review.participations.select_related("agency")
        return {part.agency_id: part for part in parts}

    @cached_property
    def _themes(self):
        """The partnership's own before the house's, where both have the same word."""
        themes = Theme.objects.for_reviews_of(self.review.partnership)
        house_first = sorted(themes, key=lambda theme: theme.partnership_id or 0)
        return {fold(theme.name): theme for theme in house_first} | {"": None}

    @cached_property
    def _people(self):
        """{part id: {how somebody is written: User}} of those who act for an agency here."""
        found = {}
        holders = RoleHolder.objects.filter(
            role_group__participation__in=[part.pk for part in self._parts.values()],
            role_group__role__in=sorted(AGENCY_ROLES),
            user__is_active=True,
        ).select_related("user", "role_group")
        for holder in holders:
            known = found.setdefault(holder.role_group.participation_id, {})
            known[fold(holder.user.email)] = holder.user
            if holder.user.name:
                known.setdefault(fold(holder.user.name), holder.user)
        return found

    def body(self, name):
        found = self._agencies.get(name_key(name), {})
        here = [pk for pk in found if pk in self._parts]
        wanted = here or list(found)
        if len(wanted) > 1:
            raise Unclear(f"More than one agency goes by the name “{name[:80]}”")
        if not wanted:
            raise Unclear(
                f"“{name[:80]}” is not in the register of agencies. Write the name as it stands "
                "there, or add the agency first"
            )
        agency = found[wanted[0]]
        return Body(agency, self._parts.get(agency.pk))

    def theme(self, text):
        if fold(text) not in self._themes:
            raise Unclear(f"“{text[:60]}” is not among the themes of this partnership")
        return self._themes[fold(text)]

    def person(self, text, parts):
        """The account that a name or an address stands for at one of the agencies that lead, or None."""
        known = (self._people.get(part.pk, {}).get(fold(text)) for part in parts)
        return next(filter(None, known), None)


def _agencies_named(names):
    """{key of a name: {id: agency}}, in one query however many there are."""
    keys = {name_key(name) for name in names} - {""}
    found = {}
    agencies = (
        Agency.objects.filter(Q(key__in=keys) | Q(short_key__in=keys) | Q(aliases__key__in=keys))
        .distinct()
        .select_related("merged_into")
        .prefetch_related("aliases")
    )
    for agency in agencies:
        stands_for = agency.merged_into or agency
        for key in (agency.key, agency.short_key, *(one.key for one in agency.aliases.all())):
            if key:
                found.setdefault(key, {})[stands_for.pk] = stands_for
    return found
