"""Recording what became of a national recommendation. The caller asked rules.py."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.models import Level, Recommendation
from actionplans.national.models import NationalStep, Outcome, Step
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record


@transaction.atomic
def note_step(
    recommendation, *, step, happened_on, by, key, department="", outcome="", words="", on=None
):
    """Keep one dated step. The same key again gives the first one's.

    Raises ChangedMeanwhile where the recommendation is not a national one of the plan any more, and
    ValidationError with what to say beside which field.
    """
    lock_plan(recommendation.review)
    if found := NationalStep.objects.filter(key=key).first():
        if found.recommendation_id != recommendation.pk:
            raise KeyOfAnother
        return found
    one = Recommendation.objects.get(pk=recommendation.pk)
    if one.is_withdrawn or one.is_draft or one.level != Level.NATIONAL:
        raise ChangedMeanwhile(one.pk)
    before = list(NationalStep.objects.filter(recommendation=one))
    _refuse(step, before, happened_on, department, outcome, words, on or timezone.localdate())
    kept = NationalStep.objects.create(
        recommendation=one,
        key=key,
        step=step,
        on=happened_on,
        department=department.strip() if step == Step.SENT else "",
        outcome=outcome if step == Step.OUTCOME else "",
        # How a family was told, and by whom, stands in the log of contact and nowhere else.
        words="" if step == Step.FAMILY_TOLD else words.strip(),
        by=by,
    )
    record(
        EventType.NATIONAL_STEP_KEPT,
        by=by,
        review=recommendation.review,
        target=one,
        number=one.number,
        step=str(step),
    )
    return kept


def _refuse(step, before, happened_on, department, outcome, words, on):
    problems = {}
    if step == Step.SENT and not department.strip():
        problems["department"] = "Say which department it was sent to"
    if step == Step.OUTCOME and outcome not in Outcome:
        problems["outcome"] = "Say what the outcome is"
    if step == Step.RESPONDED and not words.strip():
        problems["words"] = "Say what the department answered"
    if step != Step.SENT and not any(one.step == Step.SENT for one in before):
        problems["step"] = "Record first when it was sent, and to which department"
    elif step in _TOLD and not any(one.step in _TELLING for one in before):
        problems["step"] = "Record first what the department answered, or the outcome"
    if happened_on.earliest and happened_on.earliest > on:
        problems["happened_on"] = "This day must not be after today"
    elif step != Step.SENT and _is_before_it_was_sent(happened_on, before):
        problems["happened_on"] = "This is before the day on which it was sent"
    if problems:
        raise ValidationError(problems)


_TOLD = (Step.AUTHOR_TOLD, Step.FAMILY_TOLD)
_TELLING = (Step.RESPONDED, Step.OUTCOME)


def _is_before_it_was_sent(day, before):
    sent = [one.on.earliest for one in before if one.step == Step.SENT and one.on.earliest]
    return bool(sent and day.latest and day.latest < min(sent))
