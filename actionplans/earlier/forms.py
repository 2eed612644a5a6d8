import hashlib

from django import forms
from django.core.exceptions import ValidationError

from actionplans.drafting import known_bodies
from actionplans.earlier import bodies as leads
from actionplans.earlier.lines import lines_of
from actionplans.earlier.models import EarlierPoint
from actionplans.earlier.reading import NothingFound, read_report
from actionplans.forms import single_use_key
from findings.models import Finding
from findings.terms import Terms
from foundations.gov.forms import GovForm
from foundations.office.guard import check_size
from foundations.office.inspection import inspect
from foundations.office.naming import ending
from foundations.office.tables import Refused
from foundations.vault.scanning import refuse_infected
from reviews.people.free_text import FreeTextForm

LEFT_OUT = "out"
_KINDS = [*EarlierPoint.Kind.choices, (LEFT_OUT, "Nothing: leave it out")]


class EarlierUploadForm(GovForm):
    """Reads the report, so that what is wrong with it is said beside the box."""

    file = forms.FileField(
        label="Choose the report",
        help_text="Word (.docx) or plain text (.txt), as you already have it.",
        error_messages={
            "required": "Choose the report to bring in",
            "empty": "This file is empty. Check that it is the right one",
        },
    )
    key = single_use_key()

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            check_size(file.size, file.name)
            self.content = file.read()
            refuse_infected(self.content, file.name)
            if ending(file.name) == "docx":
                inspect(self.content, file.name)
            lines, doubts = lines_of(self.content, file.name)
            self.reading = read_report(lines, agencies=known_bodies(self.review), doubts=doubts)
        except (Refused, NothingFound) as refusal:
            raise ValidationError(refusal.message) from refusal
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        return file


def term_choices(user, review):
    """[(id, name and words)] of the terms in the version that was issued last."""
    return [(str(pk), words) for pk, words in Terms(review, user).choices()]


class PointsForm(GovForm):
    """What each point of one page is, and under which term each finding stands."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, points, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self._add_boxes(point, terms)
        if any(point.kind == EarlierPoint.Kind.FINDING for point in self.points):
            self.fields["term_for_all"] = forms.ChoiceField(
                label="Term for every finding that has none yet",
                choices=[("", "Choose for each by itself"), *terms],
                required=False,
            )
            self.fields["leave_out_findings"] = forms.BooleanField(
                label="Leave out every finding", required=False
            )

    def _add_boxes(self, point, terms):
        at, what = point.position, f"{point.get_kind_display().lower()} {point.number}".strip()
        self.fields[f"kind_{at}"] = forms.ChoiceField(
            label="Bring it in as",
            choices=_KINDS,
            initial=LEFT_OUT if point.is_left_out else point.kind,
        )
        if point.kind == EarlierPoint.Kind.FINDING:
            self.fields[f"term_{at}"] = forms.ChoiceField(
                label="Under which term",
                choices=[("", "Choose a term"), *terms],
                required=False,
                initial=str(point.term_id or ""),
            )
            self.fields[f"sort_{at}"] = forms.ChoiceField(
                label="What kind of finding",
                choices=Finding.Kind.choices,
                initial=point.finding_kind or Finding.Kind.PRACTICE,
            )
        for name in (f"kind_{at}", f"term_{at}", f"sort_{at}"):
            if name in self.fields:  # a screen reader hears of which point it is
                label = self.fields[name].label
                self.fields[name].widget.attrs["aria-label"] = f"{label}: {what}, point {at}"

    @property
    def rows(self):
        """(point, its boxes) for the page."""
        return [
            (
                point,
                [
                    self[name]
                    for name in (
                        f"kind_{point.position}",
                        f"term_{point.position}",
                        f"sort_{point.position}",
                    )
                    if name in self.fields
                ],
            )
            for point in self.points
        ]

    @property
    def chosen(self):
        data = self.cleaned_data
        said = {}
        for point in self.points:
            at = point.position
            kind = data[f"kind_{at}"]
            said[at] = {
                "kind": point.kind if kind == LEFT_OUT else kind,
                "is_left_out": kind == LEFT_OUT,
                "term_id": int(data[f"term_{at}"]) if data.get(f"term_{at}") else point.term_id,
                "finding_kind": data.get(f"sort_{at}") or point.finding_kind,
            }
            if f"term_{at}" in self.fields and not data[f"term_{at}"]:
                said[at]["term_id"] = None
        return said


class BodiesForm(GovForm):
    """Which agency each body is that the report names."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report
        known = leads.choices_for(report.review, report.bodies)
        for at, (name, whom, doubt) in enumerate(report.bodies):
            self.fields[f"body_{at}"] = forms.ChoiceField(
                label=name,
                help_text=doubt,
                required=False,
                initial=whom,
                choices=[
                    (leads.NOBODY, "Nobody: leave it without a lead"),
                    (leads.NEW, "Not listed: add it to the register"),
                    *known,
                ],
            )

    @property
    def chosen(self):
        return {
            name: self.cleaned_data[f"body_{at}"]
            for at, (name, _, _) in enumerate(self.report.bodies)
        }


class UndoForm(FreeTextForm):
    reason = forms.CharField(
        label="Why is it taken out again?",
        help_text="Kept with each thing that goes.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SaveForm(GovForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
