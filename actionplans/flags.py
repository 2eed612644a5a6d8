"""What a plan leaves open by itself: claims nothing backs, contradictions, words nobody filled in.

These are no doubts about the reading: the file says just that. They are shown beside the row.
"""

import re

from actionplans.plan import Remark
from actionplans.vocabulary import PLACEHOLDER, Decision, Status

CONTRADICTED = "decision contradicted"
UNABLE = re.compile(
    r"\b(?:unable to (?:\w+ ){0,2}(?:accept|support|progress|agree|implement|fund)|not (?:been )?(?:able|feasible|possible"
    r"|accepted|agreed|supported|viable|workable)(?: to)?|cannot (?:be )?(?:accept|support|progress|implement|take)\w*"
    r"|unsuccessful|rejected|declined)\b",
    re.IGNORECASE,
)
STILL_TO_DO = re.compile(
    r"\b(?:not (?:yet )?(?:been )?(?:able to progress|progressed|completed|implemented|started)|work in progress|still to"
    r" be|yet to be|under development|unable to progress|will be (?:presented|completed|developed|reviewed|implemented"
    r"|delivered)|not feasible|is being progressed|remains? outstanding|superseded)\b",
    re.IGNORECASE,
)


def find_flags(recommendations):
    return [flag for one in recommendations for flag in _flags_of(one)]


def _flags_of(one):
    flags = [
        *_unbacked(one),
        *_contradictions(one),
        *_without_lead(one),
        *_dates_without_start(one),
        *_placeholders(one),
    ]
    return [Remark(one.at, column, message, kind) for kind, column, message in flags]


def _unbacked(one):
    if one.status is not Status.COMPLETED:
        return
    nothing_done = not (one.actions or one.milestones or one.updates or one.outcome or one.evidence)
    if nothing_done:
        yield (
            "claim without action",
            "status",
            "The plan claims this is completed, but gives no action and no milestone.",
        )


def _contradictions(one):
    if one.decision is Decision.ACCEPTED:
        for update in one.updates:
            if found := UNABLE.search(update.text):
                yield (
                    CONTRADICTED,
                    "decision",
                    f"The decision is “{one.decision_as_written}”, but the response says “{found[0]}”.",
                )
                break
    if (
        one.status is Status.COMPLETED
        and one.updates
        and (found := STILL_TO_DO.search(one.updates[-1].text))
    ):
        yield (
            "status contradicted",
            "status",
            f"The plan claims this is completed, but its last update says “{found[0]}”.",
        )


def _without_lead(one):
    if not (
        one.lead.agencies
        or one.lead.people
        or one.lead.role
        or any(action.lead for action in one.actions)
    ):
        yield "no lead", "lead_agency", "Nobody is named to lead this recommendation."


def _dates_without_start(one):
    for target in one.targets:
        if target.date.precision == "relative" and not target.date.is_bounded:
            message = f"“{target.date.text}” does not say from when it counts."
            yield "relative date", "target", message


def _placeholders(one):
    texts = [
        ("recommendation", one.text),
        ("lead_agency", one.lead.as_written),
        ("target", one.target_as_written),
        ("outcome", one.outcome),
        *(("action", action.text) for action in one.actions),
        *(("milestone", milestone.text) for milestone in one.milestones),
        *(("update", update.text) for update in one.updates),
        *one.other.items(),
    ]
    for column, text in texts:
        if found := PLACEHOLDER.search(text):
            yield (
                "placeholder",
                column,
                f"Something was left to fill in or is not here: “{found[0]}”.",
            )
