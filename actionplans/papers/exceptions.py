"""The exceptions report: what a committee should ask about."""

from django.utils import timezone

from actionplans.documents import NO_AGENCY
from actionplans.models import Status
from actionplans.papers.sheets import Column, Line, Table, cell, long_date
from actionplans.papers.wordings import leads_of

COLUMNS = (
    Column("Review", 12),
    Column("No.", 8),
    Column("What is to be done", 40),
    Column("Lead agency", 20),
    Column("What is wrong", 20),
)


def tables_of(knowns, *, day, **_):
    rows = [(known, row) for known in knowns for row in known.rows]
    open_rows = [(known, row) for known, row in rows if row.is_open and not row.is_only_claimed]
    for heading, wrong, of in (
        ("Overdue", _late, open_rows),
        ("Silent", _silent, open_rows),
        ("Slipped or at risk", _slipped, open_rows),
        ("Claimed, nothing shows it", _unbacked, rows),
        ("No lead agency", _leaderless, open_rows),
        ("No date", _dateless, open_rows),
        ("Date moved more than once", _moved, open_rows),
    ):
        found = [(known, row, wrong(known, row, day)) for known, row in of]
        lines = tuple(_line(known, row, said) for known, row, said in found if said)
        title = f"{heading} ({len(lines)})"
        yield Table(title, COLUMNS, lines, "None.")


def _line(known, row, said):
    return Line(
        (
            cell(known.one.review.reference),
            cell(row.row.number),
            cell(row.row.action.text if row.row.action else known.text),
            cell("; ".join(row.leads) or known.one.lead_as_written or NO_AGENCY),
            cell(said),
        ),
        review=known.one.review.reference,
        recommendation=known.one.pk,
        number=known.number,
    )


def _late(_, row, day):
    if not row.is_overdue(day):
        return ""
    days = (day - row.due).days
    return f"Due by {long_date(row.due)}: {days} {'day' if days == 1 else 'days'} late"


def _silent(_, row, day):
    if not row.is_silent(day):
        return ""
    if row.told_at is None:
        return f"Nothing reported since it is followed, {_day(row.row.started_at)}"
    return f"Nothing reported since {_day(row.told_at)}"


def _day(at):
    return long_date(timezone.localtime(at))


def _slipped(_, row, day):
    return Status(row.status).label if row.status in {Status.SLIPPED, Status.AT_RISK} else ""


def _unbacked(known, row, day):
    """As the plan claims, with neither a step nor a word that shows it: an action is only what was to
    be done."""
    if not (row.is_open and row.is_only_claimed) or _is_backed(known, row):
        return ""
    claim = row.row.claimed_in.get_claimed_status_display().lower()
    return f"The plan says {claim}, and gives no milestone, update, outcome or evidence"


def _is_backed(known, row):
    one, action = known.one, row.row.action
    if one.outcome or one.evidence or (action and action.outcome) or one.milestones.all():
        return True
    return any(not said.is_kept for said in known.updates)


def _leaderless(known, row, day):
    return "" if row.leads or leads_of(known) else "Nobody was named to lead it"


def _dateless(_, row, day):
    return "" if row.due else "It cannot be late: nobody set a date"


def _moved(_, row, day):
    if row.moves < 2:
        return ""
    return f"Moved {row.moves} times, at first {row.first_target}; now {row.target}"
