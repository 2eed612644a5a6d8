"""Trials, inquests and other investigations beside a review, and what they stop for a while.

Nothing here is overwritten: a moved date, a further status and the release of a hold are rows of
their own. Contacts are posts, not persons; how to reach them is sealed.
"""

from reviews.proceedings.models.disclosure import (
    DisclosureSchedule,
    HandedLine,
    HandingOver,
    ScheduleLine,
    SensitivityMark,
)
from reviews.proceedings.models.hold import Hold, HoldRelease, Stops
from reviews.proceedings.models.proceeding import (
    Proceeding,
    ProceedingEvent,
    ProceedingPost,
    ProceedingStatus,
)

__all__ = [
    "DisclosureSchedule",
    "HandedLine",
    "HandingOver",
    "Hold",
    "HoldRelease",
    "Proceeding",
    "ProceedingEvent",
    "ProceedingPost",
    "ProceedingStatus",
    "ScheduleLine",
    "SensitivityMark",
    "Stops",
]
