"""What a clock counts between, how far, and why it may stand still. The limits are data: house.py."""

from dataclasses import dataclass
from enum import Enum

from django.db import models


class Milestone(models.TextChoices):
    """What a review reaches, in the order of its life."""

    NOTIFIED = "notified", "Notification received"
    DECIDED = "decided", "Decision made"
    HOME_OFFICE_TOLD = "home_office_told", "Home Office told of the decision"
    CHAIR_APPOINTED = "chair_appointed", "Chair appointed"
    REPORT_COMPLETED = "report_completed", "Report completed"
    SENT = "sent", "Report sent to the Home Office and the Commissioner"
    PUBLISHED = "published", "Report published"
    ENDED = "ended", "Ended without a report"


# What a limit can be set for: the notification starts the clock, and nobody owes an end.
TARGETS = tuple(m for m in Milestone if m not in {Milestone.NOTIFIED, Milestone.ENDED})
# A limit counts from one of these.
BASES = (
    Milestone.NOTIFIED,
    Milestone.DECIDED,
    Milestone.CHAIR_APPOINTED,
    Milestone.REPORT_COMPLETED,
    Milestone.SENT,
)
# Owed even when there is to be no review, or none any more.
OWED_AFTER_THE_END = frozenset({Milestone.HOME_OFFICE_TOLD})

# What cannot have been reached before what. One that was never recorded forbids nothing.
BEFORE = {
    Milestone.NOTIFIED: (),
    Milestone.DECIDED: (Milestone.NOTIFIED,),
    Milestone.HOME_OFFICE_TOLD: (Milestone.NOTIFIED, Milestone.DECIDED),
    Milestone.CHAIR_APPOINTED: (Milestone.NOTIFIED,),
    Milestone.REPORT_COMPLETED: (
        Milestone.NOTIFIED,
        Milestone.DECIDED,
        Milestone.CHAIR_APPOINTED,
    ),
    Milestone.ENDED: (Milestone.NOTIFIED,),
}
BEFORE[Milestone.SENT] = (*BEFORE[Milestone.REPORT_COMPLETED], Milestone.REPORT_COMPLETED)
BEFORE[Milestone.PUBLISHED] = BEFORE[Milestone.SENT]


@dataclass(frozen=True)
class Words:
    """How sentences speak of a milestone."""

    thing: str  # "the report" is due
    done: str  # "the report was completed" on a day
    moment: str  # a limit counts from "the completion of the report"


WORDS = {
    Milestone.NOTIFIED: Words(
        "the notification", "the notification was received", "the notification"
    ),
    Milestone.DECIDED: Words("the decision", "the decision was made", "the decision"),
    Milestone.HOME_OFFICE_TOLD: Words(
        "telling the Home Office", "the Home Office was told", "telling the Home Office"
    ),
    Milestone.CHAIR_APPOINTED: Words(
        "the appointment of the chair", "the chair was appointed", "the appointment of the chair"
    ),
    Milestone.REPORT_COMPLETED: Words(
        "the report", "the report was completed", "the completion of the report"
    ),
    Milestone.SENT: Words("sending the report", "the report was sent", "sending the report"),
    Milestone.PUBLISHED: Words(
        "the publication of the report", "the report was published", "the publication of the report"
    ),
    Milestone.ENDED: Words(
        "the end of the review", "the review ended without a report", "the end of the review"
    ),
}


class Unit(models.TextChoices):
    MONTHS = "months", "months"
    WEEKS = "weeks", "weeks"
    DAYS = "days", "days"
    WORKING_DAYS = "working_days", "working days"


class Standing(models.TextChoices):
    """How far the words of a limit have been checked."""

    CONFIRMED = "confirmed", "Confirmed in the source"
    UNCONFIRMED = "unconfirmed", "Not confirmed"
    LOCAL = "local", "Agreed locally"


class State(Enum):
    """How one limit stands; its words and the colour of its tag."""

    WAITING = "Not counted yet", "grey"
    NO_LIMIT = "No number of days set", "grey"
    RUNNING = "Running", "blue"
    PAUSED = "Paused", "yellow"
    OVERDUE = "Overdue", "red"
    IN_TIME = "In time", "green"
    LATE = "Late", "orange"
    REACHED = "Reached", "green"  # with no due day, or where it is not certain which came first
    DROPPED = "No longer due", "grey"

    @property
    def label(self):
        return self.value[0]

    @property
    def colour(self):
        return self.value[1]


class Reason(models.TextChoices):
    TRIAL = "trial", "Criminal trial"
    INQUEST = "inquest", "Inquest"
    FAMILY = "family", "The family’s wish"
    LATE_IMRS = "late_imrs", "Late IMRs"
    OTHER = "other", "Another reason"


# After "because of".
BECAUSE = {
    Reason.TRIAL: "the criminal trial",
    Reason.INQUEST: "the inquest",
    Reason.FAMILY: "the family’s wish",
    Reason.LATE_IMRS: "IMRs that came late",
}
