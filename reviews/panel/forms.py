from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Partnership
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from reviews.forms import single_use_key
from reviews.models import Participation
from reviews.panel.models import CHAIRS, CONTRACTED, Capacity, Declaration, PanelMember
from reviews.people.free_text import FreeTextForm

EXAMPLE = "For example 27 3 2027."


def past_day(label, what, **more):
    return DateField(what=what, label=label, help_text=EXAMPLE, **more)


def why(label, missing, **more):
    return forms.CharField(
        label=label, max_length=500, error_messages={"required": missing}, **more
    )


class PastDaysMixin:
    """No day in `past_days` is one that is still to come."""

    past_days = ()

    def clean(self):
        data = super().clean()
        for name in self.past_days:
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, f"{self.fields[name].what} cannot be in the future")
        return data


class BodyMixin:
    """Where somebody works: an agency of the register, or a body that is not in it."""

    def clean(self):
        data = super().clean()
        organisation = data["organisation"] = (data.get("organisation") or "").strip()
        if self.needs_body(data):
            if data.get("agency") and organisation:
                self.add_error("organisation", "Choose an agency, or name another body: not both")
            if "agency" in data and not data["agency"] and not organisation:
                self.add_error("agency", "Choose an agency, or name the body that they belong to")
        return data

    def needs_body(self, data):
        return True


def agency_field(**more):
    """The view says which agencies there are to choose from."""
    return forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Another body",
        **more,
    )


def organisation_field():
    return forms.CharField(
        label="Or another body",
        help_text="As the report will name it, for example “Independent”. Leave it blank if you chose an agency.",
        max_length=200,
        required=False,
    )


def name_field(**more):
    return forms.CharField(
        label="Name",
        help_text="As the report will name them.",
        max_length=150,
        **{"error_messages": {"required": "Enter their name"}} | more,
    )


def position_field():
    return forms.CharField(
        label="Position",
        help_text="For example Head of Safeguarding.",
        max_length=200,
        required=False,
    )


def specialism_field():
    return forms.CharField(
        label="Specialism",
        help_text="What they bring to this review, for example substance use.",
        max_length=300,
        required=False,
    )


_WHO = ("name", "organisation", "position", "specialism")


