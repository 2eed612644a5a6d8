"""One version, from the document as it stands to the file or to what forbids one."""

from dataclasses import dataclass

from django.db import transaction

from reports.models import Variant
from reports.rendering.files import Drawn, drawn
from reports.rendering.gathered import Gathered
from reports.rendering.gathering import gather
from reports.rendering.telling import telling_places

STEPS = 3


@dataclass(frozen=True)
class Made:
    """`file` is None where `places` tell who somebody is."""

    gathered: Gathered
    file: Drawn | None = None
    places: tuple = ()


def make(document, format_, *, variant, version, at, by, with_plan, is_final=False, tell=None):
    """Raises RenderFailed where no PDF comes out. `tell(done, steps)` hears how far it is."""
    tell = tell or (lambda done, steps: None)
    tell(0, STEPS)
    with transaction.atomic():
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
    if variant == Variant.ANONYMISED and (places := telling_places(gathered, document.review)):
        return Made(gathered, places=tuple(places))
    tell(2, STEPS)
    return Made(gathered, drawn(gathered, format_))
