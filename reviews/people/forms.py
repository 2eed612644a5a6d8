from datetime import timedelta

from django import forms
from django.core import signing
from django.utils import timezone

from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm
from reviews.models import Person
from reviews.people.free_text import FreeTextForm
from reviews.people.models import Identity, Relationship

PERMITTED_FOR = timedelta(minutes=30)
_SALT = "reviews.people.identity"


class PersonChangeForm(FreeTextForm):
    gov = {"area": {"width": 20}}

    role = forms.ChoiceField(
        label="Who they are in this review", choices=Person.Role.choices, widget=forms.RadioSelect
    )
    chosen_by = forms.ChoiceField(
        label="Who chose the pseudonym?",
        choices=Person.ChosenBy.choices,
        widget=forms.RadioSelect,
    )
    publish_birth = forms.ChoiceField(
        label="What may be published of their birth?",
        choices=Person.PublishBirth.choices,
        widget=forms.RadioSelect,
    )
    publish_death = forms.ChoiceField(
        label="What may be published of their death?",
        choices=Person.PublishDeath.choices,
        widget=forms.RadioSelect,
    )
    publish_address = forms.ChoiceField(
        label="What may be published of where they lived?",
        choices=Person.PublishAddress.choices,
        widget=forms.RadioSelect,
    )
    area = forms.CharField(
        label="The area, where that may be published",
        help_text="For example “a market town in the county”.",
        required=False,
        max_length=100,
    )
    reason = forms.CharField(
        label="Why it changes",
        help_text="For example “The family asked for it”. Do not name anyone.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self):
        data = super().clean()
        if data.get("publish_address") == Person.PublishAddress.AREA and not data.get("area"):
            self.add_error("area", "Enter the area that may be published")
        return data


class RelationshipForm(FreeTextForm):
    person = forms.ModelChoiceField(
        label="Who?", queryset=Person.objects.none(), empty_label="Choose a person"
    )
    kind = forms.ChoiceField(
        label="What are they?", choices=Relationship.Kind.choices, widget=forms.RadioSelect
    )
    other = forms.ModelChoiceField(
        label="Of whom?", queryset=Person.objects.none(), empty_label="Choose a person"
    )
    note = forms.CharField(
        label="Anything to add",
        help_text="For example “since 2011”. Do not name anyone.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = self.fields["other"].queryset = people

    def clean(self):
        data = super().clean()
        if data.get("person") and data.get("person") == data.get("other"):
            self.add_error("other", "Choose two different people")
        return data


class Lines(forms.CharField):
    """A list, one to a line."""

    widget = forms.Textarea

    def __init__(self, *, rows=3, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class IdentityForm(GovForm):
    names = Lines(
        label="Names, one to a line",
        help_text="The whole name first, then every other they are known by. Each is looked for in what agencies send.",
        max_length=2000,
        error_messages={"required": "Enter the name they are known by"},
    )
    born = PartialDateFormField(label="Date of birth", required=False, what="Date of birth")
    died = PartialDateFormField(label="Date of death", required=False, what="Date of death")
    addresses = Lines(label="Addresses, one to a line", required=False, max_length=2000)
    contact = forms.CharField(
        label="How to reach them, or whoever speaks for them",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    numbers = Lines(
        label="Numbers, one to a line",
        help_text="For example an NHS number or a police reference.",
        required=False,
        max_length=1000,
    )
    note = forms.CharField(
        label="Anything else",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    permit = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        born, died = data.get("born"), data.get("died")
        if born and born.earliest and born.earliest > timezone.localdate():
            self.add_error("born", "Date of birth must not be in the future")
        if died and died.earliest and died.earliest > timezone.localdate():
            self.add_error("died", "Date of death must not be in the future")
        if born and died and born.earliest and died.latest and died.latest < born.earliest:
            self.add_error("died", "Date of death must be after the date of birth")
        return data


# --- Leave to change an identity -----------------------------------------------------------------


def permit(person, user):
    """For whoever gave their password, to change what they saw, for a while."""
    return signing.dumps(_permitted(person, user), salt=_SALT)


def is_permitted(token, person, user):
    """Not once somebody else changed it: they must look again."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=PERMITTED_FOR)
    except signing.BadSignature:
        return False
    return said == _permitted(person, user)


def _permitted(person, user):
    has_one = Identity.objects.filter(pk=person.pk).exists()
    return [user.pk, person.pk, has_one, person.identity_versions.count()]
