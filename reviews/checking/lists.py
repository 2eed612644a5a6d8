"""Making versions of checklists, finding the one in force, and the house's data. No service here
changes a version."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from reviews.checking.house import ITEMS, SINCE, SOURCE, TITLE
from reviews.checking.models import Checklist, ChecklistItem
from reviews.versions import in_force, next_version


def newest_for(kind, partnership):
    install_if_missing()
    return Checklist.objects.prefetch_related("items").newest(kind, partnership)


def checklist_for(kind, partnership, on):
    """The one that a check which begins on that day goes through."""
    install_if_missing()
    return in_force(Checklist.objects.of(kind, partnership), kind, partnership.pk, on)


def make_version(*, items, key=None, **told):
    """A partnership's next version; `items` are dictionaries of the fields of a ChecklistItem."""
    if not items:
        raise ValidationError("Keep at least one item")
    return next_version(
        Checklist,
        newest_for,
        EventType.CHECKLIST_MADE,
        key=key,
        parts=lambda made: [
            ChecklistItem(checklist=made, position=position, **one)
            for position, one in enumerate(items, start=1)
        ],
        **told,
    )


# --- The house's --------------------------------------------------------------------------------


def install_if_missing():
    """A database that nothing prepared has none until somebody asks."""
    if not Checklist.objects.filter(partnership=None).exists():
        install()


@transaction.atomic
def install():
    """Safe to repeat: what is there stays as it is."""
    for kind, items in ITEMS.items():
        made, is_new = Checklist.objects.get_or_create(
            kind=kind,
            partnership=None,
            version=1,
            defaults={"effective_from": SINCE, "title": TITLE, "source": SOURCE},
        )
        if is_new:
            ChecklistItem.objects.bulk_create(
                ChecklistItem(
                    checklist=made,
                    position=position,
                    code=code,
                    question=question,
                    look_for=look_for,
                )
                for position, (code, question, look_for) in enumerate(items, start=1)
            )
