"""Forms of what comes back from the Home Office."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from foundations.gov.fields import DateField
from foundations.office.guard import check_size
from foundations.office.papers import check_paper
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reports.models import Document, OfficeLetter, Pack, PointAnswer
from reports.outline import Outline
from reviews.forms import single_use_key
from reviews.people.free_text import FileBesideForm, FreeTextForm

LETTERS = ("docx", "pdf")
_LONGEST_POINT = 5_000


class OfficeLetterForm(FileBesideForm):
    """Reads the file, so that what is wrong with it is said beside the box."""

    file = forms.FileField(
        label="Choose the letter",
        help_text="Word (.docx) or PDF, as it came.",
        error_messages={
            "required": "Choose the letter",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    on = DateField(what="Date of the letter", label="Which date stands on it?")
    outcome = forms.ChoiceField(
        label="What does it say of the report?",
        choices=OfficeLetter.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it says"},
    )
    pack = forms.ModelChoiceField(
        label="Which pack is it about?",
        queryset=Pack.objects.none(),
        required=False,
        empty_label="The last one that was sent before",
    )
    key = single_use_key()

    def __init__(self, *args, packs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pack"].queryset = packs
        self.fields["pack"].label_from_instance = lambda one: f"Pack {one.number}"

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            check_paper(self.content, file.name, LETTERS)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


class PointsForm(FreeTextForm):
    """The letter's own words: a name that stands in it may be kept."""

    quotes = ("text",)

    text = forms.CharField(
        label="What does the letter ask for?",
        help_text="One point after the other, with an empty line between them.",
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=100_000,
        error_messages={"required": "Enter at least one point"},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def clean_text(self):
        lines = self.cleaned_data["text"].replace("\r\n", "\n").split("\n")
        points, now = [], []
        for line in [*lines, ""]:
            if line.strip():
                now.append(line.strip())
            elif now:
                points.append(" ".join(now))
                now = []
        for one in points:
            if len(one) > _LONGEST_POINT:
                said = Truncator(one).words(8)
                raise ValidationError(f"Make this point shorter, or two of it: “{said}”")
        self.points = points
        return self.cleaned_data["text"]


class WithdrawForm(FreeTextForm):
    """`points` are those that may be withdrawn. "letter" chooses all of it, else it is the number of a point."""

    LETTER = "letter"
    gov = {"what": {"small": True}}

    what = forms.ChoiceField(
        label="What was entered by mistake?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was entered by mistake"},
    )
    why = forms.CharField(
        label="Why is it withdrawn?",
        help_text="It stays here with your reason. Do not name anyone.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
    key = single_use_key()

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {str(one.number): one for one in points}
        said = [
            (number, f"Point {number}: {Truncator(one.text).words(12)}")
            for number, one in self.points.items()
        ]
        self.fields["what"].choices = [(self.LETTER, "The whole letter, with its points"), *said]

    @property
    def point(self):
        """None for the whole letter."""
        return self.points.get(self.cleaned_data["what"])


class AnswerForm(FreeTextForm):
    """`documents` are those whose paragraphs may be named."""

    gov = {"how": {"small": True}, "number": {"width": 10}}

    how = forms.ChoiceField(
        label="What was done?",
        choices=PointAnswer.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was done"},
    )
    document = forms.ModelChoiceField(
        label="In which document?",
        help_text="Only for a paragraph.",
        queryset=Document.objects.none(),
        required=False,
        empty_label="Choose a document",
    )
    number = forms.CharField(
        label="Which paragraph?",
        help_text="Only for a paragraph. Its number as it stands now, for example 5.3.4.",
        max_length=20,
        required=False,
    )
    words = forms.CharField(
        label="In words",
        help_text="What was changed, or why nothing was. It goes back with the report. Use pseudonyms.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents
        self.fields["document"].label_from_instance = lambda one: one.title
        self.paragraph = None

    def clean(self):
        data = super().clean()
        if data.get("how") == PointAnswer.How.PARAGRAPH:
            self._find(data.get("document"), (data.get("number") or "").strip())
        return data

    def _find(self, document, number):
        if document is None:
            self.add_error("document", "Choose the document in which it stands")
        elif not number:
            self.add_error("number", "Enter the number of the paragraph")
        else:
            rows = Outline(document).paragraphs
            found = [one.paragraph for _, one in rows if one.number == number]
            self.paragraph = found[0] if found else None
            if self.paragraph is None:
                self.add_error("number", f"“{document.title}” has no paragraph {number}")
