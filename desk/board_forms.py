from django import forms

from agencies.models import Partnership
from foundations.gov.forms import GovForm
from reviews.models import Review
from reviews.rules import Stage


class BoardForm(GovForm):
    gov = {"reference": {"width": 10}}

    reference = forms.CharField(label="Reference", required=False, max_length=30)
    stage = forms.ChoiceField(
        label="Stage", choices=[("", "Any stage"), *Stage.choices], required=False
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Any kind"), *Review.Kind.choices], required=False
    )
    partnership = forms.ModelChoiceField(
        label="Partnership",
        queryset=Partnership.objects.none(),
        empty_label="Any partnership",
        required=False,
    )
    chair = forms.ChoiceField(label="Chair", required=False)
    late = forms.BooleanField(label="Late only", required=False)

    def __init__(self, *args, chairs, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chair"].choices = [("", "Any chair"), *chairs]
        self.fields["partnership"].queryset = partnerships
