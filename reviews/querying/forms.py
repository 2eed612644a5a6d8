from django import forms
from django.core.exceptions import ValidationError

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from foundations.office.papers import check_paper
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reviews.forms import single_use_key
from reviews.models import Participation
from reviews.people.free_text import FileBesideForm, FreeTextForm
from reviews.querying.models import Answer, Query
from reviews.querying.states import State
from reviews.requests.forms import ReturnForm, reason_field

Kind = Answer.Kind
_NOBODY = "Use pseudonyms. Do not name anyone."
_NEUTRAL = (
    "In neutral words, and one thing only: for example “No matching entry was supplied for the "
    f"referral of 3 May 2021. Was it received?”. Name no other agency. {_NOBODY}"
)


def question_field():
    return forms.CharField(
        label="What do you ask?",
        help_text=_NEUTRAL,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what you ask"},
    )


def due_field():
    return DateField(what="Day for the answer", label="By when do you need an answer?")


class RaiseForm(FreeTextForm):
    """About all of it, a heading of what was handed in, or a term that the agency was given."""

    about = forms.ChoiceField(
        label="What is it about?", error_messages={"required": "Choose what it is about"}
    )
    text = question_field()
    key = single_use_key()

    def __init__(self, *args, terms, passages, why_no_headings="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].help_text = why_no_headings
        self.terms = {f"term-{text.term_id}": text.term for text in terms}
        self.passages = {f"heading-{passage.pk}": passage for passage in passages}
        choices = [("whole", Query.About.WHOLE.label)]
        if passages:
            named = [(f"heading-{one.pk}", _short(one.title)) for one in passages]
            choices.append(("A heading of what was handed in", named))
        if terms:
            named = [(f"term-{one.term_id}", _named(one)) for one in terms]
            choices.append(("A term of reference", named))
        self.fields["about"].choices = choices

    @property
    def raised(self):
        """What the service takes."""
        data = self.cleaned_data
        about = Query.About(data["about"].partition("-")[0])
        return {
            "about": about,
            "term": self.terms.get(data["about"]),
            "passage": self.passages.get(data["about"]),
            "text": data["text"],
            "key": data["key"],
        }


def _named(text):
    return _short(f"{text.term.get_kind_display()} {text.number}: {text.text}")


def _short(words):
    words = " ".join(words.split())
    return words if len(words) <= 90 else f"{words[:90].rsplit(' ', 1)[0]} …"


class RewordForm(FreeTextForm):
    text = question_field()
    key = single_use_key()


class SendForm(GovForm):
    due = due_field()
    key = single_use_key()


class AgainForm(FreeTextForm):
    text = question_field()
    due = due_field()
    key = single_use_key()


class ReturnWithForm(ReturnForm):
    """The return of a request, with those of its queries that have not gone yet."""

    queries = forms.ModelMultipleChoiceField(
        label="Which queries go with it?",
        help_text="The agency answers these, and nothing else is asked of it again.",
        queryset=Query.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["queries", "reason", "due"]

    def __init__(self, *args, queries, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["queries"]
        field.queryset = queries
        field.label_from_instance = lambda query: f"{query.number}. {query.text}"
        if queries:
            field.initial = [query.pk for query in queries]
            self.fields["reason"].label = "What do you say with them?"
        else:
            del self.fields["queries"]


class FilterForm(GovForm):
    state = forms.ChoiceField(
        label="State",
        choices=[("", "Not settled"), ("all", "Any state"), *State.choices],
        required=False,
    )
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Participation.objects.none(),
        empty_label="Any agency",
        required=False,
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = parts
        self.fields["agency"].label_from_instance = lambda part: part.agency.name

    def choose(self, queries):
        """What is no filter finds what is not settled."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("agency"):
            queries = queries.filter(participation=chosen["agency"])
        if not chosen.get("state"):
            return queries.unsettled()
        return queries if chosen["state"] == "all" else queries.filter(state=chosen["state"])


# --- For the agency -----------------------------------------------------------------------------


class FileMixin(FileBesideForm):
    """A file beside an answer; what is wrong with it is said beside the box."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.content = self.file_name = None
        if file:
            self.content, self.file_name = file.read(), file.name
            try:
                refuse_infected(self.content, file.name)
                check_paper(self.content, file.name)
            except Refused as refusal:
                raise ValidationError(refusal.message) from refusal
        return file

    @property
    def file_kept(self):
        """What the service takes."""
        if self.content is None:
            return {}
        return {"content": self.content, "name": self.file_name}


def words_field(label, required=False):
    return forms.CharField(
        label=label,
        help_text=_NOBODY,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=required,
    )


def file_field():
    return forms.FileField(
        label="A file (optional)",
        help_text="PDF, Word (.docx), Excel (.xlsx) or CSV.",
        required=False,
        error_messages={"empty": "This file is empty. Check that it is the right one"},
    )


class AnswerForm(FileMixin):
    """What was found in one's own chronology is said where its entries can be chosen."""

    kind = forms.ChoiceField(
        label="What do you answer?",
        choices=[choice for choice in Kind.choices if choice[0] != Kind.FOUND],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you answer"},
    )
    text = words_field("In your words")
    file = file_field()
    key = single_use_key()

    def __init__(self, *args, can_be_put_right, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_be_put_right:
            self.fields["kind"].choices = [
                choice for choice in self.fields["kind"].choices if choice[0] != Kind.PUT_RIGHT
            ]

    def clean(self):
        data = super().clean()
        says = {
            Kind.DISAGREE: "Say why you disagree",
            Kind.EXPLAINED: "Enter your answer",
            Kind.OUT_OF_SCOPE: "Say why it is outside your scope",
        }
        kind = data.get("kind")
        if kind in says and not data.get("text") and "text" not in self.errors:
            self.add_error("text", says[kind])
        return data


class SendAnswersForm(GovForm):
    key = single_use_key()


# --- What the leaders make of it ----------------------------------------------------------------


class AcceptForm(FreeTextForm):
    reason = reason_field(
        "Anything to say to the agency?", help_text=f"It reads this. {_NOBODY}", required=False
    )
    key = single_use_key()


class DisputeForm(FreeTextForm):
    reason = reason_field(
        "In what do the accounts differ?",
        help_text=f"The agency reads this. {_NOBODY}",
        wrong="Say in what the accounts differ",
    )
    key = single_use_key()


class WithdrawForm(FreeTextForm):
    reason = reason_field(
        "Why is it no longer asked?",
        help_text=f"If the agency had it, it reads this. {_NOBODY}",
    )
    key = single_use_key()
