"""The exceptions report: what a committee should ask about."""

from django.utils import timezone

from actionplans.documents import NO_AGENCY
from actionplans.models import REJECTED, Status
from actionplans.papers.known import end_of
from actionplans.papers.sheets import Column, Line, Table, cell, long_date
from actionplans.papers.wordings import leads_of
from actionplans.progress.showing import claims_done
from actionplans.seeing.standing import SILENT_AFTER

COLUMNS = (
    Column("Review", 12),
    Column("No.", 8),
    Column("What is to be done", 40),
    Column("Lead agency", 20),
    Column("What is wrong", 20),
)


def tables_of(knowns, *, day, **_):
    rows = [(known, row) for known in knowns for row in known.rows]
    open_rows = [(known, row) for known, row in rows if row.is_open and not _claims(row)]
    for heading, wrong, of in (
        ("Overdue", _late, open_rows),
        ("Silent", _silent, open_rows),
        ("Slipped or at risk", _slipped, open_rows),
        ("Claimed as completed, nothing shows it", _unbacked, rows),
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


def _claims(row):
    """Nobody here confirmed anything of it, and the file says that it is completed."""
    return row.status == Status.UNCONFIRMED and claims_done(row.row)


def _late(_, row, day):
    if not row.is_overdue(day):
        return ""
    days = (day - row.due).days
    return f"Due by {long_date(row.due)}: {days} {'day' if days == 1 else 'days'} late"


def _silent(_, row, day):
    """Whoever reported done waits for somebody else."""
    if row.status == Status.REPORTED:
        return ""
    if row.told_at is None:
        return "Nothing was ever reported on it"
    if end_of(day) - row.told_at > SILENT_AFTER:
        return f"Nothing reported since {long_date(timezone.localtime(row.told_at))}"
    return ""


def _slipped(_, row, day):
    return Status(row.status).label if row.status in {Status.SLIPPED, Status.AT_RISK} else ""


def _unbacked(known, row, day):
    """As the plan claims, with neither a step nor a word that shows it."""
    one = known.one
    shown = row.row.action or one.milestones.all() or known.updates or one.outcome or one.evidence
    rejected = known.answer == REJECTED
    if _claims(row) and not shown and not rejected:
        return "The plan says completed, and gives no action, milestone, outcome or evidence"
    return ""


def _leaderless(known, row, day):
    return "" if row.leads or leads_of(known) else "Nobody was named to lead it"


def _dateless(_, row, day):
    return "" if row.due else "It cannot be late: nobody set a date"


def _moved(_, row, day):
    if row.moves < 2:
        return ""
    return f"Moved {row.moves} times, at first {row.first_target}; now {row.target}"
