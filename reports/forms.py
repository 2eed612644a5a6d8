from django import forms
from django.utils.text import Truncator

from foundations.gov.forms import GovForm
from foundations.gov.rich import help_of, rich_text
from reports.models import (
    FROM_DATA,
    MOST,
    OF_PROSE,
    Block,
    Format,
    Kind,
    Paragraph,
    Variant,
)
from reports.numbers import ByNumbersMixin
from reports.real_names import meaning
from reports.services.sections import DEEPEST
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

NOBODY = "Use pseudonyms for the people of the review."
MADE = "made from what is already recorded; nobody writes in it"
START, LAST = "start", "last"
WRITTEN = [choice for choice in Paragraph.Kind.choices if choice[0] != Paragraph.Kind.BLOCK]
MARKS = (
    "**bold**, *italics*, a line that begins with - for a list, a table between | lines, ^[a footnote] "
    "where it belongs, and [[5.3.2]] to refer to that paragraph."
)


class TitleForm(FreeTextForm):
    gov = {"title": {"width": 30}}

    title = forms.CharField(
        label="Title",
        help_text="As it is to stand on the first page. Name nobody in it.",
        max_length=200,
        error_messages={"required": "Enter a title"},
    )


class BeginForm(TitleForm):
    gov = {"title": {"width": 30}, "template": {"small": True}}

    words_from = forms.TypedChoiceField(
        label="Take the words from",
        help_text="Paragraphs of sections that both have are copied with what they rest on. "
        "You make them shorter here; the other document stays as it is.",
        empty_value=None,
        required=False,
    )
    template = forms.ChoiceField(
        label="Which document?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which document it is to be"},
    )
    key = single_use_key()

    def __init__(self, *args, layouts, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = {str(one.pk): one for one in documents}
        named = ((pk, f"{one.title} (document {one.number})") for pk, one in self.documents.items())
        self.fields["words_from"].choices = [("", "Nothing: begin without words"), *named]
        self.fields["words_from"].coerce = self.documents.get
        self.layouts = {str(one.pk): one for one in layouts}
        self.fields["template"].choices = [
            *((pk, one.layout) for pk, one in self.layouts.items()),
            *((kind, f"{kind.label}: {MADE}") for kind in Kind if kind in FROM_DATA),
        ]
        self.order_fields(["template", "title", "words_from", "key"])
        if not documents:
            del self.fields["words_from"]

    def clean_template(self):
        """A DocumentTemplate, or the Kind of what nobody writes."""
        said = self.cleaned_data["template"]
        return self.layouts[said] if said in self.layouts else Kind(said)

    def clean(self):
        data = super().clean()
        if data.get("words_from") and isinstance(data.get("template"), Kind):
            self.add_error(
                "words_from",
                "That document is made from the data and takes no words: choose “Nothing”",
            )
        return data


class RenameForm(TitleForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RenderingForm(GovForm):
    gov = {"variant": {"small": True}, "format": {"small": True}}

    variant = forms.ChoiceField(
        label="For whom?",
        choices=[
            (Variant.CONFIDENTIAL, "Confidential: for the panel and those who may know"),
            (Variant.ANONYMISED, "Anonymised: as it could be published"),
        ],
        initial=Variant.CONFIDENTIAL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom it is to be"},
    )
    format = forms.ChoiceField(
        label="Which kind of file?",
        choices=Format.choices,
        initial=Format.PDF,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of file"},
    )
    has_plan = forms.BooleanField(
        label="Put the action plan behind it as an appendix", required=False
    )
    is_final = forms.BooleanField(
        label="It is final: leave out the mark of a draft",
        help_text="Only a final, anonymised version can be signed off and published.",
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        if document.is_from_data:
            del self.fields["has_plan"]
        else:
            self.fields["format"].choices = [(one.value, one.label) for one in OF_PROSE]


class NamesMeantMixin:
    """A form that lets a text go to others: asks of the real names in it (`named`, of reports.real_names)
    whether they are meant."""

    def __init__(self, *args, named=(), **kwargs):
        super().__init__(*args, **kwargs)
        if named:
            self.fields["meant"] = forms.CharField(
                label="The real names listed above are meant to stand there",
                required=False,
                widget=MeantBox(attrs={"value": meaning(named)}),
            )


class MeantBox(forms.CheckboxInput):
    """Counts only for what it was shown with."""

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")

    def format_value(self, value):
        """It stands among the attributes."""


class ShareForm(NamesMeantMixin, GovForm):
    shows_remarks = forms.BooleanField(
        label="The members read each other’s comments and suggestions",
        help_text="Without the tick each of them reads their own alone, and what they say then is not shown "
        "to the others later either. You read them all.",
        required=False,
    )


# --- Sections -----------------------------------------------------------------------------------


class OfSection(FreeTextForm):
    gov = {"heading": {"width": 30}}

    heading = forms.CharField(
        label="Heading", max_length=200, error_messages={"required": "Enter a heading"}
    )
    is_numbered = forms.BooleanField(
        label="It has a number",
        help_text="A preface, a tribute or an appendix has none.",
        required=False,
        initial=True,
    )


class SectionForm(OfSection):
    place = forms.ChoiceField(label="Where does it stand?")
    key = single_use_key()

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


class SectionChangeForm(OfSection):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MoveForm(GovForm):
    place = forms.ChoiceField(
        label="Where is it to stand?", error_messages={"required": "Choose where it is to stand"}
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Choose a place"), *places]


# --- Paragraphs ---------------------------------------------------------------------------------


class OfParagraph(ByNumbersMixin, FreeTextForm):
    gov = {"kind": {"small": True}}

    text = forms.CharField(
        label="Text",
        help_text=help_of(NOBODY, MARKS),
        max_length=MOST,
        widget=rich_text(),
        error_messages={"required": "Write the paragraph"},
    )
    kind = forms.ChoiceField(
        label="What kind of paragraph is it?",
        choices=WRITTEN,
        widget=forms.RadioSelect,
        initial=Paragraph.Kind.NUMBERED,
    )


class ParagraphForm(OfParagraph):
    place = forms.ChoiceField(label="Where does it stand?")
    key = single_use_key()

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


class ParagraphChangeForm(OfParagraph):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class InsertForm(GovForm):
    gov = {"block": {"small": True}}

    block = forms.ChoiceField(
        label="What is inserted?",
        help_text="Whoever reads the document reads all of it. So the panel reads the entries that the document "
        "cites once it is shared, also those that are not shared with the panel.",
        choices=Block.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is inserted"},
    )
    place = forms.ChoiceField(label="Where does it stand?")
    key = single_use_key()

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


def places_in(placed):
    """Choices of a place among the paragraphs of a PlacedSection whose texts were fetched."""
    after = [(str(one.paragraph.pk), _after(one)) for one in placed.paragraphs]
    return [(START, "At the beginning of the section"), *after, (LAST, "At the end of the section")]


def places_of(outline, *, but):
    """Choices of a place for a paragraph, "section:paragraph": any in its own section, the first and
    the last of every other."""
    choices = []
    for placed in outline.sections:
        section = placed.section.pk
        choices.append((f"{section}:{START}", f"First in {placed.title}"))
        if section == but.section_id:
            choices += [
                (f"{section}:{one.paragraph.pk}", _after(one))
                for one in placed.paragraphs
                if one.paragraph.pk != but.pk
            ]
        elif placed.paragraphs:
            choices.append((f"{section}:{LAST}", f"Last in {placed.title}"))
    return choices


def _after(placed):
    return f"After {placed.number or 'a paragraph'}: {_beginning(placed.paragraph)}"


def section_places(outline, *, but=None):
    """Choices of a place for a section: "within:section" or "after:section"; `but` and what stands in
    it are no places for it."""
    choices, hidden = [(START, "First in the document")], set()
    most = max([DEEPEST, *(placed.level for placed in outline.sections)])
    for placed in outline.sections:
        section = placed.section
        if but is not None and (section.pk == but.pk or section.parent_id in hidden):
            hidden.add(section.pk)
            continue
        choices.append((f"after:{section.pk}", f"After {placed.title}, beside it"))
        if placed.level < most:
            choices.append((f"within:{section.pk}", f"Within {placed.title}, first"))
    return choices


def last_place(outline):
    """The place of a new section that nobody chose one for: behind the last that has a number, before the
    glossary and the appendices."""
    whole = [one for one in outline.sections if one.level == 1]
    last = next((one for one in reversed(whole) if one.number), whole[-1] if whole else None)
    return f"after:{last.section.pk}" if last else START


def _beginning(paragraph):
    said = paragraph.get_block_display() if paragraph.is_block else paragraph.text
    return Truncator(" ".join(said.split())).words(10, truncate=" …")


# --- Citing -------------------------------------------------------------------------------------


class CiteForm(GovForm):
    """`rows` are those that the page offers, and those that were ticked on it before."""

    gov = {"chosen": {"small": True}}

    chosen = forms.ModelMultipleChoiceField(
        label="Tick what the paragraph rests on",
        queryset=Paragraph.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )

    def __init__(self, *args, rows, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = rows
        self.fields["chosen"].label_from_instance = named
