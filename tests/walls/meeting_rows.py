"""The meetings of a world's review: one that was held, with all that came of it, one that was
cancelled, and one that nobody was told of."""

from datetime import date

from django.utils import timezone

from foundations.vault.services import store
from tests.factories.reviews_meetings import (
    ActionChaseFactory,
    AgendaLineFactory,
    AttendanceFactory,
    InvitationFactory,
    MeetingActionFactory,
    MeetingActionMoveFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingMoveFactory,
    MinutesFactory,
    PackFactory,
    PaperFactory,
)


def meet(rows, mark):
    held = rows.meeting = MeetingFactory(review=rows.one, number=1, held=True)
    MeetingMoveFactory(meeting=held)
    AgendaLineFactory(meeting=held)
    rows.invitation = InvitationFactory(meeting=held, member=rows.seat)
    _papers(rows, held, mark)
    rows.pack = PackFactory(meeting=held, by=rows.chair, stored=store(b"a pack", name="pack.pdf"))
    AttendanceFactory(meeting=held, member=rows.seat, state="deputy", deputy="Deputy head")
    AttendanceFactory(meeting=held, member=None, post="Minute taker")
    MinutesFactory(meeting=held, sent_at=timezone.now())
    rows.minutes = MinutesFactory(meeting=held, number=2, why="A word")
    rows.meeting_decision = MeetingDecisionFactory(meeting=held)
    MeetingDecisionFactory(meeting=held, **_gone())
    _actions(rows, held)
    now = {"cancelled_at": timezone.now(), "cancelled_because": "Trial"}
    MeetingFactory(review=rows.one, number=2, sent=True, **now | {"state": "cancelled"})
    rows.meeting_draft = MeetingFactory(review=rows.one, number=3)
    rows.agenda_item = AgendaLineFactory(meeting=rows.meeting_draft)


def _gone():
    return {"withdrawn_at": timezone.now(), "withdrawn_because": "Wrong"}


def _papers(rows, held, mark):
    """One about an agency, one of the leaders, one withdrawn, one that is a page of the service."""
    ours, one = rows.ours.part, rows.one.reference

    def file(kind, place):
        content = mark("Something to read", one, place, kind)
        return store(content.encode(), name="paper.csv")

    rows.paper = PaperFactory(meeting=held, stored=file("meeting", ours.agency_id))
    rows.paper.concerns.set([ours])
    PaperFactory(meeting=held, audience="leaders", stored=file("meeting led", "panel"))
    PaperFactory(meeting=held, **_gone())
    PaperFactory(meeting=held, stored=None, name="", terms=rows.terms)


def _actions(rows, held):
    ours = MeetingActionFactory(meeting=held, post="", participation=rows.ours.part)
    rows.meeting_action = ours
    MeetingActionMoveFactory(action=ours)
    ActionChaseFactory(action=ours)
    done = {"done_at": timezone.now(), "done_by": rows.chair, "done": "Written"}
    MeetingActionFactory(meeting=held, due=date(2026, 5, 1), **done)
    MeetingActionFactory(meeting=held, post="", member=rows.seat)
