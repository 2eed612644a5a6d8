"""The filters of the dashboards, and the small forms beside them."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from actionplans.forms import single_use_key
from actionplans.seeing.changes import KINDS
from actionplans.seeing.figures import choices_of
from actionplans.seeing.listing import DUE, ORDERS, STANDINGS
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.people.free_text import FreeTextForm

ANY = {
    "agency": "All agencies",
    "theme": "Any theme",
    "level": "Any level",
    "decision": "Any decision",
    "status": "Any status",
    "age": "Any time",
    "moves": "Moved or not",
    "slip": "By any time",
}
LONGEST_PERIOD = timedelta(days=3660)


class PlansForm(GovForm):
    """What to list. Each choice is one that this person's own rows have."""

    words = forms.CharField(label="Words", required=False, max_length=200)
    review = forms.ChoiceField(label="Review", required=False)
    standing = forms.ChoiceField(label="Where it stands", required=False)
    due = forms.ChoiceField(label="Due", required=False, choices=[("", "Any date"), *DUE.items()])
    silent = forms.BooleanField(label="Silent only", required=False)
    moved = forms.BooleanField(label="Date moved only", required=False)
    by = forms.ChoiceField(label="Broken down by", required=False)
    order = forms.ChoiceField(label="Order", required=False, choices=list(ORDERS.items()))

    def __init__(self, *args, seen, **kwargs):
        super().__init__(*args, **kwargs)
        standings = [(name, label) for name, (label, _) in STANDINGS.items()]
        self.fields["standing"].choices = [("", "Open or not"), *standings]
        for name, group in seen.groups.items():
            choices = [("", ANY[name]), *choices_of(seen, name)]
            self.fields[name] = forms.ChoiceField(
                label=group.title, required=False, choices=choices
            )
        ways = [(name, group.title) for name, group in seen.groups.items() if name != "agency"]
        self.fields["by"].choices = [("", "Lead agency"), *ways]
        if seen.review:
            del self.fields["review"]
        else:
            reviews = seen.rows.order_by("review__reference").values_list(
                "review__reference", flat=True
            )
            found = [(one, one) for one in reviews.distinct()]
            self.fields["review"].choices = [("", "All reviews"), *found]
        self.order_fields(
            [
                "words",
                "review",
                "agency",
                "standing",
                "due",
                "theme",
                "level",
                "decision",
                "status",
                "age",
                "moves",
                "slip",
                "by",
                "order",
                "silent",
                "moved",
            ]
        )

    @property
    def asked(self):
        """{name: value} of what was filled in rightly; what was not leaves nothing out."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def written(self):
        """As an address has it."""
        return {name: "on" if value is True else value for name, value in self.asked.items()}

    @property
    def in_words(self):
        """[(label, what was chosen)]"""
        found = []
        for name, value in self.asked.items():
            choices = dict(getattr(self.fields[name], "choices", ()))
            found.append(
                (self.fields[name].label, "Yes" if value is True else choices.get(value, value))
            )
        return found


class PublishedForm(PlansForm):
    """Of what a board reads: how it stands now, and nothing of what was told about it."""

    def __init__(self, *args, seen, **kwargs):
        super().__init__(*args, seen=seen, **kwargs)
        for name in ("due", "silent", "moved", "order", "by", "standing"):
            del self.fields[name]


class ChangesForm(GovForm):
    since = DateField(what="First day", label="From", required=False)
    until = DateField(what="Last day", label="To", required=False)
    kind = forms.ChoiceField(
        label="What", required=False, choices=[("", "Everything"), *KINDS.items()]
    )

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day must not be before the first")
        elif since and until and until - since > LONGEST_PERIOD:
            self.add_error("since", "Choose at most ten years")
        return data


class SaveFilterForm(GovForm):
    name = forms.CharField(
        label="Name of the filter",
        help_text="For example “Silent health trusts”. Do not name anybody whom a review is about.",
        max_length=80,
    )
    key = single_use_key()


class RenameFilterForm(GovForm):
    name = forms.CharField(label="Name of the filter", max_length=80)


class JudgeRepeatForm(FreeTextForm):
    verdict = forms.ChoiceField(
        label="Does the later one say the same again?",
        choices=[("repeat", "Yes, it is a repeat"), ("other", "No, they are not the same")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a repeat"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="For example what was done the first time, and why that was not enough. Do not"
        " name anybody whom the review is about.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say why"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = single_use_key()

    def clean_seen(self):
        if len(self.cleaned_data["seen"]) != 64:
            raise ValidationError("This page is out of date. Open it again")
        return self.cleaned_data["seen"]
