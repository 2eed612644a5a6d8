"""What waits inside an agency: a version to be signed off, or one that the officer returned."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from reviews import rules
from reviews.access import access_of
from reviews.reminders.kinds import Owed
from reviews.reminders.steps import steps_of
from reviews.requests.states import State as RequestState
from reviews.rules import Role
from reviews.submissions.models import Submission, SubmissionMove
from reviews.submissions.states import State, What


def _inside(reviews):
    """Versions in the agency's hands, with what happened to them last; a constant number of
    queries."""
    last = SubmissionMove.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    rows = Submission.objects.filter(request__participation__review__in=reviews, on_behalf=False)
    rows = rows.exclude(state=State.SENT).exclude(request__state=RequestState.WITHDRAWN)
    return (
        rows.annotate(
            last_move=Subquery(last.values("pk")[:1]),
            last_what=Subquery(last.values("what")[:1]),
            last_at=Subquery(last.values("at")[:1]),
        )
        .for_display()
        .prefetch_related("files", "moves")
        .order_by("pk")
    )


def is_returned(version):
    """Of one that came through _inside."""
    return version.state == State.DRAFT and version.last_what == What.RETURNED_INSIDE


def page_of(version):
    """Where whoever it waits for goes on with it."""
    request = version.request
    page = "sign-off" if version.state == State.WAITING else "prepare"
    return reverse(f"reviews:submission-{page}", args=[request.review.reference, request.pk])


# --- Reminders ----------------------------------------------------------------------------------


def versions_waiting(reviews):
    """By the officers who may sign it off: none who worked on it."""
    versions = [one for one in _inside(reviews) if one.state == State.WAITING]
    return _owed(versions, Role.SIGN_OFF_OFFICER, but_authors=True)


def versions_returned(reviews):
    return _owed([one for one in _inside(reviews) if is_returned(one)], Role.IMR_AUTHOR)


def _owed(versions, role, *, but_authors=False):
    if not versions:
        return
    days = steps_of([version.review for version in versions])
    for version in versions:
        since = timezone.localdate(version.last_at)
        yield Owed(
            item=f"{version.pk}-{version.last_move}",
            review=version.review,
            due=since + timedelta(days=days[version.review.partnership_id].days_inside),
            since=since,
            page=page_of(version),
            part_id=version.participation.pk,
            roles=(role,),
            inside=True,
            not_for=frozenset(version.authors()) if but_authors else frozenset(),
        )


# --- Somebody's own page ------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    version: Submission
    is_to_sign: bool  # or else to be put right


def waiting_inside(user, reviews):
    """{review id: what this person has to do about the versions of their own agency}."""
    access, found = access_of(user), defaultdict(list)
    mine = access.parts_with("answer_requests")
    rows = _inside(reviews).filter(
        pk__in=Submission.objects.visible_to(user).values("pk"), request__participation__any_of=mine
    )
    for version in rows:
        signs = rules.can_sign_off(access, version)
        if version.state == State.WAITING and signs:
            found[version.review.pk].append(Waiting(version, is_to_sign=True))
        elif is_returned(version) and not signs:
            found[version.review.pk].append(Waiting(version, is_to_sign=False))
    return found
