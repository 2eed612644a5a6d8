"""Making versions of rule sets, finding the one in force, and the house's data. No service here
changes a version."""

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from reviews.clock.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from reviews.clock.house import HOUSE
from reviews.clock.models import BankHoliday, RuleSet, TimeLimit

BY_RULE = "By the rules of the Banking and Financial Dealings Act 1971, or by proclamation"


class NewerVersion(Exception):
    """Somebody made a version after the one that this one was made from."""


def in_force(rule_sets, kind, partnership_id, on):
    """Of rule sets at hand: a partnership's own before the house's; of each the one that began last."""
    begun = [
        one
        for one in rule_sets
        if one.kind == kind
        and one.partnership_id in (None, partnership_id)
        and one.effective_from <= on
    ]
    return max(begun, key=_order, default=None)


def _order(rule_set):
    return not rule_set.is_house, rule_set.effective_from, rule_set.version


def rule_set_for(kind, partnership, on):
    """The limits that a partnership keeps on a day for a kind of review; None where it keeps none."""
    install_if_missing()
    rule_sets = RuleSet.objects.of(kind, partnership)
    return in_force(rule_sets.prefetch_related("limits"), kind, partnership.pk, on)


def newest_for(kind, partnership):
    """What the next version is made from: the partnership's newest, even one not yet in force."""
    rule_sets = RuleSet.objects.of(kind, partnership).order_by("-version")
    own, house = (rule_sets.filter(partnership=place).first() for place in (partnership, None))
    return own or house


@transaction.atomic
def make_version(
    *, kind, partnership, title, source, effective_from, limits, seen, by, on, key=None
):
    """A partnership's next version; `limits` are dictionaries of the fields of a TimeLimit.

    `seen` is the rule set it was made from, None where there was none. The same key again gives
    the first one's. It begins today or later: what was in force on a past day has been used.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits
    if key and (found := RuleSet.objects.filter(key=key, made_by=by).first()):
        return found
    newest = newest_for(kind, partnership)
    if newest != seen:
        raise NewerVersion
    if effective_from < on:
        raise ValidationError({"effective_from": "Enter today’s date or a later one"})
    made = RuleSet(
        kind=kind,
        partnership=partnership,
        version=newest.version + 1 if newest and not newest.is_house else 1,
        effective_from=effective_from,
        title=" ".join(title.split()),
        source=source.strip(),
        key=key,
        made_by=by,
    )
    made.full_clean()
    made.save()
    for one in limits:
        limit = TimeLimit(rule_set=made, **one)
        limit.full_clean()
        limit.save()
    record(
        EventType.RULE_SET_MADE,
        by=by,
        target=made,
        kind=str(kind),
        partnership=partnership.name,
        version=made.version,
    )
    return made


# --- The house's --------------------------------------------------------------------------------


def install_if_missing():
    """A database that nothing prepared, a test's for example, has none until somebody asks."""
    if not RuleSet.objects.filter(partnership=None).exists():
        install()


@transaction.atomic
def install():
    """The house's rule sets and the bank holidays. Safe to repeat: what is there stays as it is.

    Returns how many of each are new.
    """
    sets = sum(_install_one(house, kind) for house in HOUSE for kind in house.kinds)
    return sets, _install_holidays()


def _install_one(house, kind):
    made, is_new = RuleSet.objects.get_or_create(
        kind=kind,
        partnership=None,
        version=house.version,
        defaults={
            "effective_from": house.effective_from,
            "title": house.title,
            "source": house.source,
        },
    )
    if is_new:
        TimeLimit.objects.bulk_create(
            TimeLimit(rule_set=made, **vars(limit)) for limit in house.limits
        )
    return is_new


def _install_holidays():
    there = set(BankHoliday.objects.values_list("day", flat=True))
    new = [
        BankHoliday(day=day, name=name, source=BY_RULE)
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for day, name in bank_holidays(year).items()
        if day not in there
    ]
    BankHoliday.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def holidays():
    """The days of every bank holiday that is known."""
    return frozenset(BankHoliday.objects.values_list("day", flat=True))


@transaction.atomic
def add_bank_holiday(day, name, *, source, by=None):
    """A holiday that was proclaimed after this was installed."""
    made = BankHoliday(day=day, name=" ".join(name.split()), source=source)
    made.full_clean()
    made.save()
    record(EventType.BANK_HOLIDAY_ADDED, by=by, target=made, day=day)
    return made
