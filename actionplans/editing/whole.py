"""The date, the lead and the owner of what is followed as a whole, because it has no action.

Its words are the recommendation's: those of an uploaded file stay the file's.
"""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.editing.many import Change, change_rows
from actionplans.editing.services import SAY_WHY, set_row_owner
from actionplans.editing.words import (
    ActionWords,
    is_same_target,
    snapshot_of,
    wrong_with_owner,
    wrong_with_target,
)
from actionplans.resting.services import locked, tell
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from audit.models import EventType

KEPT_DATE = "A target date is moved, not taken away. Write the new date"
WHO_ANSWERS = "Choose the one of them that answers for it"


def words_of_row(row):
    parts = tuple(link.participation for link in row.lead_links.all())
    return ActionWords(
        text=row.text,
        lead=row.lead,
        joint_leads=parts,
        owner=row.owner,
        owner_as_written=row.owner_as_written,
        target=row.target,
        target_as_written=row.target_as_written,
    )


def sign_of(words):
    """The same as long as they say the same."""
    return hashlib.sha256(json.dumps(snapshot_of(words)).encode()).hexdigest()


@transaction.atomic
def change_row(row, words, *, reason, by, seen=None):
    """Another date, lead or owner. An owner alone needs no reason; a date that moves is kept with it.

    `seen`: the sign of the words that their writer saw.
    """
    one = locked(row.recommendation)
    row = PlanRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = words_of_row(row)
    if row.ended_at is not None or (seen is not None and seen != sign_of(before)):
        raise ChangedMeanwhile(one.pk)
    _refuse(words, before, one)
    owner = {"owner": words.owner, "owner_as_written": words.owner_as_written}
    leads = None if words.leads == before.leads else (words.lead, words.joint_leads)
    target = {} if is_same_target(words.target, before.target) else {"target": words.target}
    if leads is None and not target:
        return set_row_owner(row, **owner, by=by)
    if not reason.strip():
        raise ValidationError(SAY_WHY)
    change_rows(one.review, [Change(row, reason, owner | target, leads)], by=by)
    tell(
        EventType.RECOMMENDATION_CHANGED,
        one,
        by=by,
        agency=words.lead.agency.name if words.lead else "",
    )
    return row


def _refuse(words, before, one):
    problems = {}
    if (words.owner, words.leads) != (before.owner, before.leads):
        problems |= wrong_with_owner(words, words.leads)
    if words.joint_leads and not words.lead:
        problems["lead"] = WHO_ANSWERS
    had_date = before.target.precision != "none"
    if had_date and words.target.precision == "none":
        problems["target"] = KEPT_DATE
    elif not is_same_target(words.target, before.target):
        on = timezone.localdate()
        problems |= wrong_with_target(words.target, one.review, moves=had_date, on=on)
    if problems:
        raise ValidationError(problems)
