from django import forms

from foundations.dates.forms import PartialDateFormField
from reviews.forms import ReviewCreateForm
from reviews.lifecycle.entering import MILESTONES, STAGES, reached, since
from reviews.lifecycle.forms import open_stages


class EnterForm(ReviewCreateForm):
    """A new review, and what happened to it before it came here."""

    stage = forms.ChoiceField(
        label="Where does the review stand now?",
        choices=open_stages,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the review stands now"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stage in STAGES:
            self.fields[since(stage)] = PartialDateFormField(label=stage.label, required=False)
        for milestone in MILESTONES:
            self.fields[reached(milestone)] = PartialDateFormField(
                label=milestone.label, required=False
            )

    @property
    def particulars(self):
        names = ("partnership", "reference", "kind", "label", "scope_from", "scope_to")
        return [self[name] for name in (*names, "scope_reason", "stage")]

    @property
    def stages(self):
        return [self[since(stage)] for stage in STAGES]

    @property
    def milestones(self):
        return [self[reached(milestone)] for milestone in MILESTONES]

    @property
    def entered(self):
        """As the service takes it."""
        data = dict(self.cleaned_data)
        stages = {stage: data.pop(since(stage)) for stage in STAGES}
        milestones = {milestone: data.pop(reached(milestone)) for milestone in MILESTONES}
        return data | {"stages": stages, "milestones": milestones}
