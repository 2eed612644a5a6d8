import uuid

from django import forms
from django.utils import timezone

from agencies.models import Partnership
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import ReviewCreateForm, ReviewParticularsForm
from reviews.intake.models import Charge, Manner, Notification, PossibleDuplicate


def single_use_key():
    """Sent back with the form, so that a second click finds what the first one made."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class NotificationForm(GovForm):
    """What somebody tells through a link. It must be possible to send it within five minutes."""

    gov = {
        "from_whom": {"width": 30},
        "name": {"width": 30},
        "manner": {"choice_hints": {"survived": "For a local review of a serious incident."}},
    }

    key = single_use_key()
    source = forms.ChoiceField(
        label="Who is telling us?",
        choices=[choice for choice in Notification.Source.choices if choice[0] != "family"],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is telling us"},
    )
    from_whom = forms.CharField(
        label="Organisation and team",
        help_text="For example, Major Crime Team of the county police.",
        max_length=150,
        error_messages={"required": "Enter the organisation and team"},
    )
    manner = forms.ChoiceField(
        label="How did the person die?",
        choices=Manner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the person died, as far as it is known"},
    )
    death = PartialDateFormField(
        what="Date of the death",
        label="When did the person die?",
        help_text="For somebody who survived, the date of the incident. A month or a year is enough if the day is not known.",
        error_messages={"required": "Enter when the person died, or as much of it as is known"},
    )
    charge = forms.ChoiceField(
        label="Is anybody held to have done it?",
        choices=Charge.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is known of a suspect"},
    )
    name = forms.CharField(
        label="Full name of the person who died or was harmed",
        help_text="This and all that follows is encrypted. Only the partnership’s coordinators can read it.",
        max_length=200,
        error_messages={"required": "Enter the full name"},
    )
    born = PartialDateFormField(
        what="Date of birth",
        label="Their date of birth",
        help_text="Leave it blank if it is not known.",
        required=False,
    )
    address = forms.CharField(
        label="Where they lived",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    circumstances = forms.CharField(
        label="What happened?",
        help_text="A few sentences: what is known, and what makes you think of domestic abuse.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in a few sentences what happened"},
    )
    others = forms.CharField(
        label="Who else is concerned?",
        help_text="Partner, suspect, children and relatives: name, relationship and date of birth of each, as far as you know them.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contacts = forms.CharField(
        label="Whom can we ask?",
        help_text="Name, telephone and e-mail of the investigating officer, the family liaison officer, or yourself.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say whom we can ask, and how"},
    )

    def day_told(self):
        return timezone.localdate()

    def clean(self):
        data = super().clean()
        told_on, death, born = self.day_told(), data.get("death"), data.get("born")
        if told_on and death and death.earliest and death.earliest > told_on:
            self.add_error("death", self.too_late)
        if born and death and born.earliest and death.latest and born.earliest > death.latest:
            self.add_error("born", "The date of birth must be before the death")
        return data

    too_late = "The date of the death cannot be in the future"


class CoordinatorNotificationForm(NotificationForm):
    """The same, as told to a coordinator by telephone, letter or e-mail, perhaps by the family."""

    field_order = ["key", "partnership", "source", "from_whom", "told_on"]
    too_late = "The death cannot be after the day on which you were told of it"

    partnership = forms.ModelChoiceField(
        label="Partnership",
        queryset=Partnership.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the partnership"},
    )
    told_on = DateField(
        what="Day on which you were told",
        label="When were you told?",
        help_text="The first time that the death came to the partnership’s attention. The time for a decision is counted from this day.",
    )

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        self.fields["source"].choices = Notification.Source.choices
        self.fields["source"].label = "Who told you?"
        self.fields["from_whom"].label = "Organisation and team, or how the family reached you"
        if len(partnerships) == 1:
            self.fields["partnership"].initial = partnerships[0]

    def clean_told_on(self):
        told_on = self.cleaned_data["told_on"]
        if told_on > timezone.localdate():
            raise forms.ValidationError("The day on which you were told cannot be in the future")
        return told_on

    def day_told(self):
        return self.cleaned_data.get("told_on")


class LinkForm(GovForm):
    gov = {"sent_to": {"width": 30}, "for_whom": {"width": 30}}

    partnership = forms.ModelChoiceField(
        label="Partnership",
        queryset=Partnership.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the partnership"},
    )
    for_whom = forms.CharField(
        label="Who is it for?",
        help_text="A body or a post, for example “Major Crime Team”. Not the name of a person.",
        max_length=150,
        error_messages={"required": "Say who it is for"},
    )
    sent_to = forms.EmailField(
        label="E-mail address",
        help_text="The link opens the form for whoever holds it, once, for seven days.",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address, for example name@agency.gov.uk",
        },
    )

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        if len(partnerships) == 1:
            self.fields["partnership"].initial = partnerships[0]


class NotificationFilterForm(GovForm):
    state = forms.ChoiceField(
        label="Show",
        choices=[("", "Every notification"), *Notification.State.choices],
        required=False,
    )


class DuplicateForm(GovForm):
    gov = {
        "verdict": {
            "choice_hints": {
                "same": "The newer notification then belongs to the older one.",
                "different": "Both stay as they are.",
            }
        }
    }

    verdict = forms.ChoiceField(
        label="Are they the same death?",
        choices=PossibleDuplicate.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are the same death"},
    )


class CloseNotificationForm(GovForm):
    because = forms.ChoiceField(
        label="Why is there no review?",
        choices=Notification.ClosedBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why there is no review"},
    )
    note = forms.CharField(
        label="What was done",
        help_text="For example, which partnership was told and when. Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what was done"},
    )


class OpenReviewForm(GovForm):
    reference = ReviewCreateForm.base_fields["reference"]
    kind = ReviewParticularsForm.base_fields["kind"]
    label = ReviewParticularsForm.base_fields["label"]

    clean_reference = ReviewCreateForm.clean_reference
