"""The data form is answered, and a pack recorded as sent. Nothing is changed."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import (
    ChangedMeanwhile,
    KeyOfAnother,
    lock_review,
    need,
)
from reports.homeoffice import clock
from reports.homeoffice.form import form_of
from reports.models import FormAnswer, PackSent
from reports.services.rights import refuse_without
from reviews import rules
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review


@transaction.atomic
def answer_form(review, values, *, why, seen, by, key):
    """Keep what somebody says of fields of the data form. `values`: {name of a Line: value} of those that
    they changed, of which those that say what stands there already are passed over. `seen` is the newest row that whoever
    answers has read; 0 for none. Returns the rows that were kept."""
    review = lock_review(review)
    need(why, "why")
    lines = [line for part in form_of(review) for line in part.lines if line.name in values]
    owns = {line.name: uuid.uuid5(key, line.name) for line in lines}
    if found := list(FormAnswer.objects.filter(key__in=owns.values())):
        if any(one.review_id != review.pk for one in found):
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, review, by)
    if seen != newest_answer(review):
        raise ChangedMeanwhile
    kept = []
    for line in lines:
        value = values[line.name]
        if value == line.value:
            continue
        row = FormAnswer(
            review=review,
            person=line.person,
            code=line.field.code,
            value=value,
            why=why.strip(),
            by=by,
            key=owns[line.name],
        )
        row.full_clean(exclude=["review", "person", "by"])
        row.save()
        kept.append(row)
    if kept:
        codes = sorted({one.code for one in kept})
        record(EventType.OFFICE_FORM_ANSWERED, by=by, review=review, fields=codes)
    return kept


def newest_answer(review):
    """The id of the newest row of its data form, or 0."""
    return review.form_answers.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def record_sending(pack, *, on, to_whom, why, seen, by, key, today=None):
    """That it went on a day, or with no day that it did not after all. Another row than the first one
    says why. `seen` is the newest row that whoever records has read; 0 for none.

    The clock of the review is told when the report has gone to both of its readers. After the review a
    record is still taken back, so that nobody goes on to read what was never sent to them."""
    review = Review.objects.select_for_update(no_key=True).get(pk=pack.review_id)
    if found := PackSent.objects.filter(key=key).first():
        if found.pack_id != pack.pk:
            raise KeyOfAnother
        return found
    newest = pack.sendings.order_by("-pk").first()
    if not (on is None and is_sent(newest)):
        refuse_if_ended(review)
    refuse_without(rules.can_write_documents, review, by)
    if seen != (newest.pk if newest else 0):
        raise ChangedMeanwhile
    today = today or timezone.localdate()
    _refuse(pack, on, to_whom, why, newest, today)
    before = clock.day_sent(review)
    row = PackSent.objects.create(
        pack=pack, on=on, to_whom=to_whom.strip() if on else "", why=why.strip(), by=by, key=key
    )
    type_ = EventType.OFFICE_PACK_SENT if on else EventType.OFFICE_PACK_UNSENT
    tell_of_pack(type_, pack, by=by, on=on.isoformat() if on else "")
    clock.tell_clock(review, before=before, by=by, today=today)
    return row


def is_sent(newest):
    """Whether the newest row of a pack, or None, says that it went."""
    return newest is not None and newest.on is not None


def _refuse(pack, on, to_whom, why, newest, today):
    made = timezone.localtime(pack.at).date()
    if newest:
        need(why, "why")
    if on is None and not is_sent(newest):
        raise ValidationError({"on": "Enter the day on which it was sent"})
    if on is None:
        return
    if on > today:
        raise ValidationError({"on": "Enter today’s date or an earlier one"})
    if on < made:
        raise ValidationError({"on": f"This pack was only made on {made:%-d %B %Y}"})
    if not to_whom.strip():
        raise ValidationError({"to_whom": "Say to which post or body it went"})


def tell_of_pack(type_, pack, *, by, **data):
    """`pack`: one that was made, or that was asked for."""
    record(
        type_,
        by=by,
        review=pack.review,
        target=pack,
        number=pack.number,
        to=str(pack.to),
        **data,
    )
