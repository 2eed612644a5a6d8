import uuid

from django import forms
from django.utils import timezone

from foundations.dates import PartialDate, parse
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from reviews.intake.models import ScopingAnswer
from reviews.models import Participation
from reviews.people.free_text import FreeTextForm

Known, Destroyed = ScopingAnswer.Known, ScopingAnswer.Destroyed


class WrittenDateField(forms.CharField):
    """A date in words or figures in one box, as in "spring 2019"; gives a PartialDate."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=100, **kwargs)

    def clean(self, value):
        written = super().clean(value)
        if not written:
            return PartialDate.none()
        reading = parse(written)
        if reading.doubts or not reading.value.is_bounded:
            raise forms.ValidationError(
                "Enter a date such as 2011, March 2011 or 14 September 2011"
            )
        return reading.value


class AskForm(FreeTextForm):
    gov = {"names_sent": {"width": 30}}

    participations = forms.ModelMultipleChoiceField(
        label="Which agencies do you ask?",
        help_text="Those that still owe an answer are not in the list. No agency learns whom else you ask.",
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one agency"},
    )
    due = DateField(
        what="Day",
        label="By when?",
        help_text="For example 27 3 2027.",
    )
    names_sent = forms.CharField(
        label="How do they get the real names?",
        help_text="This system shows pseudonyms only. For example “by secure e-mail, 12 March”. Do not write a name here.",
        max_length=200,
        required=False,
    )
    note = forms.CharField(
        label="Anything to add?",
        help_text="Every agency you ask can read this. Do not name anyone, and name no other agency.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participations"].queryset = parts
        self.fields["participations"].label_from_instance = lambda part: part.agency.name

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("The day must be today or later")
        return due


class AnswerForm(FreeTextForm):
    """All on one page: whom the agency knew, from when to when, and how its records stand."""

    gov = {"records_secured": {"inline": True}, "destroyed_under": {"width": 30}}

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    records_secured = forms.ChoiceField(
        label="Have you secured your records, so that nobody can change or destroy them?",
        choices=[("yes", "Yes"), ("no", "Not yet, or there are none")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether your records are secured"},
    )
    secured_note = forms.CharField(
        label="How they were secured, or why they are not",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    records_destroyed = forms.ChoiceField(
        label="Have records been destroyed that would have been relevant?",
        choices=Destroyed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether records have been destroyed"},
    )
    destroyed = PartialDateFormField(
        what="Date of the destruction",
        label="If records were destroyed: when?",
        help_text="A month or a year is enough.",
        required=False,
    )
    destroyed_under = forms.CharField(
        label="If records were destroyed: under which policy?",
        help_text="For example “Records retention schedule 2018, eight years”.",
        max_length=500,
        required=False,
    )
    note = forms.CharField(
        label="Anything else the review should know now?",
        help_text="Not the details: they come later. If somebody may be in danger, raise an urgent concern instead.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person in self.people:
            self._ask_about(person)

    def _ask_about(self, person):
        prefix = f"person_{person.pk}"
        self.fields[f"{prefix}_known"] = forms.ChoiceField(
            label=f"{person.pseudonym} ({person.get_role_display().lower()})",
            choices=Known.choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"Say whether {person.pseudonym} was known to you"},
        )
        self.fields[f"{prefix}_from"] = WrittenDateField(
            label=f"{person.pseudonym} known from", help_text="For example 2019 or March 2019."
        )
        self.fields[f"{prefix}_to"] = WrittenDateField(
            label=f"{person.pseudonym} known to", help_text="The last date you know of."
        )
        boxes = {"width": 10}
        self.gov = self.gov | {
            f"{prefix}_known": {"inline": True, "small": True, "size": "m"},
            f"{prefix}_from": boxes,
            f"{prefix}_to": boxes,
        }

    @property
    def about_people(self):
        """The three fields of each person, as they stand on the page."""
        for person in self.people:
            prefix = f"person_{person.pk}"
            yield [self[f"{prefix}_{part}"] for part in ("known", "from", "to")]

    @property
    def about_records(self):
        return [
            self[name] for name in self.fields if name != "key" and not name.startswith("person_")
        ]

    def clean(self):
        data = super().clean()
        for person in self.people:
            self._clean_person(f"person_{person.pk}", data)
        destroyed = data.get("records_destroyed") in {Destroyed.SOME, Destroyed.ALL}
        if destroyed and not data.get("destroyed") and "destroyed" in data:
            self.add_error("destroyed", "Enter when they were destroyed, as far as you know")
        if destroyed and not data.get("destroyed_under") and "destroyed_under" in data:
            self.add_error("destroyed_under", "Say under which policy they were destroyed")
        if not destroyed:
            data["destroyed"], data["destroyed_under"] = PartialDate.none(), ""
        if (day := data.get("destroyed")) and _begins_after(day, timezone.localdate()):
            self.add_error("destroyed", "The date cannot be in the future")
        return data

    def _clean_person(self, prefix, data):
        start, end = data.get(f"{prefix}_from"), data.get(f"{prefix}_to")
        if data.get(f"{prefix}_known") == Known.NOT_KNOWN:
            data[f"{prefix}_from"] = data[f"{prefix}_to"] = PartialDate.none()
        elif start and end and start.earliest and end.latest and end.latest < start.earliest:
            self.add_error(f"{prefix}_to", "This must be the same as or after the first date")
        elif start and _begins_after(start, timezone.localdate()):
            self.add_error(f"{prefix}_from", "The date cannot be in the future")

    @property
    def answer(self):
        """What the service takes."""
        data = self.cleaned_data
        return {
            "key": data["key"],
            "records_secured": data["records_secured"] == "yes",
            "people": {
                person: tuple(
                    data[f"person_{person.pk}_{part}"] for part in ("known", "from", "to")
                )
                for person in self.people
            },
        } | {
            name: data[name]
            for name in (
                "secured_note",
                "records_destroyed",
                "destroyed",
                "destroyed_under",
                "note",
            )
        }


def initial_of(answer):
    """What an answer says, as the form has it; nothing where there is none."""
    if answer is None:
        return {}
    said = {
        name: getattr(answer, name)
        for name in ("secured_note", "records_destroyed", "destroyed", "destroyed_under", "note")
    }
    said["records_secured"] = "yes" if answer.records_secured else "no"
    for line in answer.people.all():
        prefix = f"person_{line.person_id}"
        said[f"{prefix}_known"] = line.known
        said[f"{prefix}_from"] = line.known_from.text
        said[f"{prefix}_to"] = line.known_to.text
    return said


def _begins_after(value, day):
    return value.earliest is not None and value.earliest > day
