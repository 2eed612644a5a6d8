"""Papers from the command line, where nobody asks who looks: confidential ones."""

from django.utils import timezone

from actionplans.papers import printing, services
from actionplans.papers.kinds import FORMATS, Kind, Layout

KINDS = {"action-plan": Kind.PLAN, "progress-statement": Kind.STATEMENT}


def misused(*, to, as_of, **_):
    """Why this can never be drawn, or ""."""
    if to not in FORMATS:
        return f"A paper cannot be drawn as {to}. Use one of: {', '.join(FORMATS)}."
    if as_of and as_of > timezone.localdate():
        return f"{services.NOT_YET}."
    return ""


def drawn(review, kind, *, to, layout, as_of, **_):
    """(bytes, how many rows) of a draft. Raises RenderFailed where no PDF comes out."""
    document = services.draft(
        services.scope_of(review),
        kind=KINDS[kind],
        layout=layout or str(Layout.SEVEN),
        as_of=as_of or timezone.localdate(),
        by=None,
    )
    return printing.drawn(document, to, made_at=timezone.localtime()), document.rows
