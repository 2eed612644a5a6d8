"""Marking one task, and the next version of a list: a group of fields for each task."""

from django import forms

from reviews.forms import single_use_key
from reviews.lifecycle.forms import open_stages
from reviews.lifecycle.models import TaskMark
from reviews.lifecycle.models.tasks import doers
from reviews.lifecycle.tasks.checks import check_choices
from reviews.people.free_text import FreeTextForm
from reviews.rules import Role, Stage
from reviews.version_forms import ListVersionForm


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


class TaskListForm(ListVersionForm):
    parts = ("title", "stage", "role", "shown_by", "check_key")
    needed, needed_message = "title", "Enter what is to be done, or take the task out"
    title_help = "For example: Local protocol of May 2026."
    effective_help = (
        "Today or later. Reviews under way follow it from then on, and keep what was marked."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gov = self.gov | {f"title_{n}": {"width": 30} for n in range(self.row_count)}

    def fields_of(self, row):
        return {
            "title": forms.CharField(
                label="What is to be done",
                max_length=200,
                required=False,
                initial=row.title if row else "",
            ),
            "stage": forms.ChoiceField(
                label="At which stage",
                choices=open_stages,
                initial=row.stage if row else Stage.SCOPING,
            ),
            "role": forms.ChoiceField(
                label="Who does it", choices=doers, initial=row.role if row else Role.COORDINATOR
            ),
            "shown_by": forms.CharField(
                label="What shows that it is done",
                max_length=500,
                required=False,
                initial=row.shown_by if row else "",
            ),
            "check_key": forms.ChoiceField(
                label="What the service works out by itself",
                choices=lambda: [("", "Nothing: somebody marks it"), *check_choices()],
                required=False,
                initial=row.check_key if row else "",
            ),
            "gone": forms.BooleanField(label="Take this task out", required=False),
        }

    @property
    def tasks(self):
        """In the order of the stages, and of the page within a stage."""
        stages = [code for code, _ in open_stages()]
        return sorted(self.kept, key=lambda task: stages.index(task["stage"]))
