"""The upper end of the golden thread of a review: recommendations on its lessons, one of them acted on,
and on purpose some that rest on nothing, are led by nobody, or say the same twice."""

import uuid

from actionplans.resting.queries import own_of
from actionplans.resting.services import add_action, make_recommendation, rest_on, take_over
from desk.demo.requests import part_of
from foundations.dates import parse

_SPACE = uuid.UUID("2c5b8f8e-4f0b-4a0b-9a1b-6c1f0e8d7a52")
_WHOLE = (
    "Housing providers and the advocacy service agree one referral pathway, with a reply to each "
    "referral within five working days."
)
_AGAIN = (
    "The advocacy service and housing providers agree one pathway of referral, and reply to each "
    "referral within five working days."
)
_BARE = "Officers look at earlier calls to the same address before they close a new one."


def tie_the_thread(review, *, by):
    """Safe to repeat. Rests on the review's first lessons, where it has any."""
    lessons = list(review.lessons.live().order_by("number")[:2])
    whole = make_recommendation(
        review,
        text=_WHOLE,
        reach="multi",
        level="local",
        leads=[part_of(review, "Housing"), part_of(review, "IDVA")],
        by=by,
        key=_key("whole"),
    )
    if lessons:
        rest_on(whole, lessons, by=by)
    add_action(
        whole,
        text="Write the pathway down, with one form for both.",
        lead=part_of(review, "IDVA"),
        target=parse("June 2027").value,
        by=by,
        key=_key("action"),
    )
    make_recommendation(review, text=_AGAIN, reach="multi", by=by, key=_key("again"))
    make_recommendation(review, text=_BARE, reach="single", by=by, key=_key("bare"))
    own = [line.point for line in own_of(review, by) if line.became is None]
    if not review.recommendations.filter(own_point__isnull=False).exists():
        take_over(review, own[:1], by=by)


def _key(name):
    return uuid.uuid5(_SPACE, name)
