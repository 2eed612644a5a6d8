"""What is owed in the room of reviews itself."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reviews.intake.models import EarlyAction, ScopingRequest
from reviews.meetings.models import MeetingAction
from reviews.models import RoleHolder
from reviews.querying.models import Query
from reviews.reminders.came import answers_given, requests_come, time_asked
from reviews.reminders.kinds import Owed, register
from reviews.reminders.steps import steps_of
from reviews.requests.models import Request
from reviews.requests.states import State as RequestState
from reviews.rules import Role
from reviews.submissions.owed import versions_returned, versions_waiting
from reviews.terms.models import TermsIssue, TermsReading

WRITERS = (Role.IMR_AUTHOR,)
LEADS = (Role.ACTION_LEAD,)


def remind_of_our_own():
    register(
        "scoping",
        sentence="An agency was asked whether it knew the people of a review, and has not answered.",
        owed=scoping_unanswered,
    )
    register(
        "request",
        sentence="An agency was asked for something by a day, and has not handed it in.",
        owed=requests_open,
    )
    register(
        "query",
        sentence="An agency was put a query to be answered by a day, and has not answered it.",
        owed=queries_open,
    )
    register(
        "terms",
        sentence="Terms of reference were issued, and nobody there has said that they read them.",
        owed=terms_unread,
    )
    register(
        "early_action",
        sentence="An early action was agreed, and nobody has said that it is done.",
        owed=early_actions_open,
    )
    register(
        "meeting_action",
        sentence="An action was given out at a meeting, and nobody has said that it is done.",
        owed=meeting_actions_open,
    )
    register(
        "sign_off",
        sentence="Something that your agency prepared waits for its sign-off.",
        owed=versions_waiting,
    )
    register(
        "returned_inside",
        sentence="Your sign-off officer returned something that your agency prepared.",
        owed=versions_returned,
    )
    _remind_of_what_came()


def _remind_of_what_came():
    because = "because it waits for those who lead the review"
    register(
        "came",
        sentence="An agency sent what it was asked for, and nobody has accepted or returned it.",
        owed=requests_come,
        because=because,
    )
    register(
        "time_asked",
        sentence="An agency asked for more time, and nobody has answered it.",
        owed=time_asked,
        because=because,
    )
    register(
        "answer",
        sentence="An agency answered a query, and nobody has decided on the answer.",
        owed=answers_given,
        because=because,
    )


def scoping_unanswered(reviews):
    asked = ScopingRequest.objects.filter(participation__review__in=reviews, answers=None)
    for request in asked.select_related("participation__review"):
        review = request.participation.review
        yield Owed(
            item=str(request.pk),
            review=review,
            due=request.due,
            since=timezone.localdate(request.asked_at),
            page=reverse("reviews:scoping-answer", args=[review.reference, request.pk]),
            part_id=request.participation_id,
            roles=WRITERS,
        )


def requests_open(reviews):
    asked = Request.objects.open().filter(participation__review__in=reviews)
    for request in asked.select_related("participation__review"):
        yield Owed(
            item=str(request.pk),
            review=request.review,
            due=request.due,
            since=timezone.localdate(request.asked_at),
            page=request.get_absolute_url(),
            part_id=request.participation_id,
            roles=WRITERS,
        )


def queries_open(reviews):
    """Those that came back with a request are reminded of with it, while that is open."""
    asked = Query.objects.open().filter(participation__review__in=reviews)
    with_request = Q(comes_with_request=True, request__state=RequestState.RETURNED)
    for query in asked.exclude(with_request).select_related("participation__review"):
        yield Owed(
            item=str(query.pk),
            review=query.review,
            due=query.due,
            since=timezone.localdate(query.sent_at),
            page=query.get_absolute_url(),
            part_id=query.participation_id,
            roles=WRITERS,
        )


def early_actions_open(reviews):
    for action in EarlyAction.objects.open().filter(review__in=reviews).select_related("review"):
        yield Owed(
            item=str(action.pk),
            review=action.review,
            due=action.due,
            since=timezone.localdate(action.made_at),
            page=reverse("reviews:early-actions", args=[action.review.reference]),
            part_id=action.owner_id,
            roles=LEADS,
        )


def meeting_actions_open(reviews):
    """Those of a post without an account have nobody to write to until the coordinator's turn."""
    rows = MeetingAction.objects.open().filter(meeting__review__in=reviews)
    for action in rows.select_related("meeting__review", "member"):
        user_id = action.member.user_id if action.member_id else None
        yield Owed(
            item=str(action.pk),
            review=action.review,
            due=action.due,
            since=timezone.localdate(action.made_at),
            page=reverse("reviews:meeting-actions", args=[action.review.reference]),
            part_id=action.participation_id,
            roles=LEADS,
            user_ids=frozenset({user_id} if user_id else ()),
        )


def terms_unread(reviews):
    """The newest version that went to a place: an agency where nobody has read it, and each member
    of the panel who has not."""
    newest = {}
    issues = TermsIssue.objects.filter(version__review__in=reviews).order_by("version__number")
    for issue in issues.select_related("version__review"):
        newest[issue.version.review_id, issue.participation_id] = issue
    read = _readers_of(issue.version_id for issue in newest.values())
    panels = _panels(issue.version.review_id for issue in newest.values())
    days = steps_of([issue.version.review for issue in newest.values()])
    for (review_id, part_id), issue in newest.items():
        readers = read[issue.version_id, part_id]
        unread = frozenset() if part_id else panels[review_id] - readers
        if readers if part_id else not unread:
            continue
        review, since = issue.version.review, timezone.localdate(issue.issued_at)
        yield Owed(
            item=f"{issue.version_id}-{part_id or 'panel'}",
            review=review,
            due=since + timedelta(days=days[review.partnership_id].days_to_read),
            since=since,
            page=reverse("reviews:terms-version", args=[review.reference, issue.version.number]),
            part_id=part_id,
            roles=WRITERS if part_id else (),
            user_ids=unread,
        )


def _readers_of(versions):
    found = defaultdict(frozenset)
    rows = TermsReading.objects.filter(version__in=set(versions))
    for version_id, part_id, user_id in rows.values_list("version", "participation", "read_by"):
        found[version_id, part_id] |= {user_id}
    return found


def _panels(review_ids):
    found = defaultdict(frozenset)
    rows = RoleHolder.objects.filter(
        Q(role_group__role=Role.PANEL_MEMBER), role_group__review__in=set(review_ids)
    )
    for review_id, user_id in rows.values_list("role_group__review", "user"):
        found[review_id] |= {user_id}
    return found
