"""What a task list of foundations.gov takes: the things on somebody's page, and their groups."""

from dataclasses import dataclass

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
