from django import forms

from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from reviews.forms import single_use_key
from reviews.models import Participation, Person
from reviews.people.free_text import FreeTextForm
from reviews.proceedings.models import Proceeding, ProceedingEvent, ProceedingStatus, Stops

_NOBODY = "Do not name anyone."
_POST = "A post, not a person"


def _reason(label, missing, *, longest=500, rows=2, help_text=_NOBODY):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def _agreed_by():
    return forms.CharField(
        label="Who agreed?",
        help_text="Posts and bodies: “the chair, with the coordinator”.",
        max_length=200,
        error_messages={"required": "Say who agreed"},
    )


class ProceedingForm(FreeTextForm):
    gov = {"body": {"width": 30}, "number": {"width": 20}}

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Proceeding.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    body = forms.CharField(
        label="Before which court, or by which body?",
        help_text=f"For example “Crown Court” or “Coroner for the northern area”. {_NOBODY}",
        max_length=200,
        error_messages={"required": "Enter the court or body"},
    )
    number = forms.CharField(label="Their case number", max_length=100, required=False)
    participation = forms.ModelChoiceField(
        label="Is it about one agency of the review?",
        help_text="Whoever has a conflict of interest with that agency will not see it.",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="No, not about one agency",
    )
    key = single_use_key()

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["participation"]
        field.queryset = parts
        field.label_from_instance = lambda part: part.agency.name


class EventForm(FreeTextForm):
    gov = {"note": {"width": 30}}

    what = forms.ChoiceField(
        label="What happened, or is listed?",
        choices=ProceedingEvent.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    on = PartialDateFormField(
        label="When?",
        help_text="A day, or as much as is known: “spring 2027”. It may lie ahead.",
        error_messages={"required": "Enter when"},
    )
    note = forms.CharField(
        label="Note",
        help_text=f"Needed for another event. {_NOBODY}",
        max_length=300,
        required=False,
    )
    key = single_use_key()

    def clean(self):
        data = super().clean()
        if data.get("what") == ProceedingEvent.What.OTHER and not data.get("note"):
            self.add_error("note", "Say which event it is")
        return data


class MoveForm(FreeTextForm):
    on = PartialDateFormField(
        label="When is it now?",
        help_text="Leave it blank if it will not take place, or if no new date is known.",
        required=False,
    )
    because = _reason("Why did it move?", "Say why it moved")
    key = single_use_key()


class StatusForm(FreeTextForm):
    status = forms.ChoiceField(
        label="How does it stand?",
        choices=ProceedingStatus.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands"},
    )
    on = PartialDateFormField(label="Since when?", error_messages={"required": "Enter since when"})
    outcome = _reason("The outcome, or why", "Enter the outcome, or why", longest=1000, rows=3)
    key = single_use_key()


class PostForm(FreeTextForm):
    named = ("details",)  # what is sealed may hold a name
    gov = {"post": {"width": 30}, "number": {"width": 20}}

    post = forms.CharField(
        label="Whom do you deal with there?",
        help_text=f"{_POST}: “senior investigating officer”, “disclosure officer”, “coroner’s officer”.",
        max_length=200,
        error_messages={"required": "Enter the post"},
    )
    number = forms.CharField(label="Their reference", max_length=100, required=False)
    details = forms.CharField(
        label="How to reach them",
        help_text="Telephone, e-mail. It is stored sealed and shown only to somebody who gives their password again.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        required=False,
    )
    key = single_use_key()


class PostEndForm(FreeTextForm):
    on = DateField(what="Day", label="From when?", help_text="For example 27 3 2026.")
    because = _reason("Why?", "Say why")


class HoldForm(FreeTextForm):
    gov = {
        "asked_by": {"width": 30},
        "agreed_by": {"width": 30},
        "stops": {"reveals": {"contact": "people"}},
        "until": {"reveals": {"day": "last_day", "event": "until_event"}},
    }

    stops = forms.MultipleChoiceField(
        label="What does it stop?",
        choices=Stops.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it stops"},
    )
    people = forms.ModelMultipleChoiceField(
        label="Contact with whom?",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asked_by = forms.CharField(
        label="Who asked for it?",
        help_text=f"{_POST}: “senior investigating officer”.",
        max_length=200,
        error_messages={"required": "Say who asked for it"},
    )
    starts_on = DateField(what="First day", label="From when?", help_text="For example 27 3 2026.")
    until = forms.ChoiceField(
        label="Until when?",
        choices=[
            ("open", "Until further notice"),
            ("day", "To the end of a day"),
            ("event", "Until something has happened"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose until when"},
    )
    last_day = DateField(
        what="Last day", label="Last day", help_text="For example 27 3 2027.", required=False
    )
    until_event = forms.ModelChoiceField(
        label="Until what?",
        help_text="It still has to be released afterwards: nothing is released by itself.",
        queryset=ProceedingEvent.objects.none(),
        required=False,
        empty_label="Choose",
    )
    reason = _reason("Why?", "Say why", longest=1000, rows=3)
    agreed_by = _agreed_by()
    key = single_use_key()

    def __init__(self, *args, people, events, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        field = self.fields["until_event"]
        field.queryset = events
        field.label_from_instance = lambda event: (
            f"{event.get_what_display()}, {event.on or 'no date'}"
        )

    def clean(self):
        data = super().clean()
        until = data.pop("until", None)
        if "contact" not in data.get("stops", ()):
            data["people"] = ()
        elif not data.get("people"):
            self.add_error("people", "Choose with whom contact is stopped")
        if until != "day":
            data["last_day"] = None
        elif "last_day" in data and not data["last_day"]:
            self.add_error("last_day", "Enter the last day")
        if until != "event":
            data["until_event"] = None
        elif "until_event" in data and not data["until_event"]:
            self.add_error("until_event", "Choose until what")
        first, last = data.get("starts_on"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day cannot be before the first")
        return data


class ReleaseForm(FreeTextForm):
    gov = {"agreed_by": {"width": 30}}

    on = DateField(
        what="Day",
        label="From which day may it be done again?",
        help_text="For example 27 3 2026.",
    )
    because = _reason("Why?", "Say why it is released")
    agreed_by = _agreed_by()
    key = single_use_key()
