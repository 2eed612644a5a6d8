"""Looking again: a worker goes through the entries, and the page says how far it is and when it was."""

from dataclasses import dataclass

from django.db import transaction

from foundations.post.jobs import queue_job
from foundations.post.models import Job
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review

KIND = "chronologies.mismatches"


@dataclass(frozen=True)
class Looked:
    """How it stands with the finder in one review."""

    at: object = None  # when it last looked
    result: dict = None
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
    last = _jobs(review).first()
    if last is None:
        return Looked()
    done = last if last.state == Job.State.DONE else None
    if done is None:
        done = _jobs(review).filter(state=Job.State.DONE).first()
    return Looked(
        at=done.finished_at if done else None,
        result=done.result if done else None,
        is_under_way=not last.is_over,
        problem=last.problem if last.state == Job.State.FAILED else "",
    )


def _jobs(review):
    return Job.objects.filter(kind=KIND, payload__review_id=review.pk).order_by("-pk")
