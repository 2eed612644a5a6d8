from django import forms

from foundations.dates import PartialDate
from foundations.dates.forms import PartialDateFormField
from reviews.forms import single_use_key
from reviews.interviews.models import Interview
from reviews.people.free_text import FreeTextForm

Agreement, State = Interview.Agreement, Interview.State
_POST = "A post, never a name."
_NOBODY = "Use pseudonyms. Do not name anyone."


def _words(label, *, help_text="", rows=2, wrong="", required=True, most=2000):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        error_messages={"required": wrong},
    )


class InterviewForm(FreeTextForm):
    """What is said of an answer counts only where there was one."""

    gov = {"post": {"width": 30}, "by_whom": {"width": 30}, "answered_by": {"width": 30}}

    state = forms.ChoiceField(
        label="Has it taken place?",
        choices=[
            (State.HELD, "Yes, it was held"),
            (State.PLANNED, "Not yet, it is planned"),
            (State.NOT_HELD, "No, and it will not"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it has taken place"},
    )
    post = forms.CharField(
        label="Whom did you interview, or will you?",
        help_text=f"{_POST} For example “Housing officer, north team”.",
        max_length=200,
        error_messages={"required": "Enter the post of whoever is interviewed"},
    )
    on = PartialDateFormField(
        what="Day of the interview",
        label="When was it, or when is it planned?",
        help_text="As well as you know it, for example 14 3 2026, or in words “early March 2026”.",
        error_messages={"required": "Enter when it was, or when it is planned"},
    )
    by_whom = forms.CharField(
        label="Who holds the interview?",
        help_text=f"{_POST} For example “IMR author”.",
        max_length=200,
        error_messages={"required": "Enter the post of whoever holds the interview"},
    )
    about = _words(
        "What was it about, in short?",
        help_text=f"The subjects, not the answers. {_NOBODY}",
        rows=3,
        wrong="Say in short what it was about",
    )
    agreement = forms.ChoiceField(
        label="What did the senior investigating officer say before it?",
        help_text="While there may be a prosecution, staff can be witnesses.",
        choices=Agreement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the senior investigating officer said"},
    )
    answered_by = forms.CharField(
        label="If they agreed or refused: which post?",
        help_text=_POST,
        max_length=200,
        required=False,
    )
    answered_on = PartialDateFormField(
        what="Day of the answer", label="When did they answer?", required=False
    )
    agreed_to = _words(
        "If agreed: to what?",
        help_text="For example “An interview on training and supervision alone”.",
        required=False,
    )
    conditions = _words(
        "If agreed: under which conditions?",
        help_text="For example “Notes to be kept for disclosure”. Leave it blank if there were none.",
        required=False,
    )
    why_not = _words(
        "If refused, not needed or nobody was asked: why?", help_text=_NOBODY, required=False
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        agreement = data.get("agreement")
        self._clear(data, agreement)
        if data.get("state") == State.HELD and agreement == Agreement.WAITING:
            self.add_error("agreement", "It was held: choose what was said before")
        for name, wrong in self._needed(agreement):
            if name not in self.errors and not data.get(name):
                self.add_error(name, wrong)
        return data

    def _clear(self, data, agreement):
        if agreement not in {Agreement.AGREED, Agreement.REFUSED}:
            data["answered_by"], data["answered_on"] = "", PartialDate.none()
        if agreement != Agreement.AGREED:
            data["agreed_to"] = data["conditions"] = ""
        if agreement in {Agreement.AGREED, Agreement.WAITING}:
            data["why_not"] = ""

    def _needed(self, agreement):
        if agreement in {Agreement.AGREED, Agreement.REFUSED}:
            yield "answered_by", "Enter which post answered"
            yield "answered_on", "Enter when they answered, as well as you know it"
        if agreement == Agreement.AGREED:
            yield "agreed_to", "Say what they agreed to"
        elif agreement in {Agreement.REFUSED, Agreement.NOT_NEEDED, Agreement.NOT_ASKED}:
            yield "why_not", "Say why"


class InterviewAgainForm(InterviewForm):
    """What became of a plan, or a correction of what was recorded."""

    because = forms.CharField(
        label="What was wrong?",
        help_text="The first entry stays, with a note that this one stands instead.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what was wrong"},
    )

    def __init__(self, *args, follows, **kwargs):
        super().__init__(*args, **kwargs)
        if follows.state == State.PLANNED:
            field = self.fields["because"]
            field.required = False
            field.label = "If the plan itself was entered wrongly: what was wrong?"
