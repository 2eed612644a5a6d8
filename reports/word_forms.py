"""Forms with Word files of documents."""

from django import forms
from django.core.exceptions import ValidationError

from foundations.gov.forms import GovForm
from foundations.office.guard import check_size
from foundations.office.inspection import inspect
from foundations.office.marked import marked_of
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reports.models import WRITTEN_KINDS, Doubt, Kind
from reports.services import bringing
from reports.word.existing import report_of
from reviews.forms import single_use_key


class WordForm(GovForm):
    """Reads the file, so that what is wrong with it is said beside the box: `content` and `marked`."""

    file = forms.FileField(
        label="Choose the Word file",
        help_text="A Word document (.docx).",
        error_messages={
            "required": "Choose a Word file",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    key = single_use_key()

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            self.marked = marked_of(self.content, file.name)
            inspect(self.content, file.name)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


class BringForm(WordForm):
    gov = {"kind": {"small": True}}

    kind = forms.ChoiceField(
        label="Which document is it?",
        choices=WRITTEN_KINDS,
        initial=Kind.OVERVIEW,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which document it is"},
    )

    field_order = ["file", "kind", "key"]

    def clean_file(self):
        file = super().clean_file()
        bringing.made_ready(report_of(self.marked))
        return file


class TakeAwayForm(GovForm):
    key = single_use_key()


class DoubtsForm(GovForm):
    gov = {"chosen": {"small": True}}

    chosen = forms.ModelMultipleChoiceField(
        label="Tick what you have looked at",
        queryset=Doubt.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )

    def __init__(self, *args, doubts, called, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = doubts
        self.fields["chosen"].label_from_instance = called
