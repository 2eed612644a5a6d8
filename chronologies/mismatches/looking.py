"""Looking again: a worker goes through the entries, and the page says how far it is and when it was."""

from dataclasses import dataclass, field

from django.db import transaction

from audit.models import Event, EventType
from audit.services import stream_of
from foundations.post.jobs import queue_job
from foundations.post.models import Job
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review

KIND = "chronologies.mismatches"


@dataclass(frozen=True)
class Looked:
    """How it stands with the finder in one review."""

    at: object = None  # when it last looked
    result: dict = field(default_factory=dict)  # found, added, changed, gone: how many each
    is_under_way: bool = False
    problem: str = ""


@transaction.atomic
def look_again(review, *, by, key):
    """While a look is under way, that one serves. Returns the job."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    refuse_if_ended(review)
    jobs = _jobs(review)
    if under_way := jobs.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).first():
        return under_way
    return queue_job(
        KIND, key=f"{KIND}:{review.pk}:{key}", by=by, review_id=review.pk, entries=None
    )


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
    return Job.objects.filter(kind=KIND, payload__review_id=review.pk).order_by("-pk")
