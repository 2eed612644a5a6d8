from django import forms
from django.utils import timezone

from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from reviews.clock.counting import exactly
from reviews.clock.kinds import Reason
from reviews.forms import single_use_key
from reviews.lifecycle.services import goes_back
from reviews.models import Review
from reviews.people.free_text import FreeTextForm
from reviews.rules import Stage

_ROUGHLY = "If the day is not known, the month or the season is enough."
_POSTS = "A post or a body, for example “the chair of the partnership”. No names."


def open_stages():
    """Closing has a page of its own."""
    return [choice for choice in Stage.choices if choice[0] != Stage.CLOSED]


class StageForm(FreeTextForm):
    stage = forms.ChoiceField(
        label="Where does the review stand?", choices=open_stages, widget=forms.RadioSelect
    )
    on = PartialDateFormField(
        label="Since when?", help_text=f"Leave it blank for today. {_ROUGHLY}", required=False
    )
    why = forms.CharField(
        label="Why, if the review goes back to an earlier stage",
        help_text="For example: the Home Office asked for the report to be sent again. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, stage, **kwargs):
        super().__init__(*args, **kwargs)
        self.stage = stage

    def clean(self):
        data = super().clean()
        if "stage" in data and goes_back(self.stage, data["stage"]) and not data.get("why"):
            self.add_error("why", "Say why the review goes back")
        return data


class _ChangeForm(FreeTextForm):
    """When, why and who agreed: what every change of state says."""

    gov = {"agreed_by": {"width": 30}, "told": {"width": 30}}

    on = PartialDateFormField(
        label="When?",
        help_text=_ROUGHLY,
        error_messages={"required": "Enter when this was"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
    agreed_by = forms.CharField(
        label="Who agreed?",
        help_text=_POSTS,
        max_length=300,
        error_messages={"required": "Say who agreed"},
    )
    key = single_use_key()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = exactly(timezone.localdate())


class SuspendForm(_ChangeForm):
    field_order = ["reason", "why", "on"]

    reason = forms.ChoiceField(
        label="Why is the review suspended?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason"},
    )
    expected_until = DateField(
        what="Day",
        label="Until when, as far as that is known?",
        help_text="For example 27 3 2027. Leave it blank if nobody can say yet.",
        required=False,
    )
    stop_clock = forms.BooleanField(
        label="The clock stands still meanwhile", required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "The reason in words"
        self.fields[
            "why"
        ].help_text = "It may be left blank unless you chose “Another reason”. Do not name anyone."
        self.fields["why"].required = False

    def clean(self):
        data = super().clean()
        if data.get("reason") == Reason.OTHER and not data.get("why") and "why" in data:
            self.add_error("why", "Say what the reason is")
        return data


class ResumeForm(_ChangeForm):
    agreed_by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "Anything to note"
        self.fields["why"].required = False


class DiscontinueForm(_ChangeForm):
    told = forms.CharField(
        label="Who has been told?",
        help_text="Posts and bodies, for example “the Home Office and the family’s advocate”. "
        "Leave it blank if nobody has been told yet.",
        max_length=300,
        required=False,
    )


class MergeForm(DiscontinueForm):
    field_order = ["into"]

    into = forms.ModelChoiceField(
        label="Into which review?",
        help_text="Only reviews that you run and that are under way.",
        queryset=Review.objects.none(),
        empty_label="Choose a review",
        error_messages={"required": "Choose the review that it is merged into"},
    )

    def __init__(self, *args, reviews, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = reviews


class ReopenForm(_ChangeForm):
    pass


class CloseForm(_ChangeForm):
    """With a reason for each kind of thing that is still open."""

    def __init__(self, *args, things, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "What does the closing rest on?"
        self.fields[
            "why"
        ].help_text = (
            "For example: every action was reported to the board as finished. Do not name anyone."
        )
        self.fields["why"].error_messages["required"] = "Say what the closing rests on"
        for thing in things:
            self.fields[f"why_{thing.code}"] = forms.CharField(
                label=f"{thing.words}: why may the review be closed all the same?",
                help_text="Do not name anyone.",
                max_length=500,
                error_messages={"required": f"Say why it may be closed with {thing.words}"},
            )
            self.gov = self.gov | {f"why_{thing.code}": {"width": 30}}
