"""The clock on the wall of a meeting room, and what it is in the world's time."""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from foundations.dates.times import read_time

LONDON = ZoneInfo("Europe/London")


def on_the_wall(day, clock):
    """A time in London as a moment. One that does not exist, or comes twice, is refused: nobody
    could say when to come."""
    wall = datetime.combine(day, clock)
    first, second = (wall.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    said = f"{clock:%H:%M} on {day:%-d %B %Y}"
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        raise ValidationError(
            f"There is no {said}: the clocks go forward that night. Enter another time"
        )
    raise ValidationError(f"{said} comes twice: the clocks go back that night. Enter another time")


def read_clock(written):
    """10:00, 10.00, 1000, 2pm: a time of day, or ValidationError."""
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", read_time(written) or "")
    if found is None:
        raise ValidationError("Enter a time, for example 10:00 or 2:30pm")
    return time(int(found[1]), int(found[2]))
