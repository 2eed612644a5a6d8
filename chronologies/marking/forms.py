from django import forms

from chronologies.marking.models import EntryComment, Mark
from chronologies.marking.services.marks import SAYS
from chronologies.models import Entry
from foundations.gov.forms import GovForm
from reviews.forms import single_use_key
from reviews.models import Participation, Person
from reviews.people.free_text import FreeTextForm

KINDS = [(kind.value, kind.label) for kind in Mark.Kind]
_WITH_WHOM = {
    Mark.Kind.RISK: ("Which agency assessed it?", "Or somebody else"),
    Mark.Kind.CONTACT: ("With which agency?", "Or another body"),
    Mark.Kind.DISPUTED: ("Which agency disputes it?", "Or who else does"),
}
_WHOSE = {Mark.Kind.RISK: "Whose risk is it?", Mark.Kind.SEEN: "Who was seen or heard?"}


class MarkForm(FreeTextForm):
    """One kind of mark: the page asks for the kind first, so that nobody meets fields of another."""

    gov = {
        "seen": {"small": True},
        "direction": {"small": True},
        "tool": {"width": 20},
        "score": {"width": 10},
        "counterpart_name": {"width": 30},
    }

    kind = forms.ChoiceField(choices=KINDS, widget=forms.HiddenInput)
    seen = forms.ChoiceField(
        label="Was the person seen or heard?", choices=Mark.Seen, widget=forms.RadioSelect
    )
    direction = forms.ChoiceField(
        label="Which way did it go?",
        choices=Mark.Direction,
        widget=forms.RadioSelect,
        error_messages={"required": "Say which way the contact went"},
    )
    tool = forms.CharField(
        label="Tool", help_text="For example DASH or OASys.", required=False, max_length=60
    )
    score = forms.CharField(
        label="Score", help_text="As written, for example 14/24.", required=False, max_length=30
    )
    grade = forms.ChoiceField(
        label="Grade", required=False, choices=[("", "Not said"), *Mark.Grade.choices]
    )
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, empty_label="Not said"
    )
    counterpart = forms.ModelChoiceField(
        queryset=Participation.objects.none(), required=False, empty_label="None of these"
    )
    counterpart_name = forms.CharField(required=False, max_length=200)
    note = forms.CharField(
        label="Why, in a few words (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = single_use_key()

    def __init__(self, *args, kind, people, parts, **kwargs):
        super().__init__(*args, **kwargs)
        kept = {"kind", "note", "key", *SAYS[kind]}
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.fields["kind"].initial = kind
        if "person" in kept:
            self.fields["person"].queryset = people
            self.fields["person"].label = _WHOSE[kind]
        if "counterpart" in kept:
            agency, name = _WITH_WHOM[kind]
            self.fields["counterpart"].queryset = parts
            self.fields["counterpart"].label_from_instance = lambda part: part.agency.name
            self.fields["counterpart"].label = agency
            self.fields["counterpart_name"].label = name

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


class TieForm(GovForm):
    """Themes under the headings of the vocabulary, and the terms of reference.

    What the page had as chosen comes back with it, so that nobody undoes what somebody else chose
    meanwhile.
    """

    seen_themes = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_terms = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, themes, texts, tied, **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = {theme.pk: theme for theme in themes}
        self.terms = {text.term_id: text.term for text in texts}
        self.fields["seen_themes"].initial = _joined(tied["themes"])
        self.fields["seen_terms"].initial = _joined(tied["terms"])
        self.groups = []
        if texts:
            named = [(text.term_id, f"{text.title}: {text.text}") for text in texts]
            self._boxes("terms", "Terms of reference", named, tied["terms"])
        in_groups = {}
        for theme in themes:
            in_groups.setdefault(theme.group or "Other", []).append((theme.pk, theme.name))
        for number, (heading, choices) in enumerate(in_groups.items()):
            self.groups.append(f"themes_{number}")
            self._boxes(f"themes_{number}", heading, choices, tied["themes"])

    def _boxes(self, name, label, choices, tied):
        self.fields[name] = forms.TypedMultipleChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            required=False,
            initial=[pk for pk, _ in choices if pk in tied],
            widget=forms.CheckboxSelectMultiple,
        )
        self.gov = self.gov | {name: {"small": True, "inline": name != "terms"}}

    @property
    def theme_boxes(self):
        """[(the boxes of a heading of the vocabulary, what their fold says, whether it is open)]"""
        return [(box, _fold(box), bool(box.value())) for box in map(self.__getitem__, self.groups)]

    @property
    def chosen(self):
        """As services.ties.tie takes it."""
        data = self.cleaned_data
        return {
            "themes": [self.themes[pk] for name in self.groups for pk in data.get(name, [])],
            "terms": [self.terms[pk] for pk in data.get("terms", [])],
            "seen_themes": _known(data["seen_themes"], self.themes),
            "seen_terms": _known(data["seen_terms"], self.terms),
        }


