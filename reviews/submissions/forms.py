from django import forms
from django.utils import timezone

from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.requests.forms import reason_field
from reviews.submissions.models import Submission
from reviews.submissions.services.writing import CHANGED_MEANWHILE

MOST_AT_ONCE = 20


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files from one box. What may come in is asked of each of them apart."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class UploadForm(GovForm):
    """The report and its appendices. What is wrong with one file keeps no other from coming in."""

    report = forms.FileField(
        label="The report",
        help_text="Word (.docx) or PDF, at most 25 MB. A Word file can be read by heading.",
        required=False,
        allow_empty_file=True,
    )
    appendices = FilesField(
        label="Appendices (optional)",
        help_text="PDF, Word (.docx), Excel (.xlsx) or CSV, at most 25 MB each. You can choose up to"
        f" {MOST_AT_ONCE} at once.",
        required=False,
        allow_empty_file=True,
    )
    # Behind the files: a form that was cut off on its way comes without it, and keeps nothing.
    key = single_use_key()

    def __init__(self, *args, has_report=False, **kwargs):
        super().__init__(*args, auto_id="upload_%s", **kwargs)
        if has_report:
            self.ask_for_another()

    def ask_for_another(self):
        self.fields["report"].label = "Another report in place of the one above"

    def clean(self):
        data = super().clean()
        if "key" in self.errors:
            del self.errors["key"]
            raise forms.ValidationError(
                "The files did not arrive whole, and none was kept. Choose them again"
            )
        if not (data.get("report") or data.get("appendices")):
            self.add_error("report", "Choose the report, or at least one appendix")
        return data


class _ChosenForm(FreeTextForm):
    """What was looked at goes along: the rows that are the agency's own, and which files they saw."""

    points = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": CHANGED_MEANWHILE}
    )
    files = forms.CharField(widget=forms.HiddenInput, required=False)
    # The rows that the page showed: what was lifted since has not been looked at, and stays.
    offered = forms.CharField(widget=forms.HiddenInput, required=False)
    key = single_use_key()

    def __init__(self, *args, points, files, **kwargs):
        super().__init__(*args, auto_id="hand_in_%s", **kwargs)
        self.fields["points"].choices = [(point.pk, point.pk) for point in points]
        self.initial |= {
            "files": " ".join(str(file.pk) for file in files),
            "offered": " ".join(str(point.pk) for point in points),
            "points": [point.pk for point in points if not point.is_left_out],
        }

    @property
    def ticked(self):
        """Ids of the rows whose box has its tick now; of another report, as they are kept."""
        is_old = self.is_bound and {"points", "files"} & set(self.errors)
        ticked = self.initial["points"] if is_old else self["points"].value() or ()
        return {int(pk) for pk in ticked if str(pk).isdecimal()}

    @property
    def asked_fields(self):
        """What is filled in; the ticks stand beside their rows."""
        return [one for one in self.visible_fields() if one.name != "points"]

    @property
    def chosen(self):
        """What the services take."""
        kept = set(self.cleaned_data["points"])
        return {
            "left_out": [pk for pk in self._numbers("offered") if pk not in kept],
            "seen": self._numbers("files"),
        }

    def _numbers(self, name):
        """Each of them short enough to be one of ours."""
        written = self.cleaned_data[name].split()
        return [int(pk) for pk in written if pk.isdecimal() and len(pk) < 19]


class HandInForm(_ChosenForm):
    def __init__(self, *args, before=None, **kwargs):
        super().__init__(*args, **kwargs)
        if before:
            self.fields["note"] = reason_field(
                f"What changed since version {before.number}?",
                wrong=f"Say what changed since version {before.number}",
            )


class EnterForm(_ChosenForm):
    """What came another way: how, and who of the agency stands behind it."""

    gov = {"signed_by_words": {"width": 30}}

    signed_by_words = forms.CharField(
        label="Which post of the agency signed it off?",
        help_text="A post, not a name: for example “Head of safeguarding”.",
        max_length=200,
        error_messages={"required": "Say which post of the agency signed it off"},
    )
    reason = reason_field(
        "How and when did it come?",
        help_text="For example “By secure e-mail on 3 May 2026, one Word file”. Do not name anyone.",
        wrong="Say how and when it came",
    )

    def __init__(self, *args, before=None, **kwargs):
        super().__init__(*args, **kwargs)


class MoveForm(GovForm):
    key = single_use_key()


# --- For the sign-off officer --------------------------------------------------------------------


class SignOffForm(GovForm):
    """`seen` is the handing in that they looked at, so that nobody signs off what came later."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    key = single_use_key()


class ReturnInsideForm(FreeTextForm):
    reason = reason_field(
        "What is to be changed?",
        help_text="Only your agency reads this. Use pseudonyms. Do not name anyone.",
        wrong="Say what is to be changed",
    )
    key = single_use_key()


# --- For readers ---------------------------------------------------------------------------------


class ChangesForm(GovForm):
    other = forms.ModelChoiceField(
        label="Compare with",
        queryset=Submission.objects.none(),
        to_field_name="number",
        empty_label=None,
        error_messages={"invalid_choice": "Choose one of the versions"},
    )
    every = forms.BooleanField(label="Also show what is the same in both", required=False)

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others
        self.fields["other"].label_from_instance = lambda one: (
            f"Version {one.number}, sent on {timezone.localtime(one.move.at):%-d %B %Y}"
        )
