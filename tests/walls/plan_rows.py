"""A recommendation that three agencies see to in a world, each with an action of its own or a joint one."""

from functools import partial

from actionplans.rows.models import JointLead
from actionplans.rows.services import follow
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.actionplans_progress import DecisionFactory


def lead_together(rows, mark, report_on):
    """The third agency is accountable; of the others each leads a part, and one part together."""
    review, by = rows.one, rows.chair
    ours, theirs, third = rows.ours.part, rows.theirs.part, rows.third.part
    one = rows.led_together = RecommendationFactory(
        review=review, due="March 2020", outcome="Half of it", status="at_risk"
    )
    RecommendationLeadFactory(recommendation=one, participation=third)
    for part in (ours, theirs):
        RecommendationLeadFactory(recommendation=one, participation=part, is_accountable=False)
    rows.our_part = ActionFactory(recommendation=one, lead=ours).row
    rows.their_part = ActionFactory(recommendation=one, lead=theirs).row
    joint = ActionFactory(recommendation=one, lead=ours)
    JointLead.objects.create(action=joint, participation=theirs)
    follow(review, [one])
    rows.joint_part = joint.row
    MilestoneFactory(recommendation=one)
    UpdateFactory(recommendation=one)
    beside = [part.agency_id for part in (ours, theirs, third)]
    mark = partial(mark, review=review.reference, beside=beside)
    said = partial(mark, place=third.agency_id, kind="plan")
    DecisionFactory(
        recommendation=one,
        by=by,
        rationale=said("It must be done"),
        condition=said("If all three can"),
        body=said("The board"),
        post=said("Its chair"),
    )
    report_on(rows.our_part, ours, by=by, mark=mark)
    report_on(rows.their_part, theirs, by=by, mark=mark)

    def of_both(words, place, kind):
        return mark(words, place=frozenset({ours.agency_id, theirs.agency_id}), kind=kind)

    report_on(rows.joint_part, ours, by=by, mark=of_both)
