from django import forms
from django.utils.html import format_html

from actionplans.editing.fields import FollowingFields
from actionplans.editing.milestones import LONGEST, MOST
from actionplans.editing.words import LONGEST_OWNER, LONGEST_TEXT, ActionWords
from actionplans.forms import single_use_key
from foundations.dates.forms import PartialDateFormField
from foundations.gov.forms import GovForm
from reviews.models import RoleHolder
from reviews.people.free_text import FreeTextForm

A_MONTH = "A month or a year is enough, or words such as “6 months after publication”."
WHY_KEPT = "What it said before is kept, with this reason."


class FollowingForm(FollowingFields, FreeTextForm):
    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_themes(recommendation.review, recommendation.theme)


class _OwnerFields(forms.Form):
    """Somebody with an account, or a name or post as it is written."""

    owner = forms.ChoiceField(
        label="Who sees to it?",
        help_text="Somebody who works for an agency that leads it, and has an account here.",
        required=False,
    )
    owner_as_written = forms.CharField(
        label="Or a name or post, without an account",
        help_text="For example “Head of training”.",
        required=False,
        max_length=LONGEST_OWNER,
    )

    named = ("owner_as_written",)  # of somebody who works, as the plan names them

    def set_people(self, parts):
        holders = RoleHolder.objects.filter(
            role_group__participation__in=parts, user__is_active=True
        ).select_related("user", "role_group__participation__agency")
        self.people, labels = {}, {}
        for holder in holders.order_by("user__name", "user"):
            key, agency = str(holder.user_id), holder.role_group.participation.agency.name
            self.people[key] = holder.user
            labels.setdefault(key, f"{holder.user}, {agency}")
        self.fields["owner"].choices = [("", "Nobody named"), *labels.items()]

    def clean_owner(self):
        return self.people.get(self.cleaned_data["owner"])


class _LeadsAndDateFields(_OwnerFields):
    """Who leads it, and by when."""

    lead = forms.ChoiceField(label="Which agency answers for it?", required=False)
    joint_leads = forms.MultipleChoiceField(
        label="Which agencies lead it together with that one?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    target = PartialDateFormField(
        label="By when?",
        help_text=f"{A_MONTH} Leave it blank if no date is agreed.",
        required=False,
    )

    led_otherwise = "Nobody named"  # what no agency means

    def set_parts(self, parts):
        self.parts = {str(part.pk): part for part in parts}
        agencies = [(pk, part.agency.name) for pk, part in self.parts.items()]
        self.fields["lead"].choices = [("", self.led_otherwise), *agencies]
        self.fields["joint_leads"].choices = agencies
        if not agencies:
            del self.fields["joint_leads"]
        self.set_people(list(self.parts.values()))

    def clean_lead(self):
        return self.parts.get(self.cleaned_data["lead"])

    @property
    def leads_and_date(self):
        said = self.cleaned_data
        return {
            "lead": said["lead"],
            "joint_leads": tuple(self.parts[pk] for pk in said.get("joint_leads", ())),
            "owner": said["owner"],
            "owner_as_written": said["owner_as_written"],
            "target": said["target"],
            "target_as_written": self.as_written(said["target"]),
        }

    def as_written(self, target):
        """A target that nobody touched keeps the words of its file."""
        return (
            self.initial.get("target_as_written", "")
            if target == self.initial.get("target")
            else ""
        )


class _ActionForm(_LeadsAndDateFields, FreeTextForm):
    """What is to be done, by whom and by when."""

    field_order = ["text", "lead", "joint_leads", "owner", "owner_as_written", "target", "number"]

    text = forms.CharField(
        label="What is to be done?",
        help_text="Say what somebody will do, and how everybody will know that it is done.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TEXT,
        error_messages={"required": "Write what is to be done"},
    )
    number = forms.CharField(
        label="Number",
        required=False,
        max_length=40,
    )

    gov = {"number": {"width": 5}}
    led_otherwise = "Whoever leads the recommendation"

    def __init__(self, *args, parts, recommendation, number="", **kwargs):
        """`number`: what it goes by where it has none of its own."""
        super().__init__(*args, **kwargs)
        self.set_parts(parts)
        date = recommendation.target_as_written or str(recommendation.target)
        if date:
            self.fields[
                "target"
            ].help_text = f"{A_MONTH} Left blank it is the recommendation’s date, {date}."
        goes_by = f"is {number}" if number else "goes by its place in the recommendation"
        self.fields["number"].help_text = f"As it is published. Left blank it {goes_by}."

    def warn(self, prompts):
        """Shows what is missing beside its box. It keeps nothing from being saved."""
        for name, sentences in prompts.items():
            if name not in self.errors:
                box, said = self[name], " ".join(sentences)
                box.help_text = format_html(
                    '{} <span class="app-doubt">{}</span>', box.help_text, said
                )

    @property
    def leading(self):
        """Whom it shows as leading, right or not."""
        said = self.cleaned_data if self.is_bound else self.initial
        lead = said.get("lead")
        return ActionWords(
            text="",
            lead=self.parts.get(lead) if isinstance(lead, str) else lead,
            joint_leads=tuple(self.parts[pk] for pk in said.get("joint_leads", ())),
        )

    @property
    def words(self):
        said = self.cleaned_data
        return ActionWords(text=said["text"], number=said["number"], **self.leads_and_date)


class ActionForm(_ActionForm):
    key = single_use_key()


class ActionChangeForm(_ActionForm):
    reason = forms.CharField(
        label="Why is it changed?",
        help_text=WHY_KEPT,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RowForm(_LeadsAndDateFields, FreeTextForm):
    """The same of what has no action, whose words are its recommendation's."""

    field_order = ["lead", "joint_leads", "owner", "owner_as_written", "target"]

    reason = forms.CharField(
        label="Why does the date or the lead change?",
        help_text=f"{WHY_KEPT} You can leave this blank if you only say who sees to it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, row, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        self.set_parts(parts)

    @property
    def words(self):
        return ActionWords(text=self.row.text, **self.leads_and_date)


class MilestonesForm(FreeTextForm):
    lines = forms.CharField(
        label="Milestones",
        help_text="One on each line, with its date: “Course agreed by March 2027”.",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=MOST * LONGEST,
    )
    reason = forms.CharField(
        label="Why is one changed or taken away?",
        help_text="You can leave this blank if you only add some.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class OrderForm(GovForm):
    """One click: what moves, and which way."""

    what = forms.RegexField(
        r"^(?P<kind>recommendation|action) (?P<pk>[0-9]{1,18}) (?P<way>up|down)$"
    )

    def clean_what(self):
        kind, pk, way = self.cleaned_data["what"].split()
        return kind, int(pk), way == "up"
