from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from reviews.meetings.calendar import calendar_of
from tests.factories.reviews_meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def meeting(start=datetime(2026, 6, 9, 9, tzinfo=UTC), **more):
    return MeetingFactory(starts_at=start, sent=True, **more)


def event_of(content):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def unfolded(content):
    return content.decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("start", "wall", "offset"),
    [
        (datetime(2026, 3, 28, 10, tzinfo=UTC), "20260328T100000", 0),
        (datetime(2026, 3, 29, 9, tzinfo=UTC), "20260329T100000", 1),
        (datetime(2026, 10, 24, 9, tzinfo=UTC), "20261024T100000", 1),
        (datetime(2026, 10, 25, 10, tzinfo=UTC), "20261025T100000", 0),
    ],
)
def test_ten_oclock_is_ten_oclock_on_both_sides_of_a_clock_change(start, wall, offset):
    content = calendar_of(meeting(start), "REQUEST")
    _, event = event_of(content)

    assert f"DTSTART;TZID=Europe/London:{wall}" in content.decode()
    assert event.start.utcoffset() == timedelta(hours=offset)
    assert event.start == start


def test_the_zone_in_the_file_is_right_without_knowing_london():
    calendar, _ = event_of(calendar_of(meeting(), "REQUEST"))
    zone = calendar.walk("VTIMEZONE")[0].to_tz()

    for day, offset in ((3, 0), (7, 1), (12, 0)):
        assert datetime(2026, day, 15, 12, tzinfo=zone).utcoffset() == timedelta(hours=offset)
    assert datetime(2026, 3, 29, 2, 30, tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert datetime(2026, 10, 25, 2, 30, tzinfo=zone).utcoffset() == timedelta(0)


def test_one_uid_for_life_and_a_sequence_that_rises():
    one = meeting()
    _, first = event_of(calendar_of(one, "REQUEST"))
    one.sequence = 3
    calendar, second = event_of(calendar_of(one, "CANCEL"))

    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 3)
    assert (calendar["method"], second["status"]) == ("CANCEL", "CANCELLED")
    assert second["dtstamp"].dt > first["dtstamp"].dt


def test_long_lines_are_folded_and_signs_escaped():
    place = "Rathaus; Zimmer 4, 1. Stock \\ links, " + "Straße " * 20
    content = calendar_of(meeting(place=place.strip()[:200]), "REQUEST")
    _, event = event_of(content)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert "LOCATION:Rathaus\\; Zimmer 4\\, 1. Stock \\\\ links\\, " in unfolded(content)
    assert str(event["location"]) == place.strip()[:200]


def test_nobody_can_write_lines_of_their_own_into_it():
    content = calendar_of(meeting(place="Hall\r\nATTENDEE:mailto:x@evil.example"), "REQUEST")

    assert b"\r\nATTENDEE" not in content


def test_it_says_nothing_of_the_case():
    one = meeting(title="About Zara")
    _, event = event_of(calendar_of(one, "REQUEST", to="member@agency.example"))

    assert str(event["summary"]) == f"Panel meeting {one.number}, {one.review.reference}"
    assert "Zara" not in calendar_of(one, "REQUEST").decode()
    assert str(event["attendee"]) == "mailto:member@agency.example"
    assert str(event["organizer"]).startswith("mailto:")
    assert str(event["class"]) == "PRIVATE"
