"""Recording what the body that must answer decided."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.importing import lock_plan
from actionplans.models import Recommendation
from actionplans.progress.decided import Decision
from actionplans.services import ChangedMeanwhile, KeyOfAnother
from audit.models import EventType
from audit.services import record


@transaction.atomic
def decide(
    recommendation,
    *,
    answer,
    rationale,
    body,
    post,
    decided_on,
    by,
    key,
    condition="",
    look_again=None,
    on=None,
):
    """Keep an answer; the recommendation shows the last one. The same key gives the first one's."""
    lock_plan(recommendation.review)
    if found := Decision.objects.filter(key=key).first():
        if found.recommendation_id != recommendation.pk:
            raise KeyOfAnother
        return found
    one = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if one.is_withdrawn or one.is_draft:
        raise ChangedMeanwhile(one.pk)
    _refuse(answer, condition, decided_on, look_again, on=on or timezone.localdate())
    decision = Decision.objects.create(
        recommendation=one,
        key=key,
        answer=answer,
        rationale=rationale,
        condition=condition,
        body=body,
        post=post,
        on=decided_on,
        look_again=look_again,
        by=by,
    )
    one.decision, one.decision_condition = decision.answer, condition
    one.decision_as_written = decision.get_answer_display()
    one.save(update_fields=["decision", "decision_condition", "decision_as_written"])
    record(
        EventType.RECOMMENDATION_DECIDED,
        by=by,
        review=recommendation.review,
        target=one,
        number=one.number,
        decision=str(answer),
    )
    return decision


def _refuse(answer, condition, decided_on, look_again, *, on):
    problems = {}
    if answer == Decision.Answer.DEFERRED and not look_again:
        problems["look_again"] = "Say when to look at it again"
    if look_again and look_again <= on:
        problems["look_again"] = "The day to look again must be after today"
    if answer == Decision.Answer.IN_PART and not condition.strip():
        problems["condition"] = "Say which part is accepted, or on what condition"
    if decided_on.earliest and decided_on.earliest > on:
        problems["decided_on"] = "The day of the decision must not be after today"
    if problems:
        raise ValidationError(problems)
