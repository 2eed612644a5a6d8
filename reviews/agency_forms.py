from django import forms
from django.core.exceptions import ValidationError

from agencies.models import Agency
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm


class AgencyForm(GovForm):
    gov = {"short_name": {"width": 10}}

    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter the name of the agency"}
    )
    short_name = forms.CharField(
        label="Short name",
        help_text="Shown where space is short, for example “IDVA”.",
        max_length=30,
        required=False,
    )
    kind = forms.ChoiceField(label="Kind of agency", choices=Agency.Kind.choices)
    aliases = forms.CharField(
        label="Other names",
        help_text="One on each line: former names, abbreviations and spellings met in files.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def clean_aliases(self):
        lines = self.cleaned_data["aliases"].splitlines()
        aliases = [" ".join(line.split()) for line in lines if line.strip()]
        if long := [alias for alias in aliases if len(alias) > 200]:
            raise ValidationError(f"“{long[0][:40]}…” is longer than 200 characters")
        return aliases


class _OtherAgencyForm(GovForm):
    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        name = next(iter(self.fields))
        self.fields[name].queryset = Agency.objects.current().exclude(pk=agency.pk)


class SuccessorForm(_OtherAgencyForm):
    successor = forms.ModelChoiceField(
        label="Which body took over its work?",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="None: it still exists",
    )
    on = DateField(what="Date", label="Since when", required=False)


class MergeForm(_OtherAgencyForm):
    into = forms.ModelChoiceField(
        label="Which agency do you keep?",
        help_text="Both entries are the same body. Everything held under the duplicate moves to this one.",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that you keep"},
    )
