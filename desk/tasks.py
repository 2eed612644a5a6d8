"""What a task list of foundations.gov takes: the things on somebody's page, and their groups."""

from dataclasses import asdict, dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.text import slugify


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    hint: str = ""
    status: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    tasks: list[dict]

    @property
    def name(self):
        return slugify(self.title)


def listed(*groups):
    """As the task list of foundations.gov takes them."""
    return [asdict(task) for tasks in groups for task in tasks]


def page(title, name, review, hint):
    return Task(title, reverse(name, args=[review.reference]), hint)


def many(n, one, more):
    return f"{n} {one if n == 1 else more}"


def counted(rows, by):
    counts = rows.order_by().values(by).annotate(n=Count("pk", distinct=True))
    return dict(counts.values_list(by, "n"))
