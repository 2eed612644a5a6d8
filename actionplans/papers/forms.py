from django import forms
from django.utils import timezone

from actionplans.papers.kinds import FORMATS, Kind, Layout
from actionplans.papers.services import NOT_YET
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key


class PaperForm(GovForm):
    """Which paper, and how it stood on which day."""

    kind = forms.ChoiceField(
        label="Which paper?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a paper"},
    )
    layout = forms.ChoiceField(
        label="Layout of the action plan",
        choices=Layout.choices,
        initial=Layout.SEVEN,
        required=False,
        help_text="Only for the action plan.",
    )
    as_of = DateField(
        label="As it stood on",
        what="Day",
        help_text="Today, or a day before: then only what was known on that day is in it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", Kind.STATEMENT)
        self.initial.setdefault("as_of", timezone.localdate())

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def clean(self):
        data = super().clean()
        if data.get("kind") == Kind.PLAN:
            data["layout"] = data.get("layout") or Layout.SEVEN
        else:
            data["layout"] = ""
        return data

    @property
    def asked(self):
        """What the services take."""
        return {name: self.cleaned_data[name] for name in ("kind", "layout", "as_of")}


class DraftForm(PaperForm):
    format = forms.ChoiceField(label="As", choices=list(FORMATS.items()), initial="pdf")


class FinalForm(PaperForm):
    is_given = forms.BooleanField(
        label="Give it to those who only read the plan: the board, and the Home Office’s reader",
        required=False,
    )
    key = single_use_key()
    # The digest of the paper as its maker was shown it: blank until then.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
