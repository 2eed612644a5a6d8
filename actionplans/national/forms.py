from django import forms

from actionplans.forms import LONGEST_NOTE, single_use_key
from actionplans.national.models import Outcome, Step
from foundations.dates.forms import PartialDateFormField
from reviews.people.free_text import FreeTextForm


class StepForm(FreeTextForm):
    step = forms.ChoiceField(
        label="What happened?",
        choices=Step.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what happened"},
    )
    happened_on = PartialDateFormField(
        label="When?",
        what="Day on which it happened",
        help_text="Day and month may be left out.",
        error_messages={"required": "Enter when it happened"},
    )
    department = forms.CharField(
        label="Owner department",
        help_text="Only if it was sent. For example “Home Office”; a body or post, not a name.",
        max_length=200,
        required=False,
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        help_text="Only if the outcome is known. These are the Commissioner’s words.",
        choices=[("", "Choose an outcome"), *Outcome.choices],
        required=False,
    )
    words = forms.CharField(
        label="What was said",
        help_text="Needed for a response. Do not name anybody whom the review is about. How the"
        " family was told belongs in the log of contact.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=False,
    )
    key = single_use_key()
