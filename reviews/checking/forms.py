"""Going through a checklist, asking somebody to, and the next version of a list."""

from dataclasses import dataclass

from django import forms

from foundations.gov.forms import GovForm
from reviews.checking.models import CheckMark
from reviews.checking.queries import FALLS_SHORT
from reviews.checking.services.marking import Marked
from reviews.forms import single_use_key
from reviews.panel.models import PanelMember
from reviews.people.free_text import FreeTextForm
from reviews.version_forms import ListVersionForm


@dataclass(frozen=True)
class Row:
    """One item with its fields, as the page shows them."""

    line: object
    outcome: object
    note: object
    seen: object


class CheckForm(FreeTextForm):
    """Three fields for each item: what was found, a note, and the mark that was seen."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.gov = {f"outcome_{line.item.pk}": {"inline": True} for line in lines}
        for line in lines:
            for name, field in _fields_of(line).items():
                self.fields[f"{name}_{line.item.pk}"] = field

    @property
    def rows(self):
        return [
            Row(line, *(self[f"{name}_{line.item.pk}"] for name in ("outcome", "note", "seen")))
            for line in self.lines
        ]

    def clean(self):
        """What falls short says in what; a mark of before that has no note stays as it is."""
        data = super().clean()
        for line in self.lines:
            outcome, note = (f"{name}_{line.item.pk}" for name in ("outcome", "note"))
            was = line.mark.outcome if line.mark else ""
            now = data.get(outcome)
            if now in FALLS_SHORT and now != was and not data.get(note) and note not in self.errors:
                self.add_error(note, f"Say what is missing: “{line.item.question}”")
        return data

    @property
    def marked(self):
        data = self.cleaned_data
        return [
            Marked(
                item_id=line.item.pk,
                outcome=data[f"outcome_{line.item.pk}"],
                note=data[f"note_{line.item.pk}"],
                seen=data[f"seen_{line.item.pk}"],
            )
            for line in self.lines
        ]


def _fields_of(line):
    mark = line.mark
    return {
        "outcome": forms.ChoiceField(
            label=line.item.question,
            help_text=line.item.look_for,
            choices=CheckMark.Outcome.choices,
            widget=forms.RadioSelect,
            required=False,
            initial=mark.outcome if mark else "",
        ),
        "note": forms.CharField(
            label=f"Note on “{line.item.question}”",
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
            initial=mark.note if mark else "",
        ),
        "seen": forms.IntegerField(
            min_value=0, widget=forms.HiddenInput, initial=mark.pk if mark else 0
        ),
    }


class AskToCheckForm(GovForm):
    member = forms.ModelChoiceField(
        label="Who is to check it?",
        help_text="Members of the panel with an account, who are not of this agency and have no conflict of interest with it.",
        queryset=PanelMember.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose who is to check it"},
    )
    key = single_use_key()

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda one: f"{one}, {one.body}"


# --- The next version of a list -----------------------------------------------------------------


class ChecklistForm(ListVersionForm):
    most_rows = 60
    parts = ("question", "look_for")
    needed, needed_message = "question", "Enter the question, or take the item out"
    title_help = "For example: Local checklist of May 2026."
    effective_help = (
        "Today or later. A check that was begun before goes on with the list it was begun with."
    )

    def fields_of(self, row):
        return {
            "question": forms.CharField(
                label="Question",
                max_length=200,
                required=False,
                initial=row.question if row else "",
            ),
            "look_for": forms.CharField(
                label="What to look for",
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=row.look_for if row else "",
            ),
            "gone": forms.BooleanField(label="Take this item out", required=False),
        }
