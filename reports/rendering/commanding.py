"""Documents and the combined chronology from the command line, where nobody asks who looks."""

from django.utils import timezone

from chronologies import exports
from reports.models import FROM_DATA, OF_PROSE, Document, Format, Kind
from reports.rendering.making import make

KINDS = tuple(str(kind) for kind in Kind if kind not in FROM_DATA)
CHRONOLOGY = "chronology"


class Refused(Exception):
    """Nothing was made: [(where, message)] says why."""

    def __init__(self, found):
        super().__init__("Nothing was made.")
        self.found = found


def misused(kind, *, to, **_):
    """Why this can never be drawn, or ""."""
    formats = tuple(map(str, Format if kind == CHRONOLOGY else OF_PROSE))
    return "" if to in formats else f"It cannot be drawn as {to}. Use one of: {', '.join(formats)}."


def drawn(review, kind, *, to, variant, with_plan, **_):
    """The bytes. Of a kind that there is several times, the one that was begun last.

    Raises Refused, and RenderFailed where no PDF comes out.
    """
    if kind == CHRONOLOGY:
        return exports.make_whole(review, format_=to).content
    document = Document.objects.live().filter(review=review, kind=kind).order_by("number").last()
    if document is None:
        raise Refused([(review.reference, f"The review has no {Kind(kind).label.lower()} yet.")])
    document.review = review
    made = make(
        document,
        to,
        variant=variant,
        version=0,
        at=timezone.now(),
        by=None,
        with_plan=with_plan,
    )
    if made.places:
        raise Refused([(one.where, one.sentence) for one in made.places])
    return made.file.content
