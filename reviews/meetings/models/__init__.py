from reviews.meetings.models.actions import ActionChase, MeetingAction, MeetingActionMove
from reviews.meetings.models.meeting import AgendaLine, Invitation, Meeting, MeetingMove
from reviews.meetings.models.minutes import Attendance, MeetingDecision, Minutes
from reviews.meetings.models.papers import Pack, Paper

__all__ = [
    "ActionChase",
    "AgendaLine",
    "Attendance",
    "Invitation",
    "Meeting",
    "MeetingAction",
    "MeetingActionMove",
    "MeetingDecision",
    "MeetingMove",
    "Minutes",
    "Pack",
    "Paper",
]
