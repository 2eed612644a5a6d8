"""The next version of the time limits of a partnership: a group of fields for each milestone."""

from dataclasses import dataclass

from django import forms

from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.clock.kinds import BASES, TARGETS, WORDS, Milestone, Standing, Unit
from reviews.forms import single_use_key

_ORDER = list(Milestone)
_PARTS = ("amount", "unit", "counts_from", "text", "standing", "pauses_count")


@dataclass(frozen=True)
class Group:
    """The fields of one milestone."""

    milestone: Milestone
    fields: list


class RuleSetForm(GovForm):
    gov = {"title": {"width": 30}}

    title = forms.CharField(
        label="Name of these limits",
        help_text="As the report names them, for example: Local protocol of May 2026.",
        max_length=200,
        error_messages={"required": "Enter a name for these limits"},
    )
    source = forms.CharField(
        label="Where they come from",
        help_text="And what they were checked against.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter where they come from"},
    )
    effective_from = DateField(
        what="First day",
        label="First day on which they are used",
        help_text="Today or later. What began before keeps the due days it was given.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = single_use_key()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for milestone in TARGETS:
            for part, field in _fields_of(milestone).items():
                self.fields[f"{milestone}_{part}"] = field
            self.gov = self.gov | {
                f"{milestone}_amount": {"width": 3},
                f"{milestone}_unit": {"inline": True, "small": True},
                f"{milestone}_standing": {"small": True},
            }

    @property
    def whole(self):
        return [self[name] for name in ("title", "source", "effective_from")]

    @property
    def groups(self):
        return [
            Group(milestone, [self[f"{milestone}_{part}"] for part in _PARTS])
            for milestone in TARGETS
        ]

    def clean(self):
        data = super().clean()
        for milestone in TARGETS:
            self._check(milestone, data)
        return data

    def _check(self, milestone, data):
        amount, text = data.get(f"{milestone}_amount"), data.get(f"{milestone}_text")
        if amount and not text and f"{milestone}_text" in data:
            self.add_error(f"{milestone}_text", "Enter what the source says of this limit")
        base = data.get(f"{milestone}_counts_from")
        if (amount or text) and base and _ORDER.index(base) >= _ORDER.index(milestone):
            self.add_error(
                f"{milestone}_counts_from",
                f"{WORDS[Milestone(base)].moment.capitalize()} does not come before "
                f"{WORDS[milestone].moment}: choose what it counts from",
            )

    @property
    def limits(self):
        """The limits as `make_version` takes them; a milestone that says nothing has none."""
        return [
            {"milestone": milestone}
            | {part: self.cleaned_data[f"{milestone}_{part}"] for part in _PARTS}
            for milestone in TARGETS
            if self.cleaned_data[f"{milestone}_text"]
        ]


def _fields_of(milestone):
    return {
        "amount": forms.IntegerField(
            label="How many",
            help_text="Leave it blank where no number is set.",
            min_value=1,
            max_value=999,
            required=False,
            error_messages={
                "invalid": "Enter a whole number",
                "min_value": "Enter 1 or more",
                "max_value": "Enter 999 or less",
            },
        ),
        "unit": forms.ChoiceField(
            label="Of what", choices=Unit.choices, widget=forms.RadioSelect, initial=Unit.MONTHS
        ),
        "counts_from": forms.ChoiceField(
            label="Counted from",
            choices=[
                (base.value, base.label)
                for base in BASES
                if _ORDER.index(base) < _ORDER.index(milestone)
            ],
        ),
        "text": forms.CharField(
            label="What the source says",
            help_text="Leave it blank where it says nothing of this.",
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
            required=False,
        ),
        "standing": forms.ChoiceField(
            label="How far this is checked",
            choices=Standing.choices,
            widget=forms.RadioSelect,
            initial=Standing.LOCAL,
        ),
        "pauses_count": forms.BooleanField(
            label="A pause of the clock moves this day", required=False, initial=True
        ),
    }


def initial_of(rule_set):
    """The fields as a version has them, to start the next one from."""
    limits = rule_set.limits.all() if rule_set else ()
    return {
        f"{limit.milestone}_{part}": getattr(limit, part) for limit in limits for part in _PARTS
    }
