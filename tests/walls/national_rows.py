"""What became of a national recommendation in a world; the database keeps the words as they were said."""

import uuid
from functools import partial

from actionplans.models import Level, Recommendation
from actionplans.national.models import Outcome, Step
from actionplans.national.services import note_step
from foundations.dates import parse


def answer_nationally(rows, mark):
    for review, each, by in ((rows.one, rows.ours, rows.chair), (rows.two, rows.foreign, None)):
        one = each.recommendation
        Recommendation.objects.filter(pk=one.pk).update(level=Level.NATIONAL)
        said = partial(mark, review=review.reference, place=each.part.agency_id, kind="plan")
        for step, more in (
            (Step.SENT, {"department": said("Home Office")}),
            (Step.RESPONDED, {"words": said("It is in hand")}),
            (Step.OUTCOME, {"outcome": Outcome.PARTLY, "words": said("Half of it")}),
            (Step.FAMILY_TOLD, {}),
        ):
            note_step(
                one,
                step=step,
                happened_on=parse("March 2019").value,
                by=by,
                key=uuid.uuid4(),
                **more,
            )
