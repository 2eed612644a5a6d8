from django import forms

from foundations.gov.fields import DateField
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm
from reviews.proceedings.models import ScheduleLine

_NOBODY = "Do not name anyone."


class MarkForm(FreeTextForm):
    is_sensitive = forms.TypedChoiceField(
        label="Is it sensitive?",
        choices=[("yes", "Sensitive"), ("no", "Not sensitive")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is sensitive"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text=f"It stands in the schedule. {_NOBODY}",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why"},
    )
    key = single_use_key()


class FreezeForm(FreeTextForm):
    key = single_use_key()


class HandOverForm(FreeTextForm):
    gov = {"post": {"width": 30}}

    on = DateField(what="Day", label="When was it handed over?")
    post = forms.CharField(
        label="To whom?",
        help_text="A post, for example “disclosure officer, major crime team”. No names.",
        max_length=200,
        error_messages={"required": "Enter to which post"},
    )
    request = forms.CharField(
        label="Under which request?",
        help_text=f"Its reference or day, for example “request of 3 March 2026”. {_NOBODY}",
        max_length=300,
        error_messages={"required": "Enter under which request"},
    )
    lines = forms.ModelMultipleChoiceField(
        label="What was handed over?",
        help_text="What this service has no bytes of is not offered.",
        queryset=ScheduleLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what was handed over"},
    )
    key = single_use_key()

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["lines"]
        field.queryset = lines
        field.label_from_instance = _choice


def _choice(line):
    told = ", ".join(filter(None, (line.description, line.name, line.agencies)))
    return f"{line.position}. {told} ({line.in_words.lower()})"
