"""Changing a row that has no action: its words, leads and target are its recommendation's."""

from dataclasses import replace

from django.db import transaction

from actionplans.models import RecommendationLead
from actionplans.progress.models import DateMove
from actionplans.resting import services as resting
from actionplans.rows.models import PlanRow
from actionplans.rows.services import follow
from actionplans.services import ChangedMeanwhile
from audit.models import EventType


@transaction.atomic
def change_words(row, *, text, leads, reason, by):
    """Other words (None: as they are) or other leads, the first of which answers for it. What it said
    is kept with the reason."""
    one = _locked(row)
    if text is not None and not one.is_made_here:
        raise resting.NotMadeHere
    if text is not None:
        resting.refuse_if_published(one.review)
    before = resting.snapshot_of(one)
    if text is not None:
        one.text = text
        one.save(update_fields=["text"])
    _set_leads(one, leads)
    if resting.snapshot_of(one) != before:
        resting.keep_version(one, before, reason=reason, by=by)
        resting.tell(EventType.RECOMMENDATION_CHANGED, one, by=by)
    return one


def _set_leads(one, leads):
    """Those of its actions stay; the order in which they are named says who answers for it."""
    links = RecommendationLead.objects.filter(recommendation=one)
    if [link.participation_id for link in links.filter(is_accountable=True).order_by("pk")] == [
        part.pk for part in leads
    ]:
        return
    links.filter(is_accountable=True).delete()
    links.filter(participation__in=leads).delete()
    RecommendationLead.objects.bulk_create(
        RecommendationLead(recommendation=one, participation=part) for part in leads
    )
    follow(one.review, [one])


@transaction.atomic
def move_target(row, target, *, reason, by):
    """What the target was first stays, with the reason and how often it moved."""
    one = _locked(row)
    row = PlanRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.recommendation = one
    old = row.target
    if old.latest is None and row.due:  # counted from the publication, which is known
        old = replace(old, latest=row.due)
    move = DateMove.objects.create(
        row=row, old=old, old_as_written=row.target_as_written, new=target, reason=reason, by=by
    )
    if not move.is_first:
        row.moves += 1
        row.first_due = row.first_due or old.latest
        row.save(update_fields=["moves", "first_due"])
    one.target, one.target_as_written = target, target.text
    one.save()
    follow(one.review, [one])
    return move


def _locked(row):
    one = resting.locked(row.recommendation)
    if row.action_id or PlanRow.objects.live().filter(pk=row.pk).first() is None:
        raise ChangedMeanwhile(one.pk)
    return one
