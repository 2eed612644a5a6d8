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


class CalledOneForm(FreeTextForm):
    keep = forms.TypedChoiceField(
        label="Which of them stays?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which of them stays"},
    )
    reason = forms.CharField(
        label="Why are they one?",
        help_text="Optional. It is kept with the one that goes.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1900,
        required=False,
    )

    def __init__(self, *args, stay, **kwargs):
        """`stay`: those that can stay, since the other one can go."""
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(one.pk, str(one)) for one in stay]
        if len(stay) == 1:
            self.fields["keep"].initial = stay[0].pk
