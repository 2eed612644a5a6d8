import uuid

from django.utils import timezone

from actionplans.papers import services
from actionplans.papers.kinds import Kind


def final_paper(review, *, by, kind=Kind.STATEMENT, layout="", as_of=None, is_given=False):
    """A final paper, made as the pages make it."""
    return services.keep_final(
        services.scope_of(review),
        kind=kind,
        layout=layout,
        as_of=as_of or timezone.localdate(),
        is_given=is_given,
        by=by,
        key=uuid.uuid4(),
    )
