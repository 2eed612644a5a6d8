"""The day of a round of factual accuracy is moved, and never written over: each day before stays, and why."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from findings.services.locking import ChangedMeanwhile, KeyOfAnother, need
from reports.copies import emails
from reports.copies.rounds import NOT_OPEN, locked_round, tell
from reports.models import RoundDay
from reports.services.rights import refuse_without
from reviews import rules


@transaction.atomic
def move_day(round_, *, to, why, seen, by, key):
    """Another day for the answers of an open round; its agency is told. `seen` is the day that whoever
    moves it has read: raises ChangedMeanwhile where it is another by now. The same key again gives the
    first one's row."""
    round_ = locked_round(round_)
    if found := RoundDay.objects.filter(key=key).first():
        if found.round_id != round_.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, round_.document.review, by)
    if not round_.is_open:
        raise ValidationError(NOT_OPEN)
    need(why, "why")
    if seen != round_.due:
        raise ChangedMeanwhile
    if to == round_.due:
        raise ValidationError({"to": "That is the day already"})
    if to < timezone.localdate():
        raise ValidationError({"to": "Enter today’s date or a later one"})
    row = RoundDay(round=round_, key=key, before=round_.due, after=to, why=why.strip(), by=by)
    row.full_clean(exclude=["round", "by"])
    row.save()
    round_.due = to
    round_.save(update_fields=["due"])
    emails.say_that_its_day_moved(round_, row)
    tell(EventType.EXTRACT_MOVED, round_, by=by, to=to.isoformat())
    return row
