"""What a review that is to be closed still has open. Rooms above add what is theirs."""

from dataclasses import dataclass

from django.utils import timezone

from reviews.family.models import Correspondent, Wish
from reviews.intake.models import EarlyAction, ScopingRequest, UrgentConcern
from reviews.letters.models import Letter
from reviews.lifecycle.tasks.queries import tasks_of
from reviews.meetings.models import MeetingAction
from reviews.proceedings.models import Proceeding
from reviews.proceedings.queries import beside_of
from reviews.querying.models import Query
from reviews.requests.models import Request


@dataclass(frozen=True)
class Kind:
    one: str  # "urgent concern that is not closed"
    many: str
    page: str  # where it is dealt with
    count: object  # (user, review) -> how many that this person may see


@dataclass(frozen=True)
class OpenThing:
    code: str
    kind: Kind
    n: int

    @property
    def words(self):
        return f"{self.n} {self.kind.one if self.n == 1 else self.kind.many}"


_KINDS = {}


def register(code, *, one, many, page, count):
    """Called once, when the installation starts."""
    _KINDS[code] = Kind(one, many, page, count)


def still_open(user, review):
    """Every kind of thing of which there is one, as far as this person may see it."""
    found = (OpenThing(code, kind, kind.count(user, review)) for code, kind in _KINDS.items())
    return [thing for thing in found if thing.n]


# --- What this room knows of --------------------------------------------------------------------


def _concerns(user, review):
    return UrgentConcern.objects.visible_to(user).open().filter(review=review).count()


def _early_actions(user, review):
    return EarlyAction.objects.visible_to(user).open().filter(review=review).count()


def _meeting_actions(user, review):
    return MeetingAction.objects.visible_to(user).open().filter(meeting__review=review).count()


def _scoping(user, review):
    asked = ScopingRequest.objects.visible_to(user).of(review).with_latest_answer()
    return asked.filter(known=None).count()


def _requests(user, review):
    return Request.objects.visible_to(user).of(review).open().count()


def _queries(user, review):
    return Query.objects.visible_to(user).of(review).unsettled().count()


def _wishes(user, review):
    wishes = Wish.objects.visible_to(user).filter(review=review).prefetch_related("answers")
    return sum(wish.answer is None for wish in wishes)


def _holds(user, review):
    people = Correspondent.objects.visible_to(user).filter(review=review).prefetch_related("holds")
    return sum(person.hold is not None for person in people)


def _letters(user, review):
    letters = Letter.objects.visible_to(user).filter(review=review, set_aside_at=None)
    return sum(letter.acknowledged is None for letter in letters.prefetch_related("register"))


def _tasks(user, review):
    return len(tasks_of(review, user, on=timezone.localdate()).open)


def _proceedings(user, review):
    rows = Proceeding.objects.visible_to(user).filter(review=review).prefetch_related("statuses")
    return sum(one.is_open for one in rows)


def _stopped(user, review):
    beside = beside_of(user, [review], on=timezone.localdate()).get(review.pk)
    return beside.holds if beside else 0


register(
    "concerns",
    one="urgent concern that is not closed",
    many="urgent concerns that are not closed",
    page="reviews:concern-list",
    count=_concerns,
)
register(
    "early-actions",
    one="immediate action that is not done",
    many="immediate actions that are not done",
    page="reviews:early-actions",
    count=_early_actions,
)
register(
    "meeting-actions",
    one="action of a meeting that is not done",
    many="actions of meetings that are not done",
    page="reviews:meeting-actions",
    count=_meeting_actions,
)
register(
    "scoping",
    one="agency that has not said what it knows",
    many="agencies that have not said what they know",
    page="reviews:scoping-board",
    count=_scoping,
)
register(
    "requests",
    one="request that its agency has not answered",
    many="requests that their agencies have not answered",
    page="reviews:request-board",
    count=_requests,
)
register(
    "queries",
    one="query to an agency that is not settled",
    many="queries to agencies that are not settled",
    page="reviews:query-list",
    count=_queries,
)
register(
    "wishes",
    one="wish or question of the family without an answer",
    many="wishes or questions of the family without an answer",
    page="reviews:wish-list",
    count=_wishes,
)
register(
    "holds",
    one="person who must not be contacted yet",
    many="people who must not be contacted yet",
    page="reviews:family",
    count=_holds,
)
register(
    "letters",
    one="letter that is not sent or not acknowledged",
    many="letters that are not sent or not acknowledged",
    page="reviews:letter-list",
    count=_letters,
)
register(
    "tasks",
    one="task that is neither done nor marked as not needed",
    many="tasks that are neither done nor marked as not needed",
    page="reviews:tasks",
    count=_tasks,
)
register(
    "proceedings",
    one="parallel proceeding that is not concluded",
    many="parallel proceedings that are not concluded",
    page="reviews:proceedings",
    count=_proceedings,
)
register(
    "stopped",
    one="hold because of a proceeding",
    many="holds because of a proceeding",
    page="reviews:proceedings",
    count=_stopped,
)
