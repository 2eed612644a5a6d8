from django import forms

from foundations.gov.fields import DateField
from reviews.forms import single_use_key
from reviews.letters.kinds import RECIPIENT_OF, Recipient, letter_choices
from reviews.letters.models import RegisterLine
from reviews.models import Participation, Person
from reviews.people.free_text import FreeTextForm


def named(person):
    return f"{person.pseudonym} ({person.get_role_display().lower()})"


class LetterForm(FreeTextForm):
    """To the Home Office or the Commissioner: there is nothing to choose."""

    key = single_use_key()

    def __init__(self, *args, people, parts, **kwargs):
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].queryset = people
            self.fields["person"].label_from_instance = named
        if "participations" in self.fields:
            self.fields["participations"].queryset = parts
            self.fields["participations"].label_from_instance = lambda part: part.agency.name


def _reply_by():
    return DateField(
        what="Day to reply by",
        label="Reply by",
        help_text="For example 27 3 2027. Leave it blank to write it into the letter yourself.",
        required=False,
    )


class FamilyLetterForm(LetterForm):
    person = forms.ModelChoiceField(
        label="To whom",
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose to whom the letter goes"},
    )
    reply_by = _reply_by()
    field_order = ["person", "reply_by"]

    def __init__(self, *args, people, **kwargs):
        """It condoles: never to the person who died, nor to whoever may have done it."""
        roles = Person.Role.VICTIM, Person.Role.PERPETRATOR
        super().__init__(*args, people=people.exclude(role__in=roles), **kwargs)

    @property
    def has_nobody(self):
        return not self.fields["person"].queryset.exists()


class AgencyLetterForm(LetterForm):
    participations = forms.ModelMultipleChoiceField(
        label="To which agencies",
        help_text="Each gets a letter of its own and does not learn of the others.",
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one agency"},
    )
    reply_by = _reply_by()
    field_order = ["participations", "reply_by"]


def form_for(kind):
    return {
        Recipient.FAMILY: FamilyLetterForm,
        Recipient.AGENCY: AgencyLetterForm,
    }.get(RECIPIENT_OF[kind], LetterForm)


class LetterTextForm(FreeTextForm):
    title = forms.CharField(label="Title", max_length=200)
    text = forms.CharField(
        label="Text",
        help_text="Start a line with “# ” for a heading, “- ” for a point and “1. ” for a numbered point. Use pseudonyms: a real name is written on the copy that you send.",
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=40_000,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SetAsideForm(FreeTextForm):
    because = forms.CharField(
        label="Why it will not be sent",
        help_text="Do not name anyone.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Enter why it will not be sent"},
    )


class LetterFromElsewhereForm(FreeTextForm):
    """A letter that was sent before the review was entered here, or outside this service."""

    kind = forms.ChoiceField(
        label="What kind of letter",
        choices=letter_choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of letter it was"},
    )
    participation = forms.ModelChoiceField(
        label="To which agency",
        help_text="Only for a letter to an agency.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="No agency",
    )
    person = forms.ModelChoiceField(
        label="To which person",
        help_text="Only for a letter to a family member.",
        queryset=Person.objects.none(),
        required=False,
        empty_label="No person",
    )
    title = forms.CharField(
        label="What it was about",
        help_text="As the register is to say it. Do not name anyone.",
        max_length=200,
    )
    on = DateField(what="Day", label="On which day was it sent?")
    how = forms.ChoiceField(
        label="How was it sent?",
        choices=RegisterLine.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was sent"},
    )
    note = forms.CharField(
        label="Note",
        help_text="For example where the letter is kept. Do not name anyone.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = single_use_key()

    def __init__(self, *args, people, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = named
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name

    def clean(self):
        data = super().clean()
        if data.get("kind"):
            to = RECIPIENT_OF[data["kind"]]
            self._only("participation", to == Recipient.AGENCY, "agency")
            self._only("person", to == Recipient.FAMILY, "person")
        return data

    def _only(self, name, is_wanted, what):
        if is_wanted and not self.cleaned_data.get(name):
            self.add_error(name, f"Choose the {what} it was sent to")
        if not is_wanted and self.cleaned_data.get(name):
            self.add_error(name, f"This kind of letter goes to no {what}: choose “No {what}”")


class RegisterLineForm(FreeTextForm):
    what = forms.ChoiceField(
        label="What happened",
        choices=RegisterLine.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    on = DateField(what="Day", label="On which day")
    how = forms.ChoiceField(
        label="How",
        choices=RegisterLine.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how"},
    )
    note = forms.CharField(
        label="Note",
        help_text="For example a tracking number. Do not name anyone, and give no address.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = single_use_key()

    def __init__(self, *args, corrects=None, **kwargs):
        super().__init__(*args, **kwargs)
        if corrects:
            del self.fields["what"]
