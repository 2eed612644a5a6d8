from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from foundations.post.models import Message
from reviews.forms import single_use_key
from reviews.reminders.models import DAYS


class MessageFilterForm(GovForm):
    gov = {"review": {"width": 10}}

    state = forms.ChoiceField(
        label="State",
        choices=[
            ("", "Any state"),
            ("not_arrived", "Did not arrive, to be dealt with"),
            *Message.State.choices,
        ],
        required=False,
    )
    review = forms.CharField(label="Review", required=False, max_length=30)


class MessageForm(GovForm):
    what = forms.ChoiceField(
        label="What do you want to record?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what to record",
            "invalid_choice": "This cannot be done any more. Look at the message again",
        },
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices


def _days(label, help_text=""):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=365,
        error_messages={
            "required": "Enter a number of days",
            "invalid": "Enter a whole number of days",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 365 or less",
        },
    )


class ReminderStepsForm(GovForm):
    gov = {"title": {"width": 30}} | {name: {"width": 3} for name in DAYS}

    title = forms.CharField(
        label="Name of these days",
        help_text="For example: Agreed by the board in May 2026.",
        max_length=200,
        error_messages={"required": "Enter a name for these days"},
    )
    source = forms.CharField(
        label="Who agreed them",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter who agreed them"},
    )
    effective_from = DateField(
        what="First day", label="First day on which they are used", help_text="Today or later."
    )
    days_before = _days("How many days before it is due is somebody reminded?")
    days_after = _days("How many days after it was due are they reminded again?")
    lead_after = _days("How many days after it was due are the agency’s sign-off officers told?")
    coordinator_after = _days("How many days after it was due is the coordinator told?")
    days_to_read = _days(
        "How many days are there to read terms of reference?",
        "Counted from the day on which they were issued.",
    )
    days_inside = _days(
        "How many days has an agency to sign off what it prepared?",
        "The same for what its sign-off officer returned. Only the agency is reminded.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def clean(self):
        data = super().clean()
        for earlier, later in (
            ("days_after", "lead_after"),
            ("lead_after", "coordinator_after"),
        ):
            if data.get(earlier) and data.get(later) and data[later] <= data[earlier]:
                self.add_error(later, f"Enter more than {data[earlier]}: it comes after that step")
        return data

    @property
    def days(self):
        return {name: self.cleaned_data[name] for name in DAYS}
