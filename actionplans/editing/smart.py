"""What is missing so that somebody can do it and everybody can see that it is done. It only warns."""

import re
from dataclasses import dataclass
from itertools import chain

from actionplans.models import Action, Recommendation
from actionplans.rows.publication import counts_from_publication
from foundations.dates import PartialDate

# Words with which a text says how it will be seen: something that is counted, checked or shown.
_MEASURE = re.compile(
    r"\b(?:audit|dip[- ]sampl|sampl|measur|count|monitor|report(?:s|ed|ing)? to|evaluat|survey|figures?|numbers? of"
    r"|percent|evidenc|evidenced by|feedback|baseline|quarterly|annual(?:ly)?|outcome)|%|\b\d+\b",
    re.IGNORECASE,
)
# An opening that says what to think of, and not what to do.
_VAGUE = re.compile(
    r"^(?:to )?(?:consider|explore|think about|be aware|be mindful|look at|look into|note|continue to"
    r"|seek to|aim to|try to|raise awareness)\b",
    re.IGNORECASE,
)
_MEASURED_UNDER = re.compile(r"success|measur|outcome|know|monitor|impact|assur", re.IGNORECASE)
FEWEST_WORDS = 4
NOT_MEASURED = "Nothing says how we shall know that it is done."


@dataclass(frozen=True)
class Written:
    """An action as somebody has it in a form, with what it takes from its recommendation."""

    action: Action
    recommendation: Recommendation
    text: str
    lead_id: int | None
    owner_id: object  # somebody, or None
    owner_as_written: str
    target: PartialDate
    target_as_written: str

    @property
    def due(self):
        return self.target.latest


def prompts_of(row, *, has_milestones):
    """Who, what, by when, and how we shall know: one sentence for each that is not said."""
    boxes = prompts_by_box(row, has_milestones=has_milestones)
    return tuple(chain.from_iterable(boxes.values()))


def prompts_by_box(row, *, has_milestones):
    """{the box in which it would be said: [sentence]}"""
    known = has_milestones or _is_measured(row)
    said = {
        "text": [_what(row), "" if known else NOT_MEASURED],
        "lead": ["" if row.lead_id else "No agency leads it."],
        "owner": ["" if row.owner_id or row.owner_as_written else "Nobody is named to do it."],
        "target": [_by_when(row)],
    }
    return {box: list(filter(None, sentences)) for box, sentences in said.items() if any(sentences)}


def is_asked_of(row):
    """Nobody is asked to word anew what is finished, or claimed to be."""
    return row.is_open and not row.claims_finished


def _what(row):
    if row.action is None:
        return "No action says what is to be done."
    if len(row.text.split()) < FEWEST_WORDS:
        return "It is very short: say more of what is to be done."
    if vague := _VAGUE.match(row.text.strip()):
        return f"“{vague[0]}” does not say what is to be done."
    return ""


def _by_when(row):
    target = row.target
    if row.due or counts_from_publication(target):
        return ""
    written = (row.target_as_written or target.text).strip()
    return f"“{written}” gives no date." if written else "It has no date."


def _is_measured(row):
    said = (heading for heading, text in row.recommendation.other.items() if text)
    return bool(_MEASURE.search(row.text)) or any(map(_MEASURED_UNDER.search, said))
