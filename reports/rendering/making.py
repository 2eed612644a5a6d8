"""One version, from the document as it stands to the file or to what forbids one."""

from dataclasses import dataclass

from django.db import transaction

from reports.leaks.looked import Looked
from reports.models import Document, Format, Variant
from reports.rendering.files import Drawn, drawn
from reports.rendering.gathered import Gathered
from reports.rendering.gathering import gather
from reports.rendering.kept import KeptParts
from reports.rendering.telling import Telling

STEPS = 3


@dataclass(frozen=True)
class Made:
    """`file` is None where `places` tell who somebody is, and nobody decided to keep them. `looked` is what
    was found: None of a version that was not looked through."""

    gathered: Gathered
    file: Drawn | None = None
    places: tuple = ()
    looked: Looked | None = None


def make(document, format_, *, variant, version, at, by, with_plan, is_final=False, tell=None):
    """Raises RenderFailed where no PDF comes out. `tell(done, steps)` hears how far it is."""
    tell = tell or (lambda done, steps: None)
    tell(0, STEPS)
    with transaction.atomic():
        document = _held(document)
        gathered = gather(
            document,
            variant=variant,
            version=version,
            at=at,
            by=by,
            with_plan=with_plan,
            is_final=is_final,
        )
    tell(1, STEPS)
    if variant != Variant.ANONYMISED:
        tell(2, STEPS)
        return Made(gathered, _drawn(document, gathered, variant, format_))
    telling = Telling(gathered, document.review)
    if places := telling.places:
        return Made(gathered, places=places, looked=telling.looked)
    tell(2, STEPS)
    file = _drawn(document, gathered, variant, format_)
    telling.look_at_file(file.content, f"document.{format_}")
    places = telling.places
    return Made(gathered, None if places else file, places, telling.looked)


def _drawn(document, gathered, variant, format_):
    kept = KeptParts(document, variant)
    file = drawn(gathered, format_, kept)
    if format_ == Format.PDF:
        kept.settle()
    return file


def _held(document):
    """As it is now, while nobody changes it: its sections and its paragraphs are read one after the other, and
    what moves between the two would be in neither. Also of a review that has ended."""
    held = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    held.review = document.review
    return held
