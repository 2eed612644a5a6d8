"""A meeting as the file that calendars read (RFC 5545), under one UID for as long as it lives."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress
from icalendar.prop import vRecur

from reviews.meetings.models import Invitation
from reviews.meetings.naming import calendar_name, page_of
from reviews.meetings.times import LONDON

MEDIA_TYPE = "text/calendar"
# The rule in force since 1996; older meetings are not in anybody's calendar.
_CHANGES = (
    (TimezoneDaylight, "BST", (1996, 3, 31), 1, 0, 1, 3),
    (TimezoneStandard, "GMT", (1996, 10, 27), 2, 1, 0, 10),
)


def calendar_of(meeting, method, *, to=""):
    """The bytes. `to` is whose calendar it is for, whom Outlook wants to see invited."""
    calendar = Calendar()
    calendar.add("prodid", "-//Reviews system//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", str(method))
    calendar.add_component(_london())
    event = Event()
    event.add("uid", f"{meeting.uid}@{_host()}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", _stamp(meeting))
    event.add("dtstart", meeting.starts_at.astimezone(LONDON))
    event.add("dtend", meeting.ends_at.astimezone(LONDON))
    event.add("summary", calendar_name(meeting))
    event.add("location", meeting.where)
    event.add("url", page_of(meeting))
    event.add("class", "PRIVATE")
    is_cancelled = method == Invitation.Method.CANCEL
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event["organizer"] = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    if to:
        attendee = vCalAddress(f"mailto:{to}")
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "FALSE"
        event.add("attendee", attendee, encode=0)
    calendar.add_component(event)
    return calendar.to_ical()


def method_of(meeting):
    """What a downloaded file asks of a calendar."""
    return Invitation.Method.CANCEL if meeting.is_cancelled else Invitation.Method.REQUEST


def _stamp(meeting):
    """When this state of it was told or settled; the same file twice is the same bytes."""
    newest = max(filter(None, (meeting.made_at, meeting.sent_at, meeting.cancelled_at)))
    return newest.replace(microsecond=0) + timedelta(seconds=meeting.sequence)


def _host():
    return urlsplit(settings.SERVICE_URL).hostname or "reviews.invalid"


def _london():
    """Summer time from the last Sunday of March to the last of October, at one o'clock UTC."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, name, day, hour, before, after, month in _CHANGES:
        change = part()
        change.add("tzname", name)
        change.add("dtstart", datetime(*day, hour))  # noqa: DTZ001 the wall's, as the format asks
        change.add("tzoffsetfrom", timedelta(hours=before))
        change.add("tzoffsetto", timedelta(hours=after))
        change.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        zone.add_component(change)
    return zone
