from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from actionplans.forms import LONGEST_NOTE, single_use_key
from actionplans.progress.decided import Decision
from actionplans.progress.models import Answer
from actionplans.progress.services import BOTH, NOTHING_SHOWS_IT
from actionplans.progress.settled import Impact
from foundations.dates.forms import PartialDateFormField
from foundations.gov.fields import DateField
from foundations.office import Refused
from foundations.office.guard import check_size
from foundations.office.papers import check_paper
from foundations.vault.scanning import refuse_infected
from reviews.people.free_text import FreeTextForm
from reviews.submissions.forms import FilesField

MOST_FILES = 10


def seen_of(row):
    """When it was last reported on, for the form to bring back exactly as it was."""
    return row.told_at.isoformat() if row.told_at else ""


def _long(label, *, required="", **more):
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_NOTE,
        required=bool(required),
        **({"error_messages": {"required": required}} if required else {}),
        **more,
    )


class _ReportForm(FreeTextForm):
    """Knows what the row looked like when its writer began."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", seen_of(row))

    def clean_seen(self):
        written = self.cleaned_data["seen"]
        try:
            return parse_datetime(written) if written else None
        except ValueError:
            return None

    @property
    def said(self):
        """What the service takes."""
        return dict(self.cleaned_data)


class UpdateForm(_ReportForm):
    answer = forms.ChoiceField(
        label="Where does it stand now?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say where it stands now",
            "invalid_choice": "“%(value)s” is not an answer. It is one of: "
            + ", ".join(label for _, label in Answer.choices),
        },
    )
    words = _long(
        "What has happened since the last update?",
        help_text="A sentence or two is enough. Leave it blank if nothing has changed. Do not name"
        " anybody whom the review is about.",
    )
    new_target = PartialDateFormField(
        label="New target date",
        what="New target date",
        help_text="Only if the date moves. For example 31 3 2027; day and month may be left out.",
        required=False,
    )
    why_moved = _long("Why does the date move?")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = single_use_key()

    def clean(self):
        data = super().clean()
        says_something = data.get("answer") in (None, Answer.NO_CHANGE) or data.get("words")
        if not says_something and "words" not in self.errors:
            self.add_error("words", "Say what has happened")
        return data

    @property
    def moves_date(self):
        """Whether the boxes of the date have something to show."""
        names = ("new_target", "why_moved")
        return any(self.errors.get(name) for name in names) or any(
            any(value) if isinstance(value, list) else value
            for value in (self[name].value() for name in names)
        )


class DoneForm(_ReportForm):
    words = _long(
        "What was done?",
        required="Say what was done",
        help_text="Do not name anybody whom the review is about.",
    )
    files = FilesField(
        label="Files that show it (optional)",
        help_text="PDF, Word (.docx), Excel (.xlsx) or CSV, at most 25 MB each and"
        f" {MOST_FILES} at once.",
        required=False,
        allow_empty_file=True,
    )
    evidence = _long(
        "Where can it be seen?",
        help_text="For example “Policy 14, on our intranet since May 2026”. You can leave this blank"
        " if you add a file.",
    )
    why_none = _long(
        "If there is nothing to show, why not?",
        help_text="For example “The team was closed before the training took place”.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = single_use_key()

    def clean_files(self):
        """Reads each, so that what is wrong with one is said beside the box."""
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise ValidationError(f"Choose at most {MOST_FILES} files")
        return [(file.name, _checked(file)) for file in files]

    def clean(self):
        data = super().clean()
        shown = any(data.get(name) for name in ("files", "evidence", "why_none"))
        if not shown and "files" not in self.errors:
            self.add_error("evidence", NOTHING_SHOWS_IT)
        if data.get("why_none") and (data.get("files") or data.get("evidence")):
            self.add_error("why_none", BOTH)
        return data

    @property
    def said(self):
        return super().said | {"answer": Answer.REPORTED}


class SettleForm(FreeTextForm):
    verdict = forms.ChoiceField(
        label="Do you accept this?",
        choices=[("accepted", "Accept it"), ("returned", "Send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you accept it"},
    )
    reason = _long(
        "What is missing?",
        help_text="Only if you send it back. The agency reads this. Do not name anybody whom the"
        " review is about.",
    )
    look_on = DateField(
        what="Day to look whether practice changed",
        label="When to look whether practice changed",
        help_text="Only if you accept that it is done.",
        required=False,
    )

    def __init__(self, *args, is_done, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_done:
            del self.fields["look_on"]

    def clean(self):
        data = super().clean()
        if data.get("verdict") == "returned" and not data.get("reason"):
            self.add_error("reason", "Say what is missing")
        return data


class DecisionForm(FreeTextForm):
    answer = forms.ChoiceField(
        label="What was decided?",
        choices=Decision.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what was decided"},
    )
    rationale = _long(
        "Why?", required="Say why", help_text="Do not name anybody whom the review is about."
    )
    condition = _long(
        "Which part is accepted, or on what condition?", help_text="For example “if it is funded”."
    )
    body = forms.CharField(
        label="Which body decided?",
        max_length=200,
        error_messages={"required": "Say which body decided"},
    )
    post = forms.CharField(
        label="Who spoke for it?",
        help_text="A post, not a name: for example “Cabinet member for adults”.",
        max_length=200,
        error_messages={"required": "Say which post spoke for it"},
    )
    decided_on = PartialDateFormField(
        label="When was it decided?",
        what="Day of the decision",
        help_text="Day and month may be left out.",
        error_messages={"required": "Enter when it was decided"},
    )
    look_again = DateField(
        what="Day to look again",
        label="When to look at it again",
        help_text="Needed if it is deferred.",
        required=False,
    )
    key = single_use_key()


class ImpactForm(FreeTextForm):
    changed = forms.ChoiceField(
        label="Did practice change?",
        choices=Impact.Changed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether practice changed"},
    )
    how = _long(
        "How do we know?",
        required="Say how you know, or why it is not known",
        help_text="For example an audit, a survey, figures. Do not name anybody whom the review is"
        " about.",
    )
    by_whom = forms.CharField(
        label="Which post or body looked?",
        help_text="A post, not a name: for example “Quality assurance group”.",
        max_length=200,
        error_messages={"required": "Say which post or body looked"},
    )
    look_again = DateField(
        what="Day to look again",
        label="When to look again (optional)",
        help_text="Leave this blank if nobody needs to look again.",
        required=False,
    )
    key = single_use_key()


def _checked(file):
    try:
        check_size(file.size, file.name)
        content = file.read()
        refuse_infected(content, file.name)
        check_paper(content, file.name)
    except Refused as refusal:
        raise ValidationError(refusal.message) from refusal
    return content
