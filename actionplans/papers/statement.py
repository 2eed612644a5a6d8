"""The progress statement, in the shape that cabinets and scrutiny committees use."""

from actionplans.papers.sheets import Column, Line, Table, Words, cell
from actionplans.papers.wordings import (
    claimed,
    confirmed,
    dates,
    disagreement,
    moved,
    officer,
    outcome,
)


def tables_of(knowns, *, heading, **_):
    columns = (
        Column("No.", 5),
        Column("Recommendation", 25),
        Column("Decision", 11),
        Column("Response and updates", 33),
        Column("Officer responsible", 13),
        Column("Action by (date)", 13),
    )
    lines = tuple(_line(known) for known in knowns)
    return (Table(heading, columns, lines, "The plan has no recommendations.", marked_column=3),)


def _line(known):
    one = known.one
    return Line(
        (
            cell(known.number),
            cell(known.text),
            cell(known.decided, *_condition(known), *disagreement(known)),
            tuple(_response(known)),
            cell(officer(known)),
            cell(*_dates(known)),
        ),
        review=one.review.reference,
        recommendation=one.pk,
        number=known.number,
    )


def _condition(known):
    """A file has it in its own words already."""
    if known.decision is None or not known.condition:
        return []
    return [known.condition]


def _response(known):
    """Why it was decided so, what came of it as the plan says, then what happened."""
    if known.decision:
        body = known.decision.body
        yield Words(f"{body}: {known.decision.rationale}" if body else known.decision.rationale)
    yield from cell(*outcome(known))
    kept = [said for said in known.updates if said.is_kept]
    for said in known.updates:
        yield Words(said.text, is_past=said.is_kept and said is not kept[-1])


def _dates(known):
    written = list(dates(known))
    yield from written
    if known.is_confirmed:
        yield confirmed(known)
    else:
        yield from claimed(known, " ".join(written))
    yield from moved(known)
