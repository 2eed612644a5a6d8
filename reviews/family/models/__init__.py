"""The log of contact with family, friends and others, and what they asked of the review.

Nothing here is overwritten: a correction, a moved date, a further decision and a further answer are
rows of their own. Whom it is about stands here by pseudonym or relation; how to reach them is sealed.
"""

from reviews.family.models.contact import ContactEntry, How
from reviews.family.models.correspondent import (
    ContactDetails,
    ContactHold,
    Correspondent,
    EngagementDecision,
)
from reviews.family.models.wishes import Wish, WishAnswer

__all__ = [
    "ContactDetails",
    "ContactEntry",
    "ContactHold",
    "Correspondent",
    "EngagementDecision",
    "How",
    "Wish",
    "WishAnswer",
]
