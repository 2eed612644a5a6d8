"""Statuses and decisions, out of the words people use for them."""

import re
from typing import NamedTuple

from actionplans.vocabulary import (
    COLOUR_MEANS,
    COLOUR_NAMES,
    COLOURS,
    CONDITION,
    DECISIONS,
    NOTHING,
    STATUSES,
    YES_NO,
    Decision,
    Status,
)
from actionplans.wording import said

LONGEST_STATUS = 6  # words: longer, and it is a report that mentions a status
SHARES = {"100": Status.COMPLETED, "0": Status.NOT_STARTED}
LEGEND = re.compile(
    r"\b(red|amber|green|blue|yellow|gr[ea]y|purple)\b\s*(?:[-–—:=]|means|is|\()\s*([A-Za-z][^;,\n|)]{2,60})",
    re.IGNORECASE,
)


class FoundStatus(NamedTuple):
    status: Status
    written: str
    start: int
    end: int


def find_statuses(text):
    """Every status in a text, in order. Of two that overlap, the more particular one."""
    found = []
    for status, pattern in STATUSES:
        for match in pattern.finditer(text):
            taken = any(one.start < match.end() and match.start() < one.end for one in found)
            if not taken:
                found.append(FoundStatus(status, match[0], match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def is_bare_status(text):
    """Whether a text is the words of one status and not a word more."""
    text = said(text).strip(" .;:-–")
    found = find_statuses(text)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))


def is_status_only(text):
    """Whether a cell holds a status and nothing else."""
    text = said(text)
    if COLOURS.match(text) or text.casefold() in YES_NO:
        return True
    return (
        len(text.split()) <= LONGEST_STATUS
        and bool(find_statuses(text))
        and not re.search(r"\d", text)
    )


def read_colour(text):
    """The colour a RAG cell names, or None."""
    match = COLOURS.match(said(text))
    if not match:
        return None
    name = match[1].casefold()
    return COLOUR_NAMES.get(name, name)


def find_legend(texts):
    """What this file says its colours mean."""
    legend = {}
    for text in texts:
        for colour, meaning in LEGEND.findall(text):
            found = find_statuses(meaning)
            name = COLOUR_NAMES.get(colour.casefold(), colour.casefold())
            if found and name not in legend:
                legend[name] = found[0].status
    return legend


def read_status(text, legend=None, *, whole=True):
    """(status, as written, all different statuses) of a status cell.

    Not `whole`: of a text that may open with a status, and mentions others later.
    """
    text = said(text)
    if text.casefold() in NOTHING:
        return None, None, ()
    if colour := read_colour(text):
        return (legend or {}).get(colour) or COLOUR_MEANS.get(colour), text, ()
    if text.casefold() in YES_NO:
        return YES_NO[text.casefold()], text, ()
    if share := re.fullmatch(r"(\d{1,3})(?:\.0+)?\s?%", text):
        return SHARES.get(share[1], Status.IN_PROGRESS), text, ()
    found = find_statuses(text)
    if not whole:
        found = [one for one in found if one.start <= 1 and _stands_apart(text, one)][:1]
    if not found:
        return None, None, ()
    different = tuple(dict.fromkeys(one.status for one in found))
    written = text if len(text.split()) <= LONGEST_STATUS else found[0].written
    return found[0].status, written, different


def _stands_apart(text, found):
    """ "Completed. The policy was…" says so; "Completed forms are sent…" does not."""
    rest = text[found.end :].lstrip()
    return (
        not rest
        or rest[0] in ".:;,-–—(/&\n"
        or bool(
            re.match(
                r"(?:\d|in\b|on\b|by\b|and\b|as\b|January|February|March|April|May|June|July|August|September|October|November|December)",
                rest,
            )
        )
    )


def read_decision(text):
    """(decision, condition) of a decision cell."""
    text = said(text)
    if text.casefold() in NOTHING:
        return None, None
    condition = CONDITION.search(text)
    before = text[: condition.start()] if condition else text
    for decision, pattern in DECISIONS:
        if pattern.search(before) and not _is_choice(text):
            return decision, condition[1].strip() if condition else None
    return (Decision.ACCEPTED, condition[1].strip()) if condition else (None, None)


def _is_choice(text):
    """ "(Accepted/ Rejected/ Deferred)" offers; it does not decide."""
    return len({decision for decision, pattern in DECISIONS if pattern.search(text)}) > 2


def together(statuses):
    """What several actions make of their recommendation."""
    said_of = [
        status for status in statuses if status is not None and status is not Status.NOT_STATED
    ]
    if not said_of:
        return Status.NOT_STATED
    if len(said_of) == len(statuses) and len(set(said_of)) == 1:
        return said_of[0]
    done = {Status.COMPLETED, Status.DISCHARGED, Status.SUPERSEDED}
    if len(set(said_of)) == 1 and said_of[0] not in done:
        return said_of[0]
    return Status.IN_PROGRESS
