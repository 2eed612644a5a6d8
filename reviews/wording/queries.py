"""Which words each partnership uses on a day, for whoever looks after them."""

from dataclasses import dataclass

from agencies.models import Partnership
from reviews.wording.kinds import Kind
from reviews.wording.models import Wording


@dataclass(frozen=True)
class InForce:
    partnership: Partnership
    kind: Kind
    wording: Wording
    coming: Wording | None  # a version that has not begun


def in_force(user, partnerships, *, on):
    """For each partnership every kind with its text; one query."""
    wordings = list(Wording.objects.visible_to(user).defer("text"))
    return [
        InForce(partnership, kind, *chosen)
        for partnership in partnerships
        for kind in Kind
        if (chosen := _chosen(wordings, kind, partnership, on))
    ]


def _chosen(wordings, kind, partnership, on):
    """(in force, coming), by the same order as `in_force_first`; None where there is no text."""
    counts = [
        wording
        for wording in wordings
        if wording.kind == kind and wording.partnership_id in (None, partnership.pk)
    ]
    begun = [wording for wording in counts if wording.effective_from <= on]
    coming = [wording for wording in counts if wording.effective_from > on]
    if not begun:
        return None
    return max(begun, key=lambda w: w.rank), min(
        coming, key=lambda w: w.effective_from, default=None
    )
