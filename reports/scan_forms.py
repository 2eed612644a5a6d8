"""Forms of what is looked through, and of what is decided of it."""

from django import forms
from django.core.exceptions import ValidationError

from foundations.gov.forms import GovForm
from foundations.office.guard import check_size, sniff
from foundations.office.naming import quoted
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reports.leaks.showing import UNDECIDED
from reports.models import Severity, Verdict
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

PROGRAM = "program"


class ScanForm(GovForm):
    """A file that is brought, or one of those that are `kept` here already: `chosen` says which of these."""

    file = forms.FileField(
        label="Upload a file",
        help_text=(
            "Word, Excel, PDF, a web page or text. It is kept sealed with the key of this review, as every file "
            "that is uploaded here."
        ),
        required=False,
        error_messages={"empty": "This file is empty. Check that it is the right one"},
    )
    kept = forms.ChoiceField(label="Or choose a file that is kept here already", required=False)
    key = single_use_key()

    def __init__(self, *args, kept, **kwargs):
        super().__init__(*args, **kwargs)
        self._kept = {one.code: one for one in kept}
        choices = [(one.code, one.called) for one in kept]
        self.fields["kept"].choices = [("", "None of them"), *choices]

    @property
    def chosen(self):
        return self._kept.get(self.cleaned_data.get("kept"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            if sniff(self.content, file.name) == PROGRAM:
                raise Refused(f"{quoted(file.name)} is a program: it has no text to look through.")
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if bool(cleaned.get("file")) == bool(cleaned.get("kept")):
            self.add_error("file", "Upload a file, or choose one that is kept here")
        return cleaned


class DecideForm(FreeTextForm):
    gov = {"verdict": {"reveals": {Verdict.KEEP: "reason"}}}

    verdict = forms.ChoiceField(
        label="What becomes of what is ticked?",
        choices=[
            (Verdict.CHANGE, "It is to be changed, and must not be found in the next version"),
            (Verdict.KEEP, "It is kept as it stands"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )
    reason = forms.CharField(
        label="Why is it kept?",
        help_text="For instance: it is the number of a helpline. Use pseudonyms.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = single_use_key()
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Verdict.KEEP and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it is kept")
        return cleaned


class HitFilterForm(GovForm):
    severity = forms.ChoiceField(
        label="How grave", choices=[("", "Any"), *Severity.choices], required=False
    )
    kind = forms.ChoiceField(label="What kind", required=False)
    state = forms.ChoiceField(
        label="Decided",
        choices=[
            ("", "Any"),
            (UNDECIDED, "Not decided"),
            (str(Verdict.CHANGE), "To be changed"),
            (str(Verdict.KEEP), "Kept"),
        ],
        required=False,
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Any"), *((one, one.capitalize()) for one in kinds)]

    def choose(self, lines):
        """Those that fit; all of them where the filter itself is wrong."""
        if not self.is_valid():
            return lines
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return [
            one
            for one in lines
            if all(getattr(one, name) == value for name, value in asked.items())
        ]
