"""Which entries of a review somebody asks for, of those that they may see.

What is asked for is data: the same dictionary (or the query of an address) chooses the rows of a
list, of an export, of a picture and of a count that somebody saved.
"""

from dataclasses import dataclass

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.text import Truncator

from chronologies.forms import EntryFilterForm
from chronologies.marking.models import EntryTerm, EntryTheme, EventAccount, Mark, Theme
from chronologies.models import Entry, EntryQuerySet
from chronologies.queries import known_people, places_in
from reviews import rules
from reviews.access import access_of
from reviews.terms.queries import newest_texts

NOT_MARKED = "none"
ONE_EVENT = "event"
# Of these kinds of mark one may also ask for what the mark says.
_DETAIL = {
    Mark.Kind.RISK: ("grade", Mark.Grade),
    Mark.Kind.SEEN: ("seen", Mark.Seen),
    Mark.Kind.CONTACT: ("direction", Mark.Direction),
}


@dataclass(frozen=True)
class Chosen:
    form: EntryFilterForm
    entries: EntryQuerySet  # live, and not in any order

    @property
    def written(self):
        """The filters as data, for the next `choose_entries`."""
        return self.form.written

    @property
    def by_analysis(self):
        """Whether a mark, theme or term chose them: then which entries these are tells of it."""
        chosen = getattr(self.form, "cleaned_data", {})
        return any(chosen.get(name) for name in ("mark", "theme", "term"))

    @property
    def words(self):
        """The filters in words, such as "Agency: Housing; Theme: Alcohol"; "" where there is none."""
        return "; ".join(f"{what}: {value}" for what, value in self.form.said)


def choose_entries(review, user, asked):
    """`asked` is a dictionary or a QueryDict. What it says wrongly, or asks of marks that this
    person does not see, leaves nothing out; `form.is_valid()` tells."""
    visible = visible_entries(review, user)
    form = _form_for(review, user)(
        asked, people=known_people(review), places=places_in(visible, review)
    )
    form.is_valid()
    return Chosen(form, form.choose(visible))


def visible_entries(review, user):
    return Entry.objects.visible_to(user).filter(review=review).live()


def _form_for(review, user):
    """With the filters by mark, theme and term, for those who read the analysis."""
    if not rules.can_read_analysis(access_of(user), review):
        return EntryFilterForm

    def made(asked, **more):
        return MarkedFilterForm(asked, review=review, user=user, **more)

    return made


def _mark_choices():
    yield "", "Any or none"
    yield NOT_MARKED, "Not marked"
    for kind in Mark.Kind:
        yield kind.value, kind.label
        if kind in _DETAIL:
            _, details = _DETAIL[kind]
            yield from ((f"{kind}:{one}", f"{kind.label}: {one.label.lower()}") for one in details)
    yield ONE_EVENT, "One event of several accounts"


class MarkedFilterForm(EntryFilterForm):
    mark = forms.ChoiceField(label="Mark", required=False, choices=_mark_choices)
    theme = forms.ChoiceField(label="Theme", required=False)
    term = forms.ChoiceField(label="Term of reference", required=False)

    def __init__(self, *args, review, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["theme"].choices = [("", "Any"), *_themes_of(review, self._rows(EntryTheme))]
        texts = newest_texts(review, user)
        self.fields["term"].choices = [("", "Any"), *((one.term_id, _named(one)) for one in texts)]
        if not texts:
            del self.fields["term"]

    def choose(self, entries):
        entries = super().choose(entries)
        chosen = getattr(self, "cleaned_data", {})
        if mark := chosen.get("mark"):
            entries = entries.filter(self._marked(mark))
        if theme := chosen.get("theme"):
            entries = entries.filter(self._has(EntryTheme, theme=theme))
        if term := chosen.get("term"):
            entries = entries.filter(self._has(EntryTerm, term=term))
        return entries

    def _marked(self, mark):
        if mark == NOT_MARKED:
            return ~self._has(Mark)
        if mark == ONE_EVENT:
            return self._has(EventAccount, group__dissolved_at=None)
        kind, _, detail = mark.partition(":")
        more = {_DETAIL[kind][0]: detail} if detail else {}
        return self._has(Mark, kind=kind, **more)

    def _has(self, model, **which):
        return Exists(self._rows(model).filter(entry=OuterRef("pk"), **which))

    def _rows(self, model):
        return model.objects.visible_to(self.user).live()


def _themes_of(review, ties):
    """Under the headings of the vocabulary; an ended one while entries are tied to it."""
    groups = {}
    for theme in Theme.objects.in_use_in(review, ties):
        groups.setdefault(theme.group or "Other", []).append((theme.pk, theme.name))
    return list(groups.items())


def _named(text):
    return f"{text.title}: {Truncator(text.text).chars(70)}"
