"""The one-page summary: the figures, agency by agency, and what changed."""

from collections import Counter
from datetime import timedelta

from actionplans.documents import NO_AGENCY
from actionplans.models import Status
from actionplans.papers.known import known_on
from actionplans.papers.sheets import Column, Line, Table, cell, long_date

A_QUARTER = timedelta(days=91)
MOST_AGENCIES = 13  # on one page; the rest stand together
COLUMNS = (
    Column("Lead agency", 28),
    Column("Recommendations", 19),
    Column("Done", 10),
    Column("Waiting", 10),
    Column("Open", 10),
    Column("Overdue", 11),
    Column("Claimed only", 12),
)
CHANGES = (
    ("New in the plan", "new"),
    ("Accepted as done", "done"),
    ("Reported done, waiting for an answer", "reported"),
    ("Became overdue", "late"),
    ("Dates moved", "moved"),
    ("Decisions given or changed", "decided"),
    ("With a new update", "told"),
)


def tables_of(knowns, *, day, last, reviews, user, **_):
    since = last.as_of if last else day - A_QUARTER
    before = {known.one.pk: known for known in known_on(reviews, since, user)}
    yield _table([("All recommendations", knowns), *_by_agency(knowns)], day)
    changes = _changes(knowns, before, since, day)
    yield Table(
        f"What changed since {long_date(since)}",
        (Column("Change", 79), Column("Recommendations", 21)),
        tuple(Line((cell(label), cell(f"{changes[name]:,}"))) for label, name in CHANGES),
    )


def _table(groups, day):
    lines = tuple(
        Line((cell(name), *(cell(f"{count:,}") for count in _counts(some, day))))
        for name, some in groups
    )
    return Table("How it stands, by lead agency", COLUMNS, lines)


def _by_agency(knowns):
    """One that several agencies lead counts with each of them."""
    groups = {}
    for known in knowns:
        for name in _leads(known) or {NO_AGENCY}:
            groups.setdefault(name, []).append(known)
    by_size = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    shown, rest = by_size[:MOST_AGENCIES], by_size[MOST_AGENCIES:]
    if rest:
        several = {known.one.pk: known for _, some in rest for known in some}
        shown.append((f"{len(rest)} other agencies", list(several.values())))
    return shown


def notes_of(knowns):
    """Why the lines of the agencies come to more than all, where they do."""
    if joint := sum(len(_leads(known)) > 1 for known in knowns):
        are, count = ("is", "counts") if joint == 1 else ("are", "count")
        yield f"{joint:,} of the recommendations {are} led by several agencies together, and {count} with each of them."


def _leads(known):
    """The names of the agencies that lead it, those of its actions before its own."""
    names = {name for row in known.rows for name in row.leads}
    return names or {part.agency.name for part in known.one.leads.all()}


def _counts(knowns, day):
    yield len(knowns)
    yield sum(known.status == Status.DONE for known in knowns)
    yield sum(known.status == Status.REPORTED for known in knowns)
    yield sum(_is_open(known) for known in knowns)
    yield sum(_is_late(known, day) for known in knowns)
    yield sum(known.is_only_claimed for known in knowns)


def _is_open(known):
    """Neither finished here, nor waiting for an answer, nor only claimed to be finished."""
    return known.is_open and known.status != Status.REPORTED and not known.is_only_claimed


def _is_late(known, day):
    return any(row.is_overdue(day) for row in known.rows)


def _changes(knowns, before, since, day):
    """Of what is new in the plan, all that has happened to it is new too."""
    found = Counter()
    for known in knowns:
        was = before.get(known.one.pk)
        found["new"] += was is None
        for name, status in (("done", Status.DONE), ("reported", Status.REPORTED)):
            found[name] += known.status == status and (was is None or was.status != status)
        found["late"] += _is_late(known, day) and not _is_late(was or known, since)
        found["moved"] += _moves(known) > _moves(was)
        found["decided"] += known.decision != (was and was.decision)
        found["told"] += _told(known) > _told(was)
    return found


def _moves(known):
    return sum(row.moves for row in known.rows) if known else 0


def _told(known):
    return sum(said.is_kept for said in known.updates) if known else 0
