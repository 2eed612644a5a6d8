from django import forms

from foundations.dates import PartialDate
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.models import Participation
from reviews.people.free_text import FreeTextForm
from reviews.requests.models import Request, RequestAnswer
from reviews.requests.states import State

Nil = RequestAnswer.Nil
_NOBODY = "Use pseudonyms. Do not name anyone."
_ALL_READ = f"Every agency you ask can read this. {_NOBODY} Name no other agency."


def reason_field(label, *, help_text=_NOBODY, required=True, wrong="Say why"):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=required,
        error_messages={"required": wrong},
    )


class AskForm(FreeTextForm):
    kind = forms.ChoiceField(
        label="What do you ask for?",
        choices=Request.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you ask for"},
    )
    everyone = forms.BooleanField(
        label="All agencies of the review",
        help_text="Leave this empty to choose some of them below.",
        required=False,
    )
    participations = forms.ModelMultipleChoiceField(
        label="Only these agencies",
        help_text="No agency learns whom else you ask.",
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    what = reason_field(
        "What exactly?",
        help_text=f"The question; or for a chronology, an IMR or a report what you want beyond the usual. {_ALL_READ}",
        required=False,
    )
    why = reason_field(
        "Why do you ask?",
        help_text=f"For example “You were in contact with FA 1 within the timeframe”. {_ALL_READ}",
        wrong="Say why you ask",
    )
    due = DateField(what="Day", label="By when?", help_text="For example 27 3 2027.")
    key = single_use_key()
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.fields["participations"].queryset = parts
        self.fields["participations"].label_from_instance = lambda part: part.agency.name

    def clean(self):
        data = super().clean()
        if data.get("everyone"):
            data["participations"] = self.parts
        elif "participations" in data and not data["participations"]:
            self.add_error("participations", "Choose all agencies, or at least one")
        asks = data.get("kind") == Request.Kind.QUESTION and "what" in data
        if asks and not data["what"]:
            self.add_error("what", "Enter the question")
        return data

    @property
    def asking(self):
        """What the service takes."""
        names = ("participations", "kind", "what", "why", "due", "key")
        return {name: self.cleaned_data[name] for name in names}


class FilterForm(GovForm):
    kind = forms.ChoiceField(
        label="What", choices=[("", "Anything"), *Request.Kind.choices], required=False
    )
    state = forms.ChoiceField(
        label="State",
        choices=[("", "Any state"), ("open", "Not answered yet"), *State.choices],
        required=False,
    )
    agency = forms.ModelChoiceField(
        label="Agency", queryset=Participation.objects.none(), empty_label="Any agency",
        required=False,
    )  # fmt: skip
    late = forms.ChoiceField(
        label="Late", choices=[("", "Late or not"), ("on", "Late only")], required=False
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = parts
        self.fields["agency"].label_from_instance = lambda part: part.agency.name

    def choose(self, requests, *, on):
        """What is no filter finds everything."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("late"):
            requests = requests.late(on=on)
        if chosen.get("kind"):
            requests = requests.filter(kind=chosen["kind"])
        if chosen.get("agency"):
            requests = requests.filter(participation=chosen["agency"])
        if chosen.get("state") == "open":
            return requests.open()
        return requests.filter(state=chosen["state"]) if chosen.get("state") else requests


class ChaseForm(GovForm):
    key = single_use_key()


# --- For the agency -----------------------------------------------------------------------------


class NilForm(FreeTextForm):
    """One kind of nil answer, chosen by the link that led here; without one, all are offered."""

    gov = {"destroyed_under": {"width": 30}}

    nil = forms.ChoiceField(
        label="Which is it?",
        choices=Nil.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which it is"},
    )
    destroyed = PartialDateFormField(
        what="Date of the destruction",
        label="If records were destroyed: when?",
        help_text="A month or a year is enough.",
        required=False,
    )
    destroyed_under = forms.CharField(
        label="If records were destroyed: under which policy?",
        help_text="For example “Records retention schedule 2018, eight years”.",
        max_length=500,
        required=False,
    )
    note = reason_field(
        "Anything to add?",
        help_text=f"For example which systems you searched. {_NOBODY}",
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, nil="", **kwargs):
        super().__init__(*args, **kwargs)
        if nil not in Nil.values:
            return
        self.fields["nil"].widget = forms.HiddenInput()
        self.initial["nil"] = nil
        if nil == Nil.DESTROYED:
            self.fields["destroyed"].label = "When were they destroyed?"
            self.fields["destroyed_under"].label = "Under which policy?"
        else:
            del self.fields["destroyed"], self.fields["destroyed_under"]

    def clean(self):
        data = super().clean()
        if data.get("nil") == Nil.DESTROYED:
            if not data.get("destroyed") and "destroyed" not in self.errors:
                self.add_error("destroyed", "Enter when they were destroyed, as far as you know")
            if not data.get("destroyed_under") and "destroyed_under" not in self.errors:
                self.add_error("destroyed_under", "Say under which policy they were destroyed")
        else:
            data["destroyed"], data["destroyed_under"] = PartialDate.none(), ""
        return data


class AnswerForm(FreeTextForm):
    text = forms.CharField(
        label="Your answer",
        help_text=_NOBODY,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Enter your answer"},
    )
    key = single_use_key()


class DraftForm(GovForm):
    """Half a sentence is a draft too: nothing is asked of it."""

    text = forms.CharField(max_length=20_000, required=False, strip=False)
    seen = forms.IntegerField(min_value=0)


class CompleteForm(GovForm):
    key = single_use_key()


class ChronologyFileForm(GovForm):
    """As the page of the chronology takes it, which also says what is wrong with it."""

    file = forms.FileField(
        label="Your file", help_text="Excel (.xlsx), Word (.docx) or CSV, as you already have it."
    )
    key = single_use_key()


class ExtensionForm(FreeTextForm):
    until = DateField(what="Day", label="Until when?", help_text="For example 27 3 2027.")
    reason = reason_field("Why do you need more time?")
    key = single_use_key()


# --- For the leaders ----------------------------------------------------------------------------


class ExtensionAnswerForm(FreeTextForm):
    answer = forms.ChoiceField(
        label="Do you give more time?",
        choices=[("give", "Yes"), ("refuse", "No, the day stays")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    until = DateField(what="Day", label="If yes: until when?", required=False)
    reason = reason_field(
        "Why?",
        help_text=f"Needed for a no, and for time that nobody asked for. The agency reads it. {_NOBODY}",
        required=False,
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        answer = data.get("answer")
        if answer == "give" and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day")
        if answer == "refuse" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why")
        return data


class ReturnForm(FreeTextForm):
    reason = reason_field(
        "What is missing or not clear?", help_text=f"The agency reads this. {_NOBODY}"
    )
    due = DateField(what="Day", label="By when do you need it again?")
    key = single_use_key()


class AcceptForm(FreeTextForm):
    reason = reason_field(
        "Anything to say to the agency?", help_text=f"It reads this. {_NOBODY}", required=False
    )
    key = single_use_key()


class WithdrawForm(FreeTextForm):
    reason = reason_field(
        "Why is it no longer asked for?", help_text=f"The agency reads this. {_NOBODY}"
    )
    key = single_use_key()


class RegisterForm(FreeTextForm):
    reason = reason_field(
        "How and when did it come?",
        help_text=f"For example “By secure e-mail on 3 May 2026, one Word file”. {_NOBODY}",
        wrong="Say how and when it came",
    )
    key = single_use_key()
