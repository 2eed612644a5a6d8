from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.wording.filling import problems


class WordingForm(GovForm):
    """The next version of a text, from the words of the one before."""

    title = forms.CharField(label="Title", max_length=200)
    text = forms.CharField(
        label="Text",
        help_text="Start a line with “# ” for a heading, “- ” for a point and “1. ” for a numbered point. An empty line ends a paragraph.",
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=20_000,
    )
    source = forms.CharField(
        label="Where these words come from",
        help_text="And what they were checked against, for example: local protocol of May 2026, checked against the guidance of December 2016.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter where these words come from"},
    )
    effective_from = DateField(
        what="First day",
        label="First day on which they are used",
        help_text="Today or later. What was made before keeps its words.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_title(self):
        return self._with_known_fields("title")

    def clean_text(self):
        return self._with_known_fields("text")

    def _with_known_fields(self, name):
        written = self.cleaned_data[name]
        if wrong := problems(written, self.kind):
            raise forms.ValidationError(wrong)
        return written
