import uuid

from django import forms
from django.utils import timezone

from foundations.gov.fields import DateField
from reviews.models import Participation
from reviews.people.free_text import FreeTextForm

REVIEW_TEAM = "The review team"


def _named(field, parts):
    field.queryset = parts
    field.label_from_instance = lambda part: part.agency.name


class ConcernForm(FreeTextForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    participation = forms.ModelChoiceField(
        label="For which agency do you raise it?",
        queryset=Participation.objects.none(),
        empty_label=None,
        required=False,
    )
    text = forms.CharField(
        label="Who may be in danger, and why do you think so?",
        help_text="Use pseudonyms. Write what somebody needs to know to act today.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say who may be in danger, and why"},
    )
    done_already = forms.CharField(
        label="What have you done already?",
        help_text="For example, called the police or made a safeguarding referral.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, parts, leads, **kwargs):
        """`parts` are those for which somebody may raise it; leaders may raise it for none."""
        super().__init__(*args, **kwargs)
        if leads or len(parts) == 1:
            del self.fields["participation"]
        else:
            _named(self.fields["participation"], parts)


class GiveConcernForm(FreeTextForm):
    owner = forms.ModelChoiceField(
        label="Who deals with it?",
        help_text="The people of the agency you choose can then read the concern. They do not learn who raised it.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label=REVIEW_TEAM,
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        _named(self.fields["owner"], parts)


class CloseConcernForm(FreeTextForm):
    closing = forms.CharField(
        label="What was done?",
        help_text="Who acted, when, and why the concern can be closed. Use pseudonyms.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what was done"},
    )


# --- Immediate learning ---------------------------------------------------------------------------


class _DueForm(FreeTextForm):
    due = DateField(what="Day", label="By when?", help_text="For example 27 3 2027.")

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("The day must be today or later")
        return due


class EarlyActionForm(_DueForm):
    field_order = ["key", "learning", "action", "owner", "due"]

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    learning = forms.CharField(
        label="What was learned?",
        help_text="In one or two sentences, and without naming anyone or another agency.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was learned"},
    )
    action = forms.CharField(
        label="What is to be done now?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is to be done"},
    )
    owner = forms.ModelChoiceField(
        label="Which agency does it?",
        queryset=Participation.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that does it"},
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        _named(self.fields["owner"], parts)


class MoveForm(_DueForm):
    reason = forms.CharField(
        label="Why does the day change?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why the day changes"},
    )

    def __init__(self, *args, before, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = before
        self.fields["due"].label = "New day"

    def clean_due(self):
        due = super().clean_due()
        if due == self.before:
            raise forms.ValidationError("It is due on this day already")
        return due


class DoneForm(FreeTextForm):
    done = forms.CharField(
        label="What was done?",
        help_text="And how you know that it works, where you do.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done"},
    )
