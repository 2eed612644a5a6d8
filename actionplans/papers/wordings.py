"""Words that several papers use of one recommendation."""

import re

from actionplans.models import Status
from actionplans.papers.sheets import long_date


def lines_of(text):
    """A cell that was read as "April 2014 / July 2014" had its dates on lines of their own."""
    return [line for line in re.split(r" / ", text) if line.strip()]


def officer(known):
    """Whom the plan names; failing that the agency."""
    one = known.one
    owners = dict.fromkeys(
        known_row.row.owner_as_written for known_row in known.rows if known_row.row.owner_as_written
    )
    named = one.lead_as_written or "; ".join(owners)
    return named or "; ".join(leads_of(known))


def leads_of(known):
    """The agencies that lead it or one of its actions."""
    of_rows = [name for row in known.rows for name in row.leads]
    names = of_rows or [part.agency.name for part in known.one.leads.all()]
    return list(dict.fromkeys(names))


def confirmed(known):
    """What was confirmed here, and when it was accepted as done."""
    label = Status(known.status).label
    days = [row.done_on for row in known.rows if row.done_on]
    if known.status == Status.DONE and days:
        return f"Done, accepted {long_date(max(days))}"
    return label


def moved(known):
    """How often its dates were moved, and what they were at first."""
    for row in known.rows:
        if row.moves:
            times = "once" if row.moves == 1 else f"{row.moves} times"
            of = f"{row.row.number}: " if len(known.rows) > 1 else ""
            yield f"{of}moved {times}, at first {row.first_target}"


def claimed(known, beside):
    """What the plan claims of its status in its own words, where the date's cell does not say it."""
    parts = lines_of(known.one.status_as_written)
    return [part for part in parts if part.casefold() not in beside.casefold()]
