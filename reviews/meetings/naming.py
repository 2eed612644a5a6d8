from django.conf import settings


def calendar_name(meeting):
    """What mail and calendars call it: not its title, in which anybody may have written anything."""
    what = "Panel meeting" if meeting.kind == meeting.Kind.PANEL else "Meeting"
    return f"{what} {meeting.number}, {meeting.review.reference}"


def page_of(meeting):
    return settings.SERVICE_URL + meeting.get_absolute_url()
