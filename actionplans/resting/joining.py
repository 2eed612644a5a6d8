"""Two recommendations that are one: which of them stays, and what of the other it takes over.

The caller asked rules.py; state is asked again here, under the plan's lock.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.models import Reach, RecommendationLead
from actionplans.resting.services import (
    keep_version,
    locked,
    rest,
    snapshot_of,
    stands_published,
    tell,
)
from actionplans.rows.services import follow
from actionplans.wording import key as plain
from audit.models import EventType


class MustStay(Exception):
    """The one that was to go cannot. `why` is a sentence."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


def why_it_stays(one, *, beside):
    """Why `one` cannot be taken away for `beside`, in a sentence; "" where it can."""
    if one.plan_import_id:
        return "It stands in a file of the plan, which has to be corrected first."
    if one.parent_id or one.parts.live().exists():
        return "It is a part of another one, or has parts of its own."
    if one.progress_notes.exists():
        return "Progress was reported on it."
    if not one.is_draft and beside.is_draft:
        return "It is in the plan, and the other one is a draft."
    if not one.is_draft and stands_published(one.review):
        return "The report is published, so what is in the plan stays as it stands there."
    return ""


@transaction.atomic
def call_one(keep, other, *, by, reason=""):
    """`keep` stays, and rests on the lessons of `other` too; `other` is taken away and says so.

    Who leads either leads the one that stays, and what was to be done about the other is to be done
    about it, unless it stands in a published report.
    """
    if keep.review_id != other.review_id or keep.pk == other.pk:
        raise ValidationError("These are not two recommendations of one review.")
    now = {one.pk: locked(one) for one in sorted((keep, other), key=lambda one: one.pk)}
    keep, other = now[keep.pk], now[other.pk]
    if why := why_it_stays(other, beside=keep):
        raise MustStay(why)
    links = other.lesson_links.live().filter(lesson__removed_at=None).select_related("lesson")
    rest(keep, [link.lesson for link in links], by=by)
    if keep.is_draft or not stands_published(keep.review):
        _take_over_actions(keep, other, by=by)
        _take_over_leads(keep, other, by=by)
    _take_away(other, keep, reason=reason.strip(), by=by)
    follow(keep.review, [keep, other])
    tell(EventType.RECOMMENDATIONS_MADE_ONE, other, by=by, into=keep.number or str(keep.pk))
    return keep


def _take_over_actions(keep, other, *, by):
    """As they stand; of those in the same words there is one already."""
    there = {plain(action.text) for action in keep.actions.live()}
    last = keep.actions.order_by("-position").values_list("position", flat=True).first() or 0
    new = [action for action in other.actions.live() if plain(action.text) not in there]
    for position, action in enumerate(new, start=last + 1):
        joint = list(action.joint_leads.values_list("participation", flat=True))
        action.pk, action.key, action.made_by = None, action.key and uuid.uuid4(), by
        action.recommendation, action.position = keep, position
        action._state.adding = True
        action.save()
        for part in joint:
            action.joint_leads.create(participation_id=part)


def _take_over_leads(keep, other, *, by):
    before, leads = snapshot_of(keep), RecommendationLead.objects
    for link in leads.filter(recommendation=other):
        mine, _ = leads.get_or_create(
            recommendation=keep,
            participation_id=link.participation_id,
            defaults={"is_accountable": link.is_accountable},
        )
        if link.is_accountable and not mine.is_accountable:
            mine.is_accountable = True
            mine.save(update_fields=["is_accountable"])
    if snapshot_of(keep) == before:
        return
    if leads.filter(recommendation=keep, is_accountable=True).count() > 1:
        keep.reach = Reach.MULTI
        keep.save(update_fields=["reach"])
    why = f"{other} is the same: whoever led that leads this one too."
    keep_version(keep, before, reason=why, by=by)


def _take_away(other, keep, *, reason, by):
    said = f"The same as {str(keep).lower()}"
    why = f"{said}: {reason}" if reason else said
    keep_version(other, snapshot_of(other), reason=why, by=by)
    other.withdrawn_at, other.same_as = timezone.now(), keep
    other.save(update_fields=["withdrawn_at", "same_as"])
    other.lesson_links.live().update(removed_at=other.withdrawn_at, removed_by=by)