class MemberForm(BodyMixin, FreeTextForm):
    named = _WHO
    gov = {
        "name": {"width": 30},
        "organisation": {"width": 30},
        "position": {"width": 30},
    }

    name = name_field()
    agency = agency_field()
    organisation = organisation_field()
    position = position_field()
    specialism = specialism_field()
    capacity = forms.ChoiceField(
        label="What they are on the panel",
        choices=Capacity.choices,
        initial=Capacity.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they are on the panel"},
    )
    joined = PartialDateFormField(
        label="When they joined",
        help_text="A month or a year is enough.",
        required=False,
    )
    user = forms.ModelChoiceField(
        label="Account",
        help_text="If they sign in here. It lists those who have a role in this review. A conflict of interest removes the access of this account.",
        queryset=User.objects.none(),
        required=False,
        empty_label="No account",
    )

    def __init__(self, *args, accounts, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["user"].queryset = accounts


class MemberAddForm(MemberForm):
    key = single_use_key()


class MemberChangeForm(MemberForm):
    because = why("Why it changes", "Say why it changes", help_text="What stood before is kept.")


class LeaveForm(PastDaysMixin, FreeTextForm):
    past_days = ("left_on",)

    left_on = past_day("When did they leave?", "Day")
    because = why("Why", "Say why they left")


class DeclarationForm(PastDaysMixin, FreeTextForm):
    past_days = ("made_on",)
    quotes = ("statement",)

    key = single_use_key()
    kind = forms.ChoiceField(
        label="What did they declare?",
        choices=Declaration.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they declared"},
    )
    made_on = past_day("When?", "Day")
    statement = forms.CharField(
        label="Their statement",
        help_text="In words that the report can give. A chair’s or an author’s says what makes them independent, and their experience.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self):
        data = super().clean()
        if (
            self.member.capacity in CONTRACTED
            and data.get("kind") == Declaration.Kind.INDEPENDENCE
            and "statement" in data
            and not data["statement"]
        ):
            self.add_error("statement", "Enter the statement of independence")
        return data


class WithdrawForm(PastDaysMixin, FreeTextForm):
    past_days = ("on",)

    on = past_day("When was it withdrawn?", "Day")
    because = why("Why", "Say why it is withdrawn")


class ConflictForm(PastDaysMixin, FreeTextForm):
    past_days = ("declared_on",)

    key = single_use_key()
    whole = forms.ChoiceField(
        label="What does it concern?",
        choices=[("part", "One agency’s part"), ("whole", "The whole review")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it concerns"},
    )
    participation = forms.ModelChoiceField(
        label="Which agency?",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    nature = forms.CharField(
        label="What is the conflict?",
        help_text="For example “managed the service until 2021”. Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the conflict is"},
    )
    declared_on = past_day("When was it declared?", "Day")

    gov = {"whole": {"reveals": {"part": "participation"}}}

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name

    def clean(self):
        data = super().clean()
        if data.get("whole") == "part" and "participation" in data and not data["participation"]:
            self.add_error("participation", "Choose the agency that it concerns")
        if data.get("whole") == "whole":
            data["participation"] = None
        return data

    @property
    def conflict(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "whole"}


class ConflictEndForm(PastDaysMixin, FreeTextForm):
    past_days = ("on",)

    on = past_day("When did it end?", "Day")
    because = why("Why", "Say why it has ended")


class TermsForm(FreeTextForm):
    gov = {"agreed_days": {"width": 5, "suffix": "days"}}

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    begins_on = past_day("The contract begins", "First day")
    ends_on = past_day("The contract ends", "Last day")
    agreed_days = forms.DecimalField(
        label="Days agreed",
        help_text="For example 20 or 22.5.",
        min_value=0.25,
        max_digits=5,
        decimal_places=2,
        error_messages={
            "required": "Enter the number of days agreed",
            "invalid": "Enter the number of days in figures, for example 22.5",
        },
    )
    because = why("Why the terms change", "Say why the terms change", required=False)

    def __init__(self, *args, newest, **kwargs):
        super().__init__(*args, **kwargs)
        if newest is None:
            del self.fields["because"]
        else:
            self.fields["because"].required = True

    def clean(self):
        data = super().clean()
        begins, ends = data.get("begins_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "The contract must end after it begins")
        return data


class DayForm(PastDaysMixin, FreeTextForm):
    past_days = ("worked_on",)
    gov = {"what": {"width": 30}}

    key = single_use_key()
    worked_on = past_day("Which day?", "Day")
    days = forms.TypedChoiceField(
        label="How much of it?",
        choices=[
            ("1", "A day"),
            ("0.75", "Three quarters"),
            ("0.5", "Half a day"),
            ("0.25", "A quarter"),
        ],
        initial="1",
        coerce=Decimal,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much of the day"},
    )
    what = forms.CharField(
        label="What for?",
        help_text="For example “second panel meeting”. Do not name anyone.",
        max_length=300,
        error_messages={"required": "Say what it was used for"},
    )


class HandOverForm(BodyMixin, PastDaysMixin, FreeTextForm):
    named = _WHO
    past_days = ("on",)
    gov = {
        "email": {"width": 30},
        "name": {"width": 30},
        "organisation": {"width": 30},
        "position": {"width": 30},
    }

    key = single_use_key()
    successor = forms.ModelChoiceField(
        label="Who takes over?",
        queryset=PanelMember.objects.none(),
        required=False,
        empty_label="Somebody who is not on the panel yet",
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They are invited to sign in. Leave it blank for a member who has an account.",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, for example name@agency.gov.uk"},
    )
    capacity = forms.ChoiceField(
        label="As what?",
        choices=[(c.value, c.label) for c in Capacity if c in CHAIRS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what they take over"},
    )
    name = name_field(required=False)
    agency = agency_field()
    organisation = organisation_field()
    position = position_field()
    specialism = specialism_field()
    on = past_day("From which day?", "Day")
    because = why("Why the chair changes", "Say why the chair changes")

    def __init__(self, *args, successors, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["successor"].queryset = successors

    def needs_body(self, data):
        return "successor" in data and data["successor"] is None

    def clean(self):
        data = super().clean()
        successor = data.get("successor")
        if self.needs_body(data) and not data.get("name"):
            self.add_error("name", "Enter the name of the new chair")
        if successor and successor.user:
            data["email"] = successor.user.email
        if "email" in data and not data["email"]:
            self.add_error("email", "Enter the e-mail address of the new chair")
        return data


class JointForm(PastDaysMixin, FreeTextForm):
    past_days = ("agreed_on",)

    partnership = forms.ModelChoiceField(
        label="Which partnership?",
        queryset=Partnership.objects.none(),
        empty_label="Choose a partnership",
        error_messages={"required": "Choose the partnership"},
    )
    agreed_on = past_day("When was it agreed?", "Day")
    because = why("Why together", "Say why they commission it together")

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships


class JointEndForm(PastDaysMixin, FreeTextForm):
    past_days = ("on",)

    on = past_day("When does it end?", "Day")
    because = why("Why", "Say why it ends")
