"""Going through the checklist. What somebody marked is never changed: the newest mark counts."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.checking.lists import checklist_for
from reviews.checking.models import CheckMark, QualityCheck
from reviews.checking.queries import newest_marks
from reviews.requests.services.moving import locked
from reviews.requests.states import NotNow


class MarkedMeanwhile(Exception):
    """Somebody else has marked items of these since. `args[0]` are the ids of the items."""


class NotAllMarked(Exception):
    """`args[0]` is the number of items that nobody has marked yet."""


@dataclass(frozen=True)
class Marked:
    """What somebody found of one item, and the newest mark that they saw (its id, 0 for none)."""

    item_id: int
    outcome: str
    note: str
    seen: int


@transaction.atomic
def mark(receipt, marked, *, by, finish=False, at=None):
    """Save what is new of this; the first save begins the check. With `finish`, also end it."""
    request = locked(receipt.request)
    check = _begun(request, receipt, by=by, at=at)
    if check.is_over:
        raise NotNow("This check has been finished already")
    newest, made = newest_marks(check), []
    changed = [one for one in marked if _says_more(one, newest.get(one.item_id))]
    if late := [one.item_id for one in changed if _pk(newest.get(one.item_id)) != one.seen]:
        raise MarkedMeanwhile(late)
    for one in changed:
        row = CheckMark(
            quality_check=check,
            item_id=one.item_id,
            outcome=one.outcome,
            note=one.note.strip(),
            at=at or timezone.now(),
            by=by,
        )
        row.full_clean()
        row.save()
        made.append(row)
    if made:
        _tell(EventType.CHECK_MARKED, check, by=by, items=len(made))
    if finish:
        _finish(check, by=by, at=at)
    return check


def _begun(request, receipt, *, by, at):
    found = QualityCheck.objects.filter(receipt=receipt).select_related("checklist").first()
    if found:
        found.request = request
        return found
    on = timezone.localdate(at) if at else timezone.localdate()
    check = QualityCheck.objects.create(
        request=request,
        receipt=receipt,
        checklist=checklist_for(request.kind, request.review.partnership, on),
        begun_by=by,
        begun_at=at or timezone.now(),
    )
    _tell(EventType.CHECK_BEGUN, check, by=by)
    return check


def _says_more(one, newest):
    was = (newest.outcome, newest.note) if newest else ("", "")
    return (one.outcome, one.note.strip()) != was


def _pk(newest):
    return newest.pk if newest else 0


def _finish(check, *, by, at):
    newest = newest_marks(check)
    items = check.checklist.items.values_list("pk", flat=True)
    missing = [pk for pk in items if not (newest.get(pk) and newest[pk].outcome)]
    if missing:
        raise NotAllMarked(len(missing))
    check.finished_at, check.finished_by = at or timezone.now(), by
    check.save(update_fields=["finished_at", "finished_by"])
    _tell(EventType.CHECK_FINISHED, check, by=by)


def _tell(type_, check, *, by, **data):
    request = check.request
    record(
        type_,
        by=by,
        review=request.review,
        target=check,
        agency=request.participation.agency.name,
        request=request.kind,
        **data,
    )
