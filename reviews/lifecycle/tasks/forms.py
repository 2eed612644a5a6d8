"""Marking one task, and the next version of a list: a group of fields for each task."""

import uuid
from dataclasses import dataclass

from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.lifecycle.forms import open_stages
from reviews.lifecycle.models import TaskMark
from reviews.lifecycle.models.tasks import doers
from reviews.lifecycle.tasks.checks import check_choices
from reviews.people.free_text import FreeTextForm
from reviews.rules import Role, Stage

MORE_ROWS = 4
MOST_ROWS = 120


class MarkForm(FreeTextForm):
    state = forms.ChoiceField(
        label="How does it stand?",
        choices=TaskMark.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands"},
    )
    why = forms.CharField(
        label="Why, or what is missing",
        help_text="Needed where the task is not needed. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def clean(self):
        data = super().clean()
        if data.get("state") == TaskMark.State.NOT_NEEDED and not data.get("why"):
            self.add_error("why", "Say why it is not needed")
        return data


@dataclass(frozen=True)
class Group:
    """The fields of one task."""

    number: int
    is_new: bool
    fields: list


class TaskListForm(GovForm):
    gov = {"title": {"width": 30}}

    title = forms.CharField(
        label="Name of this list",
        help_text="For example: Local protocol of May 2026.",
        max_length=200,
        error_messages={"required": "Enter a name for this list"},
    )
    source = forms.CharField(
        label="Where it comes from",
        help_text="And what it was checked against.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter where it comes from"},
    )
    effective_from = DateField(
        what="First day",
        label="First day on which it is used",
        help_text="Today or later. Reviews under way follow it from then on, and keep what was marked.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(self, *args, tasks, **kwargs):
        super().__init__(*args, **kwargs)
        tasks = list(tasks)
        self.row_count = self._rows_sent() or min(len(tasks) + MORE_ROWS, MOST_ROWS)
        self.fields["rows"].initial = self.row_count
        for number in range(self.row_count):
            task = tasks[number] if number < len(tasks) else None
            for part, field in _fields_of(task).items():
                self.fields[f"{part}_{number}"] = field
            self.gov = self.gov | {f"title_{number}": {"width": 30}}

    def _rows_sent(self):
        sent = self.data.get(self.add_prefix("rows"), "") if self.is_bound else ""
        return min(int(sent), MOST_ROWS) if sent.isdecimal() else 0

    @property
    def whole(self):
        return [self[name] for name in ("title", "source", "effective_from")]

    @property
    def hidden(self):
        names = ["seen", "key", "rows", *(f"code_{n}" for n in range(self.row_count))]
        return [self[name] for name in names]

    @property
    def groups(self):
        parts = ("title", "stage", "role", "shown_by", "check_key", "gone")
        return [
            Group(number + 1, not self[f"code_{number}"].value(), [
                self[f"{part}_{number}"] for part in parts
            ])
            for number in range(self.row_count)
        ]  # fmt: skip

    def clean(self):
        data = super().clean()
        for number in range(self.row_count):
            kept = data.get(f"code_{number}") and not data.get(f"gone_{number}")
            if kept and not data.get(f"title_{number}"):
                self.add_error(f"title_{number}", "Enter what is to be done, or take the task out")
        return data

    @property
    def tasks(self):
        """In the order of the stages, and of the page within a stage."""
        data, stages = self.cleaned_data, [code for code, _ in open_stages()]
        kept = [
            {
                "code": data[f"code_{number}"] or f"own-{uuid.uuid4().hex[:12]}",
                "stage": data[f"stage_{number}"],
                "title": data[f"title_{number}"],
                "role": data[f"role_{number}"],
                "shown_by": data[f"shown_by_{number}"],
                "check_key": data[f"check_key_{number}"],
            }
            for number in range(self.row_count)
            if data[f"title_{number}"] and not data[f"gone_{number}"]
        ]
        return sorted(kept, key=lambda task: stages.index(task["stage"]))


def _fields_of(task):
    return {
        "code": forms.SlugField(
            max_length=60,
            required=False,
            initial=task.code if task else "",
            widget=forms.HiddenInput,
        ),
        "title": forms.CharField(
            label="What is to be done",
            max_length=200,
            required=False,
            initial=task.title if task else "",
        ),
        "stage": forms.ChoiceField(
            label="At which stage",
            choices=open_stages,
            initial=task.stage if task else Stage.SCOPING,
        ),
        "role": forms.ChoiceField(
            label="Who does it", choices=doers, initial=task.role if task else Role.COORDINATOR
        ),
        "shown_by": forms.CharField(
            label="What shows that it is done",
            max_length=500,
            required=False,
            initial=task.shown_by if task else "",
        ),
        "check_key": forms.ChoiceField(
            label="What the service works out by itself",
            choices=lambda: [("", "Nothing: somebody marks it"), *check_choices()],
            required=False,
            initial=task.check_key if task else "",
        ),
        "gone": forms.BooleanField(label="Take this task out", required=False),
    }
