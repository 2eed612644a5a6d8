from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundations.gov.fields import DateField
from foundations.office.papers import check_paper
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reviews.forms import single_use_key
from reviews.meetings.models import Attendance, Meeting, Paper
from reviews.meetings.times import on_the_wall, read_clock
from reviews.models import Participation
from reviews.panel.models import PanelMember
from reviews.people.free_text import FileBesideForm, FreeTextForm
from reviews.terms.models import TermsVersion

_NOBODY = "Do not name anyone of the case: use pseudonyms."


class ClockField(forms.CharField):
    """A time of day as people write it."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)

    def clean(self, value):
        return read_clock(super().clean(value))


def reason(label, missing, **more):
    return forms.CharField(
        label=label, max_length=500, error_messages={"required": missing}, **more
    )


class MeetingForm(FreeTextForm):
    gov = {
        "title": {"width": 30},
        "starts": {"width": 5},
        "ends": {"width": 5},
        "place": {"width": 30},
    }

    kind = forms.ChoiceField(
        label="What kind of meeting?",
        choices=Meeting.Kind.choices,
        initial=Meeting.Kind.PANEL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of meeting"},
    )
    title = forms.CharField(
        label="Its name (optional)",
        help_text=f"For example “Second panel meeting”. It goes into no e-mail. {_NOBODY}",
        max_length=150,
        required=False,
    )
    day = DateField(what="Day of the meeting", label="Day", help_text="For example 27 3 2027.")
    starts = ClockField(
        label="Start",
        help_text="For example 10:00.",
        error_messages={"required": "Enter the time at which it starts"},
    )
    ends = ClockField(label="End", error_messages={"required": "Enter the time at which it ends"})
    place = forms.CharField(
        label="Place",
        help_text="This goes into e-mails and calendars.",
        max_length=200,
        required=False,
    )
    link = forms.URLField(
        label="Link to join",
        help_text="If people can join from elsewhere. This goes into e-mails and calendars.",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, for example https://meet.example/room"},
    )

    def clean(self):
        data = super().clean()
        moments = {name: self._moment(data, name) for name in ("starts", "ends")}
        if all(moments.values()) and moments["ends"] <= moments["starts"]:
            self.add_error("ends", "The meeting must end after it starts, on the same day")
        return data | {"starts_at": moments["starts"], "ends_at": moments["ends"]}

    def _moment(self, data, name):
        if not (data.get("day") and data.get(name)):
            return None
        try:
            return on_the_wall(data["day"], data[name])
        except ValidationError as refusal:
            self.add_error(name, refusal)
            return None

    @property
    def particulars(self):
        names = ("kind", "title", "place", "link", "starts_at", "ends_at")
        return {name: self.cleaned_data[name] for name in names}


class MeetingPlanForm(MeetingForm):
    key = single_use_key()


class MeetingChangeForm(MeetingForm):
    because = reason(
        "Why it changes",
        "Say why it changes",
        help_text="People were invited already: the old time and place are kept beside this.",
        required=False,
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, was_sent, **kwargs):
        super().__init__(*args, **kwargs)
        if not was_sent:
            del self.fields["because"]


def written(meeting):
    """A meeting as its form shows it."""
    start, end = map(timezone.localtime, (meeting.starts_at, meeting.ends_at))
    names = ("kind", "title", "place", "link")
    return {name: getattr(meeting, name) for name in names} | {
        "day": start.date(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "seen": meeting.changes,
    }


class SendForm(FreeTextForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    with_agenda = forms.BooleanField(
        label="Give out the agenda as well",
        help_text="From then on the panel reads it here, and it stays as it is.",
        required=False,
    )

    def __init__(self, *args, has_agenda, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_agenda:
            del self.fields["with_agenda"]

    @property
    def gives_agenda(self):
        return self.cleaned_data.get("with_agenda", False)


class BecauseForm(FreeTextForm):
    because = reason("Why", "Say why")


class ReturnedForm(FreeTextForm):
    on = DateField(what="Day", label="When did it come back?", help_text="For example 27 3 2027.")


class ItemForm(FreeTextForm):
    text = forms.CharField(
        label="Item",
        help_text=_NOBODY,
        max_length=500,
        error_messages={"required": "Enter the item"},
    )


class ItemAddForm(ItemForm):
    key = single_use_key()


class ItemChangeForm(ItemForm):
    gov = {"number": {"width": 3}}

    number = forms.IntegerField(
        label="Number",
        help_text="Another number moves it there; the others make room.",
        min_value=1,
        max_value=500,
        error_messages={
            "required": "Enter its number",
            "invalid": "Enter its number in figures",
            "min_value": "The number must be 1 or more",
            "max_value": "The number must be 500 or less",
        },
    )
    before = forms.CharField(widget=forms.HiddenInput)


class PaperForm(FileBesideForm):
    gov = {"title": {"width": 30}}

    title = forms.CharField(
        label="Title",
        help_text=f"As the list of papers shows it. {_NOBODY}",
        max_length=200,
        error_messages={"required": "Enter the title of the paper"},
    )
    file = forms.FileField(
        label="File",
        help_text="PDF, Word (.docx), Excel (.xlsx) or CSV. A PDF becomes part of the meeting pack; other files travel beside it.",
        required=False,
        error_messages={"empty": "This file is empty. Check that it is the right one"},
    )
    terms = forms.ModelChoiceField(
        label="Or a version of the terms of reference",
        queryset=TermsVersion.objects.none(),
        required=False,
        empty_label="No: I bring a file",
    )
    audience = forms.ChoiceField(
        label="Who reads it?",
        choices=Paper.Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who reads it"},
    )
    concerns = forms.ModelMultipleChoiceField(
        label="Which agencies does it concern? (optional)",
        help_text="A member with a conflict of interest with one of them does not see it.",
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, parts, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["concerns"].queryset = parts
        self.fields["concerns"].label_from_instance = lambda part: part.agency.name
        self.fields["terms"].queryset = versions
        if not versions:
            del self.fields["terms"]
        if not parts:
            del self.fields["concerns"]

    def clean_file(self):
        """What is wrong with it is said beside the box."""
        if file := self.cleaned_data["file"]:
            self.content = file.read()
            try:
                refuse_infected(self.content, file.name)
                check_paper(self.content, file.name)
            except Refused as refusal:
                raise ValidationError(refusal.message) from refusal
        return file

    def clean(self):
        data = super().clean()
        if "file" in data and bool(data["file"]) == bool(data.get("terms")):
            both = data["file"]
            self.add_error(
                "file",
                "Choose a file or a version of the terms: not both" if both else "Choose a file",
            )
        return data

    @property
    def paper(self):
        data = self.cleaned_data
        paper = {name: data[name] for name in ("title", "audience", "key")}
        paper |= {"concerns": list(data.get("concerns") or []), "terms": data.get("terms")}
        if data["file"]:
            paper |= {"content": self.content, "name": data["file"].name}
        return paper


class AttendanceForm(FreeTextForm):
    """Everybody on the panel at once."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    others = forms.CharField(
        label="Who else was there?",
        help_text="By their post, one on each line, for example “Minute taker”.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        fields, self.gov = {}, {}
        for member in members:
            fields[f"state_{member.pk}"] = forms.ChoiceField(
                label=f"{member}, {member.body}",
                choices=[("", "Not recorded"), *Attendance.State.choices],
                required=False,
            )
            fields[f"deputy_{member.pk}"] = forms.CharField(
                label="If a deputy came: the deputy’s post",
                max_length=200,
                required=False,
            )
            self.gov[f"deputy_{member.pk}"] = {"width": 20, "size": ""}
        self.fields = fields | self.fields

    def clean(self):
        data = super().clean()
        for member in self.members:
            state, deputy = data.get(f"state_{member.pk}"), data.get(f"deputy_{member.pk}")
            if state == Attendance.State.DEPUTY and not deputy:
                self.add_error(f"deputy_{member.pk}", f"Enter the post of {member}’s deputy")
        return data

    @property
    def attendance(self):
        data = self.cleaned_data
        return {
            "members": {
                member: (data[f"state_{member.pk}"], data[f"deputy_{member.pk}"])
                for member in self.members
            },
            "seen": data["seen"],
            "others": [line.strip()[:200] for line in data["others"].splitlines() if line.strip()],
        }


