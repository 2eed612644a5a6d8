"""The coordinator's board: every review that somebody leads, what is wrong with it, what is next."""

from dataclasses import dataclass

from django.db.models import Count

from desk.tasks import counted, many
from reports.models import Release
from reviews.access import access_of
from reviews.clock.kinds import State
from reviews.clock.queries import Clock, clocks_of
from reviews.intake.models import ScopingRequest, UrgentConcern
from reviews.letters.models import Letter
from reviews.lifecycle.tasks.queries import Next, tasks_of_all
from reviews.models import Review
from reviews.panel.models import PanelMember
from reviews.reminders.queries import not_arrived
from reviews.requests.queries import waited_for
from reviews.rules import Stage

_ORDER = list(Stage)
_BEFORE_A_REVIEW = frozenset({Stage.SCOPING, Stage.DECISION})
# Nobody waits for an agency once the report is written.
_WHILE_IT_IS_WRITTEN = frozenset(
    {Stage.COMMISSIONED, Stage.GATHERING, Stage.ANALYSIS, Stage.DRAFTING}
)


@dataclass(frozen=True)
class Row:
    """One review, as far as the list has to know to put it in its place."""

    review: Review
    clock: Clock | None  # none once the review has ended
    came_back: int
    concerns: int
    not_arrived: int  # messages
    to_take_down: int = 0  # published sets whose day has come

    @property
    def days_late(self):
        late = [one.days for one in self._deadlines if one.state is State.OVERDUE]
        return max(late, default=0)

    @property
    def _deadlines(self):
        return self.clock.deadlines if self.clock else ()

    @property
    def due(self):
        """What is owed first."""
        return self.clock.next_deadline if self.clock else None

    @property
    def exceptions(self):
        """(in words, colour of its tag): what somebody has to look at first."""
        found = []
        if self.days_late:
            found.append((many(self.days_late, "day late", "days late"), "red"))
        if self.concerns:
            found.append((many(self.concerns, "urgent concern", "urgent concerns"), "red"))
        if self.to_take_down:
            n = self.to_take_down
            found.append((many(n, "release to take down", "releases to take down"), "red"))
        if self.came_back:
            found.append((many(self.came_back, "letter came back", "letters came back"), "orange"))
        if self.not_arrived:
            n = self.not_arrived
            found.append((many(n, "message not delivered", "messages not delivered"), "orange"))
        if self.review.is_suspended:
            found.append(("Suspended", "yellow"))
        return found

    @property
    def place(self):
        """Exceptions first, the latest before all; what has ended comes last."""
        return (
            self.review.has_ended,
            not self.exceptions,
            -self.days_late,
            _ORDER.index(Stage(self.review.stage)),
            self.review.reference,
        )


@dataclass(frozen=True)
class Shown:
    """A row with what only the page that shows it has to know."""

    row: Row
    waiting: int  # agencies
    next: Next
    chair: str


def reviews_led(user):
    """The reviews whose course and clock this person may read."""
    access = access_of(user)
    led = access.reviews_with("keep_course") & access.reviews_with("read_clock")
    return Review.objects.visible_to(user).filter(pk__any_of=led).select_related("partnership")


def chairs_of(user):
    """[(value of the filter, name)]: one line for a person, in however many reviews."""
    members = PanelMember.objects.visible_to(user).sitting().chairs()
    found = {}
    for member in members.filter(review__in=reviews_led(user)).order_by("name", "pk"):
        found.setdefault(_chair_key(member), member.name)
    return list(found.items())


def _chair_key(member):
    return f"account-{member.user_id}" if member.user_id else f"member-{member.pk}"


def chaired_by(reviews, key):
    kind, _, number = key.partition("-")
    way = {"account": "user", "member": "pk"}[kind]
    members = PanelMember.objects.sitting().chairs().filter(**{way: int(number)})
    return reviews.filter(pk__in=members.values("review"))


def rows_of(user, reviews, *, on, late_only=False):
    """Every row in its order; a constant number of queries."""
    reviews = list(reviews)
    clocks = clocks_of([one for one in reviews if not one.has_ended], on)
    letters = Letter.objects.visible_to(user).filter(review__in=reviews)
    came_back = counted(letters.came_back(), "review")
    concerns = UrgentConcern.objects.visible_to(user).open().filter(review__in=reviews)
    concerns = counted(concerns, "review")
    lost = not_arrived(user, reviews)
    published = Release.objects.visible_to(user).filter(review__in=reviews)
    to_take_down = counted(published.to_take_down(on), "review")
    rows = [
        Row(
            review=one,
            clock=clocks.get(one.pk),
            came_back=came_back.get(one.pk, 0),
            concerns=concerns.get(one.pk, 0),
            not_arrived=lost.get(one.pk, 0),
            to_take_down=to_take_down.get(one.pk, 0),
        )
        for one in reviews
    ]
    if late_only:
        rows = [row for row in rows if row.days_late]
    return sorted(rows, key=lambda row: row.place)


def shown(user, rows, *, on):
    """What a page shows of its rows; a constant number of queries."""
    reviews = [row.review for row in rows]
    tasks = tasks_of_all(reviews, user, on=on)
    silent, owing = _silent(user, reviews), waited_for(user, reviews)
    members = PanelMember.objects.visible_to(user).sitting().chairs().filter(review__in=reviews)
    chairs = dict(members.values_list("review", "name"))
    return [
        Shown(
            row=row,
            waiting=_waiting(row.review, silent, owing),
            next=tasks[row.review.pk].next,
            chair=chairs.get(row.review.pk, ""),
        )
        for row in rows
    ]


def _waiting(review, silent, owing):
    """Agencies that owe an answer: first what they know, later what they were asked for."""
    stage = Stage(review.stage)
    if review.has_ended:
        return 0
    if stage in _BEFORE_A_REVIEW:
        return silent.get(review.pk, 0)
    return owing.get(review.pk, 0) if stage in _WHILE_IT_IS_WRITTEN else 0


def _silent(user, reviews):
    asked = ScopingRequest.objects.visible_to(user).filter(participation__review__in=reviews)
    rows = asked.filter(answers=None).order_by().values("participation__review")
    counts = rows.annotate(n=Count("participation", distinct=True))
    return dict(counts.values_list("participation__review", "n"))


@dataclass(frozen=True)
class StageLine:
    stage: Stage
    all: int
    late: int
    suspended: int


def by_stage(rows):
    """How many reviews stand where; those that have ended stand nowhere any more."""
    going = [row for row in rows if not row.review.has_ended]
    lines = []
    for stage in _ORDER:
        here = [row for row in going if row.review.stage == stage]
        if here:
            late = sum(bool(row.days_late) for row in here)
            lines.append(
                StageLine(stage, len(here), late, sum(r.review.is_suspended for r in here))
            )
    return lines
