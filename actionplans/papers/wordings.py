"""Words that several papers use of one recommendation."""

import re

from actionplans import vocabulary
from actionplans.flags import CONTRADICTED
from actionplans.models import CLAIMED_DONE, Status
from actionplans.papers.sheets import long_date
from actionplans.statuses import find_statuses

# In the cell of a date these say when it is to be done, and claim nothing.
SET_AS_DATES = (vocabulary.Status.OPEN, vocabulary.Status.ONGOING)


def lines_of(text):
    """A cell that was read as "April 2014 / July 2014" had its dates on lines of their own."""
    return [line for line in re.split(r" / ", text) if line.strip()]


def disagreement(known):
    """That a decision and the words beside it say opposite things, as the pages say it; the import
    knows the sentence for ours."""
    given = known.decision
    if given is None:
        return [flag["message"] for flag in known.one.flags if flag.get("kind") == CONTRADICTED]
    if not given.disagreement:
        return []
    return [f"The decision is “{known.decided}”, but its reason says “{given.disagreement}”."]


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


def dates(known):
    """The dates as the plan or somebody here set them, each once. A claim typed beside one says so."""
    of_rows = {}
    for row in known.rows:
        if row.target:
            of_rows.setdefault(row.target, []).append(row)
    for text, rows in of_rows.items() or [(known.one.target_as_written, [])]:
        is_done = bool(rows) and all(row.status == Status.DONE for row in rows)
        for line in lines_of(text):
            yield line if is_done else date_line(known, line)


def date_line(known, line):
    """One line of a date's cell: a status in it is what the file claims."""
    if not known.one.claimed_status:
        return line
    found = [one.status for one in find_statuses(line) if one.status not in SET_AS_DATES]
    return _as_claim(line, found[0]) if found else line


def claimed(known, beside):
    """What the plan claims of its status in its own words, where neither the date's cell nor the
    outcome says it; of an outcome that opens with the claim, the claim alone."""
    one, beside = known.one, beside.casefold()
    for line in lines_of(one.status_as_written):
        if _is_in(line, one.outcome):
            line = one.get_claimed_status_display()
        if line.casefold() not in beside:
            yield _as_claim(line, one.claimed_status)


def claimed_on(known):
    """When the plan says that it was completed, where its outcome does not say so."""
    day = str(known.one.claimed_completed)
    if day and not _is_in(day, f"{known.one.outcome} {known.one.status_as_written}"):
        yield f"{day}, as the plan claims"


def outcome(known):
    """What the plan says came of it."""
    return [text for text in (known.one.outcome, known.one.evidence) if text]


def _as_claim(words, status):
    """In words that nobody takes for a fact; `wording.without_remarks` reads the plan's own back."""
    if status != CLAIMED_DONE:
        return f"{words}, as the plan claims"
    if _is_like_a_sentence(words):
        return f"Claimed {words[0].lower()}{words[1:]}, not confirmed"
    return f"Claimed “{words}”, not confirmed"


def _is_like_a_sentence(words):
    """ "Completed May 2014", not "COMPLETED" or "August 2015 Completed." """
    found = find_statuses(words)
    opens = found and found[0].start == 0
    return opens and words[0].isupper() and words[1:2].islower() and not words.endswith(".")


def _is_in(text, other):
    return text.casefold() in other.casefold()