class MinutesForm(FreeTextForm):
    text = forms.CharField(
        label="Minutes",
        help_text=f"Start a heading with “#”, a point with “-”. {_NOBODY}",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        error_messages={"required": "Enter the minutes"},
    )
    why = reason("What this version changes", "Say what this version changes")
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, newest, **kwargs):
        super().__init__(*args, **kwargs)
        if newest is None:
            del self.fields["why"]

    def clean(self):
        return {"why": ""} | super().clean()


class AgreeForm(FreeTextForm):
    in_meeting = forms.ModelChoiceField(
        label="Which meeting agreed them?",
        queryset=Meeting.objects.none(),
        empty_label="Choose a meeting",
        error_messages={"required": "Choose the meeting that agreed them"},
    )

    def __init__(self, *args, later, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["in_meeting"].queryset = later
        self.fields["in_meeting"].label_from_instance = lambda one: f"{one}, {one.when}"


class DecisionForm(FreeTextForm):
    text = forms.CharField(
        label="What was decided?",
        help_text=_NOBODY,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what was decided"},
    )
    key = single_use_key()


class ActionForm(FreeTextForm):
    text = forms.CharField(
        label="What is to be done?",
        help_text=f"Whoever has to do it reads this. {_NOBODY}",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what is to be done"},
    )
    whose = forms.ChoiceField(
        label="Who does it?",
        choices=[
            ("member", "A member of the panel"),
            ("participation", "An agency of the review"),
            ("post", "Somebody else, by their post"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who does it"},
    )
    member = forms.ModelChoiceField(
        label="Which member?",
        queryset=PanelMember.objects.none(),
        required=False,
        empty_label="Choose a member",
    )
    participation = forms.ModelChoiceField(
        label="Which agency?",
        queryset=Participation.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    post = forms.CharField(label="Which post?", max_length=200, required=False)
    due = DateField(what="Day", label="By when?", help_text="For example 27 3 2027.")
    key = single_use_key()

    gov = {"whose": {"reveals": {name: name for name in ("member", "participation", "post")}}}
    missing = {
        "member": "Choose the member who does it",
        "participation": "Choose the agency that does it",
        "post": "Enter the post of who does it",
    }

    def __init__(self, *args, members, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda one: f"{one}, {one.body}"
        self.fields["participation"].queryset = parts
        self.fields["participation"].label_from_instance = lambda part: part.agency.name

    def clean(self):
        data = super().clean()
        whose = data.get("whose")
        if whose in data and not data[whose]:
            self.add_error(whose, self.missing[whose])
        return data

    @property
    def action(self):
        data = self.cleaned_data
        return {name: data[name] for name in ("text", "due", "key", data["whose"])}


class MoveForm(FreeTextForm):
    due = DateField(what="Day", label="Which day instead?", help_text="For example 27 3 2027.")
    reason = reason("Why", "Say why the day is moved")


class DoneForm(FreeTextForm):
    done = forms.CharField(
        label="What was done?",
        help_text=_NOBODY,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done"},
    )


class ChaseForm(FreeTextForm):
    note = forms.CharField(
        label="If you ask them otherwise: how?",
        help_text="For example “by telephone”. Needed where nobody gets an e-mail.",
        max_length=500,
        required=False,
    )
    key = single_use_key()


class PackForm(FreeTextForm):
    key = single_use_key()
