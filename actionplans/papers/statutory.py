"""The statutory action-plan table: seven columns, or five under the names of the agencies."""

from actionplans.documents import NO_AGENCY
from actionplans.models import Status
from actionplans.papers.kinds import Layout
from actionplans.papers.sheets import Column, Line, Table, cell, items
from actionplans.papers.wordings import (
    claimed,
    claimed_on,
    confirmed,
    date_line,
    leads_of,
    lines_of,
    moved,
    outcome,
)

SEVEN = (
    Column("Recommendation", 19),
    Column("Scope of recommendation (i.e. local or regional)", 12),
    Column("Action to take", 17),
    Column("Lead agency", 11),
    Column("Key milestones achieved in enacting recommendation", 14),
    Column("Target date", 9),
    Column("Date of completion and outcome", 18),
)
FIVE = (
    Column("Recommendation", 28),
    Column("Lead agency", 13),
    Column("Action(s) to take", 28),
    Column("Key milestone", 20),
    Column("Target date", 11),
)
EMPTY = "The plan has no recommendations."


def tables_of(knowns, *, layout, heading, **_):
    if layout == Layout.FIVE:
        return (Table(heading, FIVE, tuple(_under_banners(knowns)), EMPTY, marked_column=4),)
    lines = tuple(_line(known, _seven(known)) for known in knowns)
    return (Table(heading, SEVEN, lines, EMPTY, marked_column=6),)


def _under_banners(knowns):
    """A banner wherever the agency changes, as the plan itself groups its rows."""
    last = None
    for known in knowns:
        group = known.one.group or "; ".join(leads_of(known)) or NO_AGENCY
        if group != last:
            yield Line(banner=group, review=known.one.review.reference)
            last = group
        yield _line(known, _five(known))


def _line(known, cells):
    one = known.one
    return Line(cells, review=one.review.reference, recommendation=one.pk, number=known.number)


def _seven(known):
    return (
        _recommendation(known),
        cell(known.scope or known.one.get_level_display()),
        _actions(known),
        cell(_lead(known)),
        _milestones(known),
        cell(*_targets(known)),
        cell(*_status(known), *_outcome(known)),
    )


def _five(known):
    """What was confirmed stands in the date's cell, as it does in plans of this layout; what came of
    it among the milestones, for there is no other column."""
    return (
        _recommendation(known),
        cell(_lead(known)),
        _actions(known),
        (*_milestones(known), *cell(*outcome(known))),
        cell(*_targets(known), *_status(known)),
    )


def _recommendation(known):
    return cell(f"{known.number}: {known.text}" if known.number else known.text)


def _lead(known):
    return known.one.lead_as_written or "; ".join(leads_of(known))


def _actions(known):
    rows = [row.row for row in known.rows if row.row.action]
    return items([(row.action.number, _with_own(row)) for row in rows])


def _with_own(row):
    """An action whose lead is not that of the whole says so."""
    lead = row.action.lead.agency.name if row.action.lead else row.action.lead_as_written
    return f"{row.action.text} ({lead})" if lead else row.action.text


def _milestones(known):
    steps = known.one.milestones.all()
    return items([(step.number, step.text) for step in steps])


def _targets(known):
    """The recommendation's own dates, then those that an action has to itself."""
    one = known.one
    alone = [row for row in known.rows if row.row.action is None]
    whole = alone[0].target if alone else one.target_as_written or str(one.target)
    is_done = known.status == Status.DONE
    yield from (line if is_done else date_line(known, line) for line in lines_of(whole))
    for row in known.rows:
        if row.row.action and row.target and row.target != whole:
            own = row.target if row.status == Status.DONE else date_line(known, row.target)
            yield f"{row.row.number}: {own}"
    yield from moved(known)


def _status(known):
    """What was accepted here; failing that, what the plan itself claims."""
    if known.status != Status.UNCONFIRMED:
        yield confirmed(known)
        return
    yield from claimed(known, known.one.target_as_written)
    yield from claimed_on(known)


def _outcome(known):
    """What the plan says came of it, and the last that was reported here."""
    yield from outcome(known)
    if here := [said for said in known.updates if said.is_kept]:
        yield here[-1].text
