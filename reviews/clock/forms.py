from django import forms

from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from reviews.clock.kinds import Reason
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.proceedings.models import Proceeding

_ROUGHLY = "If the day is not known, the month or the season is enough. Leave nothing to guess."


class _SeenForm(FreeTextForm):
    """Sent back with what was the newest row when the page was made."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def now_seen(self, number):
        """What was typed stays; what somebody recorded meanwhile counts as read."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = number


class MilestoneForm(_SeenForm):
    on = PartialDateFormField(label="When?", help_text=_ROUGHLY, required=False)

    def clean(self):
        data = super().clean()
        if "on" in data and not data["on"]:
            self.add_error("on", "Enter when this was")
        return data


class CorrectionForm(_SeenForm):
    """A milestone that stands already: another time, or not at all."""

    on = PartialDateFormField(label="When was it really?", help_text=_ROUGHLY, required=False)
    mistaken = forms.BooleanField(label="It has not been reached: take it back", required=False)
    why = forms.CharField(
        label="Why does this change?",
        help_text="Both dates are kept. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why this changes"},
    )

    def clean(self):
        data = super().clean()
        if "on" in data and not data["on"] and not data.get("mistaken"):
            self.add_error("on", "Enter when it was, or take it back")
        return data


class _AgreedForm(_SeenForm):
    """Why a day is put off, who agreed, and who was told."""

    gov = {"agreed_by": {"width": 30}, "told": {"width": 30}}

    reason = forms.ChoiceField(
        label="Why?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason"},
    )
    because = forms.CharField(
        label="The reason in words",
        help_text="It goes into the report’s paragraph on delay. Do not name anyone. "
        "It may be left blank unless you chose “Another reason”.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    agreed_by = forms.CharField(
        label="Who agreed?",
        help_text="A post or a body, for example “the chair of the partnership”. No names.",
        max_length=300,
        error_messages={"required": "Say who agreed"},
    )
    agreed_on = PartialDateFormField(
        label="When was it agreed?",
        error_messages={"required": "Enter when it was agreed"},
    )
    told = forms.CharField(
        label="Who has been told?",
        help_text="A post or a body, for example “the Home Office”. Leave it blank if nobody has "
        "been told yet; you can add others later.",
        max_length=300,
        required=False,
    )
    told_on = PartialDateFormField(label="When were they told?", required=False)

    def clean(self):
        data = super().clean()
        if data.get("reason") == Reason.OTHER and not data.get("because") and "because" in data:
            self.add_error("because", "Say what the reason is")
        if data.get("told") and "told_on" in data and not data["told_on"]:
            self.add_error("told_on", "Enter when they were told")
        if data.get("told_on") and "told" in data and not data["told"]:
            self.add_error("told", "Say who was told")
        return data


class ExtendForm(_AgreedForm):
    field_order = ["until"]

    until = DateField(what="New day", label="New due day", help_text="For example 27 3 2027.")


class PauseForm(_AgreedForm):
    field_order = ["starts_on", "ends_on", "reason", "proceeding"]

    starts_on = DateField(
        what="First day",
        label="First day of the pause",
        help_text="The clock does not count this day. For example 27 3 2027.",
    )
    ends_on = DateField(
        what="Last day",
        label="Last day of the pause",
        help_text="Leave it blank if it is not known yet: the pause then lasts until you end it.",
        required=False,
    )
    proceeding = forms.ModelChoiceField(
        label="Does it wait for a proceeding beside the review?",
        queryset=Proceeding.objects.none(),
        required=False,
        empty_label="No, or it is not entered",
    )

    def __init__(self, *args, proceedings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].queryset = proceedings


class PauseEndForm(_SeenForm):
    ends_on = DateField(
        what="Last day",
        label="Last day of the pause",
        help_text="The clock runs again on the day after. Leave it blank if the pause is to go on "
        "until further notice.",
        required=False,
    )


class ToldForm(FreeTextForm):
    gov = {"told": {"width": 30}}

    told = forms.CharField(
        label="Who has been told?",
        help_text="A post or a body, for example “the Home Office”. No names.",
        max_length=300,
        error_messages={"required": "Say who was told"},
    )
    told_on = PartialDateFormField(
        label="When were they told?",
        error_messages={"required": "Enter when they were told"},
    )
    key = single_use_key()


class TakeBackForm(FreeTextForm):
    why = forms.CharField(
        label="Why is it taken back?",
        help_text="For example: recorded for the wrong review. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is taken back"},
    )
