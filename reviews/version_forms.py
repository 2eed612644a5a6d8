"""The next version of a list that a partnership keeps (`reviews.versions`): a group of fields for each
of its rows, and some empty ones for more."""

import uuid
from dataclasses import dataclass

from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key

MORE_ROWS = 4


@dataclass(frozen=True)
class Group:
    """The fields of one row."""

    number: int
    is_new: bool
    fields: list


class ListVersionForm(GovForm):
    """A kind of list says what its rows are made of, and names the field without which one is none."""

    gov = {"title": {"width": 30}}
    most_rows = 120
    parts = ()
    needed, needed_message = "", ""
    title_help = effective_help = ""

    title = forms.CharField(
        label="Name of this list",
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
    effective_from = DateField(what="First day", label="First day on which it is used")
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()
    rows = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, listed, **kwargs):
        super().__init__(*args, **kwargs)
        listed = list(listed)
        self.row_count = self._rows_sent() or min(len(listed) + MORE_ROWS, self.most_rows)
        self.fields["rows"].initial = self.row_count
        self.fields["title"].help_text = self.title_help
        self.fields["effective_from"].help_text = self.effective_help
        for number in range(self.row_count):
            row = listed[number] if number < len(listed) else None
            for part, field in {"code": _code_of(row), **self.fields_of(row)}.items():
                self.fields[f"{part}_{number}"] = field

    def fields_of(self, row):
        """{part: field} of a row that is there, or of an empty one."""
        raise NotImplementedError

    def _rows_sent(self):
        sent = self.data.get(self.add_prefix("rows"), "") if self.is_bound else ""
        return min(int(sent), self.most_rows) if sent.isdecimal() and len(sent) < 6 else 0

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
                [self[f"{part}_{number}"] for part in (*self.parts, "gone")],
            )
            for number in range(self.row_count)
        ]

    def clean(self):
        data = super().clean()
        for number in range(self.row_count):
            kept = data.get(f"code_{number}") and not data.get(f"gone_{number}")
            if kept and not data.get(f"{self.needed}_{number}"):
                self.add_error(f"{self.needed}_{number}", self.needed_message)
        return data

    @property
    def kept(self):
        """[{"code" and each part: what stands there}] of the rows that stay and those that came."""
        data = self.cleaned_data
        return [
            {"code": data[f"code_{number}"] or f"own-{uuid.uuid4().hex[:12]}"}
            | {part: data[f"{part}_{number}"] for part in self.parts}
            for number in range(self.row_count)
            if data[f"{self.needed}_{number}"] and not data[f"gone_{number}"]
        ]


def _code_of(row):
    return forms.SlugField(
        max_length=60,
        required=False,
        initial=row.code if row else "",
        widget=forms.HiddenInput,
    )
