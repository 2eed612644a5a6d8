from django import forms

from reviews.people.free_text import FreeTextForm


class ToldApartForm(FreeTextForm):
    reason = forms.CharField(
        label="What is different?",
        help_text="Optional. It helps whoever asks the same again.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
