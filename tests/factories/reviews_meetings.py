import uuid
from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from foundations.vault.services import store
from reviews.meetings.models import (
    ActionChase,
    AgendaLine,
    Attendance,
    Invitation,
    Meeting,
    MeetingAction,
    MeetingActionMove,
    MeetingDecision,
    MeetingMove,
    Minutes,
    Pack,
    Paper,
)
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory

START = datetime(2026, 3, 9, 10, tzinfo=UTC)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A draft, unless its state says otherwise."""

    class Meta:
        model = Meeting

    class Params:
        sent = factory.Trait(
            state=Meeting.State.SENT, sent_at=factory.LazyFunction(timezone.now), sequence_sent=0
        )
        held = factory.Trait(
            state=Meeting.State.HELD,
            sent_at=factory.LazyFunction(timezone.now),
            agenda_given_at=factory.LazyFunction(timezone.now),
            sequence_sent=0,
        )

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    number = factory.Sequence(lambda n: n + 1)
    starts_at = START
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    place = "Town Hall"


class _OfMeeting(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    meeting = factory.SubFactory(MeetingFactory, held=True)


class MeetingMoveFactory(_OfMeeting):
    class Meta:
        model = MeetingMove

    starts_at = START - timedelta(days=7)
    ends_at = START - timedelta(days=7) + timedelta(hours=1)
    because = "The room was taken"


class AgendaLineFactory(_OfMeeting):
    class Meta:
        model = AgendaLine

    position = factory.Sequence(lambda n: n + 1)
    text = "Welcome"


class InvitationFactory(_OfMeeting):
    class Meta:
        model = Invitation

    member = factory.SubFactory(PanelMemberFactory)
    method = Invitation.Method.REQUEST
    sequence = 0


class PaperFactory(_OfMeeting):
    class Meta:
        model = Paper

    key = factory.LazyFunction(uuid.uuid4)
    title = "A paper"
    audience = Paper.Audience.PANEL
    name = "paper.csv"
    stored = factory.LazyFunction(lambda: store(b"Date,Event\n", name="paper.csv"))


class PackFactory(_OfMeeting):
    class Meta:
        model = Pack

    key = factory.LazyFunction(uuid.uuid4)
    job_key = factory.LazyAttribute(lambda o: f"meetings.pack:{o.key}")
    by = factory.SubFactory(UserFactory)


class AttendanceFactory(_OfMeeting):
    class Meta:
        model = Attendance

    member = factory.SubFactory(PanelMemberFactory)
    state = Attendance.State.PRESENT


class MinutesFactory(_OfMeeting):
    class Meta:
        model = Minutes

    number = 1
    text = "The panel met."


class MeetingDecisionFactory(_OfMeeting):
    class Meta:
        model = MeetingDecision

    key = factory.LazyFunction(uuid.uuid4)
    text = "To ask for IMRs"


class MeetingActionFactory(_OfMeeting):
    class Meta:
        model = MeetingAction

    key = factory.LazyFunction(uuid.uuid4)
    text = "Write to the agencies"
    post = "Clerk"
    first_due = date(2026, 4, 1)
    due = date(2026, 4, 1)


class MeetingActionMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingActionMove

    action = factory.SubFactory(MeetingActionFactory)
    before = date(2026, 3, 20)
    after = date(2026, 4, 1)
    reason = "Away"


class ActionChaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionChase

    action = factory.SubFactory(MeetingActionFactory)
    key = factory.LazyFunction(uuid.uuid4)
    note = "By telephone"
