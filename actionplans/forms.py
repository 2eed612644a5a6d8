import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from actionplans import drafting
from actionplans.models import CLAIMED_DONE, SOON, Status
from actionplans.reading import NotAnActionPlan
from actionplans.vocabulary import Field
from foundations.gov.forms import GovForm
from foundations.office import Refused
from foundations.office.guard import check_size
from foundations.vault.scanning import refuse_infected

LONGEST_NOTE = 5_000
CLAIMED = "claimed"


def single_use_key():
    """Sent back with the form, so that a second click finds what the first one made."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


# --- Finding recommendations --------------------------------------------------------------------


class PlanFilterForm(GovForm):
    agency = forms.ChoiceField(label="Lead agency", required=False)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Any status"),
            *Status.choices,
            (CLAIMED, "Claimed completed, not confirmed"),
        ],
    )
    due = forms.ChoiceField(
        label="Due",
        required=False,
        choices=[
            ("", "Any date"),
            ("overdue", "Overdue"),
            ("soon", "In the next 3 months"),
            ("undated", "No date"),
            ("unbacked", "Claimed complete, nothing shows it"),
        ],
    )

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        if len(leads) > 1:
            self.fields["agency"].choices = [
                ("", "All agencies"),
                ("none", "No agency named"),
                *((str(pk), name) for pk, name in leads),
            ]
        else:
            del self.fields["agency"]

    def choose(self, recommendations):
        """Those asked for; a field that was filled in wrongly leaves nothing out."""
        chosen = getattr(self, "cleaned_data", {})
        if agency := chosen.get("agency"):
            recommendations = (
                recommendations.filter(lead_links=None)
                if agency == "none"
                else recommendations.led_by(agency)
            )
        if status := chosen.get("status"):
            recommendations = recommendations.filter(_has_status(status))
        return _due(recommendations, chosen.get("due"))

    @property
    def chooses(self):
        return any(self.cleaned_data.values())

    @property
    def written(self):
        """The filters as they were filled in, to be applied again elsewhere."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def _has_status(status):
    if status == CLAIMED:
        return Q(status=Status.UNCONFIRMED, claimed_status=CLAIMED_DONE)
    return Q(status=status)


def _due(recommendations, due):
    today = timezone.localdate()
    match due:
        case "overdue":
            return recommendations.overdue(on=today)
        case "soon":
            return recommendations.due_between(today, today + SOON)
        case "undated":
            return recommendations.without_date()
        case "unbacked":
            return recommendations.claimed_without_evidence()
    return recommendations


# --- Files --------------------------------------------------------------------------------------


class UploadForm(GovForm):
    """Reads the file, so that what is wrong with it is said beside the box."""

    file = forms.FileField(
        label="Choose your file",
        help_text="Word (.docx), Excel (.xlsx) or CSV, as you already have it.",
        error_messages={
            "required": "Choose the file to upload",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    key = single_use_key()

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            self.draft = drafting.read_draft(self.content, file.name, self.review)
        except (Refused, NotAnActionPlan) as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


MEANINGS = [
    ("", "Something else: keep it under its own heading"),
    (Field.NUMBER, "Number of the recommendation"),
    (Field.RECOMMENDATION, "Recommendation"),
    (Field.FINDING, "Finding or issue behind it"),
    (Field.GROUP, "Group or theme"),
    (Field.SCOPE, "Scope: local, regional or national"),
    (Field.ACTION_NUMBER, "Number of the action"),
    (Field.ACTION, "Action to take"),
    (Field.LEAD, "Lead"),
    (Field.LEAD_AND_TARGET, "Lead and target date together"),
    (Field.AGENCY, "Lead agency"),
    (Field.OFFICER, "Lead officer"),
    (Field.MILESTONE, "Milestones"),
    (Field.TARGET, "Target date"),
    (Field.STATUS, "Status"),
    (Field.COMPLETION, "Date of completion and outcome"),
    (Field.OUTCOME, "Outcome"),
    (Field.EVIDENCE, "Evidence"),
    (Field.DECISION, "Decision"),
    (Field.UPDATE, "Update or response"),
]
_SAYS_WHAT = {Field.RECOMMENDATION, Field.ACTION, Field.FINDING}


class MappingForm(GovForm):
    """What each column holds. `columns` are those of the import's summary."""

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = columns
        for number, column in enumerate(columns):
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=column["heading"], choices=MEANINGS, required=False, initial=column["field"]
            )

    @property
    def boxes(self):
        """For the page: each column with its box."""
        return [(column, self[f"column{number}"]) for number, column in enumerate(self.columns)]

    def clean(self):
        data = super().clean()
        if not _SAYS_WHAT & {value for value in data.values() if value}:
            raise ValidationError("Say which column has the recommendation, or the action to take")
        return data

    @property
    def mapping(self):
        """{what a column holds: its headings}"""
        said = {}
        for number, column in enumerate(self.columns):
            if name := self.cleaned_data.get(f"column{number}"):
                said.setdefault(name, []).append(column["heading"])
        return said

    @property
    def is_as_guessed(self):
        return all(
            (self.cleaned_data.get(f"column{number}") or "") == column["field"]
            for number, column in enumerate(self.columns)
        )


class FurtherForm(GovForm):
    is_further = forms.TypedChoiceField(
        label="What is this file?",
        choices=[
            ("no", "A corrected version of a plan that is here already"),
            ("yes", "Further recommendations, to be added"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether it is a corrected version or further recommendations"
        },
    )


class ConfirmForm(GovForm):
    """A page that asks before it does something; it has nothing to fill in."""
