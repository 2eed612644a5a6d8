"""Papers of the demonstration: what the board was given."""

import uuid

from django.utils import timezone

from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.services import keep_final, scope_of

_SPACE = uuid.UUID("0c9e3b3e-8c5f-4d0e-9f4b-6a1d2e7f5b21")


def give_papers(review, *, by):
    """A statement, a summary and the plan, as it stands today. Safe to repeat."""
    for kind, layout in ((Kind.STATEMENT, ""), (Kind.SUMMARY, ""), (Kind.PLAN, Layout.SEVEN)):
        keep_final(
            scope_of(review),
            kind=kind,
            layout=layout,
            as_of=timezone.localdate(),
            is_given=True,
            by=by,
            key=uuid.uuid5(_SPACE, f"{review.reference}:{kind}"),
        )
