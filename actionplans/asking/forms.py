import itertools

from django import forms
from django.core.exceptions import ValidationError

from actionplans.asking.models import DAYS, EVERY, LAST_DAY
from actionplans.forms import single_use_key
from actionplans.progress.forms import DoneForm, UpdateForm
from actionplans.progress.models import Answer, Source
from actionplans.progress.services import BOTH, NOTHING_SHOWS_IT
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from foundations.office import Refused
from foundations.office.guard import check_size
from foundations.vault.scanning import refuse_infected
from reviews.people.free_text import names_for

NOTHING_SAID = "Answer at least one action before you save"


class AnswerForm(UpdateForm):
    """What is said of one row, among those of others: left blank, nothing is said."""

    gov = {"answer": {"inline": True, "small": True}}
    key = None  # one for the whole page

    evidence = DoneForm.base_fields["evidence"]
    files = DoneForm.base_fields["files"]
    why_none = DoneForm.base_fields["why_none"]
    clean_files = DoneForm.clean_files

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, prefix=f"row-{row.pk}", **kwargs)
        self.row = row
        self.fields["answer"].required = False
        self.fields["answer"].label = f"Where does {row.number} of {row.review} stand now?"

    @property
    def says_something(self):
        texts = ("answer", "words", "evidence", "why_none", "why_moved")
        parts = [self[name].value() for name in texts] + list(self["new_target"].value() or ())
        return any(str(part or "").strip() for part in parts) or bool(
            self.files.getlist(self.add_prefix("files")) if self.files else ()
        )

    def clean(self):
        data = super().clean()
        if self.says_something and not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Say where it stands now")
        is_done = data.get("answer") == Answer.REPORTED
        shown = any(data.get(name) for name in ("files", "evidence", "why_none"))
        if is_done and not shown and "files" not in self.errors:
            self.add_error("evidence", NOTHING_SHOWS_IT)
        if is_done and data.get("why_none") and (data.get("files") or data.get("evidence")):
            self.add_error("why_none", BOTH)
        return data

    def refuse(self, refusal):
        errors = getattr(refusal, "error_dict", None) or {None: refusal.error_list}
        for name, found in errors.items():
            self.add_error(name if name in self.fields else None, found)

    def now_seen(self, seen):
        """The form shows what was said meanwhile, and says so when it comes back."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen

    @property
    def tells_done(self):
        """Whether the boxes about what shows it have something to show."""
        names = ("evidence", "why_none", "files")
        return any(self.errors.get(name) for name in names) or any(
            self[name].value() for name in names[:2]
        )


class AnswersForm:
    """A form for each row of a request. Each review has names of its own to look for.

    Kept words of the page are told apart by the name of their box (reviews.drafts.pages).
    """

    def __init__(self, data=None, files=None, *, rows, access):
        self.is_bound = data is not None
        self.forms = [AnswerForm(data, files, row=row) for row in rows]
        self.page = PageForm(data)
        names = {}
        for form in self.forms:
            review = form.row.review
            form.look_for(
                lambda review=review: (
                    names.get(review.pk) or names.setdefault(review.pk, names_for(access, review))
                )
            )

    def is_valid(self):
        return self.page.is_valid() and any(form.says_something for form in self.forms)

    def __setattr__(self, name, value):
        if name == "_errors":  # of words that are shown again before they are sent
            for form in self.forms:
                form._errors = {}
        else:
            super().__setattr__(name, value)

    @property
    def errors(self):
        return [form.errors for form in self.forms if form.says_something and form.errors]

    @property
    def error_list(self):
        if not self.is_bound:
            return []
        if not any(form.says_something for form in self.forms):
            return [(None, NOTHING_SAID)]
        return [
            (target, f"{form.row.number} of {form.row.review}: {message}")
            for form in self.forms
            if form.says_something
            for target, message in form.error_list
        ]

    @property
    def fields(self):
        """Every box of the page, by the name that it is sent with."""
        boxes = (box for form in (self.page, *self.forms) for box in form)
        return {box.html_name: box.field for box in boxes}

    def hidden_fields(self):
        return [
            hidden
            for form in (self.page, *self.forms)
            for hidden in form.hidden_fields()
            if hidden.name != "source"
        ]


class PageForm(GovForm):
    """What is one for all the rows."""

    key = single_use_key()
    source = forms.ChoiceField(
        choices=Source.choices, initial=Source.PAGE, required=False, widget=forms.HiddenInput
    )


class SheetForm(GovForm):
    """The spreadsheet that came back. What is wrong with the file is said beside the box."""

    file = forms.FileField(
        label="Choose the filled spreadsheet",
        help_text="The Excel file (.xlsx) that you downloaded from this request.",
        error_messages={
            "required": "Choose the spreadsheet to upload",
            "empty": "This file is empty. Check that it is the right one",
        },
    )

    def __init__(self, *args, read, **kwargs):
        super().__init__(*args, **kwargs)
        self._read = read

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            content = file.read()
            refuse_infected(content, file.name)
            self.returned = self._read(content, file.name)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return file


# --- The coordinator's --------------------------------------------------------------------------


def _number(label, *, most, help_text=""):
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=most,
        error_messages={
            "required": "Enter a number",
            "invalid": "Enter a whole number",
            "min_value": "Enter 1 or more",
            "max_value": f"Enter {most} or less",
        },
    )


class ScheduleForm(GovForm):
    gov = {"title": {"width": 30}, "day": {"width": 2}} | {name: {"width": 3} for name in DAYS}

    is_on = forms.TypedChoiceField(
        label="Are people asked for updates?",
        choices=[("yes", "Yes"), ("no", "No: nobody is asked until this is changed again")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether people are asked"},
    )
    every_months = forms.TypedChoiceField(
        label="How often?",
        choices=EVERY,
        coerce=int,
        help_text="The months of a year are counted from January.",
    )
    day = _number(
        "On which day of the month?",
        most=LAST_DAY,
        help_text="From 1 to 28. What was reported in that month before is not asked for.",
    )
    leads_after = _number(
        "How many days without an answer until those who lead actions for the agency are told?",
        most=365,
    )
    coordinator_after = _number(
        "How many days without an answer until the coordinator is told?", most=365
    )
    board_after = _number("How many days without an answer until the board is told?", most=365)
    title = forms.CharField(
        label="Name of this schedule",
        help_text="For example: Agreed by the board in May 2026.",
        max_length=200,
        error_messages={"required": "Enter a name for this schedule"},
    )
    source = forms.CharField(
        label="Who agreed it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter who agreed it"},
    )
    effective_from = DateField(
        what="First day", label="First day on which it is used", help_text="Today or later."
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def clean(self):
        data = super().clean()
        for earlier, later in itertools.pairwise(DAYS):
            if data.get(earlier) and data.get(later) and data[later] <= data[earlier]:
                self.add_error(later, f"Enter more than {data[earlier]}: it comes after that step")
        most = LAST_DAY * (data.get("every_months") or 1)
        if "board_after" not in self.errors and data.get("board_after", 0) > most:
            self.add_error("board_after", f"Enter {most} or less: then people are asked again")
        return data


class AskAgainForm(GovForm):
    """A page that shows what is sent before it is."""

    key = single_use_key()
