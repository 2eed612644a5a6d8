"""Making versions of task lists, finding the one in force, and the house's data. No service here
changes a version."""

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from reviews.clock.rule_sets import in_force
from reviews.lifecycle.models import ListedTask, TaskList
from reviews.lifecycle.tasks.house import SINCE, SOURCE, tasks_for
from reviews.models import Review

__all__ = ["NewerVersion", "in_force", "install_if_missing", "make_version", "newest_for"]


class NewerVersion(Exception):
    """Somebody made a version after the one that this one was made from."""


def newest_for(kind, partnership):
    """What the next version is made from: the partnership's newest, even one not yet in force."""
    install_if_missing()
    lists = TaskList.objects.of(kind, partnership).order_by("-version").prefetch_related("tasks")
    return lists.filter(partnership=partnership).first() or lists.filter(partnership=None).first()


@transaction.atomic
def make_version(
    *, kind, partnership, title, source, effective_from, tasks, seen, by, on, key=None
):
    """A partnership's next version; `tasks` are dictionaries of the fields of a ListedTask.

    `seen` is the list it was made from. The same key again gives the first one's. It begins today
    or later: what was in force on a past day has been used.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits
    if key and (found := TaskList.objects.filter(key=key, made_by=by).first()):
        return found
    newest = newest_for(kind, partnership)
    if newest != seen:
        raise NewerVersion
    if effective_from < on:
        raise ValidationError({"effective_from": "Enter today’s date or a later one"})
    if not tasks:
        raise ValidationError("Keep at least one task")
    made = TaskList(
        kind=kind,
        partnership=partnership,
        version=1 if newest.is_house else newest.version + 1,
        effective_from=effective_from,
        title=" ".join(title.split()),
        source=source.strip(),
        key=key,
        made_by=by,
    )
    made.full_clean()
    made.save()
    for position, one in enumerate(tasks, start=1):
        task = ListedTask(task_list=made, position=position, **one)
        task.full_clean()
        task.save()
    record(
        EventType.TASK_LIST_MADE,
        by=by,
        target=made,
        kind=str(kind),
        partnership=partnership.name,
        version=made.version,
    )
    return made


# --- The house's --------------------------------------------------------------------------------


def install_if_missing():
    """A database that nothing prepared, a test's for example, has none until somebody asks."""
    if not TaskList.objects.filter(partnership=None).exists():
        install()


@transaction.atomic
def install():
    """Safe to repeat: what is there stays as it is."""
    for kind in Review.Kind:
        made, is_new = TaskList.objects.get_or_create(
            kind=kind,
            partnership=None,
            version=1,
            defaults={
                "effective_from": SINCE,
                "title": "The usual life of a review",
                "source": SOURCE,
            },
        )
        if is_new:
            ListedTask.objects.bulk_create(
                ListedTask(
                    task_list=made,
                    position=position,
                    code=task.code,
                    stage=task.stage,
                    title=task.title,
                    role=task.role,
                    shown_by=task.shown_by,
                    check_key=task.check,
                )
                for position, task in enumerate(tasks_for(kind), start=1)
            )
