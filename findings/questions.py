"""Saved questions over the marked entries: what they ask, in words, and what they come to.

An entry is counted where its whole date lies within the dates that are asked for, as the table by
years has it. One whose date only touches them, "before 2020" or "ongoing since 2020", may lie
outside: how many of these there are is told beside the figure, and is no part of it.
"""

import hashlib
from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from chronologies.filtering import MarkedFilterForm
from chronologies.marking.models import EntryTerm, EntryTheme, EventAccount, EventGroup, Mark
from chronologies.models import Entry, EntryVersion
from chronologies.queries import TEAM_PLACE, known_people, place_of
from findings.terms import Terms

BY = "count"  # the key, beside the filters, of what is counted


class By(models.TextChoices):
    ENTRIES = "entries", "Entries"
    EVENTS = "events", "Events: several accounts of one event count once"


@dataclass(frozen=True)
class Came:
    """What a question came to, and a digest of the entries that it counted."""

    value: int
    rows: str
    touching: int = 0  # more, whose dates only touch those that are asked for


class WholeFilterForm(MarkedFilterForm):
    """The combined chronology's filter over all that there is: a figure of the report is the same
    whoever looks at it. Which of the rows behind it they see is asked by the entries."""

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, review=review, user=AnonymousUser(), **kwargs)
        if terms := Terms(review).choices(also=True):
            self.fields["term"] = forms.ChoiceField(
                label="Term of reference", required=False, choices=[("", "Any"), *terms]
            )

    def _rows(self, model):
        return model.objects.live()


def filter_of(review, question):
    """Every agency of the review can be asked about, whether or not it has entries at the time."""
    parts = review.participations.contributing().select_related("agency")
    places = [*(place_of(part) for part in parts), TEAM_PLACE]
    form = WholeFilterForm(
        {name: value for name, value in question.items() if name != BY},
        review=review,
        people=known_people(review),
        places=places,
    )
    form.is_valid()
    return form


def can_be_asked(form):
    """A filter that does not fit leaves nothing out: it would be answered with everything."""
    return not form.errors and set(form.data) <= set(form.fields)


def chosen_by(form, review):
    """The entries that are counted."""
    return _within(form, _in_reach(form, review))


def touching(form, review):
    """Those that can have happened between the dates asked for, and as well before or after."""
    counted = chosen_by(form, review).order_by().values("pk")
    return _in_reach(form, review).exclude(pk__in=counted)


def _in_reach(form, review):
    return form.choose(Entry.objects.filter(review=review).live())


def _within(form, entries):
    asked = getattr(form, "cleaned_data", {})
    if start := asked.get("start"):
        entries = entries.filter(date_earliest__gte=start)
    if end := asked.get("end"):
        entries = entries.filter(date_latest__lte=end)
    return entries


def come_to(review, question):
    """None where it asks of what the review no longer has."""
    form = filter_of(review, question)
    if not can_be_asked(form):
        return None
    entries = _ids(chosen_by(form, review))
    by_event = question.get(BY) == By.EVENTS
    value = _number_of(entries, by_event)
    more = _ids(touching(form, review)) if _asks_for_dates(form) else []
    reached = _number_of([*entries, *more], by_event) if more else value
    digest = hashlib.sha256(",".join(map(str, entries)).encode()).hexdigest()
    return Came(value, digest, touching=reached - value)


def _asks_for_dates(form):
    return bool(form.cleaned_data.get("start") or form.cleaned_data.get("end"))


def _ids(entries):
    return sorted(entries.order_by().values_list("pk", flat=True))


def _number_of(entries, by_event):
    return len(entries) - (_told_again(entries) if by_event else 0)


def _told_again(entries):
    """How many of the entries are a further account of an event that one of them told."""
    accounts = EventAccount.objects.live().filter(entry__any_of=entries)
    groups = accounts.filter(group__dissolved_at=None).values_list("group", flat=True)
    return len(groups) - len(set(groups))


def in_words(form, question):
    """What is counted, then each filter: ["Entries", "Words in the entry: alcohol"]."""
    said = [f"{what}: {value}" for what, value in form.said]
    return [_COUNTED[question.get(BY, By.ENTRIES)], *(said or ["Every entry of the review"])]


_COUNTED = {By.ENTRIES: "Entries", By.EVENTS: "Events, several accounts of one counted once"}


# --- Why it came to something else --------------------------------------------------------------


def what_changed(review, question, *, since, until):
    """In words, what happened between two readings to the entries that are asked for."""
    form = filter_of(review, question)
    if not can_be_asked(form):
        return []
    at = (since, until)
    asked = _within(form, form.choose(Entry.objects.filter(review=review))).order_by()
    later = EntryVersion.objects.filter(entry=OuterRef("pk"), at__range=at)
    said = [
        (asked.live().filter(created_at__range=at).count(), "added"),
        (asked.filter(withdrawn_at__range=at).count(), "withdrawn"),
        (asked.live().filter(Exists(later), created_at__lt=since).count(), "put in other words"),
    ]
    told = [f"{n} {_entries(n)} {what}" for n, what in said if n]
    if any(_touched(model, review, at) for model in _marks_asked(question)):
        told.append("marks, themes or terms were set or taken away")
    if question.get(BY) == By.EVENTS and _regrouped(review, at):
        told.append("accounts were put together as one event, or apart")
    return told or ["entries were changed so that they fit the question, or no longer fit it"]


def _entries(n):
    return "entry was" if n == 1 else "entries were"


def _marks_asked(question):
    asked = {"mark": Mark, "theme": EntryTheme, "term": EntryTerm}
    return [model for name, model in asked.items() if question.get(name)]


def _touched(model, review, at):
    rows = model.objects.filter(entry__review=review)
    return rows.filter(Q(made_at__range=at) | Q(removed_at__range=at)).exists()


def _regrouped(review, at):
    apart = EventGroup.objects.filter(review=review, dissolved_at__range=at)
    return _touched(EventAccount, review, at) or apart.exists()
