"""Making versions of wordings and finding the one in force. No service here changes a version."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from reviews.wording.filling import fill
from reviews.wording.house import HOUSE, HOUSE_SOURCE, SINCE
from reviews.wording.kinds import Kind, examples
from reviews.wording.models import Wording


class NewerVersion(Exception):
    """Somebody made a version after the one that this one was made from."""


def wording_for(kind, partnership, on):
    """The words that a partnership uses on a day: its own, else the house's."""
    found = Wording.objects.of(kind, partnership).in_force_first(on=on).first()
    # A database that nothing prepared, a test's for example, has none until somebody asks.
    return found or install_house_wording(Kind(kind))


@transaction.atomic
def make_version(*, kind, partnership, title, text, source, effective_from, seen, by, on, key=None):
    """A partnership's next version. `seen` is the wording it was made from.

    The same key again gives the first one's. It begins today or later, because what was in force
    on a past day has been used.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits
    if key and (found := Wording.objects.filter(key=key, made_by=by).first()):
        return found
    newest = newest_for(kind, partnership)
    if newest != seen:
        raise NewerVersion
    if effective_from < on:
        raise ValidationError({"effective_from": "Enter today's date or a later one"})
    wording = Wording(
        kind=kind,
        partnership=partnership,
        version=1 if newest.is_house else newest.version + 1,
        effective_from=effective_from,
        title=" ".join(title.split()),
        text=text.strip(),
        source=source.strip(),
        key=key,
        made_by=by,
    )
    wording.full_clean()
    wording.save()
    record(
        EventType.WORDING_MADE,
        by=by,
        target=wording,
        kind=str(kind),
        partnership=partnership.name,
        version=wording.version,
    )
    return wording


def newest_for(kind, partnership):
    """What the next version is made from: the partnership's newest, even one not yet in force."""
    wordings = Wording.objects.of(kind, partnership)
    return (
        wordings.filter(partnership=partnership).order_by("-version").first()
        or wordings.filter(partnership=None).order_by("-version").first()
        or install_house_wording(Kind(kind))
    )


# --- The house's --------------------------------------------------------------------------------


@transaction.atomic
def install_house_wordings():
    """Every house text, as a new version where it differs from the last. Safe to repeat.

    Returns how many are new.
    """
    before = Wording.objects.filter(partnership=None).count()
    for kind in Kind:
        install_house_wording(kind)
    return Wording.objects.filter(partnership=None).count() - before


def install_house_wording(kind):
    title, text = HOUSE[kind]
    house = Wording.objects.filter(kind=kind, partnership=None)
    last = house.order_by("-version").first()
    if last and (last.title, last.text) == (title, text.strip()):
        return last
    wording, _ = Wording.objects.get_or_create(
        kind=kind,
        partnership=None,
        version=last.version + 1 if last else 1,
        defaults={
            "effective_from": SINCE,
            "title": title,
            "text": text.strip(),
            "source": HOUSE_SOURCE,
        },
    )
    return wording


# --- Looking at one -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    """A text filled with made-up facts, as somebody who writes it wants to see it."""

    title: str
    blocks: list


def preview(wording):
    facts = examples(wording.kind)
    filled = Wording(kind=wording.kind, text=fill(wording.text, facts).text)
    return Preview(fill(wording.title, facts).text, filled.blocks)
