"""Making versions of wordings and finding the one in force. No service here changes a version."""

from dataclasses import dataclass

from django.db import transaction

from audit.models import EventType
from reviews.versions import next_version
from reviews.wording.filling import fill
from reviews.wording.house import HOUSE, HOUSE_SOURCE, SINCE
from reviews.wording.kinds import Kind, examples
from reviews.wording.models import Wording


def wording_for(kind, partnership, on):
    """The words that a partnership uses on a day: its own, else the house's."""
    found = Wording.objects.of(kind, partnership).in_force_first(on=on).first()
    # A database that nothing prepared, a test's for example, has none until somebody asks.
    return found or install_house_wording(Kind(kind))


def make_version(*, text, key=None, **told):
    """A partnership's next version."""
    return next_version(
        Wording, newest_for, EventType.WORDING_MADE, key=key, text=text.strip(), **told
    )


def newest_for(kind, partnership):
    return Wording.objects.newest(kind, partnership) or install_house_wording(Kind(kind))


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
