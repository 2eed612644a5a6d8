"""Who sits on the panel, what they declared, what they must not see, and for how long they work.

What somebody may have to answer for is never overwritten: a change keeps what stood before it, a
declaration that was wrong is withdrawn, a contract is followed by its next terms.
"""

from reviews.panel.models.conflicts import Conflict
from reviews.panel.models.contracts import ContractTerms, DayUsed
from reviews.panel.models.declarations import Declaration
from reviews.panel.models.joint import JointCommission
from reviews.panel.models.members import (
    AUTHORS,
    CHAIRS,
    CONTRACTED,
    Capacity,
    EarlierParticulars,
    PanelMember,
)

__all__ = [
    "AUTHORS",
    "CHAIRS",
    "CONTRACTED",
    "Capacity",
    "Conflict",
    "ContractTerms",
    "DayUsed",
    "Declaration",
    "EarlierParticulars",
    "JointCommission",
    "PanelMember",
]
