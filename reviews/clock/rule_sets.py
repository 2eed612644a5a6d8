"""Making versions of rule sets, finding the one in force, and the house's data. No service here
changes a version."""

from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.clock.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays
from reviews.clock.house import HOUSE
from reviews.clock.models import BankHoliday, RuleSet, TimeLimit
from reviews.versions import in_force, next_version

BY_RULE = "By the rules of the Banking and Financial Dealings Act 1971, or by proclamation"


def rule_set_for(kind, partnership, on):
    """The limits that a partnership keeps on a day for a kind of review; None where it keeps none."""
    install_if_missing()
    rule_sets = RuleSet.objects.of(kind, partnership)
    return in_force(rule_sets.prefetch_related("limits"), kind, partnership.pk, on)


def newest_for(kind, partnership):
    return RuleSet.objects.newest(kind, partnership)


def make_version(*, limits, key=None, **told):
    """A partnership's next version; `limits` are dictionaries of the fields of a TimeLimit."""
    return next_version(
        RuleSet,
        newest_for,
        EventType.RULE_SET_MADE,
        key=key,
        parts=lambda made: [TimeLimit(rule_set=made, **one) for one in limits],
        **told,
    )


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
