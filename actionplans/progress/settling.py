"""Accepting what was reported, sending it back, and asking later whether practice changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.models import Recommendation, Status
from actionplans.progress import emails
from actionplans.progress.models import Answer, ProgressNote
from actionplans.progress.settled import Impact, ImpactCheck, Verdict, waiting
from actionplans.rows.models import PlanRow
from actionplans.rows.services import roll_up
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record
from foundations.dates.bounds import add_months

MONTHS_UNTIL_IMPACT = 6


def usual_day(on):
    """When to look whether practice changed, unless somebody says otherwise."""
    return add_months(on, MONTHS_UNTIL_IMPACT)


@transaction.atomic
def settle(note, *, is_accepted, by, reason="", look_on=None, on=None):
    """Accept what was reported, or send it back with a reason. The same again changes nothing."""
    lock_plan(note.recommendation.review)
    row = _locked(note.row)
    if found := Verdict.objects.filter(note=note).first():
        if found.is_accepted == is_accepted:
            return found
        raise ChangedMeanwhile(row.pk)
    if not waiting(ProgressNote.objects.filter(pk=note.pk)).exists():
        raise ChangedMeanwhile(row.pk)
    on, reason = on or timezone.localdate(), reason.strip()
    if not is_accepted and not reason:
        raise ValidationError({"reason": "Say what is missing"})
    if look_on and look_on <= on:
        raise ValidationError({"look_on": "The day to look again must be after today"})
    status = _status_after(note, row, is_accepted=is_accepted)
    verdict = Verdict.objects.create(
        note=note,
        is_accepted=is_accepted,
        reason="" if is_accepted else reason,
        status=status,
        by=by,
    )
    row.status = status
    row.done_at = verdict.at if status == Status.DONE else None
    row.save(update_fields=["status", "done_at"])
    if status == Status.DONE:
        ImpactCheck.objects.update_or_create(row=row, defaults={"due": look_on or usual_day(on)})
    roll_up(Recommendation.objects.select_for_update(of=("self",)).get(pk=row.recommendation_id))
    record(
        EventType.PROGRESS_ACCEPTED if is_accepted else EventType.PROGRESS_RETURNED,
        by=by,
        review=row.review,
        target=row,
        agency=note.participation.agency.name if note.participation else "",
        status=str(status),
    )
    if not is_accepted:
        emails.say_that_it_came_back(verdict)
    return verdict


def _locked(row):
    return PlanRow.objects.select_for_update(of=("self",)).select_related("review").get(pk=row.pk)


def _status_after(note, row, *, is_accepted):
    """What is sent back stands as it did before it was first reported done."""
    if is_accepted:
        return Status.DONE if note.answer == Answer.REPORTED else Status.SUPERSEDED
    if row.status != Status.REPORTED:
        return Status(row.status)
    before = ProgressNote.objects.filter(row=row, pk__lte=note.pk).order_by("-pk")
    kept = (one.status_before for one in before if one.status_before != Status.REPORTED)
    return Status(next(kept, Status.UNCONFIRMED))


@transaction.atomic
def tell_impact(row, *, changed, how, by_whom, by, key, look_again=None, on=None):
    """Keep one answer to whether practice changed. The same key again gives the first one's."""
    lock_plan(row.review)
    if found := Impact.objects.filter(key=key).first():
        if found.row_id != row.pk:
            raise KeyOfAnother
        return found
    row = _locked(row)
    if row.status != Status.DONE or row.ended_at is not None:
        raise ChangedMeanwhile(row.pk)
    if look_again and look_again <= (on or timezone.localdate()):
        raise ValidationError({"look_again": "The day to look again must be after today"})
    answer = Impact.objects.create(
        row=row,
        key=key,
        changed=changed,
        how=how.strip(),
        by_whom=by_whom.strip(),
        look_again=look_again,
        by=by,
    )
    ImpactCheck.objects.update_or_create(row=row, defaults={"due": look_again})
    record(EventType.IMPACT_TOLD, by=by, review=row.review, target=row, changed=str(answer.changed))
    return answer
