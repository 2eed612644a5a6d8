from django import forms
from django.core.exceptions import ValidationError

from foundations.dates.forms import PartialDateFormField
from reviews.forms import single_use_key
from reviews.models import Participation
from reviews.people.free_text import FreeTextForm
from reviews.terms.models import Term, TermsVersion

_NOBODY = "Do not name anyone, and give no date of birth: use pseudonyms."


class FrameForm(FreeTextForm):
    """Everything of a version but its terms."""

    purposes = forms.CharField(
        label="Purposes of the review",
        help_text="From your partnership’s template. Start a point with “1.” or “-”.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Enter the purposes of the review"},
    )
    scope_from = PartialDateFormField(
        what="Start of the timeframe",
        label="Timeframe: from",
        help_text="A year is enough, for example 2007.",
        required=False,
    )
    scope_to = PartialDateFormField(
        what="End of the timeframe", label="Timeframe: to", required=False
    )
    scope_reason = forms.CharField(
        label="Why this timeframe",
        help_text=f"And which earlier events are looked at as context. {_NOBODY}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    why = forms.CharField(
        label="Why there is this version",
        help_text="What it changes and who agreed it, for example “Two terms added at the second panel meeting”. Everybody to whom it goes reads this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        start, end = data.get("scope_from"), data.get("scope_to")
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            self.add_error("scope_to", "The timeframe must end after it starts")
        return data


class TermAddForm(FreeTextForm):
    kind = forms.ChoiceField(
        label="What to add",
        choices=Term.Kind.choices,
        initial=Term.Kind.TERM,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to add"},
    )
    text = forms.CharField(
        label="In words",
        help_text=_NOBODY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the words of the term"},
    )
    key = single_use_key()


class TermChangeForm(FreeTextForm):
    gov = {"number": {"width": 3}}

    text = forms.CharField(
        label="In words",
        help_text=_NOBODY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the words of the term"},
    )
    number = forms.IntegerField(
        label="Number",
        help_text="Another number moves it there; the others make room.",
        min_value=1,
        max_value=500,
        error_messages={
            "required": "Enter its number",
            "invalid": "Enter its number in figures",
            "min_value": "The number must be 1 or more",
            "max_value": "The number must be 500 or less",
        },
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class IssueForm(FreeTextForm):
    participations = forms.ModelMultipleChoiceField(
        label="To which agencies?",
        help_text="Each agency learns only that it was sent to itself.",
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    panel = forms.BooleanField(label="To the members of the panel", required=False)

    def __init__(self, *args, parts, to_panel, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participations"].queryset = parts
        self.fields["participations"].label_from_instance = lambda part: part.agency.name
        if not parts:
            del self.fields["participations"]
        if not to_panel:
            del self.fields["panel"]

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("participations") and not data.get("panel"):
            raise ValidationError("Choose at least one agency, or the panel")
        return {
            "participations": list(data.get("participations") or []),
            "panel": data.get("panel", False),
        }


class CompareForm(FreeTextForm):
    """Two versions that somebody may see, the earlier first whichever way they chose."""

    earlier = forms.ModelChoiceField(
        label="Earlier version", queryset=TermsVersion.objects.none(), empty_label=None
    )
    later = forms.ModelChoiceField(
        label="Later version", queryset=TermsVersion.objects.none(), empty_label=None
    )

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("earlier", "later"):
            field = self.fields[name]
            field.queryset = versions
            field.to_field_name = "number"
            field.label_from_instance = lambda version: (
                f"Version {version.number}{', draft' if version.is_draft else ''}"
            )

    @property
    def in_order(self):
        both = self.cleaned_data["earlier"], self.cleaned_data["later"]
        return sorted(both, key=lambda version: version.number)
