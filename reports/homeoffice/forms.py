"""Forms of what goes to the Home Office and of what comes back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from actionplans.papers.models import PlanPaper
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from foundations.office.guard import check_size
from foundations.office.papers import check_paper
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reports.homeoffice.fields import UNKNOWN
from reports.models import Document, OfficeLetter, Pack, PointAnswer, Recipient, Rendering
from reports.outline import Outline
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

_BODY = "A post or body, for example “the Interpersonal Abuse Unit”. No names."
_LONGEST_POINT = 5_000


class DataForm(FreeTextForm):
    """One group of the data form: a box for each of its lines, and one reason for what is changed."""

    why = forms.CharField(
        label="How is it known?",
        help_text="For what you change. It goes with the form. Use pseudonyms.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how it is known, or why it is changed"},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, **kwargs)
        self.part = part
        for line in part.lines:
            self.fields[line.name] = _field(line)
        self.order_fields([*(line.name for line in part.lines), "why"])

    @property
    def values(self):
        """{name of a line: value}; words that were taken away are unknown again."""
        return {one.name: self.cleaned_data[one.name] or UNKNOWN for one in self.part.lines}


def _field(line):
    hint = f"The data say: {line.data_say}" if line.data_say else line.source
    if line.field.choices:
        choices = [(one, one) for one in line.field.choices]
        return forms.ChoiceField(
            label=line.field.label, help_text=hint, choices=choices, initial=line.value
        )
    return forms.CharField(
        label=line.field.label,
        help_text=f"{hint}. Leave it blank if it is unknown.",
        initial="" if line.is_unknown else line.value,
        max_length=200,
        required=False,
    )


class PackForm(GovForm):
    """`renderings` and `papers` are those that whoever makes it may choose from."""

    gov = {"to": {"small": True}, "renderings": {"small": True}, "papers": {"small": True}}

    to = forms.ChoiceField(
        label="For whom?",
        choices=Recipient.choices,
        initial=Recipient.HOME_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom it is"},
    )
    renderings = forms.ModelMultipleChoiceField(
        label="Which versions of the documents go in?",
        help_text="Exactly as they were made. What is not chosen is said to be missing.",
        queryset=Rendering.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one version of a document"},
    )
    papers = forms.ModelMultipleChoiceField(
        label="Which final action plan goes in?",
        queryset=PlanPaper.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, renderings, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["renderings"].queryset = renderings
        self.fields["renderings"].label_from_instance = _named
        self.fields["papers"].queryset = papers
        self.fields["papers"].label_from_instance = lambda one: (
            f"{one.title}, as of {one.as_of:%-d %B %Y}"
        )
        if not papers:
            del self.fields["papers"]


def _named(one):
    what = f"{one.document.title}: version {one.number}, {one.get_variant_display().lower()}"
    return f"{what}, {one.get_format_display()}, made on {one.at:%-d %B %Y}"


class SentForm(FreeTextForm):
    """`newest` is what was recorded last of the pack, or None."""

    on = DateField(
        what="Day",
        label="On which day was it sent?",
        help_text="For example 27 3 2027.",
        required=False,
    )
    to_whom = forms.CharField(label="To whom?", help_text=_BODY, max_length=200, required=False)
    why = forms.CharField(
        label="Why was the earlier record wrong?",
        help_text="Leave the day blank if it was not sent after all. Do not name anyone.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, newest, **kwargs):
        super().__init__(*args, **kwargs)
        if newest is None:
            del self.fields["why"]


class OfficeLetterForm(FreeTextForm):
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
            check_paper(self.content, file.name)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file

    def _post_clean(self):
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file and self._names().find(file.name.replace("_", " ")):
            self.add_error(
                "file",
                "The name of the file holds a real name in this review. Rename it, then choose it again",
            )


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
