from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from chronologies.mismatches.drafting import composed
from chronologies.mismatches.models import Confidence, Kind, Verdict
from chronologies.mismatches.queries import with_person
from chronologies.mismatches.quoting import Extent, in_part, whole
from chronologies.mismatches.states import IN_HAND, LOOKED_INTO, State
from chronologies.models import Entry
from foundations.gov.fields import DateField
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.models import Participation
from reviews.people.free_text import FreeTextForm
from reviews.querying.forms import question_field
from reviews.querying.models import Query

LONGEST = Query._meta.get_field("text").max_length


class FilterForm(GovForm):
    state = forms.ChoiceField(label="State", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Any kind"), *Kind.choices], required=False
    )
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Participation.objects.none(),
        empty_label="Any agency",
        required=False,
    )
    confidence = forms.ChoiceField(
        label="Confidence", choices=[("", "Any"), *Confidence.choices], required=False
    )
    person = forms.ChoiceField(label="Person", required=False)

    def __init__(self, *args, parts, people, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.leads = leads
        self.fields["agency"].queryset = parts
        self.fields["agency"].label_from_instance = lambda part: part.agency.name
        self.fields["person"].choices = [("", "Anyone"), *((name, name) for name in people)]
        self.fields["state"].choices = self.states()

    def states(self):
        if self.leads:
            return [("", "Not settled"), ("all", "Any state"), *State.choices]
        told = [(one.value, one.label) for one in (State.OPEN, State.ACCEPTED, State.NOT_MATERIAL)]
        return [("", "Any state"), told[0], IN_HAND, *told[1:]]

    def choose(self, mismatches, user):
        """Of rows with their state. A field that was filled in wrongly leaves nothing out."""
        chosen = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        for name in ("kind", "confidence"):
            if value := chosen.get(name):
                mismatches = mismatches.filter(**{name: value})
        if part := chosen.get("agency"):
            mismatches = mismatches.filter(parts__participation=part)
        if person := chosen.get("person"):
            mismatches = with_person(mismatches, person, user)
        return self._in_state(mismatches, chosen.get("state", ""))

    def _in_state(self, mismatches, state):
        if not state:
            return mismatches.unsettled() if self.leads else mismatches
        if state == "all":
            return mismatches
        wanted = LOOKED_INTO if state == IN_HAND[0] else {state}
        return mismatches.filter(state__in=sorted(wanted))


class JudgeForm(FreeTextForm):
    gov = {
        "verdict": {
            "choice_hints": {
                Verdict.QUERY.value: "You ask one of the agencies, now or later",
                Verdict.ACCEPTED.value: "Both accounts stand, and the review says so",
                Verdict.NOT_MATERIAL.value: "It changes nothing that the review has to find out",
                Verdict.REOPENED.value: "What was decided before stays in its history",
            }
        }
    }

    verdict = forms.ChoiceField(
        label="What do you make of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you make of it"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Needed unless you ask about it. Whoever leads the review reads this. Do not name anyone.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, verdicts, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(verdicts)

    def offer(self, verdicts):
        labels = {Verdict.REOPENED: "Open it again"}
        named = [(one.value, labels.get(one, one.label)) for one in verdicts]
        self.fields["verdict"].choices = named

    def clean(self):
        data = super().clean()
        needed = data.get("verdict") not in {None, Verdict.QUERY}
        if needed and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why")
        return data


class AskForm(FreeTextForm):
    """What one agency is asked, with what of the other accounts it is to read."""

    text = question_field()
    quote = forms.ModelMultipleChoiceField(
        label="Quote these entries of others in the query?",
        help_text="The agency learns nothing of another account unless you quote it here, and then "
        "reads it as it was supplied, without who supplied it. What it will read is shown to you "
        "before anything is sent.",
        queryset=Entry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    extent = forms.ChoiceField(
        label="How much of each?",
        help_text="The words that are marked in the accounts say which sentences do not fit.",
        choices=Extent.choices,
        initial=Extent.SENTENCES,
        widget=forms.RadioSelect,
        required=False,
    )
    due = DateField(
        what="Day for the answer",
        label="By when do you need an answer?",
        help_text="Needed if you send it now.",
        required=False,
    )
    key = single_use_key()

    def __init__(self, *args, others, explanation, **kwargs):
        super().__init__(*args, **kwargs)
        self.explanation = explanation
        self.fields["quote"].queryset = others
        self.fields["quote"].label_from_instance = _named
        if not others:
            del self.fields["quote"]
        if not any(in_part(one, explanation) for one in others):
            del self.fields["extent"]

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError("The day must be today or later")
        return due

    def clean(self):
        data = super().clean()
        if self.chosen and "extent" in self.fields and "extent" not in self.errors:
            self._check_extent(data["extent"])
        if "text" in data and "extent" not in self.errors and len(self.composed) > LONGEST:
            long = f"Together this is {len(self.composed):,} characters, and {LONGEST:,} fit into a query"
            self.add_error("quote" if self.quoted else "text", f"{long}. Quote fewer entries")
        return data

    def _check_extent(self, extent):
        if not extent:
            self.add_error("extent", "Choose how much of each entry is quoted")
        elif extent == Extent.SENTENCES and len(self.quoted) < len(self.chosen):
            self.add_error(
                "extent",
                "In one of these entries no sentence is known to be the one that does not fit. "
                "Choose the whole entry, or do not quote it",
            )

    def _post_clean(self):
        """Entries are quoted as they stand, and a real name may stand in one."""
        super()._post_clean()
        if not self.quoted or {"quote", "extent"} & set(self.errors):
            return
        names = self._names()
        found = [name for one in self.quoted for name in names.find(one.words)]
        if found:
            whose = " and ".join(dict.fromkeys(name.pseudonym for name in found))
            self.add_error(
                "quote",
                f"A real name of {whose} stands in what you quote. Have the pseudonym put in its "
                "place on the entry’s page, or do not quote it",
            )

    @property
    def chosen(self):
        return list(self.cleaned_data.get("quote") or ())

    @property
    def quoted(self):
        if self.cleaned_data.get("extent") == Extent.SENTENCES:
            found = (in_part(entry, self.explanation) for entry in self.chosen)
            return [one for one in found if one]
        return [whole(entry) for entry in self.chosen]

    @property
    def composed(self):
        """What the agency reads."""
        return composed(self.cleaned_data["text"], self.quoted)


def _named(entry):
    words = " ".join(entry.text.split())
    short = words if len(words) <= 200 else f"{words[:200].rsplit(' ', 1)[0]} …"
    whose = entry.participation.agency.name if entry.participation else "Review team"
    return f"{whose}, {entry.date or 'no date given'}: {short}"
