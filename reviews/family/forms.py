from django import forms

from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.family.models import (
    ContactEntry,
    Correspondent,
    EngagementDecision,
    How,
    Wish,
    WishAnswer,
)
from reviews.forms import single_use_key
from reviews.letters.models import Letter
from reviews.models import Person
from reviews.people.free_text import FreeTextForm
from reviews.terms.models import TermsVersion

_NOBODY = "Use pseudonyms. Do not name anyone."
_POSTS = "Posts, not persons"


def _letter(letter):
    sent = letter.sent
    return f"{letter.title}, {f'{sent.on:%-d %B %Y}' if sent else 'not sent yet'}"


def _or_nothing(choices, nothing):
    return [("", nothing), *choices]


class CorrespondentForm(FreeTextForm):
    gov = {"relation": {"width": 30}}

    person = forms.ModelChoiceField(
        label="Person in the register",
        help_text="Leave it at “Nobody in the register” for somebody who has no pseudonym.",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody in the register",
    )
    relation = forms.CharField(
        label="What they are to whom",
        help_text="For example “mother of FA 1”. Never a real name.",
        max_length=200,
        required=False,
    )
    standing = forms.ChoiceField(
        label="Who they are to the review",
        choices=Correspondent.Standing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who they are to the review"},
    )
    through = forms.ChoiceField(
        label="Through whom are they reached?",
        choices=Correspondent.Through.choices,
        initial=Correspondent.Through.DIRECTLY,
    )
    prefers = forms.ChoiceField(
        label="How do they want to be reached?",
        choices=_or_nothing(How.choices, "They have not said"),
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        data = super().clean()
        if not data.get("person") and not data.get("relation") and "relation" in data:
            self.add_error("relation", "Choose the person above, or say what they are to whom")
        return data


class ContactForm(FreeTextForm):
    gov = {"by_whom": {"width": 30}, "advocate": {"width": 30}}
    quotes = ("note",)

    on = PartialDateFormField(
        what="Day of the contact",
        label="When was it?",
        help_text="As well as you know it, for example 14 3 2026, or in words “early March 2026”.",
        error_messages={"required": "Enter when it was"},
    )
    direction = forms.ChoiceField(
        label="Who contacted whom?",
        choices=ContactEntry.Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who contacted whom"},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how"},
    )
    by_whom = forms.CharField(
        label="Who for the review?",
        help_text=f"{_POSTS}: “the chair, with the advocate”.",
        max_length=200,
        error_messages={"required": "Say who it was for the review"},
    )
    note = forms.CharField(
        label="What was said",
        help_text=_NOBODY,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    leaflet = forms.ChoiceField(
        label="Which Home Office leaflet was offered?",
        choices=_or_nothing(ContactEntry.Leaflet.choices, "None this time"),
        required=False,
    )
    leaflet_answer = forms.ChoiceField(
        label="And the answer to the leaflet?",
        choices=_or_nothing(ContactEntry.Answer.choices, "Not said"),
        required=False,
    )
    advocate = forms.CharField(
        label="Which advocacy service was offered?",
        help_text="The service, not a person. Leave it blank if none was offered this time.",
        max_length=200,
        required=False,
    )
    advocate_answer = forms.ChoiceField(
        label="And the answer to the advocate?",
        choices=_or_nothing(ContactEntry.Answer.choices, "Not said"),
        required=False,
    )
    terms = forms.ModelChoiceField(
        label="Were terms of reference shared?",
        queryset=TermsVersion.objects.none(),
        required=False,
        empty_label="Not this time",
    )
    letter = forms.ModelChoiceField(
        label="Which letter of the register was it?",
        queryset=Letter.objects.none(),
        required=False,
        empty_label="None of them",
    )
    draft = forms.ChoiceField(
        label="Was the draft report shared?",
        choices=_or_nothing(ContactEntry.Draft.choices, "Not this time"),
        required=False,
    )
    response = forms.ChoiceField(
        label="How did they respond?",
        choices=_or_nothing(ContactEntry.Response.choices, "Nothing to record"),
        required=False,
    )
    next_on = DateField(
        what="Day of the next contact",
        label="When is the next contact planned?",
        help_text="For example 27 3 2027. Leave it blank if none is.",
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, versions, letters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letter"].queryset = letters
        self.fields["letter"].label_from_instance = _letter
        if not letters:
            del self.fields["letter"]
        field = self.fields["terms"]
        field.queryset = versions
        field.label_from_instance = lambda version: (
            f"Version {version.number}{', as a draft' if version.is_draft else ''}"
        )

    def clean(self):
        data = super().clean()
        if data.get("leaflet_answer") and not data.get("leaflet"):
            self.add_error("leaflet", "Choose which leaflet they answered to")
        if data.get("advocate_answer") and not data.get("advocate"):
            self.add_error("advocate", "Say which service they answered to")
        return data


class CorrectionForm(ContactForm):
    corrected_because = forms.CharField(
        label="What was wrong?",
        help_text="The first entry stays, with a note that this one stands instead.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what was wrong"},
    )


class HoldForm(FreeTextForm):
    gov = {"agreed_with": {"width": 30}, "lift": {"reveals": {"no": "not_before"}}}

    lift = forms.ChoiceField(
        label="May they be contacted?",
        choices=[("no", "Not before a day"), ("yes", "Yes, from now on")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they may be contacted"},
    )
    not_before = DateField(
        what="First day",
        label="The first day on which they may be contacted",
        help_text="For example 27 3 2027.",
        required=False,
    )
    set_on = DateField(
        what="Day it was agreed", label="When was that agreed?", help_text="For example 27 3 2026."
    )
    agreed_with = forms.CharField(
        label="With whom?",
        help_text=f"{_POSTS}: “senior investigating officer”.",
        max_length=200,
        required=False,
    )
    why = forms.CharField(
        label="Why",
        help_text=_NOBODY,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why"},
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        if data.pop("lift", None) == "yes":
            data["not_before"] = None
        elif "not_before" in data and not data["not_before"]:
            self.add_error("not_before", "Enter the first day")
        return data


class EngagementForm(FreeTextForm):
    gov = {"decided_by": {"width": 30}, "outcome": {"reveals": {"stop": "revisit_on"}}}

    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=EngagementDecision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    revisit_on = DateField(
        what="Day to look again",
        label="When will this be looked at again?",
        help_text="For example 27 3 2027.",
        required=False,
    )
    decided_on = DateField(
        what="Date of the decision",
        label="When was it decided?",
        help_text="For example 27 3 2026.",
    )
    decided_by = forms.CharField(
        label="Who decided?",
        help_text=f"{_POSTS}: “the chair, with the panel”.",
        max_length=200,
        error_messages={"required": "Say who decided"},
    )
    reasons = forms.CharField(
        label="Why",
        help_text=f"In words that could stand in the report. {_NOBODY}",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        decided, again = data.get("decided_on"), data.get("revisit_on")
        if data.get("outcome") != EngagementDecision.Outcome.STOP:
            data["revisit_on"] = None
        elif "revisit_on" in data and not again:
            self.add_error("revisit_on", "Enter the day on which it will be looked at again")
        elif again and decided and again <= decided:
            self.add_error("revisit_on", "Look at it again on a day after the decision")
        return data


class WishForm(FreeTextForm):
    quotes = ("text",)

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Wish.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    text = forms.CharField(
        label="In their words, as nearly as you can",
        help_text=_NOBODY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what they wish or ask"},
    )
    raised = PartialDateFormField(what="Day", label="When did they say so?", required=False)
    key = single_use_key()


class AnswerForm(FreeTextForm):
    gov = {"where": {"width": 10}, "outcome": {"reveals": {"report": "where"}}}

    outcome = forms.ChoiceField(
        label="How was it answered?",
        choices=WishAnswer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was answered"},
    )
    where = forms.CharField(
        label="Where in the report?",
        help_text="The paragraph, for example 5.3.2.",
        max_length=100,
        required=False,
    )
    text = forms.CharField(
        label="The answer, or why there is none",
        help_text=_NOBODY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the answer, or why there is none"},
    )
    told_on = DateField(
        what="Day they were told",
        label="When were they told?",
        help_text="For example 27 3 2026. Leave it blank until they have been.",
        required=False,
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        outcome = data.get("outcome")
        if outcome != WishAnswer.Outcome.REPORT:
            data["where"] = ""
        elif "where" in data and not data["where"]:
            self.add_error("where", "Say where in the report the answer stands")
        if outcome == WishAnswer.Outcome.REOPENED and data.get("told_on"):
            self.add_error("told_on", "Leave the day blank: there is no answer to tell them")
        return data


class DetailsForm(GovForm):
    """What is sealed may hold a name."""

    text = forms.CharField(
        label="How to reach them",
        help_text="Address, telephone, e-mail; when it is safe to call. It is stored sealed and shown only to somebody who gives their password again.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "Enter how to reach them"},
    )
