import uuid
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices

from chronologies.headings import COLUMNS, DATE_PARTS, meanings
from chronologies.making import is_impossible_time
from chronologies.outcomes import LONGEST_TEXT
from foundations.dates import parse
from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm
from foundations.office import Refused, stream_file
from foundations.office.guard import check_size
from foundations.vault.scanning import refuse_infected
from reviews.models import Person
from reviews.password import PasswordAgainForm

SMALL = 200 * 1024  # a file that is read while its sender waits


def single_use_key():
    """Sent back with the form, so that a second click finds what the first one made."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


# --- Finding entries ----------------------------------------------------------------------------


class EntryFilterForm(GovForm):
    gov = {"start": {"width": 10}, "end": {"width": 10}}

    place = forms.ChoiceField(label="Agency", required=False)
    person = forms.ChoiceField(label="Person", required=False)
    start = forms.CharField(label="From (a year or a date)", required=False, max_length=60)
    end = forms.CharField(label="To (a year or a date)", required=False, max_length=60)
    words = forms.CharField(label="Words in the entry", required=False, max_length=200)

    def __init__(self, *args, people, places=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Anyone"), *((name, name) for name in people)]
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [
                ("", "All agencies"),
                *((place.key, place.name) for place in places),
            ]

    def clean_start(self):
        return self._bounds("start").earliest

    def clean_end(self):
        return self._bounds("end").latest

    def _bounds(self, name):
        written = self.cleaned_data[name]
        value = parse(written).value
        if written and not (value.earliest and value.latest):
            raise ValidationError("Enter a date such as 2011, March 2011 or 14.09.2011")
        return value

    def clean(self):
        data = super().clean()
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", "This must be the same as or after the date you search from")
        return data

    def choose(self, entries):
        """The entries asked for; a field that was filled in wrongly leaves nothing out."""
        chosen = getattr(self, "cleaned_data", {})
        if place := chosen.get("place"):
            entries = entries.filter(participation=None if place == "team" else place)
        if person := chosen.get("person"):
            entries = entries.by_person(person)
        if chosen.get("start") or chosen.get("end"):
            entries = entries.between(chosen.get("start"), chosen.get("end"))
        if words := chosen.get("words"):
            entries = entries.matching(words)
        return entries

    @property
    def at_any_time(self):
        """The same filters without the two dates: what a picture of a period leaves outside it."""
        other = copy(self)
        said = getattr(self, "cleaned_data", {})
        other.cleaned_data = {name: said[name] for name in said if name not in ("start", "end")}
        return other

    @property
    def written(self):
        """The filters as they were filled in, to be applied again elsewhere."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    @property
    def said(self):
        """[(what, as it reads)] of each filter that applies."""
        chosen = getattr(self, "cleaned_data", {})
        read = {
            field.label: self._as_it_reads(field, name)
            for name, field in self.fields.items()
            if chosen.get(name) and name not in ("start", "end")
        }
        if period := self._period(chosen):
            read["Dates"] = period
        return list(read.items())

    def _period(self, chosen):
        """The labels of the two dates tell how to fill them in: nothing for a sentence."""
        limits = (("start", "from"), ("end", "to" if chosen.get("start") else "until"))
        said = [f"{word} {self.data[name].strip()}" for name, word in limits if chosen.get(name)]
        return " ".join(said)

    def _as_it_reads(self, field, name):
        if not isinstance(field, forms.ChoiceField):
            return self.data[name].strip()
        value = str(self.cleaned_data[name])
        return next(label for key, label in flatten_choices(field.choices) if str(key) == value)


class OwnEntryFilterForm(EntryFilterForm):
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Entries"),
            ("doubtful", "Only entries to check"),
            ("commented", "Only entries with a comment of the review"),
            ("withdrawn", "Withdrawn entries"),
        ],
    )

    def __init__(self, *args, comments, **kwargs):
        super().__init__(*args, **kwargs)
        self.comments = comments

    def choose(self, entries):
        show = getattr(self, "cleaned_data", {}).get("show")
        if show == "commented":
            entries = entries.filter(pk__in=self.comments.values("entry"))
        if show == "withdrawn":
            return super().choose(entries.withdrawn())
        if show == "doubtful":
            entries = entries.doubtful()
        return super().choose(entries.live())


