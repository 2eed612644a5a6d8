from django import forms
from django.core.exceptions import ValidationError

from actionplans.drafting import clipped
from actionplans.editing.fields import FollowingFields
from actionplans.forms import single_use_key
from actionplans.models import Reach
from agencies.models import Agency
from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm
from reviews.people.free_text import FreeTextForm

LONGEST = 10_000
LONGEST_ACTION = 4_000
SHOWN = 160  # characters of a lesson beside its box


def lesson_choices(lessons):
    return [
        (str(one.number), clipped(f"{one.number}. {' '.join(one.text.split())}", SHOWN))
        for one in lessons
    ]


class RemoveForm(FreeTextForm):
    reason = forms.CharField(
        label="Why is it taken away?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )


class DraftsForm(GovForm):
    chosen = forms.ModelMultipleChoiceField(
        label="Which of them go into the plan?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one recommendation"},
    )

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = drafts
        self.fields["chosen"].label_from_instance = lambda one: clipped(
            f"{one.number} {' '.join(one.text.split())}".strip(), SHOWN
        )


class _WordsForm(FreeTextForm):
    """What a recommendation says, to whom, and who leads."""

    text = forms.CharField(
        label="What is recommended?",
        help_text="One recommendation: who is to do what, so that everybody can see when it is done.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": "Write the recommendation"},
    )
    reach = forms.ChoiceField(
        label="For how many agencies is it?",
        choices=Reach.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how many agencies it is"},
    )
    leads = forms.MultipleChoiceField(
        label="Who leads?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="You can leave this until the panel has agreed it.",
    )
    other_lead = forms.ModelChoiceField(
        label="Another body that leads",
        help_text="One that takes no other part in the review, for example a national body.",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="None",
    )
    number = forms.CharField(
        label="Number",
        help_text="Leave it blank to number it after the last one.",
        required=False,
        max_length=40,
    )

    gov = {"number": {"width": 5}}

    def __init__(self, *args, parts, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = {str(part.pk): part for part in parts}
        self.fields["leads"].choices = [(pk, part.agency.name) for pk, part in self.parts.items()]
        if not self.parts:
            del self.fields["leads"]
        taking_part = review.participations.values("agency")
        self.fields["other_lead"].queryset = Agency.objects.current().exclude(pk__in=taking_part)

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n").replace("\x00", "").strip()

    def clean(self):
        data = super().clean()
        leads = len(self.lead_parts) + len(self.other_agencies)
        if data.get("reach") == Reach.SINGLE and leads > 1:
            self.add_error("reach", "More than one agency leads it: choose multi-agency")
        return data

    @property
    def lead_parts(self):
        return [self.parts[pk] for pk in self.cleaned_data.get("leads", ())]

    @property
    def other_agencies(self):
        other = self.cleaned_data.get("other_lead")
        return [other] if other else []

    @property
    def words(self):
        """What both services take."""
        names = ("text", "reach", "number")
        return {name: self.cleaned_data[name] for name in names} | {
            "leads": self.lead_parts,
            "other_leads": self.other_agencies,
        }


class _LessonsMixin:
    def set_lessons(self, lessons):
        self.lessons_by = {str(one.number): one for one in lessons}
        if self.lessons_by:
            self.fields["lessons"].choices = lesson_choices(lessons)
        else:
            del self.fields["lessons"]

    @property
    def chosen_lessons(self):
        return [self.lessons_by[number] for number in self.cleaned_data.get("lessons", ())]


class RecommendationForm(_LessonsMixin, FollowingFields, _WordsForm):
    field_order = ["text", "lessons", "reach", "level", "addressed_to", "theme"]

    lessons = forms.MultipleChoiceField(
        label="Which lessons does it rest on?", widget=forms.CheckboxSelectMultiple, required=False
    )
    key = single_use_key()

    def __init__(self, *args, lessons, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_lessons(lessons)
        self.set_themes(kwargs["review"])

    @property
    def words(self):
        return super().words | self.following


class RecommendationChangeForm(_WordsForm):
    reason = forms.CharField(
        label="Why is it changed?",
        help_text="What it said before is kept, with this reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RestForm(_LessonsMixin, GovForm):
    lessons = forms.MultipleChoiceField(
        label="Which lessons does it rest on?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one lesson"},
    )

    def __init__(self, *args, lessons, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_lessons(lessons)

    def clean(self):
        data = super().clean()
        if "lessons" not in self.fields:
            raise ValidationError("There is no lesson left that it could rest on")
        return data


class ActionForm(FreeTextForm):
    text = forms.CharField(
        label="What is to be done?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_ACTION,
        error_messages={"required": "Write what is to be done"},
    )
    lead = forms.ChoiceField(label="Who does it?", required=False)
    target = PartialDateFormField(
        label="By when?",
        help_text="A month or a year is enough. Leave it blank if no date is agreed.",
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = {str(part.pk): part for part in parts}
        self.fields["lead"].choices = [
            ("", "Whoever leads the recommendation"),
            *((pk, part.agency.name) for pk, part in self.parts.items()),
        ]

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n").replace("\x00", "").strip()

    def clean_lead(self):
        return self.parts.get(self.cleaned_data["lead"])


class OwnPointsForm(GovForm):
    """Which of the agencies' own recommendations are taken over."""

    points = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {str(point.pk): point for point in points}
        self.fields["points"].choices = [(pk, pk) for pk in self.points]

    def clean(self):
        data = super().clean()
        if "all" not in self.data and not data.get("points") and not self.errors:
            raise ValidationError("Choose at least one recommendation, or take over all of them")
        return data

    @property
    def chosen(self):
        if "all" in self.data:
            return list(self.points.values())
        return [self.points[pk] for pk in self.cleaned_data["points"]]
