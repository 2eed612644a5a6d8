"""Answering a finding or a question, and a partnership's own list of phrases."""

from django import forms

from foundations.gov.forms import GovForm
from reports.models import CheckAnswer
from reports.services.checks import OF_FINDINGS, OF_QUESTIONS
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

Says = CheckAnswer.Says


class AnswerForm(FreeTextForm):
    gov = {"says": {"small": True}}

    says = forms.ChoiceField(
        label="What do you say of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say of it"},
    )
    reason = forms.CharField(
        label="Why, or where",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, is_question, **kwargs):
        super().__init__(*args, **kwargs)
        choices = OF_QUESTIONS if is_question else OF_FINDINGS
        self.fields["says"].choices = [(one.value, one.label) for one in choices]
        self.fields["reason"].help_text = (
            "Needed with “no”; with “yes”, say where it stands if that helps."
            if is_question
            else "Needed, but for a fault that is still to be mended. It stays on record with your name."
        )


_FEWEST_LETTERS = 3


class PhraseForm(GovForm):
    gov = {"words": {"width": 30}}

    words = forms.CharField(
        label="Phrase",
        help_text="As it stands in a sentence, in any case. Put / between words of which any will do, and "
        "* for the rest of a word: “brought it on herself/himself”, “provok*”.",
        max_length=200,
        error_messages={"required": "Enter the phrase"},
    )
    why = forms.CharField(
        label="What is wrong with it",
        help_text="A sentence: what it does to the person who died.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is wrong with it"},
    )
    instead = forms.CharField(
        label="What to write instead",
        max_length=500,
        error_messages={"required": "Say what to write instead"},
    )
    key = single_use_key()

    def clean_words(self):
        words = " ".join(self.cleaned_data["words"].split())
        each = [one for word in words.split() for one in word.split("/")]
        if not all(any(letter.isalnum() for letter in one) for one in each):
            raise forms.ValidationError(
                "Put a word on each side of /, and letters before or after *"
            )
        if any("*" in one[:-1] for one in each):
            raise forms.ValidationError("Put * at the end of a word only")
        if sum(letter.isalpha() for letter in words) < _FEWEST_LETTERS:
            raise forms.ValidationError("Enter a phrase of three letters or more")
        return words


class LeaveOutForm(GovForm):
    """A phrase of the house's list that a partnership does not look for."""

    words = forms.ChoiceField(label="Phrase", error_messages={"required": "Choose the phrase"})
    why = forms.CharField(
        label="Why it is left out",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is left out"},
    )
    key = single_use_key()

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        looked_for = [one.phrase.words for one in lines if one.row is None]
        self.fields["words"].choices = [
            ("", "Choose a phrase"),
            *((one, one) for one in looked_for),
        ]
