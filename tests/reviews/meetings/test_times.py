from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from reviews.meetings.times import on_the_wall, read_clock


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 3, 28), time(10), datetime(2026, 3, 28, 10, tzinfo=UTC)),
        (date(2026, 3, 29), time(10), datetime(2026, 3, 29, 9, tzinfo=UTC)),
        (date(2026, 10, 24), time(10), datetime(2026, 10, 24, 9, tzinfo=UTC)),
        (date(2026, 10, 25), time(10), datetime(2026, 10, 25, 10, tzinfo=UTC)),
        (date(2026, 3, 29), time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(2), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_is_a_moment(day, clock, moment):
    assert on_the_wall(day, clock) == moment


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 29), "There is no 01:30 on 29 March 2026"),
        (date(2026, 10, 25), "01:30 on 25 October 2026 comes twice"),
    ],
)
def test_a_time_that_nobody_could_come_at_is_refused(day, said):
    with pytest.raises(ValidationError, match=said):
        on_the_wall(day, time(1, 30))


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("10:00", time(10)),
        ("10.30", time(10, 30)),
        ("1430", time(14, 30)),
        ("2pm", time(14)),
        ("9.15 am", time(9, 15)),
        ("noon", time(12)),
        ("00:00", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(written, clock):
    assert read_clock(written) == clock


@pytest.mark.parametrize("written", ["", "25:00", "morning", "about 10", "10:00 to 12:00", "ten"])
def test_what_is_no_time_is_refused(written):
    with pytest.raises(ValidationError, match="Enter a time"):
        read_clock(written)
