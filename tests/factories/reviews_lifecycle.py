import uuid
from datetime import date

from reviews.clock.kinds import Reason
from reviews.lifecycle import services
from reviews.lifecycle.models import ListedTask, TaskList
from reviews.lifecycle.open_things import still_open
from reviews.lifecycle.tasks import lists
from reviews.lifecycle.tasks import services as tasks
from reviews.models import Review
from reviews.rules import Role, Stage

AGREED = {"why": "As the board agreed", "agreed_by": "the board"}


def suspended(review, *, by, on=date(2026, 2, 2), **more):
    words = {"reason": Reason.TRIAL, "why": "The trial", "agreed_by": "the board"} | more
    return services.suspend(review, on=on, by=by, key=uuid.uuid4(), **words)


def discontinued(review, *, by, on=date(2026, 3, 2), **more):
    words = AGREED | {"told": "the Home Office"} | more
    return services.discontinue(review, on=on, by=by, key=uuid.uuid4(), **words)


def closed(review, *, by, on=date(2026, 3, 2)):
    """With a reason for whatever is open."""
    reasons = {thing.code: "Goes on elsewhere" for thing in still_open(by, review)}
    return services.close(review, on=on, by=by, key=uuid.uuid4(), reasons=reasons, **AGREED)


def reopened(review, *, by, on=date(2026, 4, 2)):
    return services.reopen(review, on=on, by=by, key=uuid.uuid4(), **AGREED)


def gone_through(review, *, by):
    """A review under way with every kind of change of state in its past that leads back."""
    suspended(review, by=by)
    services.resume(review, on=date(2026, 2, 20), by=by, key=uuid.uuid4(), why="Sentence passed")
    closed(review, by=by)
    reopened(review, by=by)
    review.refresh_from_db()


def own_list(partnership, *, check_key="", code="look", on=date(2026, 1, 1)):
    """A list of one task that a partnership made for statutory reviews, in force."""
    lists.install_if_missing()
    made = TaskList.objects.create(
        kind=Review.Kind.STATUTORY,
        partnership=partnership,
        version=TaskList.objects.filter(partnership=partnership).count() + 1,
        effective_from=on,
        title="Local protocol",
        source="Our protocol",
    )
    task = ListedTask.objects.create(
        task_list=made,
        code=code,
        position=1,
        stage=Stage.SCOPING,
        title="Look at it",
        role=Role.CHAIR,
        shown_by="A note",
        check_key=check_key,
    )
    return made, task


def mark_task(review, task, *, by, state="started", why="Half of it"):
    return tasks.mark(review, code=task.code, state=state, why=why, by=by, key=uuid.uuid4())
