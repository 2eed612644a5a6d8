"""Boxes that several forms of the plan share."""

from django import forms

from actionplans.models import Level
from chronologies.marking.models import Theme


class FollowingFields(forms.Form):
    """How far a recommendation reaches, who must answer it, and what it is about."""

    level = forms.ChoiceField(
        label="How far does it reach?",
        help_text="A national recommendation is put to a government department or a national body.",
        choices=[("", "Not said"), *Level.choices],
        required=False,
    )
    addressed_to = forms.CharField(
        label="Who must answer it?",
        help_text="The body or department that it is addressed to, where that is not who leads it.",
        required=False,
        max_length=200,
    )
    theme = forms.ModelChoiceField(
        label="Theme", queryset=Theme.objects.none(), required=False, empty_label="None"
    )

    def set_themes(self, review, chosen=None):
        """Those that can be chosen, and the one that was chosen before it ended."""
        offered = Theme.objects.for_reviews_of(review.partnership)
        if chosen:
            offered = offered | Theme.objects.filter(pk=chosen.pk)
        self.fields["theme"].queryset = offered

    @property
    def following(self):
        return {name: self.cleaned_data[name] for name in ("level", "addressed_to", "theme")}