def _fold(box):
    n = len(box.value() or ())
    return f"{box.label} ({n} chosen)" if n else box.label


def _joined(ids):
    return ",".join(map(str, sorted(ids)))


def _known(written, rows):
    ids = (
        int(one)
        for one in written.split(",")
        if one.isascii() and one.isdecimal() and len(one) < 18
    )
    return [rows[pk] for pk in ids if pk in rows]


class CommentForm(FreeTextForm):
    gov = {
        "audience": {
            "choice_hints": {
                "agency": "Its people are told of it in their work, and read it beside the entry."
            }
        }
    }

    text = forms.CharField(
        label="Comment",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the comment"},
    )
    audience = forms.ChoiceField(
        label="Who is it for?",
        choices=EntryComment.Audience,
        initial=EntryComment.Audience.CHAIR,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who the comment is for"},
    )
    key = single_use_key()

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        choices = dict(EntryComment.Audience.choices)
        choices["agency"] = f"{agency}, whose entry it is"
        if not agency:
            del choices["agency"]
        self.fields["audience"].choices = list(choices.items())


class SuggestionForm(GovForm):
    suggestion = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)
    key = single_use_key()


# --- Events -------------------------------------------------------------------------------------


class EventForm(FreeTextForm):
    """`entries` are those that the page offers, and those that were chosen on it before."""

    entries = forms.ModelMultipleChoiceField(
        label="Which entries tell of the same event?",
        queryset=Entry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one other entry"},
    )
    note = forms.CharField(
        label="What the event is, in a few words (optional)",
        help_text="Shown to those who see every account of it.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = single_use_key()

    def __init__(self, *args, entries, has_event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries
        self.fields["entries"].label_from_instance = named
        if has_event:
            del self.fields["note"]


def named(entry):
    words = " ".join(entry.text.split())
    short = words if len(words) <= 200 else f"{words[:200].rsplit(' ', 1)[0]} …"
    owner = entry.participation.agency.name if entry.participation else "Review team"
    return f"{entry.date or 'No date given'}, {owner}: {short}"


class FindForm(GovForm):
    words = forms.CharField(label="Find entries with these words", required=False, max_length=200)


class PairForm(GovForm):
    first = forms.IntegerField(min_value=1, max_value=10**17, widget=forms.HiddenInput)
    second = forms.IntegerField(min_value=1, max_value=10**17, widget=forms.HiddenInput)
    key = single_use_key()


class KindForm(GovForm):
    kind = forms.ChoiceField(
        label="Kind of mark", required=False, choices=[("", "Any"), *KINDS[:-1]]
    )


# --- Themes -------------------------------------------------------------------------------------


class ThemeForm(GovForm):
    gov = {"name": {"width": 30}, "group": {"width": 30}}

    partnership = forms.ModelChoiceField(
        queryset=None, empty_label=None, label="For the reviews of"
    )
    name = forms.CharField(
        label="Theme",
        help_text="A word or two. Never a name, nor anything about one case.",
        max_length=100,
        error_messages={"required": "Enter the theme"},
    )
    group = forms.CharField(
        label="Under which heading (optional)",
        help_text="One of the headings below, or another.",
        max_length=100,
        required=False,
    )

    def __init__(self, *args, partnerships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships
        if len(partnerships) == 1:
            self.fields["partnership"].initial = partnerships[0].pk


def theme_groups(themes):
    """[(heading, themes)] in the order of the vocabulary."""
    groups = {}
    for theme in themes:
        groups.setdefault(theme.group or "Other", []).append(theme)
    return list(groups.items())
