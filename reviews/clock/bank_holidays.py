"""Bank holidays of England and Wales: eight a year by rule, and the days that were proclaimed.

The rules are those of the Banking and Financial Dealings Act 1971 as practised since 1978: a
holiday at a week-end moves to the next weekday that is not one itself. What a proclamation moved
or added stands in MOVED and ADDED; one that is still to come is added to the database.
"""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2010, 2030
MONDAY = 0

# By proclamation: {the day by rule: the day that was kept instead}.
MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
ADDED = {
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


def bank_holidays(year):
    """{day: name} of one year."""
    easter = easter_sunday(year)
    by_rule = {
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
    }
    holidays = {MOVED.get(day, day): name for day, name in by_rule.items()}
    fixed = {
        date(year, 1, 1): "New Year’s Day",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
    }
    # Those on a weekday stay there; a substitute looks for the next day that is free.
    for day, name in sorted(fixed.items(), key=lambda one: (_is_weekend(one[0]), one[0])):
        kept = _next_free_weekday(day, holidays)
        holidays[kept] = name if kept == day else f"{name} (substitute day)"
    holidays |= {day: name for day, name in ADDED.items() if day.year == year}
    return dict(sorted(holidays.items()))


def _is_weekend(day):
    return day.weekday() >= 5


def _next_free_weekday(day, taken):
    while _is_weekend(day) or day in taken:
        day += timedelta(days=1)
    return day


def _first_monday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)


def easter_sunday(year):
    """The Gregorian reckoning of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leap_centuries - correction + 15) % 30
    leaps, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - moon - left) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
