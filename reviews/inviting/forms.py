import hashlib

from django import forms

from foundations.gov.forms import GovForm
from reviews.inviting.pasting import read_pasted
from reviews.inviting.services import MOST, ROLES_TO_GIVE
from reviews.models import Participation
from reviews.rules import Role


class InviteManyForm(GovForm):
    """The list as pasted, and what holds for every line that does not say it itself."""

    people = forms.CharField(
        label="People to invite",
        help_text="Paste addresses from Outlook, or write one person a line: name, address, agency and role, with semicolons between.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=40_000,
        error_messages={
            "required": "Paste at least one e-mail address",
            "max_length": f"Paste at most {MOST} people at a time",
        },
    )
    role = forms.ChoiceField(
        label="Role, where a line names none",
        choices=[
            ("", "No role"),
            *((role.value, role.label) for role in Role if role in ROLES_TO_GIVE),
        ],
        required=False,
    )
    participation = forms.ModelChoiceField(
        label="Agency, where a line names none",
        help_text="Only for the three agency roles.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="No agency",
    )
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name

    def clean_people(self):
        self.pieces = read_pasted(self.cleaned_data["people"])
        if len(self.pieces) > MOST:
            raise forms.ValidationError(
                f"There are {len(self.pieces)} people in your list. Paste at most {MOST} at a time"
            )
        return self.cleaned_data["people"]

    @property
    def defaults(self):
        return {
            "role": self.cleaned_data["role"],
            "participation": self.cleaned_data["participation"],
        }

    @property
    def digest(self):
        """Of what was looked at: what was changed since is looked at again before it is sent."""
        data = self.cleaned_data
        part = data["participation"].pk if data["participation"] else ""
        said = "\0".join([*data["people"].split("\n"), data["role"], str(part)])
        return hashlib.sha256(said.replace("\r", "").encode()).hexdigest()

    def shown_again(self, **changed):
        """The same form with other words in it, without a complaint."""
        data = self.data.copy()
        for name, value in changed.items():
            data[name] = value
        again = type(self)(data, parts=self.fields["participation"].queryset)
        again.is_valid()
        return again
