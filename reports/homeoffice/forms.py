"""Forms of what goes to the Home Office and the Commissioner."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplans.papers.models import PlanPaper
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reports.homeoffice import packing
from reports.homeoffice.fields import UNKNOWN
from reports.homeoffice.packs import NOT_MEANT
from reports.models import Recipient, Rendering
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

_BODY = "A post or body, for example “the Interpersonal Abuse Unit”. No names."
_SHOWN = signing.Signer(salt="reports.homeoffice.forms")  # no time in it: the same values, the same


class DataForm(FreeTextForm):
    """One group of the data form: a box for each of its lines, and one reason for what is changed.

    All boxes come back, also those that nobody touched. `shown` says what stood in them, so that what
    somebody else or the register says meanwhile is not taken for a wish to have the old value back."""

    why = forms.CharField(
        label="How is it known?",
        help_text="For what you change. It goes with the form. Use pseudonyms.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how it is known, or why it is changed"},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        self.part = part
        self.fields["shown"].initial = shown_of(part)
        for line in part.lines:
            self.fields[line.name] = _field(line)
        self.order_fields([*(line.name for line in part.lines), "why"])

    def clean_shown(self):
        """{name of a line: value}"""
        try:
            return _SHOWN.unsign_object(self.cleaned_data["shown"])
        except signing.BadSignature as wrong:
            raise ValidationError("Open this page again: it did not come back whole") from wrong

    @property
    def values(self):
        """{name of a line: value} of what was changed; words that were taken away are unknown again."""
        shown, said = self.cleaned_data["shown"], self.cleaned_data
        values = {one.name: said[one.name] or UNKNOWN for one in self.part.lines}
        return {name: value for name, value in values.items() if value != shown.get(name)}

    def follow(self, part, shown):
        """Boxes that nobody changed since they showed `shown`, signed, show what `part` says now."""
        try:
            shown = _SHOWN.unsign_object(shown)
        except signing.BadSignature:
            return
        self.part, self.data = part, self.data.copy()
        self.data["shown"] = shown_of(part)
        for line in part.lines:
            if (self.data.get(line.name) or UNKNOWN) == shown.get(line.name):
                self.data[line.name] = _in_its_box(line)


def shown_of(part):
    """What stands in the boxes of a part, signed."""
    return _SHOWN.sign_object({line.name: line.value for line in part.lines}, compress=True)


def _in_its_box(line):
    return "" if line.is_unknown and not line.field.choices else line.value


def _field(line):
    hint = f"The data say: {line.data_say}" if line.data_say else line.source
    if line.field.choices:
        choices = [(one, one) for one in line.field.choices]
        return forms.ChoiceField(
            label=line.field.label, help_text=hint, choices=choices, initial=_in_its_box(line)
        )
    return forms.CharField(
        label=line.field.label,
        help_text=f"{hint}. Leave it blank if it is unknown.",
        initial=_in_its_box(line),
        max_length=200,
        required=False,
    )


class PackForm(GovForm):
    """`renderings` and `papers` are those that whoever makes it may choose from."""

    gov = {name: {"small": True} for name in ("to", "renderings", "papers", "meant")}

    to = forms.ChoiceField(
        label="For whom?",
        choices=Recipient.choices,
        initial=Recipient.HOME_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom it is"},
    )
    renderings = forms.ModelMultipleChoiceField(
        label="Which versions of the documents go in?",
        help_text="Exactly as they were made. What is not chosen is said to be missing.",
        queryset=Rendering.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one version of a document"},
    )
    meant = forms.TypedMultipleChoiceField(
        label="Is a confidential version meant to go?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOT_MEANT, "invalid_choice": NOT_MEANT},
    )
    papers = forms.ModelMultipleChoiceField(
        label="Which final action plan goes in?",
        queryset=PlanPaper.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, renderings, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["renderings"].queryset = renderings
        self.fields["renderings"].label_from_instance = _named
        self.fields["papers"].queryset = papers
        self.fields["papers"].label_from_instance = lambda one: (
            f"{one.title}, as of {one.as_of:%-d %B %Y}"
        )
        if not papers:
            del self.fields["papers"]
        self._ask_of_confidential(renderings)

    def _ask_of_confidential(self, renderings):
        """Once more, of those that were chosen; each box says what stands in what it lets go."""
        chosen = set(self["renderings"].value() or ()) if self.is_bound else ()
        chosen = [one for one in renderings if chosen and str(one.pk) in chosen]
        chosen = [one for one in chosen if packing.is_confidential(one)]
        if not chosen:
            del self.fields["meant"]
            return
        self.fields["meant"].choices = [
            (one.pk, f"{packing.in_a_confidential(one)} It is to go so.") for one in chosen
        ]

    def clean_meant(self):
        found = self.cleaned_data["meant"]
        if len(found) < len(self.fields["meant"].choices):
            raise ValidationError(NOT_MEANT)
        return found


def _named(one):
    what = f"{one.document.title}: version {one.number}, {one.get_variant_display().lower()}"
    return f"{what}, {one.get_format_display()}, made on {timezone.localtime(one.at):%-d %B %Y}"


class SentForm(FreeTextForm):
    """`newest` is what was recorded last of the pack, or None. After the review it is only taken back."""

    on = DateField(
        what="Day",
        label="On which day was it sent?",
        help_text="For example 27 3 2027.",
        required=False,
    )
    to_whom = forms.CharField(label="To whom?", help_text=_BODY, max_length=200, required=False)
    why = forms.CharField(
        label="Why was the earlier record wrong?",
        help_text="Leave the day blank if it was not sent after all. Do not name anyone.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, newest, is_taken_back=False, **kwargs):
        super().__init__(*args, **kwargs)
        if newest is None:
            del self.fields["why"]
        if is_taken_back:
            del self.fields["on"], self.fields["to_whom"]
            self.fields["why"].help_text = "Do not name anyone."
