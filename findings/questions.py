"""Saved questions over the marked entries: what they ask, in words, and what they come to."""

import hashlib
from dataclasses import dataclass

from django.db import models

from chronologies.forms import EntryFilterForm
from chronologies.marking.models import EventAccount
from chronologies.models import Entry
from chronologies.queries import TEAM_PLACE, known_people, place_of

BY = "count"  # the key, beside the filters, of what is counted


class By(models.TextChoices):
    ENTRIES = "entries", "Entries"
    EVENTS = "events", "Events: several accounts of one event count once"


@dataclass(frozen=True)
class Came:
    """What a question came to, and a digest of the entries that it counted."""

    value: int
    rows: str


def filter_of(review, question):
    """The combined chronology's filter, filled in. Every agency of the review can be asked about,
    whether or not it has entries at the time."""
    parts = review.participations.contributing().select_related("agency")
    places = [*(place_of(part) for part in parts), TEAM_PLACE]
    filters = {name: value for name, value in question.items() if name != BY}
    form = EntryFilterForm(filters, people=known_people(review), places=places)
    form.is_valid()
    return form


def chosen_by(review, question):
    """The entries that a question asks for; None where it asks of what the review no longer has,
    because a filter that does not fit leaves nothing out."""
    form = filter_of(review, question)
    if form.errors:
        return None
    return form.choose(Entry.objects.filter(review=review).live())


def come_to(review, question):
    chosen = chosen_by(review, question)
    if chosen is None:
        return None
    entries = sorted(chosen.order_by().values_list("pk", flat=True))
    value = len(entries)
    if question.get(BY) == By.EVENTS:
        accounts = EventAccount.objects.live().filter(entry__in=chosen.order_by().values("pk"))
        accounts = accounts.filter(group__dissolved_at=None)
        groups = list(accounts.values_list("group", flat=True))
        value = value - len(groups) + len(set(groups))
    digest = hashlib.sha256(",".join(map(str, entries)).encode()).hexdigest()
    return Came(value, digest)


def in_words(form, question):
    """ "Entries. Agency: Ours Police. Words in the entry: alcohol"."""
    said = [By(question.get(BY, By.ENTRIES)).label]
    for name, field in form.fields.items():
        value = form.data.get(name)
        if not value:
            continue
        choices = {str(code): label for code, label in _flat(getattr(field, "choices", ()))}
        values = value if isinstance(value, list) else [value]
        words = ", ".join(str(choices.get(str(one), one)) for one in values)
        said.append(f"{field.label}: {words}")
    return said if len(said) > 1 else [*said, "Every entry of the review"]


def _flat(choices):
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
