from django import forms
from django.utils import timezone

from foundations.gov.fields import DateField
from reviews.intake.models import Circumstances, DecisionCriterion, ReviewDecision
from reviews.people.free_text import FreeTextForm

Outcome = ReviewDecision.Outcome


class DecisionForm(FreeTextForm):
    """A decision against the criteria as the partnership words them on the day."""

    gov = {
        "outcome": {"reveals": {"other": "other_kind", "deferred": "look_again_on"}},
        "decided_by": {"width": 30},
        "other_kind": {"width": 30},
    }

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    other_kind = forms.CharField(
        label="Which other kind of review?",
        help_text="For example a Safeguarding Adult Review.",
        max_length=200,
        required=False,
    )
    look_again_on = DateField(
        what="Day to look again",
        label="When will you look again?",
        help_text="For example 27 3 2027.",
        required=False,
    )
    decided_on = DateField(
        what="Date of the decision",
        label="When was it decided?",
        help_text="For example 27 3 2027.",
    )
    decided_by = forms.CharField(
        label="Who decided?",
        help_text="Posts and bodies, for example “Chair of the partnership, with the consideration panel”.",
        max_length=300,
        error_messages={"required": "Say who decided"},
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="Why, in words that could stand in a letter. Do not name anyone.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Give the reasons"},
    )
    dissent = forms.CharField(
        label="Dissent",
        help_text="Who saw it otherwise, and why. Leave it blank if nobody did.",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, criteria, told_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = {}
        self.told_on = told_on
        for position, text in enumerate(criteria.items, start=1):
            # Named for the wording, so that an answer never counts for a criterion worded anew.
            name = f"criterion_{criteria.pk}_{position}"
            self.criteria[name] = text
            self.fields[name] = forms.ChoiceField(
                label=text,
                choices=DecisionCriterion.Met.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Say whether criterion {position} is met"},
            )
            self.gov = self.gov | {name: {"inline": True, "small": True}}
        self.order_fields(["seen", *self.criteria])

    def clean_decided_on(self):
        decided_on = self.cleaned_data["decided_on"]
        if decided_on > timezone.localdate():
            raise forms.ValidationError("The date of the decision cannot be in the future")
        if self.told_on and decided_on < self.told_on:
            raise forms.ValidationError(
                "The date of the decision cannot be before the notification, "
                f"which was on {self.told_on:%-d %B %Y}"
            )
        return decided_on

    def clean(self):
        data = super().clean()
        outcome, decided_on = data.get("outcome"), data.get("decided_on")
        again = data.get("look_again_on")
        if outcome == Outcome.OTHER and not data.get("other_kind") and "other_kind" in data:
            self.add_error("other_kind", "Say which other kind of review")
        if outcome == Outcome.DEFERRED and "look_again_on" in data:
            if not again:
                self.add_error("look_again_on", "Enter the day to look again")
            elif decided_on and again <= decided_on:
                self.add_error("look_again_on", "Look again on a day after the decision")
        # What belongs to a choice that was not made is not kept.
        if outcome != Outcome.OTHER:
            data["other_kind"] = ""
        if outcome != Outcome.DEFERRED:
            data["look_again_on"] = None
        return data

    @property
    def answers(self):
        """[(text of the criterion, whether it is met)] in their order."""
        return [(text, self.cleaned_data[name]) for name, text in self.criteria.items()]

    @property
    def decision(self):
        return {
            name: self.cleaned_data[name]
            for name in (
                "outcome",
                "other_kind",
                "look_again_on",
                "decided_on",
                "decided_by",
                "reasons",
                "dissent",
            )
        }

    def now_seen(self, number):
        """What was typed stays; the decision made meanwhile counts as read."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = number


class CircumstancesForm(FreeTextForm):
    gov = {"manner": {"reveals": {"survived": "survivor_consent"}}}

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    manner = forms.ChoiceField(
        label="What happened to the person?",
        choices=Circumstances._meta.get_field("manner").choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened to the person"},
    )
    survivor_consent = forms.ChoiceField(
        label="Does the person who survived agree to the review?",
        choices=[("", "No answer"), *Circumstances.Consent.choices],
        required=False,
    )
    consent_on = DateField(
        what="Day",
        label="If they survived: when did they say so?",
        required=False,
    )
    consent_note = forms.CharField(
        label="If they survived: how they were asked, and the limits they set",
        help_text="Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    charge = forms.ChoiceField(
        label="Is anybody held to have done it?",
        choices=Circumstances._meta.get_field("charge").choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is known of a suspect"},
    )

    def clean(self):
        data = super().clean()
        choice = Circumstances.Consent
        survived = data.get("manner") == "survived"
        consent, day = data.get("survivor_consent"), data.get("consent_on")
        if survived and not consent:
            self.add_error("survivor_consent", "Say whether they agree to the review")
        said_so = {choice.GIVEN, choice.LIMITED, choice.REFUSED, choice.WITHDRAWN}
        if survived and consent in said_so and not day and "consent_on" in data:
            self.add_error("consent_on", "Enter the day on which they said so")
        if day and day > timezone.localdate():
            self.add_error("consent_on", "The day cannot be in the future")
        if not survived:
            data.update(survivor_consent="", consent_on=None, consent_note="")
        return data
