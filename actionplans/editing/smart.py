"""What is missing so that somebody can do it and everybody can see that it is done. It only warns."""

import re

from actionplans.rows.publication import counts_from_publication

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


def prompts_of(row, *, has_milestones):
    """Who, what, by when, and how we shall know: one short phrase for each that is not said."""
    return tuple(
        text
        for text in (
            _what(row),
            *_who(row),
            _by_when(row),
            "" if has_milestones or _is_measured(row) else "nothing says how we shall know",
        )
        if text
    )


def is_asked_of(row):
    """Nobody is asked to word anew what is finished, or claimed to be."""
    return row.is_open and not row.claims_finished


def _what(row):
    if row.action is None:
        return "no action says what is to be done"
    if len(row.text.split()) < FEWEST_WORDS:
        return "very short for what is to be done"
    if vague := _VAGUE.match(row.text.strip()):
        return f"“{vague[0]}” does not say what is to be done"
    return ""


def _who(row):
    yield "" if row.lead_id else "no lead"
    yield "" if row.owner_id or row.owner_as_written else "no owner"


def _by_when(row):
    target = row.target
    if row.due or counts_from_publication(target):
        return ""
    written = (row.target_as_written or target.text).strip()
    return f"no date in “{written}”" if written else "no date"


def _is_measured(row):
    said = (heading for heading, text in row.recommendation.other.items() if text)
    return bool(_MEASURE.search(row.text)) or any(map(_MEASURED_UNDER.search, said))
