"""Bounds of months, years and their parts."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

ONE_DAY = timedelta(days=1)


def month_start(year, month):
    return date(year, month, 1)


def month_end(year, month):
    return date(year, month, monthrange(year, month)[1])


def months_on(year, month, count):
    """The (year, month) that lies `count` months on, or back when it is negative."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def add_months(day, count):
    """The same day `count` months on, or that month's last day where it has none."""
    year, month = months_on(day.year, day.month, count)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day, count):
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def is_month_start(day):
    return day.day == 1


def is_month_end(day):
    return day.day == monthrange(day.year, day.month)[1]
