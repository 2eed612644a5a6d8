"""Saying whether a recommendation is a repeat. The caller asked rules.py; state is asked again here."""

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.importing import lock_plan
from actionplans.models import Recommendation
from actionplans.seeing.models import RepeatJudgement
from actionplans.seeing.repeats import digest_of
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record


@transaction.atomic
def judge_repeat(later, earlier, *, is_repeat, reason, seen, by, key):
    """Keep one answer. `seen` is the digest of both as whoever answers read them; where the words are
    others by now, raises ChangedMeanwhile. The same key again gives the first one's answer."""
    review = lock_plan(later.review)
    if found := RepeatJudgement.objects.filter(key=key).first():
        if (found.later_id, found.earlier_id) != (later.pk, earlier.pk):
            raise KeyOfAnother
        return found
    now = Recommendation.objects.live().in_bulk([later.pk, earlier.pk])
    if len(now) < 2 or digest_of(now[later.pk], now[earlier.pk]) != seen:
        raise ChangedMeanwhile(later.pk)
    if not (reason := reason.strip()):
        raise ValidationError({"reason": "Say why"})
    answer = RepeatJudgement.objects.create(
        later=later,
        earlier=earlier,
        key=key,
        is_repeat=is_repeat,
        reason=reason,
        words=seen,
        by=by,
    )
    record(
        EventType.REPEAT_JUDGED,
        by=by,
        review=review,
        target=later,
        earlier=earlier.pk,
        is_repeat=is_repeat,
    )
    return answer
