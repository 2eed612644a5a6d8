"""An earlier review of the same partnership, in which the same agency did what is recommended again; that
somebody judged it; and a filter that its user saved."""

import uuid
from functools import partial

from actionplans.models import Recommendation, Status
from actionplans.seeing.judging import judge_repeat
from actionplans.seeing.keeping import save_filter
from actionplans.seeing.repeats import digest_of
from reviews.models import Review
from reviews.rules import Role, Stage
from reviews.services import create_review, give_role
from tests.factories.actionplans import RecommendationFactory, RecommendationLeadFactory
from tests.factories.reviews import ParticipationFactory


def look_over_plans(rows, mark):
    rows.before = _published_before(rows.one)
    give_role(user=rows.chair, role=Role.CHAIR, review=rows.before, by=None)
    part = ParticipationFactory(review=rows.before, agency=rows.ours.part.agency)
    text = rows.ours.recommendation.text
    rows.said_before = RecommendationFactory(review=rows.before, text=text, status=Status.DONE)
    RecommendationLeadFactory(recommendation=rows.said_before, participation=part)
    say = partial(mark, review=rows.one.reference, place="team", kind="plan repeat")
    rows.repeat = judge_repeat(
        rows.ours.recommendation,
        Recommendation.objects.get(pk=rows.said_before.pk),
        is_repeat=True,
        reason=say("Said twice"),
        seen=digest_of(rows.ours.recommendation, rows.said_before),
        by=rows.chair,
        key=uuid.uuid4(),
    )
    rows.saved_filter = save_filter(
        rows.coordinator, name="Silent", chosen={"silent": "on"}, key=uuid.uuid4()
    )


def _published_before(one):
    """Entered last, of a time before."""
    review = create_review(partnership=one.partnership, reference="BEFORE-1", by=None)
    Review.objects.filter(pk=review.pk).update(
        stage=Stage.MONITORING, created_at=one.created_at.replace(year=one.created_at.year - 1)
    )
    review.refresh_from_db()
    return review
