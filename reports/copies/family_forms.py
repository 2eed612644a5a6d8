from django import forms
from django.utils import timezone

from foundations.dates.forms import PartialDateFormField
from reports.models import FamilyReading, Rendering
from reviews.family.models import Correspondent
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

_NOBODY = "Use pseudonyms. Do not name anyone."


class ReadingForm(FreeTextForm):
    """`renderings` and `correspondents`: those that may be chosen."""

    gov = {"how_long": {"width": 20}, "with_whom": {"width": 30}}
    quotes = ("said",)

    correspondent = forms.ModelChoiceField(
        label="Who read it?",
        queryset=Correspondent.objects.none(),
        empty_label="Choose from the log of contact",
        error_messages={"required": "Choose who read it"},
    )
    rendering = forms.ModelChoiceField(
        label="Which version?",
        queryset=Rendering.objects.none(),
        empty_label="Choose a version",
        error_messages={"required": "Choose which version they read"},
    )
    on = PartialDateFormField(
        what="Day of the reading",
        label="When was it?",
        help_text="As well as you know it, for example 14 3 2026, or in words “early March 2026”.",
        error_messages={"required": "Enter when it was"},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=FamilyReading.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they read it"},
    )
    how_long = forms.CharField(
        label="How long did it take? (optional)",
        help_text="For example “two afternoons”.",
        max_length=200,
        required=False,
    )
    with_whom = forms.CharField(
        label="Who was with them? (optional)",
        help_text="Posts, not persons: “the chair and the advocate”.",
        max_length=200,
        required=False,
    )
    said = forms.CharField(
        label="What did they say of it?",
        help_text=f"As they said it. {_NOBODY}",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = single_use_key()

    def __init__(self, *args, renderings, correspondents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rendering"].queryset = renderings
        self.fields["rendering"].label_from_instance = version_named
        self.fields["correspondent"].queryset = correspondents


def version_named(rendering):
    return (
        f"Version {rendering.number} of {timezone.localtime(rendering.at):%-d %B %Y}, "
        f"{rendering.get_variant_display().lower()}, {rendering.get_format_display()}"
    )


class ChangeForm(FreeTextForm):
    gov = {"number": {"width": 10}}

    number = forms.CharField(
        label="Number of the paragraph that changed (optional)",
        help_text="For example 5.3.4. Leave it blank where nothing was changed.",
        max_length=30,
        required=False,
    )
    words = forms.CharField(
        label="What was made of what they said?",
        help_text=f"What was changed, or why it was not. {_NOBODY}",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what was made of it"},
    )
    key = single_use_key()
