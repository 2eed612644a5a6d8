"""Making versions of task lists, finding the one in force, and the house's data. No service here
changes a version."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from reviews.lifecycle.models import ListedTask, TaskList
from reviews.lifecycle.tasks.house import SINCE, SOURCE, tasks_for
from reviews.models import Review
from reviews.versions import next_version


def newest_for(kind, partnership):
    install_if_missing()
    return TaskList.objects.prefetch_related("tasks").newest(kind, partnership)


def make_version(*, tasks, key=None, **told):
    """A partnership's next version; `tasks` are dictionaries of the fields of a ListedTask."""
    if not tasks:
        raise ValidationError("Keep at least one task")
    return next_version(
        TaskList,
        newest_for,
        EventType.TASK_LIST_MADE,
        key=key,
        parts=lambda made: [
            ListedTask(task_list=made, position=position, **one)
            for position, one in enumerate(tasks, start=1)
        ],
        **told,
    )


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
