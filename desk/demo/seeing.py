"""What the dashboards of plans have to show: an old review of the first partnership, in which two
agencies did what a later one recommends again, and a filter of the coordinator's."""

import uuid

from actionplans.progress.models import Answer
from actionplans.progress.services import report
from actionplans.progress.settling import settle
from actionplans.resting.services import make_recommendation, put_into_plan
from actionplans.seeing.keeping import save_filter
from agencies.models import Agency
from desk.demo.requests import part_of
from foundations.dates import parse
from reviews.lifecycle.services import set_stage
from reviews.models import Review
from reviews.services import add_agency, add_person, create_review

REFERENCE = "DHR-2018-01"
_SPACE = uuid.UUID("7a3d0d0c-5f1f-4b0e-8a7c-2f9d1b6e4c80")
_PATHWAY = (
    "Housing providers and the advocacy service agree one referral pathway, and reply to each referral "
    "within five working days."
)
_DONE = "Both services signed the pathway and told their staff."


def look_over_plans(partnership, *, by):
    """Safe to repeat."""
    save_filter(
        by, name="Overdue and silent", chosen={"due": "overdue", "silent": "on"}, key=_key("filter")
    )
    if not Review.objects.filter(reference=REFERENCE).exists():
        _old_review(partnership, by=by)


def _old_review(partnership, *, by):
    review = create_review(
        partnership=partnership,
        reference=REFERENCE,
        scope_from=parse("2012").value,
        scope_to=parse("autumn 2017").value,
        scope_reason="The years in which agencies knew of them.",
        by=None,
    )
    add_person(review, pseudonym="FA 9", role="victim", by=None)
    for name in ("Housing", "IDVA"):
        add_agency(review, agency=Agency.objects.named(name)[0], by=None)
    leads = [part_of(review, name) for name in ("Housing", "IDVA")]
    one = make_recommendation(
        review,
        text=_PATHWAY,
        reach="multi",
        scope="Local",
        leads=leads,
        by=by,
        key=_key("recommendation"),
    )
    put_into_plan(review, [one], by=by)
    set_stage(review, stage="monitoring", by=None)
    note = report(
        one.rows.live().get(),
        answer=Answer.REPORTED,
        words=_DONE,
        evidence="The signed pathway, on both intranets",
        seen=None,
        by=by,
        participation=leads[0],
        on_behalf=True,
        key=_key("done"),
    )
    settle(note, is_accepted=True, by=by)


def _key(name):
    return uuid.uuid5(_SPACE, name)
