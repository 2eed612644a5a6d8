"""Looking again: a worker goes through the entries, and the page says how far it is and when it was."""

from dataclasses import dataclass, field

from django.db import transaction

from audit.models import Event, EventType
from audit.services import stream_of
from chronologies.mismatches.services import refreshing
from foundations.post.models import Job
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review


@dataclass(frozen=True)
class Looked:
    """How it stands with the finder in one review."""

    at: object = None  # when it last looked
    result: dict = field(default_factory=dict)  # found, added, changed, gone: how many each
    is_under_way: bool = False
    problem: str = ""


@transaction.atomic
def look_again(review):
    """At all of it. A look that waits serves everybody who asks meanwhile. Returns the job."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    refuse_if_ended(review)
    return refreshing.look_again(review)


def looked(review):
    """The trail knows of every look, whoever asked for it and from wherever."""
    told = Event.objects.filter(stream=stream_of(review), type=EventType.MISMATCHES_FOUND)
    last, job = told.order_by("-pk").first(), _jobs(review).first()
    return Looked(
        at=last.at if last else None,
        result=last.data if last else {},
        is_under_way=bool(job) and not job.is_over,
        problem=job.problem if job and job.state == Job.State.FAILED else "",
    )


def _jobs(review):
    return Job.objects.filter(kind=refreshing.KIND, payload__review_id=review.pk).order_by("-pk")
