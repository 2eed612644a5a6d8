from django import forms
from django.core.exceptions import ValidationError

from actionplans.drafting import clipped
from actionplans.forms import single_use_key
from actionplans.models import Level
from actionplans.sheet.models import Keep
from actionplans.sheet.reading import NotASheet, read_pasted, read_workbook
from chronologies.marking.models import Theme
from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm
from foundations.office import Refused
from foundations.office.guard import check_size
from foundations.vault.scanning import refuse_infected
from reviews.people.free_text import FreeTextForm

LONGEST_PASTED = 2_000_000
LONGEST_REASON = 2_000
NO_ROWS = "Tick at least one row, or choose all of them"
NOTHING_TO_CHANGE = (
    "Say what to change: a lead, an owner, a date, a level, a theme or who must answer"
)
TO_CHANGE = ("lead", "owner", "target", "level", "theme", "addressed_to")
SHOWN = 200  # characters of a row beside its box


def _reason():
    return forms.CharField(
        label="Why does the plan change?",
        help_text="Kept with each changed row that does not say so itself. For example “Agreed by the"
        " action plan group on 4 March”.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Say why the plan changes"},
    )


class SheetUploadForm(FreeTextForm):
    """Reads the file, so that what is wrong with it is said beside the box."""

    file = forms.FileField(
        label="Choose the sheet that you edited",
        help_text="Excel (.xlsx), as you downloaded it from this page.",
        error_messages={
            "required": "Choose the sheet that you edited",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    reason = _reason()
    key = single_use_key()

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            self.returned = read_workbook(self.content, file.name)
        except (Refused, NotASheet) as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


class SheetPasteForm(FreeTextForm):
    """A real name in a cell is said beside its row, once the rows are told apart."""

    named = ("text",)

    text = forms.CharField(
        label="Cells from Excel",
        help_text="Copy the row with the headings and the rows below it, and paste them here. One"
        " column is “Number”; the others only those that you want to change.",
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=LONGEST_PASTED,
        strip=False,
        error_messages={"required": "Paste the cells that you copied"},
    )
    reason = _reason()
    key = single_use_key()

    def clean_text(self):
        text = self.cleaned_data["text"]
        try:
            self.returned = read_pasted(text)
        except NotASheet as refusal:
            raise ValidationError(refusal.message) from refusal
        return text


class ManyRowsForm(FreeTextForm):
    """The same for many rows. What is left blank stays in each as it is."""

    which = forms.ChoiceField(
        label="Which rows?",
        choices=[("chosen", "Those ticked above"), ("all", "All that the list finds")],
        initial="chosen",
        widget=forms.RadioSelect,
        error_messages={"required": "Say which rows"},
    )
    lead = forms.ChoiceField(label="Lead agency", required=False)
    owner = forms.CharField(
        label="Owner",
        help_text="The e-mail address of somebody at the lead agency, or a post such as “Head of"
        " safeguarding”.",
        max_length=200,
        required=False,
    )
    target = PartialDateFormField(
        label="Target date",
        help_text="A month or a year is enough. Each date that this replaces is kept as a moved date.",
        required=False,
    )
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "As it is"), *Level.choices]
    )
    theme = forms.ModelChoiceField(
        label="Theme", queryset=Theme.objects.none(), required=False, empty_label="As it is"
    )
    addressed_to = forms.CharField(
        label="Addressed to",
        help_text="The body or department that must answer.",
        max_length=200,
        required=False,
    )
    reason = _reason()
    key = single_use_key()

    named = ("owner",)

    def __init__(self, *args, parts, themes, rows_of, **kwargs):
        """`rows_of`: what gives the rows of a choice."""
        super().__init__(*args, **kwargs)
        self.rows_of, self.rows = rows_of, []
        names = [part.agency.name for part in parts]
        self.fields["lead"].choices = [("", "As it is"), *((name, name) for name in names)]
        self.fields["theme"].queryset = themes

    def clean(self):
        data = super().clean()
        if data.get("which"):
            self.rows = self.rows_of(data["which"])
            if not self.rows:
                self.add_error(None, NO_ROWS)
        if not any(data.get(name) or name in self.errors for name in TO_CHANGE):
            self.add_error(None, NOTHING_TO_CHANGE)
        return data

    @property
    def values(self):
        """{column: text} of what was filled in."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("lead", "owner", "addressed_to")}
        texts["target"] = said["target"].text or str(said["target"])
        texts["level"] = Level(said["level"]).label if said["level"] else ""
        texts["theme"] = said["theme"].name if said["theme"] else ""
        return {name: text for name, text in texts.items() if text}


class ChoicesForm(GovForm):
    """What a sheet cannot know: who is right where two changed the same, and why a row is missing."""

    keep = forms.ChoiceField(
        label="Where somebody else changed the same after you downloaded the sheet",
        choices=[
            (Keep.PLAN, "What they changed stays"),
            (Keep.SHEET, "What stands in the sheet takes its place"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    removes = forms.TypedChoiceField(
        label="Rows that are not in the sheet any more",
        choices=[
            ("no", "Stay in the plan as they are"),
            ("yes", "Are taken out of the plan, if they are actions. They stay on record"),
        ],
        coerce=lambda value: value == "yes",
        empty_value=False,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, has_conflicts, is_missing_some, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_conflicts:
            del self.fields["keep"]
        if not is_missing_some:
            del self.fields["removes"]

    @property
    def chosen(self):
        return {
            "keep": self.cleaned_data.get("keep") or Keep.ASK,
            "removes": self.cleaned_data.get("removes") or False,
        }


def label_of(row):
    return clipped(f"{row.number} {' '.join(row.text.split())}".strip(), SHOWN)
