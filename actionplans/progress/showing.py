"""How one row is shown: its tags and what there is to know of it."""

from django.utils.html import format_html

from actionplans.documents import NO_DATE, Tag
from actionplans.models import COLOURS, Status


def tags_of(row, *, on):
    if row.ended_at:
        yield Tag("No longer followed", "grey")
    if row.status == Status.UNCONFIRMED and claims_done(row):
        yield Tag("Claimed completed, not confirmed", "orange")
    else:
        yield Tag(row.get_status_display(), COLOURS[row.status])
    if row.is_overdue(on=on):
        yield Tag("Overdue", "red")


def claims_done(row):
    """The file says so, of the action or, to whoever reads that whole, of its recommendation."""
    said = row.action.claimed_status if row.action else ""
    return (said or (_is_told_whole(row) and row.recommendation.claimed_status)) == "completed"


def _is_told_whole(row):
    """As `told_whole` says of it; not asked where everybody who comes there reads all."""
    return getattr(row, "is_told_whole", True)


def facts_of(row, *, with_owner):
    leads = [link.participation.agency.name for link in row.lead_links.all()]
    facts = [
        ("Lead agency", leads[0] if leads else "Nobody was named"),
        ("Together with", ", ".join(leads[1:])),
        ("Owner", (row.owner or row.owner_as_written) if with_owner else ""),
        ("Target date", _target(row)),
        ("First target date", f"{row.first_due:%-d %B %Y}" if row.first_due else ""),
        ("Moved", _times(row.moves)),
        ("Claimed in the file", _claim(row)),
        ("Accepted as done", f"{row.done_at:%-d %B %Y}" if row.done_at else ""),
    ]
    shown = '<span class="app-verbatim">{}</span>'
    return [(label, format_html(shown, value)) for label, value in facts if value]


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
    place = row.action if row.action and row.action.claimed_status else row.recommendation
    if place is row.recommendation and not _is_told_whole(row):
        return ""
    return place.status_as_written or place.get_claimed_status_display()
