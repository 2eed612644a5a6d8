"""Who answers for an agency, and how the requests of a review stand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat

from accounts.models import User
from reviews.access import access_of
from reviews.acting import acting
from reviews.models import RoleHolder
from reviews.reminders.models import Posting
from reviews.requests.models import Request, RequestMove
from reviews.requests.states import CAME, OPEN, State, What
from reviews.rules import GRANTS, Role

_ANSWER = [role for role, grant in GRANTS.items() if "answer_requests" in grant.participation]
_FROM_AGENCY = [What.OPENED, What.BEGUN, What.SUBMITTED, What.NIL, What.EXTENSION_ASKED]
_TO_AGENCY = [
    *(What.ASKED, What.RETURNED, What.EXTENSION_GIVEN, What.EXTENSION_REFUSED, What.CHASED),
]
# How the key begins of the message that goes with a move: see reviews.requests.emails.
_KEY_OF_MESSAGE = Case(
    When(
        what=What.ASKED,
        then=Concat(Value("request:"), "request_id", Value(":"), output_field=CharField()),
    ),
    When(
        what=What.RETURNED,
        then=Concat(Value("request-back:"), "pk", Value(":"), output_field=CharField()),
    ),
    default=Concat(Value("request-time:"), "pk", Value(":"), output_field=CharField()),
    output_field=CharField(),
)
COLOURS = {
    State.ASKED: "grey",
    State.OPENED: "light-blue",
    State.IN_PROGRESS: "blue",
    State.SUBMITTED: "turquoise",
    State.RETURNED: "orange",
    State.ACCEPTED: "green",
    State.NIL: "turquoise",
    State.WITHDRAWN: "grey",
}


# --- People -------------------------------------------------------------------------------------


def holders_of(participations):
    """The roles through which somebody can answer now, of these parts."""
    held = RoleHolder.objects.filter(
        role_group__participation__in=participations, role_group__role__in=_ANSWER
    )
    return acting(held)


def people_of(participation):
    """Who gets its messages: whoever can answer and has joined; others find it when they join."""
    held = holders_of([participation]).filter(user__joined_at__isnull=False)
    return User.objects.filter(pk__in=held.values("user")).order_by("email")


def officers_of(participation):
    """Who signs off for it, of those who have joined."""
    held = RoleHolder.objects.filter(
        role_group__participation=participation, role_group__role=Role.SIGN_OFF_OFFICER
    )
    users = User.objects.filter(pk__in=acting(held).values("user"), joined_at__isnull=False)
    return users.order_by("email")


def people_of_each(participations):
    """{part id: its people}, in one query."""
    found = defaultdict(dict)
    held = holders_of(participations).filter(user__joined_at__isnull=False)
    for holder in held.select_related("user", "role_group").order_by("user__email"):
        found[holder.role_group.participation_id][holder.user_id] = holder.user
    return {part: list(people.values()) for part, people in found.items()}


def last_return(request):
    """Why it came back, where the agency has not answered since."""
    if request.state != State.RETURNED:
        return None
    return request.moves.filter(what=What.RETURNED).last()


# --- One line for each request -------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A request as the coordinator's page and its print show it."""

    request: Request
    late: int  # days
    silent_since: datetime | None
    last_contact: datetime | None
    people: int  # who can answer

    @property
    def tag(self):
        """(in words, colour)"""
        request = self.request
        if request.waits_for_time:
            return "Asks for more time", "purple"
        return request.get_state_display(), COLOURS[State(request.state)]

    @property
    def nobody_answers(self):
        return self.request.is_open and not self.people


def with_contact(requests):
    """With when the agency was last heard of, and when a message about it went to somebody there."""
    moves = RequestMove.objects.filter(request=OuterRef("pk")).order_by("-pk")
    # Where nobody of the agency could answer there was nobody to write to. Whoever reminds by hand
    # reminds somebody.
    sent = Posting.objects.filter(
        participation=OuterRef("request__participation"),
        message__key__startswith=OuterRef("key_of_message"),
    )
    told = moves.annotate(key_of_message=_KEY_OF_MESSAGE).filter(Exists(sent) | Q(what=What.CHASED))
    heard = moves.filter(what__in=_FROM_AGENCY, on_behalf=False)
    return requests.annotate(
        heard_at=Subquery(heard.values("at")[:1]),
        written_at=Subquery(told.filter(what__in=_TO_AGENCY).values("at")[:1]),
    )


def lines_of(requests, *, on):
    """`requests` came through with_extension and with_contact; two queries for any number."""
    requests = list(requests)
    people = people_of_each([request.participation_id for request in requests])
    return [
        Line(
            request=request,
            late=request.days_late(on),
            silent_since=(request.heard_at or request.asked_at) if request.is_open else None,
            last_contact=request.written_at,
            people=len(people.get(request.participation_id, ())),
        )
        for request in requests
    ]


# --- On somebody's own page ---------------------------------------------------------------------


@dataclass
class Gathering:
    """How far the gathering of a review has come, for those who lead it."""

    asked: int = 0
    answered: int = 0
    late: int = 0
    wait_for_time: int = 0
    came: int = 0  # and nobody has accepted or returned it

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if not self.asked:
            return "Nobody asked yet", "grey"
        waiting = self.came + self.wait_for_time
        said = [f"{waiting} waiting for you"] if waiting else []
        said += [f"{self.late} late"] if self.late else []
        if said:
            return ", ".join(said), "red" if self.late else "orange"
        colour = "green" if self.answered == self.asked else "blue"
        return f"{self.answered} of {self.asked} answered", colour


def requests_of(user, reviews):
    """{review id: its requests that this person may see}, in one query."""
    found = defaultdict(list)
    rows = Request.objects.visible_to(user).filter(participation__review__in=reviews)
    rows = rows.exclude(state=State.WITHDRAWN).for_display().with_extension()
    for request in rows.with_preparation():
        found[request.participation.review_id].append(request)
    return found


def owed_by(user, requests):
    """Of these what this person's own agencies were asked, the open ones first."""
    mine = access_of(user).parts_with("answer_requests")
    own = [request for request in requests if request.participation_id in mine]
    return sorted(own, key=lambda one: (not one.is_open, one.due, one.pk))


def how_far(request):
    """(in words, colour) for its own agency, of one that came through with_preparation."""
    if request.is_open and request.is_for_a_file:
        if request.prepared == "waiting":
            return "Waits for sign-off", "purple"
        if request.prepared:
            inside = request.inside == "returned_inside"
            return ("Returned inside", "orange") if inside else ("Being prepared", "blue")
        if request.state != State.RETURNED:
            return "Nothing yet", "grey"
    if request.is_open and request.said == What.READY:
        return "Waits for sign-off", "purple"
    if request.state == State.SUBMITTED and request.is_for_a_file:
        return "Sent", "turquoise"
    return request.get_state_display(), COLOURS[State(request.state)]


def gathering_of(requests, *, on):
    open_ = [request for request in requests if request.is_open]
    return Gathering(
        asked=len(requests),
        answered=len(requests) - len(open_),
        late=sum(request.is_late(on) for request in open_),
        wait_for_time=sum(request.waits_for_time for request in open_),
        came=sum(request.state in CAME for request in requests),
    )


def waited_for(user, reviews):
    """{review id: how many agencies owe an answer}."""
    found = defaultdict(set)
    rows = Request.objects.visible_to(user).filter(
        participation__review__in=reviews, state__in=OPEN
    )
    for review, part in rows.order_by().values_list("participation__review", "participation"):
        found[review].add(part)
    return {review: len(parts) for review, parts in found.items()}
