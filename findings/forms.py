from django import forms
from django.utils.text import Truncator

from findings.models import Finding, TermAnswer
from findings.questions import By
from findings.terms import shortened
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.terms.models import Term
from reviews.wording.blocks import blocks_of

NOBODY = "Do not name anyone: use pseudonyms."
NEW = "A new finding, written below"


def text_field(label, *, rows=6, **more):
    return forms.CharField(
        label=label, max_length=10_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def reason_field(label="Why it changes"):
    return forms.CharField(
        label=label,
        help_text="Kept with what it said before. Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why"},
    )


def note_field():
    return forms.CharField(
        label="What of it bears on the finding?",
        help_text=f"For example: the last two sentences. {NOBODY}",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OfFinding(FreeTextForm):
    """The boxes of a finding; `terms` is findings.terms.Terms."""

    gov = {"kind": {"small": True}}

    term = forms.ChoiceField(
        label="Under which term of reference?",
        error_messages={"required": "Choose the term that it stands under"},
    )
    kind = forms.ChoiceField(
        label="What kind of finding is it?",
        choices=Finding.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of finding it is"},
    )
    text = text_field(
        "The finding",
        help_text=f"What the panel found, in its own words. {NOBODY}",
        error_messages={"required": "Write the finding"},
    )

    def __init__(self, *args, terms, also=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = terms
        choices = terms.choices(also=also)
        self.fields["term"].choices = [("", "Choose a term"), *choices]

    def clean_term(self):
        chosen = self.cleaned_data["term"]
        return self.terms.named[int(chosen)].term if chosen else None


class FindingForm(OfFinding):
    key = single_use_key()


class FindingChangeForm(OfFinding):
    reason = reason_field()
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TakeAwayForm(FreeTextForm):
    reason = reason_field("Why is it taken away?")


# --- Evidence -----------------------------------------------------------------------------------


class TickForm(FreeTextForm):
    """`rows` are those that the page offers, and those that were ticked on it before."""

    gov = {"chosen": {"small": True}}

    chosen = forms.ModelMultipleChoiceField(
        label="Tick what the finding rests on",
        queryset=Term.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )
    note = note_field()

    def __init__(self, *args, rows, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = rows
        self.fields["chosen"].label_from_instance = named


class NoteForm(FreeTextForm):
    note = note_field()


class ReportFilterForm(GovForm):
    place = forms.ChoiceField(label="Agency", required=False)
    words = forms.CharField(label="Words in the heading or text", required=False, max_length=200)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "All agencies"), *places]


class WordsForm(GovForm):
    words = forms.CharField(label="Words in it", required=False, max_length=200)


class CiteForm(OfFinding):
    """Under a finding that there is, or under a new one."""

    finding = forms.ModelChoiceField(
        label="Under which finding?",
        queryset=Finding.objects.none(),
        required=False,
        empty_label=NEW,
    )
    note = note_field()
    key = single_use_key()

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = findings
        self.fields["finding"].label_from_instance = lambda one: f"{one}: {shortened(one.text, 80)}"
        for name in ("term", "kind", "text"):
            self.fields[name].required = False
        self.fields["term"].help_text = "Only for a new finding."
        self.order_fields(["finding", "note", "term", "kind", "text", "key"])

    def clean(self):
        data = super().clean()
        if not data.get("finding") and "finding" not in self.errors:
            for name in ("term", "kind", "text"):
                if not data.get(name) and name not in self.errors:
                    said = OfFinding.base_fields[name].error_messages["required"]
                    self.add_error(name, said)
        return data


# --- What a row is called in a list of boxes ----------------------------------------------------

_LONG = 70  # words


def entry_named(entry):
    part = entry.participation
    when = f"{entry.date or 'no date given'}{f', {entry.time_apart}' if entry.time_apart else ''}"
    said = " ".join(filter(None, (entry.text, entry.action)))
    return f"{part.agency.name if part else 'Review team'}, {when}: {_short(said)}"


def passage_named(passage):
    version = passage.file.submission
    where = f"{version.participation.agency.name}, {version.title}, “{passage.title}”"
    return f"{where}: {_short(passage.text)}"


def minutes_named(minutes):
    return (
        f"{minutes.meeting}, {minutes.meeting.when}, {minutes}: {_short(_in_a_row(minutes.text))}"
    )


def contact_named(contact):
    said = _short(contact.note) or contact.get_direction_display()
    when = contact.on or "no date"
    return f"{contact.correspondent}, {when}, {contact.get_how_display().lower()}: {said}"


def _in_a_row(text):
    """A text with headings of its own, where there is room for none."""
    said = (f"{one.text}:" if one.kind == "heading" else one.text for one in blocks_of(text))
    return " ".join(said)


def _short(text):
    return Truncator(" ".join(text.split())).words(_LONG, truncate=" …")


# --- The grid -----------------------------------------------------------------------------------


class JudgeForm(FreeTextForm):
    gov = {
        "verdict": {
            "small": True,
            "choice_hints": {
                "silent": "Nothing in what it gave speaks to this.",
                "nil": "It said that it has nothing to say to this.",
            },
        }
    }

    verdict = forms.ChoiceField(
        label="How far has the agency answered the term?",
        choices=TermAnswer.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is answered"},
    )
    note = forms.CharField(
        label="Anything to add?",
        help_text=f"For example, what is still missing. {NOBODY}",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()


class HeadingsForm(GovForm):
    gov = {"chosen": {"small": True}}

    chosen = forms.ModelMultipleChoiceField(
        label="Tick the headings that bear on the term",
        queryset=Term.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one heading"},
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = rows
        self.fields["chosen"].label_from_instance = lambda one: (
            f"{one.file.submission.title}, “{one.title}”: {_short(one.text)}"
        )


# --- Counts -------------------------------------------------------------------------------------


class CountForm(FreeTextForm):
    gov = {"by": {"small": True}}

    title = forms.CharField(
        label="What is the figure called?",
        help_text=f"For example: Incidents with alcohol. {NOBODY}",
        max_length=200,
        error_messages={"required": "Say what the figure is called"},
    )
    by = forms.ChoiceField(
        label="What is counted?",
        choices=By.choices,
        initial=By.ENTRIES,
        widget=forms.RadioSelect,
    )
    key = single_use_key()


# --- Lessons ------------------------------------------------------------------------------------


def finding_named(finding):
    return f"{finding}, {finding.get_kind_display().lower()}: {shortened(finding.text, 200)}"


class LessonForm(FreeTextForm):
    gov = {"findings": {"small": True}}

    text = text_field(
        "The lesson",
        help_text=f"What is to be learnt. {NOBODY}",
        error_messages={"required": "Write the lesson"},
    )
    participation = forms.ModelChoiceField(
        label="Whose lesson is it?",
        queryset=Term.objects.none(),
        required=False,
        empty_label="The panel’s",
    )
    findings = forms.ModelMultipleChoiceField(
        label="On which findings does it rest?",
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    key = single_use_key()

    def __init__(self, *args, parts, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name
        self.fields["findings"].queryset = findings
        self.fields["findings"].label_from_instance = finding_named
        if not findings:
            del self.fields["findings"]


class LessonChangeForm(FreeTextForm):
    text = LessonForm.base_fields["text"]
    reason = reason_field()
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WhyNoneForm(FreeTextForm):
    why = forms.CharField(
        label="Why does no recommendation follow from it?",
        help_text=f"Leave it blank where one is to follow after all. {NOBODY}",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RestForm(GovForm):
    gov = {"findings": {"small": True}}

    findings = forms.ModelMultipleChoiceField(
        label="On which findings does the lesson rest?",
        queryset=Finding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one finding"},
    )

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings
        self.fields["findings"].label_from_instance = finding_named


class OwnLessonsForm(GovForm):
    """Of all the agencies, ticked one by one or taken over together."""

    gov = {"chosen": {"small": True}}

    chosen = forms.ModelMultipleChoiceField(
        label="Lessons of the agencies’ own reports",
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = rows
        self.fields["chosen"].label_from_instance = own_point_named
        self.all = list(rows)

    def clean(self):
        data = super().clean()
        if "all" in self.data:
            data["chosen"] = self.all
        elif not data.get("chosen"):
            self.add_error("chosen", "Tick at least one lesson, or take over all of them")
        return data


def own_point_named(point):
    version = point.file.submission
    number = f" {point.number}" if point.number else ""
    return f"{version.participation.agency.name}, {version.title}, lesson{number}: {point.text}"
