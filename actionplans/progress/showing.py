"""How one row is shown: its tags and what there is to know of it."""

from django.utils import timezone
from django.utils.html import format_html

from actionplans.documents import NO_DATE, Tag
from actionplans.models import CLAIMED_DONE, COLOURS


def tags_of(row, *, on):
    if row.ended_at:
        yield Tag("No longer followed", "grey")
    yield standing_of(row)
    if row.is_overdue(on=on):
        yield Tag("Overdue", "red")


def standing_of(row):
    """Its status; of what nobody here has looked at yet, that its file calls it finished."""
    place = _claimed_in(row)
    if place is None or not row.is_only_claimed:
        return Tag(row.get_status_display(), COLOURS[row.status])
    claimed = place.get_claimed_status_display().lower()
    return Tag(f"Claimed {claimed}, not confirmed", "orange")


def claims_done(row):
    """The file says so, as far as its reader is told."""
    place = _claimed_in(row)
    return place is not None and place.claimed_status == CLAIMED_DONE


def _claimed_in(row):
    """What its file claims it of; None where that is more of the recommendation than is read, of which
    `told_whole` knows. It is not asked where everybody who comes there reads all."""
    place = row.claimed_in
    hidden = place == row.recommendation and not getattr(row, "is_told_whole", True)
    return None if hidden else place


def facts_of(row, *, with_owner):
    leads = [link.participation.agency.name for link in row.lead_links.all()]
    facts = [
        ("Lead agency", leads[0] if leads else "Nobody was named"),
        ("Together with", ", ".join(leads[1:])),
        ("Owner", (row.owner or row.owner_as_written) if with_owner else ""),
        ("Target date", _target(row)),
        ("First target date", _first_target(row)),
        ("Moved", _times(row.moves)),
        ("Claimed in the file", _claim(row)),
        ("Accepted as done", _on(row.done_at)),
    ]
    shown = '<span class="app-verbatim">{}</span>'
    return [(label, format_html(shown, value)) for label, value in facts if value]


def _first_target(row):
    """As it was written before it was first moved."""
    if not row.first_due:
        return ""
    dated = (move for move in row.date_moves.order_by("pk") if move.old)
    move = next(dated, None)
    return move.old_as_written or str(move.old) if move else f"{row.first_due:%-d %B %Y}"


def _on(at):
    return f"{timezone.localtime(at):%-d %B %Y}" if at else ""


def _target(row):
    read = str(row.target)
    if row.due and row.target.latest is None:  # counted from the publication
        return f"{row.target_as_written or read} ({row.due:%-d %B %Y})"
    written = row.target_as_written
    if not written or written.casefold() == read.casefold():
        return read or NO_DATE
    return f"{written} (read as {read})" if read and read not in written else written


def _times(moves):
    return "once" if moves == 1 else f"{moves} times" if moves else ""


def _claim(row):
    place = _claimed_in(row)
    return place.status_as_written or place.get_claimed_status_display() if place else ""