# --- Entries ------------------------------------------------------------------------------------


class EntryForm(GovForm):
    gov = {"time": {"width": 10}, "persons": {"small": True, "inline": True}}

    date = PartialDateFormField(
        label="Date",
        help_text="Leave out what nobody knows: a year is enough. Or write it in words.",
        required=False,
    )
    time = forms.CharField(
        label="Time",
        required=False,
        max_length=500,
        help_text="For example 22:15. Leave blank if not known.",
    )
    persons = forms.MultipleChoiceField(
        label="Who it is about", required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="What happened",
        widget=forms.Textarea,
        max_length=LONGEST_TEXT,
        error_messages={"required": "Say what happened"},
    )
    action = forms.CharField(
        label="Action taken, decision or outcome",
        required=False,
        widget=forms.Textarea,
        max_length=LONGEST_TEXT,
    )
    comment = forms.CharField(
        label="Your comment", required=False, widget=forms.Textarea, max_length=LONGEST_TEXT
    )
    source = forms.CharField(
        label="Where this is recorded",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="For example case notes, or the incident log.",
    )

    def __init__(self, *args, people, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        named = [*people, *(n for n in self.initial.get("persons") or () if n not in people)]
        if named:
            self.fields["persons"].choices = [(name, name) for name in named]
        else:
            del self.fields["persons"]
        if needs_reason:
            self.fields["reason"] = reason_field("Why are you changing it?")

    def clean_time(self):
        """What a file said stays: there it is a doubt."""
        time = self.cleaned_data["time"].strip()
        if is_impossible_time(time) and time != self.initial.get("time"):
            raise ValidationError("Enter a time of day such as 22:15, or leave it blank")
        return time

    @property
    def content(self):
        names = ("date", "time", "persons", "text", "action", "comment", "source")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def clean(self):
        data = super().clean()
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = value.replace("\r\n", "\n").replace("\x00", "")
        return data


class EntryAddForm(EntryForm):
    key = single_use_key()


class EntryChangeForm(EntryForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PseudonymForm(GovForm):
    gov = {"pseudonym": {"width": 10}}

    pseudonym = forms.CharField(
        label="New pseudonym",
        help_text="Never a real name or initials.",
        max_length=30,
        error_messages={"required": "Enter the new pseudonym"},
    )
    chosen_by = forms.ChoiceField(
        label="Who chose it?", choices=Person.ChosenBy.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why it changes",
        help_text="Do not name anyone.",
        max_length=500,
        error_messages={"required": "Say why the pseudonym changes"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NamesReplaceForm(PasswordAgainForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def reason_field(label):
    return forms.CharField(
        label=label,
        help_text="The chronology has been submitted, so the reason is kept with the change. Do not name anyone.",
        max_length=500,
        error_messages={"required": "Give the reason"},
    )


class EntryWithdrawForm(GovForm):
    reason = forms.CharField(
        label="Why are you withdrawing this entry?",
        help_text="For example, it was recorded about somebody else. Do not name anyone.",
        max_length=500,
        error_messages={"required": "Say why you are withdrawing this entry"},
    )


# --- Files --------------------------------------------------------------------------------------


class UploadForm(GovForm):
    file = forms.FileField(
        label="Choose your file",
        help_text="Excel (.xlsx), Word (.docx) or CSV, as you already have it.",
        error_messages={
            "required": "Choose the file to upload",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    key = single_use_key()

    def clean_file(self):
        """A small file is read at once, so that what is wrong with it is said beside the box."""
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            look_at(self.content, file.name, whole=file.size < SMALL)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


def look_at(content, name, *, whole):
    """Raises Refused for a file that cannot be read; of a long one only the beginning is tried."""
    with stream_file(content, name) as document:
        for _ in document:
            if not whole:
                return


MEANINGS = [
    ("", "Something else: keep it under its own heading"),
    ("date", "Date"),
    ("time", "Time"),
    ("person", "Who it is about"),
    ("text", "What happened"),
    ("action", "Action, decision or outcome"),
    ("comment", "Comment"),
    ("source", "Where it is recorded"),
    ("date to", "End date"),
    ("day", "Day, on its own"),
    ("month", "Month, on its own"),
    ("year", "Year, on its own"),
]


class MappingForm(GovForm):
    """What each column of each sheet or table holds. `columns` is reading.describe_columns."""

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = columns
        for name, _, heading, guessed in self._cells():
            self.fields[name] = forms.ChoiceField(
                label=heading, choices=MEANINGS, required=False, initial=guessed
            )

    def _cells(self):
        for p, part in enumerate(self.columns):
            guessed = _by_heading(part["mapping"])
            for c, heading in enumerate(part["headings"]):
                if heading:
                    yield f"part{p}-column{c}", p, heading, guessed.get(heading, "")

    @property
    def parts(self):
        """For the page: each part with its columns, their boxes and a few values of each."""
        shown = [
            {"part": part, "caption": f"Columns of {_named(part)}", "columns": []}
            for part in self.columns
        ]
        for name, p, heading, _ in self._cells():
            c = int(name.rpartition("column")[2])
            values = [row[c] for row in self.columns[p]["sample"] if c < len(row) and row[c]]
            shown[p]["columns"].append({"heading": heading, "values": values, "box": self[name]})
        return [part for part in shown if part["columns"]]

    def clean(self):
        data = super().clean()
        said = [self._said(p, data) for p in range(len(self.columns))]
        if not any(any(part.values()) for part in said):
            raise ValidationError("Say which column has the date and which says what happened")
        for part, meant in zip(self.columns, said, strict=True):
            self._check(part, {meaning for meaning in meant.values() if meaning})
        return data

    def _check(self, part, meant):
        where = f" in {_named(part)}" if len(self.columns) > 1 else ""
        if meant and not meant & {"date", "month", "year"}:
            raise ValidationError(f"Say which column has the date{where}")
        if meant and "text" not in meant:
            raise ValidationError(f"Say which column says what happened{where}")

    def _said(self, p, data):
        return {
            heading: data.get(name) or None for name, at, heading, _ in self._cells() if at == p
        }

    @property
    def mapping(self):
        """{part: {heading: what it holds}}; a part that is no chronology and stays none is left out."""
        said = {}
        for p, part in enumerate(self.columns):
            meant = self._said(p, self.cleaned_data)
            if part["mapping"] or any(meant.values()):
                said[str(part["part"])] = meant
        return said

    @property
    def is_as_guessed(self):
        return all(
            (self.cleaned_data[name] or "") == guessed for name, _, _, guessed in self._cells()
        )


def _named(part):
    if part["part_kind"] == "csv":
        return "your file"
    return f"sheet “{part['part']}”" if part["part_kind"] == "sheet" else f"table {part['part']}"


def _by_heading(mapping):
    """{heading: what it holds} from reading's {what: heading or headings}."""
    found = {}
    for column in COLUMNS:
        headings = mapping.get(column) or []
        headings = [headings] if isinstance(headings, str) else headings
        for heading in headings:
            found[heading] = (
                _part_of_date(heading) if column == "date" and len(headings) > 1 else column
            )
    return found


def _part_of_date(heading):
    scores = meanings(heading)
    return next((part for part in DATE_PARTS if scores.get(part)), "date")


class SaveForm(GovForm):
    """The button under a preview; a submitted chronology also needs a reason."""

    def __init__(self, *args, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"] = reason_field("Why does the chronology change?")


class FurtherForm(GovForm):
    is_further = forms.TypedChoiceField(
        label="What is this file?",
        choices=[
            ("no", "A corrected version of a file that is here already"),
            ("yes", "Further entries, to be added"),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a corrected version or further entries"},
    )


class ConfirmForm(GovForm):
    """A page that asks before it does something; it has nothing to fill in."""


class ExportForm(GovForm):
    """Hidden beside the list: what is exported is what is listed."""

    format = forms.ChoiceField(choices=[("xlsx", "Excel"), ("pdf", "PDF")])
    key = single_use_key()
