"""The register of publications across reviews: every set that somebody finds, what is to be taken down first.

rows = register_for(user, on=today)      # not fetched yet, in its order
shown = shown_of(rows, user, on=today)   # [Row], in a constant number of queries
"""

from dataclasses import dataclass

from django.db.models import Case, F, Value, When

from reports.models import Release, Released
from reports.models.documents import reviews_led
from reports.release.fitness import called

HEADINGS = (
    "Review", "Partnership", "Set", "State", "Files", "SHA-256", "Title", "Where published", "Published on",
    "To be taken down on", "Taken down on", "Withdrawn on",
)  # fmt: skip
WIDTHS = (16, 24, 12, 18, 44, 68, 32, 44, 14, 18, 14, 14)
_KEPT_BY_LEADERS = "Kept by the leaders of the review"
_ORDER = (Released.PUBLISHED, Released.SIGNED_OFF, Released.PROPOSED)


@dataclass(frozen=True)
class Row:
    """One set. `files` is [(ReleasedFile, what it is called)]; of a set that was withdrawn only its leaders find
    these, and where it stood. The days are dates or None."""

    release: Release
    is_late: bool
    is_hidden: bool
    files: tuple
    publication: object
    taken_down: object
    withdrawn: object

    @property
    def until(self):
        """The day of taking down as it is now; None where it stands until further notice, or where a withdrawn set
        is kept from this person."""
        return None if self.is_hidden else self.release.take_down_on

    @property
    def cells(self):
        """As HEADINGS."""
        one, where = self.release, self.publication
        return (
            one.review.reference,
            one.review.partnership.name,
            str(one),
            "To be taken down" if self.is_late else one.get_state_display(),
            _KEPT_BY_LEADERS
            if self.is_hidden
            else "\n".join(f"{file.title}: {name}" for file, name in self.files),
            "\n".join(file.sha256 for file, _ in self.files),
            where.title if where else "",
            "\n".join(where.addresses) if where else "",
            where.on if where else None,
            self.until,
            self.taken_down,
            self.withdrawn,
        )


def register_for(user, *, on):
    """Sets whose day of taking down has come, the longest ago first; then what stands somewhere, what is on its
    way out, and what has ended, the newest first in each."""
    late = Release.objects.to_take_down(on).order_by().values("pk")
    rank = Case(
        When(pk__in=late, then=Value(0)),
        *(When(state=state, then=Value(n)) for n, state in enumerate(_ORDER, start=1)),
        default=Value(len(_ORDER) + 1),
    )
    day = Case(When(pk__in=late, then=F("take_down_on")))
    return Release.objects.visible_to(user).order_by(
        rank, day.asc(nulls_last=True), "-publication__on", "-proposed_at", "-pk"
    )


def shown_of(rows, user, *, on):
    """[Row] of a slice of the register, or of all of it."""
    leads = reviews_led(user)
    return [_row(one, on, leads=one.review_id in leads) for one in rows.for_display(user)]


def _row(one, on, *, leads):
    ended = {ending.what: ending.on for ending in one.endings.all()}
    is_hidden = one.state == Released.WITHDRAWN and not leads
    until = one.take_down_on
    return Row(
        release=one,
        is_late=one.state == Released.PUBLISHED and until is not None and until <= on,
        is_hidden=is_hidden,
        files=tuple((file, called(file.rendering)) for file in one.files.all()),
        publication=None if is_hidden else getattr(one, "publication", None),
        taken_down=ended.get(Released.TAKEN_DOWN),
        withdrawn=ended.get(Released.WITHDRAWN),
    )
