from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from foundations.gov.fields import DateField
from reports.models import Audience, Handed, PlanMark, PlanStep, ReleasedFile, Rendering
from reports.release.fitness import called
from reviews.forms import single_use_key
from reviews.people.free_text import FreeTextForm

_NOBODY = "Do not name anyone."
_POSTS = f"Posts and bodies: “the board of the partnership, minute 4”. {_NOBODY}"
_LONGEST = 500
_ADDRESSES = 20  # of one set


def _words(label, missing, *, required=True, help_text=_NOBODY, rows=3):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=_LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def _post(label, *, help_text=_POSTS, required=True, missing="Enter a post or body"):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        required=required,
        error_messages={"required": missing},
    )


def _audience():
    return forms.ChoiceField(
        label="Who?",
        choices=Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who"},
    )


class ProposeForm(FreeTextForm):
    gov = {"renderings": {"small": True}}

    renderings = forms.ModelMultipleChoiceField(
        label="Which files?",
        help_text="Final, anonymised versions. Those that stand in it go out together.",
        queryset=Rendering.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one file"},
    )
    not_before = DateField(
        what="First day",
        label="From which day can they be published?",
        help_text="The cooling-off lasts until then, so that everybody told can still speak up. It is "
        "the day after the second signature at least.",
    )
    note = _words("What is this set?", "", required=False, help_text=f"Optional. {_NOBODY}", rows=2)
    key = single_use_key()

    def __init__(self, *args, renderings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["renderings"].queryset = renderings
        self.fields["renderings"].label_from_instance = called


class SignOffForm(FreeTextForm):
    gov = {"agreed_by": {"width": 30}}

    agreed_by = _post("For whom do you sign, and who agreed?")
    has_read = forms.BooleanField(
        label="I have read these files, and they are to be published as they are",
        error_messages={"required": "Say that you have read the files"},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    key = single_use_key()


class FirstDayForm(FreeTextForm):
    gov = {"agreed_by": {"width": 30}}

    to = DateField(what="First day", label="From which day can the set be published?")
    reason = _words("Why?", "Say why")
    agreed_by = _post("Who agreed?")
    key = single_use_key()


class CallOffForm(FreeTextForm):
    reason = _words("Why?", "Say why")
    key = single_use_key()


class PublishForm(FreeTextForm):
    gov = {"title": {"width": 30}}

    on = DateField(what="Day of publication", label="Since when does it stand there?")
    title = forms.CharField(
        label="Under which title?",
        help_text=_NOBODY,
        max_length=200,
        error_messages={"required": "Enter the title"},
    )
    addresses = forms.CharField(
        label="At which addresses?",
        help_text="One on each line: https://www.council.example/reviews/2031",
        max_length=_ADDRESSES * _LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter at least one address"},
    )
    take_down_on = DateField(
        what="Day of taking down",
        label="When is it to be taken down?",
        help_text="Optional. On that day your work tells you.",
        required=False,
    )
    key = single_use_key()

    def clean_addresses(self):
        found = list(dict.fromkeys(self.cleaned_data["addresses"].split()))
        if len(found) > _ADDRESSES:
            raise ValidationError(f"Enter at most {_ADDRESSES} addresses")
        for number, one in enumerate(found, start=1):
            try:
                URLValidator(schemes=["https", "http"])(one)
            except ValidationError:
                raise ValidationError(
                    f"Address {number} must be one like https://www.council.example/reviews"
                ) from None
            if len(one) > _LONGEST:
                raise ValidationError(f"Address {number} is too long")
        return found


class TakeDownDayForm(FreeTextForm):
    gov = {"agreed_by": {"width": 30}}

    to = DateField(
        what="Day of taking down",
        label="When is it to be taken down?",
        help_text="On that day your work tells you. Clear it where it is to stand until further notice.",
        required=False,
    )
    reason = _words("Why?", "Say why")
    agreed_by = _post("Who agreed?")
    key = single_use_key()


class TakeDownForm(FreeTextForm):
    on = DateField(what="Day", label="When was it taken down?")
    done = _words("Where was it taken away, and how do you know?", "Say where it was taken away")
    key = single_use_key()


class WithdrawForm(FreeTextForm):
    on = DateField(what="Day", label="When was it withdrawn?")
    reason = _words("Why?", "Say why")
    done = _words("What was done?", "Say what was done")
    key = single_use_key()


class HandOverForm(FreeTextForm):
    gov = {"whom": {"width": 30}, "files": {"small": True}}

    audience = _audience()
    whom = _post(
        "Which body, or in which role?",
        help_text="A post or body, or what somebody is to the review: “her sister”. No name.",
        missing="Enter which body it was, or in which role they were given it",
    )
    files = forms.ModelMultipleChoiceField(
        label="Which files?",
        queryset=ReleasedFile.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one file"},
    )
    how = forms.ChoiceField(
        label="How?",
        choices=Handed.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how"},
    )
    on = DateField(what="Day", label="When?")
    note = _words("Note", "", required=False, help_text=f"Optional. {_NOBODY}", rows=2)
    key = single_use_key()

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].queryset = files
        self.fields["files"].label_from_instance = lambda one: called(one.rendering)


class PlanForm(FreeTextForm):
    gov = {"whose": {"width": 30}, "days": {"width": 4}}

    audience = _audience()
    what = _words("What is to be done?", "Say what is to be done")
    whose = _post("By whom?", help_text="A post or body, not a person.")
    days = forms.IntegerField(
        label="How many days after the first day of publication?",
        help_text="−7 is a week before it, 0 the day itself.",
        min_value=-365,
        max_value=365,
        initial=0,
        error_messages={"required": "Enter a number of days"},
    )
    key = single_use_key()


class MarkForm(FreeTextForm):
    gov = {"whose": {"width": 30}}

    step = forms.ModelChoiceField(
        label="Which step?",
        queryset=PlanStep.objects.none(),
        empty_label="Choose a step",
        error_messages={"required": "Choose the step"},
    )
    what = forms.ChoiceField(
        label="What became of it?",
        choices=PlanMark.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it"},
    )
    on = DateField(what="Day", label="On which day?")
    whose = _post("By whom?", help_text="A post or body, not a person.", required=False)
    note = _words(
        "Note", "", required=False, help_text=f"Needed where it is not to be done. {_NOBODY}"
    )
    key = single_use_key()

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = steps
        self.fields["step"].label_from_instance = lambda one: (
            f"{one.get_audience_display()}: {one.what}"
        )
