from reviews.intake.models.circumstances import Circumstances, ConsentWord
from reviews.intake.models.concern import ConcernOwner, UrgentConcern
from reviews.intake.models.decision import DecisionCriterion, ReviewDecision
from reviews.intake.models.identity import NotifiedIdentity
from reviews.intake.models.learning import EarlyAction, EarlyActionMove
from reviews.intake.models.notification import (
    Charge,
    Manner,
    Notification,
    NotificationLink,
    PossibleDuplicate,
)
from reviews.intake.models.scoping import KnownPerson, ScopingAnswer, ScopingRequest

__all__ = [
    "Charge",
    "Circumstances",
    "ConcernOwner",
    "ConsentWord",
    "DecisionCriterion",
    "EarlyAction",
    "EarlyActionMove",
    "KnownPerson",
    "Manner",
    "Notification",
    "NotificationLink",
    "NotifiedIdentity",
    "PossibleDuplicate",
    "ReviewDecision",
    "ScopingAnswer",
    "ScopingRequest",
    "UrgentConcern",
]
