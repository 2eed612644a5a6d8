"""What rows are broken down by, and filtered by: one definition for both, so that a number and the
list that it leads to cannot disagree."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from actionplans.models import Level, Status
from actionplans.rows.models import ONLY_CLAIMED, reads_parts, reads_whole

NONE, CLAIMED = "none", "claimed"


@dataclass(frozen=True)
class Group:
    """A way to divide rows. `key` is an expression whose values are the keys of `labels`."""

    name: str
    title: str
    key: object
    labels: dict | None = None  # none: asked of the database

    def of(self, rows):
        return rows.annotate(**{f"by_{self.name}": self.key})

    def chosen(self, rows, value):
        return self.of(rows).filter(**{f"by_{self.name}": value})


def groups_for(access, *, now):
    """{name: Group}. What is said of a recommendation as a whole is told where that is read whole."""
    whole = reads_whole(access)
    only = whole if reads_parts(access) else None
    found = [_agency(), _status(only), _age(now), _moves(), _slip()]
    if whole:
        found[1:1] = [_theme(only), _level(only), _decision(only)]
    return {one.name: one for one in found}


def groups_published():
    return {one.name: one for one in (_agency(), _theme(), _level(), _status())}


def _theme(only=None):
    return Group("theme", "Theme", _said(Cast("recommendation__theme", CharField()), only))


def _level(only=None):
    labels = {**dict(Level.choices), NONE: "Not said"}
    return Group("level", "Level", _said(F("recommendation__level"), only), labels)


def _decision(only):
    return Group("decision", "Decision", _said(F("recommendation__decision"), only))


def _said(key, only):
    """The key; none where it is blank, or is of a review that is not one of `only`."""
    if only:
        key = Case(When(review__any_of=only, then=key), output_field=CharField())
    return Coalesce(NullIf(key, Value("")), Value(NONE), output_field=CharField())


def _agency():
    return Group(
        "agency",
        "Lead agency",
        Coalesce(Cast("lead__agency", CharField()), Value(NONE), output_field=CharField()),
    )


def _status(only=None):
    """What is only claimed to be finished stands apart from what nobody has said anything of; what is
    claimed of a recommendation, in reviews that are one of `only`."""
    claimed = ONLY_CLAIMED
    if only is not None:
        claimed &= Q(review__any_of=only) | Q(action__claimed_status__gt="")
    key = _case([When(claimed, then=Value(CLAIMED))], F("status"))
    return Group(
        "status", "Status", key, {CLAIMED: "Claimed, not confirmed", **dict(Status.choices)}
    )


def _age(now):
    ends = [("half", 183), ("year", 365), ("two", 730)]
    cases = [When(started_at__gt=now - timedelta(days=days), then=Value(key)) for key, days in ends]
    labels = {
        "half": "Up to 6 months",
        "year": "6 months to a year",
        "two": "1 to 2 years",
        "more": "More than 2 years",
    }
    return Group("age", "Followed for", _case(cases, "more"), labels)


def _moves():
    cases = [When(moves=n, then=Value(str(n))) for n in (0, 1, 2)]
    labels = {
        "0": "Never moved",
        "1": "Moved once",
        "2": "Moved twice",
        "3": "Moved 3 times or more",
    }
    return Group("moves", "Date moved", _case(cases, "3"), labels)


def _slip():
    moved = Q(moves__gt=0, due__isnull=False, first_due__isnull=False)
    by = [(31, "month"), (92, "quarter"), (365, "year")]
    cases = [When(~moved, then=Value(NONE)), When(due__lte=F("first_due"), then=Value("earlier"))]
    cases += [When(due__lte=F("first_due") + timedelta(days=n), then=Value(key)) for n, key in by]
    labels = {
        NONE: "Not at all",
        "earlier": "Earlier or the same day",
        "month": "Up to 31 days",
        "quarter": "32 to 92 days",
        "year": "93 days to a year",
        "more": "More than a year",
    }
    return Group("slip", "Slipped by", _case(cases, "more"), labels)


def _case(cases, default):
    default = default if isinstance(default, F) else Value(default)
    return Case(*cases, default=default, output_field=CharField())
