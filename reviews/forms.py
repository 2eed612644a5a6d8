import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from agencies.models import Agency, Partnership
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.models import Participation, Person, Review
from reviews.people.free_text import FreeTextForm
from reviews.rules import (
    AGENCY_ROLES,
    FOR_THE_PANEL_ALONE,
    PARTNERSHIP_ROLES,
    REVIEW_ROLES,
    SHARE_WITH,
    Material,
    Role,
    Stage,
)
from reviews.submissions.models import Submission


def single_use_key():
    """Sent back with the form, so that a second click finds what the first one made."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def _choices(choices, only):
    return [(member.value, member.label) for member in choices if member in only]


class ReviewParticularsForm(FreeTextForm):
    kind = forms.ChoiceField(
        label="Kind of review", choices=Review.Kind.choices, widget=forms.RadioSelect
    )
    label = forms.ChoiceField(
        label="What your partnership calls it",
        choices=Review.Label.choices,
        widget=forms.RadioSelect,
    )
    scope_from = PartialDateFormField(
        label="Timeframe: from",
        help_text="A year is enough, for example 2007. Leave it blank until the panel has agreed it.",
        required=False,
    )
    scope_to = PartialDateFormField(label="Timeframe: to", required=False)
    scope_reason = forms.CharField(
        label="Why this timeframe",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Do not name anyone.",
        max_length=2000,
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("scope_from"), data.get("scope_to")
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            self.add_error("scope_to", "The timeframe must end after it starts")
        return data


class ReviewCreateForm(ReviewParticularsForm):
    field_order = ["partnership", "reference"]

    partnership = forms.ModelChoiceField(
        label="Partnership",
        queryset=Partnership.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the partnership"},
    )
    reference = forms.SlugField(
        label="Reference",
        help_text="For example DHR-2026-03. It appears in addresses and file names, so it must identify nobody: no name, initials or date of death.",
        max_length=30,
        error_messages={
            "required": "Enter a reference",
            "invalid": "Use only letters, numbers and hyphens, for example DHR-2026-03",
        },
    )

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        if len(partnerships) == 1:
            self.fields["partnership"].initial = partnerships[0]

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        if (
            reference.casefold() in {"new"}
            or Review.objects.filter(reference__iexact=reference).exists()
        ):
            raise ValidationError(
                "This reference cannot be used. Choose another, for example with a number added"
            )
        return reference


class PersonForm(FreeTextForm):
    gov = {"pseudonym": {"width": 10}}

    pseudonym = forms.CharField(
        label="Pseudonym",
        help_text="As the review calls them, for example MA 1. Never a real name or initials.",
        max_length=30,
        error_messages={"required": "Enter the pseudonym, for example MA 1"},
    )
    role = forms.ChoiceField(
        label="Who they are in this review",
        choices=Person.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who they are in this review"},
    )

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review

    def clean_pseudonym(self):
        pseudonym = " ".join(self.cleaned_data["pseudonym"].split())
        if self.review.people.filter(pseudonym__iexact=pseudonym).exists():
            raise ValidationError(f"{pseudonym} is already a subject of this review")
        return pseudonym


class AddAgencyForm(GovForm):
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        taking_part = review.participations.contributing().values("agency")
        self.fields["agency"].queryset = Agency.objects.current().exclude(pk__in=taking_part)


class InviteForm(GovForm):
    gov = {"email": {"width": 30}, "name": {"width": 20}}

    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Enter an e-mail address",
            "invalid": "Enter an e-mail address, for example name@agency.gov.uk",
        },
    )
    role = forms.ChoiceField(
        label="Role",
        choices=_choices(Role, REVIEW_ROLES | AGENCY_ROLES),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    participation = forms.ModelChoiceField(
        label="For which agency",
        help_text="Only for the three agency roles.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="No agency",
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name

    def clean(self):
        data = super().clean()
        role, part = data.get("role"), data.get("participation")
        if role in AGENCY_ROLES and not part:
            self.add_error("participation", "Choose the agency that they act for")
        if role in REVIEW_ROLES and part:
            self.add_error(
                "participation", "This role is not held for an agency: choose “No agency”"
            )
        return data


class AppointForm(GovForm):
    gov = {"email": {"width": 30}}

    email = InviteForm.base_fields["email"]
    partnership = forms.ModelChoiceField(
        label="Partnership",
        queryset=Partnership.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the partnership"},
    )
    role = forms.ChoiceField(
        label="Role in every review of the partnership",
        choices=_choices(Role, PARTNERSHIP_ROLES),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships


class ShareForm(GovForm):
    material = forms.ChoiceField(
        label="What to share",
        choices=Material.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to share"},
    )
    participation = forms.ModelChoiceField(
        label="Whose",
        help_text="Of a chronology or the action plan. Findings and mismatches are shared whole.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="Every agency’s",
    )
    submission = forms.ModelChoiceField(
        label="Which version",
        help_text="Of an IMR or information report. A later version is not shared by itself.",
        queryset=Submission.objects.none(),
        required=False,
        empty_label="None",
    )
    with_role = forms.ChoiceField(
        label="With whom",
        choices=_choices(Role, SHARE_WITH),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose with whom"},
    )
    with_participation = forms.ModelChoiceField(
        label="Of which agency",
        help_text="Only for the three agency roles.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="Every agency",
    )
    until = DateField(
        what="Last day",
        label="Until",
        help_text="The last day, for example 27 3 2027. Leave it blank to share until you end it.",
        required=False,
    )

    def __init__(self, *args, parts, versions, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("participation", "with_participation"):
            self.fields[name].queryset = parts
            self.fields[name].label_from_instance = lambda part: part.agency.name
        self.fields["submission"].queryset = versions
        self.fields["submission"].label_from_instance = lambda one: (
            f"{one.participation.agency}: {one.title}, "
            f"sent on {timezone.localtime(one.move.at):%-d %B %Y}"
        )

    def clean(self):
        data = super().clean()
        if data.get("material") == Material.SUBMISSION:
            data["participation"] = None  # the version says whose it is
            if not data.get("submission") and "submission" not in self.errors:
                self.add_error("submission", "Choose which version")
        elif data.get("submission"):
            self.add_error("submission", "Choose “None”, or above that you share an IMR or report")
        if data.get("material") in FOR_THE_PANEL_ALONE:
            data["participation"] = None  # it speaks of all of them
            if data.get("with_role") not in {None, Role.PANEL_MEMBER}:
                self.add_error("with_role", "Choose panel members: this is shared with them alone")
        if data.get("with_role") == Role.PANEL_MEMBER and data.get("with_participation"):
            self.add_error(
                "with_participation", "Panel members act for the panel: choose “Every agency”"
            )
        return data


class ConfirmForm(GovForm):
    """A page that asks before it does something; it has nothing to fill in."""


class ReviewFilterForm(GovForm):
    gov = {"reference": {"width": 10}}

    reference = forms.CharField(label="Reference", required=False)
    stage = forms.ChoiceField(
        label="Stage", choices=[("", "Any stage"), *Stage.choices], required=False
    )
