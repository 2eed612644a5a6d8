"""How the tasks of reviews stand: what people marked, what the service sees, and what is next."""

from dataclasses import dataclass

from django.db.models import Q

from reviews.lifecycle.models import ListedTask, StateChange, TaskList, TaskMark
from reviews.lifecycle.tasks.checks import Finding, Found, findings
from reviews.lifecycle.tasks.lists import install_if_missing
from reviews.rules import Role, Stage
from reviews.versions import in_force

State = TaskMark.State
_ORDER = list(Stage)
_COLOURS = {
    State.NOT_STARTED: "grey",
    State.STARTED: "yellow",
    State.DONE: "green",
    State.NOT_NEEDED: "grey",
}
_BY_FINDING = {Found.NOTHING: State.NOT_STARTED, Found.PART: State.STARTED, Found.ALL: State.DONE}


@dataclass(frozen=True)
class Line:
    """One task of one review."""

    task: ListedTask
    mark: TaskMark | None
    finding: Finding | None

    @property
    def state(self):
        """A mark counts, unless what can be seen says that less is done."""
        marked = State(self.mark.state) if self.mark else None
        if marked is State.NOT_NEEDED:
            return marked
        if self.finding is None:
            return marked or State.NOT_STARTED
        if self.finding.found is Found.ALL:
            return State.DONE
        if marked in {State.DONE, State.STARTED}:
            return State.STARTED
        return _BY_FINDING[self.finding.found]

    @property
    def label(self):
        return self.state.label

    @property
    def colour(self):
        return _COLOURS[self.state]

    @property
    def is_open(self):
        return self.state in {State.NOT_STARTED, State.STARTED}

    @property
    def contradiction(self):
        """What was marked, against what can be seen; empty where they agree."""
        if self.finding is None or not self.mark:
            return ""
        if self.mark.state == State.DONE and self.finding.found is not Found.ALL:
            return f"Marked done, but {self.finding.missing}."
        if self.mark.state == State.NOT_STARTED and self.finding.found is Found.ALL:
            return "Marked not started, but the service sees that it is done."
        return ""

    @property
    def said(self):
        """What is missing, where nobody has to be contradicted."""
        if self.contradiction or self.finding is None or not self.is_open:
            return self.contradiction
        return self.finding.missing[:1].upper() + self.finding.missing[1:] + "."

    @property
    def stage(self):
        return Stage(self.task.stage)

    @property
    def for_whom(self):
        return Role(self.task.role).label


@dataclass(frozen=True)
class Next:
    """What a review waits for."""

    lines: tuple[Line, ...]  # open at the present stage, or at the first later one that has some
    left_behind: int  # open at earlier stages

    @property
    def line(self):
        return self.lines[0] if self.lines else None


@dataclass(frozen=True)
class Tasks:
    task_list: TaskList | None
    lines: tuple[Line, ...]
    stage: Stage

    @property
    def open(self):
        return tuple(line for line in self.lines if line.is_open)

    @property
    def next(self):
        now = _ORDER.index(self.stage)
        ahead = [line for line in self.open if _ORDER.index(line.stage) >= now]
        first = min((_ORDER.index(line.stage) for line in ahead), default=now)
        return Next(
            lines=tuple(line for line in ahead if _ORDER.index(line.stage) == first),
            left_behind=len(self.open) - len(ahead),
        )

    @property
    def by_stage(self):
        """(stage, its lines, how many are open), in order."""
        found = {}
        for line in self.lines:
            found.setdefault(line.stage, []).append(line)
        return [
            (stage, found[stage], sum(line.is_open for line in found[stage]))
            for stage in _ORDER
            if stage in found
        ]

    def line(self, code):
        return next((line for line in self.lines if line.task.code == code), None)


def tasks_of(review, user, *, on):
    return tasks_of_all([review], user, on=on)[review.pk]


def tasks_of_all(reviews, user, *, on):
    """{pk of each review: its Tasks}, in as many queries for many as for one.

    Whoever asks has asked `rules.can_keep_course` of each.
    """
    reviews = list(reviews)
    install_if_missing()
    lists = _lists(reviews, on)
    marks = {}
    for mark in TaskMark.objects.visible_to(user).filter(review__in=reviews).order_by("pk"):
        marks[mark.review_id, mark.code] = mark
    used = {task.check_key for one in lists.values() if one for task in one.tasks.all()}
    seen = findings(used - {""}, user, reviews)
    return {
        review.pk: Tasks(
            task_list=lists[review.pk],
            lines=tuple(
                Line(
                    task,
                    marks.get((review.pk, task.code)),
                    seen.get(task.check_key, {}).get(review.pk),
                )
                for task in (lists[review.pk].tasks.all() if lists[review.pk] else ())
            ),
            stage=Stage(review.stage),
        )
        for review in reviews
    }


def _lists(reviews, on):
    """The list of each: in force today, or on the day on which the review ended."""
    places = {review.partnership_id for review in reviews}
    at_hand = list(
        TaskList.objects.filter(Q(partnership=None) | Q(partnership__in=places)).prefetch_related(
            "tasks"
        )
    )
    ended = {}
    gone = [review.pk for review in reviews if review.has_ended]
    if gone:
        for change in StateChange.objects.filter(review__in=gone).order_by("pk"):
            ended[change.review_id] = change.on.latest
    return {
        review.pk: in_force(at_hand, review.kind, review.partnership_id, ended.get(review.pk, on))
        for review in reviews
    }
