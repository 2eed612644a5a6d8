"""Going through a checklist, asking somebody to, and the next version of a list."""

import uuid
from dataclasses import dataclass

from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.checking.models import CheckMark
from reviews.checking.queries import FALLS_SHORT
from reviews.checking.services.marking import Marked
from reviews.forms import single_use_key
from reviews.panel.models import PanelMember
from reviews.people.free_text import FreeTextForm

MORE_ROWS = 3
MOST_ROWS = 60


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


@dataclass(frozen=True)
class Group:
    number: int
    is_new: bool
    fields: list


class ChecklistForm(GovForm):
    gov = {"title": {"width": 30}}

    title = forms.CharField(
        label="Name of this list",
        help_text="For example: Local checklist of May 2026.",
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
        help_text="Today or later. A check that was begun before goes on with the list it was begun with.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        items = list(items)
        self.row_count = self._rows_sent() or min(len(items) + MORE_ROWS, MOST_ROWS)
        self.fields["rows"].initial = self.row_count
        for number in range(self.row_count):
            item = items[number] if number < len(items) else None
            for part, field in _item_fields(item).items():
                self.fields[f"{part}_{number}"] = field

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
        return [
            Group(
                number + 1,
                not self[f"code_{number}"].value(),
                [self[f"{part}_{number}"] for part in ("question", "look_for", "gone")],
            )
            for number in range(self.row_count)
        ]

    def clean(self):
        data = super().clean()
        for number in range(self.row_count):
            kept = data.get(f"code_{number}") and not data.get(f"gone_{number}")
            if kept and not data.get(f"question_{number}"):
                self.add_error(f"question_{number}", "Enter the question, or take the item out")
        return data

    @property
    def items(self):
        data = self.cleaned_data
        return [
            {
                "code": data[f"code_{number}"] or f"own-{uuid.uuid4().hex[:12]}",
                "question": data[f"question_{number}"],
                "look_for": data[f"look_for_{number}"],
            }
            for number in range(self.row_count)
            if data[f"question_{number}"] and not data[f"gone_{number}"]
        ]


def _item_fields(item):
    return {
        "code": forms.SlugField(
            max_length=60,
            required=False,
            initial=item.code if item else "",
            widget=forms.HiddenInput,
        ),
        "question": forms.CharField(
            label="Question",
            max_length=200,
            required=False,
            initial=item.question if item else "",
        ),
        "look_for": forms.CharField(
            label="What to look for",
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=item.look_for if item else "",
        ),
        "gone": forms.BooleanField(label="Take this item out", required=False),
    }
