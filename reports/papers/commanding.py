"""Plans, statements and chronologies from the command line, where nobody asks who looks: those that are looked
through before they are written, and kinds of file that their own rooms do not make."""

from django.utils import timezone

from reports.models import Variant
from reports.papers.gathering import gather_paper
from reports.rendering.commanding import Refused
from reports.rendering.files import drawn as file_of
from reports.rendering.telling import Telling


def drawn(review, kind, *, to, variant, layout="", as_of=None, **_):
    """(bytes, how many rows) of a draft. Raises Refused, with each place that may tell who somebody is, and
    RenderFailed where no PDF comes out."""
    gathered = gather_paper(
        review,
        kind,
        variant=variant,
        at=timezone.now(),
        by=None,
        layout=layout,
        as_of=as_of,
    )
    if variant != Variant.ANONYMISED:
        return file_of(gathered, to).content, gathered.paper.rows
    telling = Telling(gathered, review)
    content = b""
    if not telling.places:
        content = file_of(gathered, to).content
        telling.look_at_file(content, f"document.{to}")
    if places := telling.places:
        raise Refused([(one.where, one.sentence) for one in places])
    return content, gathered.paper.rows
