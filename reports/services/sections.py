"""Sections: added, given another heading, moved, taken out with what stands in them, brought back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother
from reports.models import Section
from reports.services.locking import lock_removed, lock_section, lock_written
from reports.services.places import LAST, place_after

DEEPEST = 3


@transaction.atomic
def add_section(document, *, heading, by, key, parent=None, after=LAST, is_numbered=True):
    """`after`: a section of the same parent, None for the first place, or LAST."""
    document = lock_written(document)
    if found := Section.objects.filter(key=key).first():
        if found.document_id != document.pk:
            raise KeyOfAnother
        return found
    section = Section(
        document=document,
        key=key,
        heading=" ".join(heading.split()),
        is_numbered=is_numbered,
        position=0,
        made_by=by,
    )
    _put(section, parent, after)
    section.full_clean(exclude=["document", "made_by"])
    section.save()
    _tell(EventType.SECTION_ADDED, section, by=by)
    return section


@transaction.atomic
def change_section(section, *, heading, is_numbered, seen, by):
    _, section = lock_section(section)
    if section.changes != seen:
        raise ChangedMeanwhile
    section.heading, section.is_numbered = " ".join(heading.split()), is_numbered
    section.changes += 1
    section.full_clean(exclude=["document", "made_by"], validate_unique=False)
    section.save(update_fields=["heading", "is_numbered", "changes"])
    _tell(EventType.SECTION_CHANGED, section, by=by)
    return section


@transaction.atomic
def move_section(section, *, parent, after, by):
    """With all that stands in it. What refers to it, and to what is in it, still does."""
    _, section = lock_section(section)
    if after == section:
        return section
    if parent is not None and parent.pk in _with_all_within(section):
        raise ValidationError("A section cannot be moved into itself.")
    _put(section, parent, after)
    section.save(update_fields=["parent", "position"])
    _tell(EventType.SECTION_MOVED, section, by=by)
    return section


def _put(section, parent, after):
    if parent is not None:
        parent = Section.objects.get(pk=parent.pk)
        if parent.document_id != section.document_id or not parent.is_live:
            raise ValidationError("That place is not there any more. Choose another one.")
    most = _most(section)
    if _depth(parent) + _height(section) > most:
        raise ValidationError(f"Sections stand at most {most} deep. Choose a place further up.")
    neighbours = Section.objects.live().filter(document=section.document_id, parent=parent)
    neighbours = neighbours.exclude(pk=section.pk)
    if after not in (None, LAST) and not neighbours.filter(pk=after.pk).exists():
        raise ValidationError("That place is not there any more. Choose another one.")
    section.parent = parent
    section.position = place_after(neighbours, after)


def _most(section):
    """How deep sections may stand: as deep as they do already in a document that came deeper, and as deep
    as this one stood."""
    rows = Section.objects.live().filter(document=section.document_id)
    parents = dict(rows.values_list("pk", "parent"))
    own = _depth(section.parent) + _height(section) if section.pk else 0
    return max(DEEPEST, own, *(_deep(pk, parents) for pk in parents))


def _deep(pk, parents):
    return 1 + _deep(parents[pk], parents) if pk in parents else 0


def _depth(section):
    return 0 if section is None else 1 + _depth(section.parent)


def _height(section):
    """How many levels it takes up."""
    if section.pk is None:
        return 1
    return 1 + max((_height(one) for one in section.sections.live()), default=0)


def _with_all_within(section):
    """Ids of it and of what stands in it now."""
    found = {section.pk}
    for one in section.sections.live():
        found |= _with_all_within(one)
    return found


@transaction.atomic
def take_out_section(section, *, by):
    """With what stands in it; all of it stays on record and can be brought back at once."""
    _, section = lock_section(section)
    now = timezone.now()
    rows = Section.objects.filter(pk__in=_with_all_within(section))
    n = rows.update(removed_at=now, removed_by=by)
    section.removed_at = now
    _tell(EventType.SECTION_REMOVED, section, by=by, sections=n)
    return section


@transaction.atomic
def bring_back_section(section, *, by):
    """With what was taken out together with it, where it stood."""
    document, section = lock_removed(section, section.document)
    if section.parent_id and not section.parent.is_live:
        raise ValidationError("Bring the section back first, in which it stood.")
    together = Section.objects.filter(document=document, removed_at=section.removed_at)
    within = _within(section, list(together))
    Section.objects.filter(pk__in=within).update(removed_at=None, removed_by=None)
    section.document = document
    section.removed_at = section.removed_by = None
    _put(section, section.parent, _before(section))
    section.save(update_fields=["position", "removed_at", "removed_by"])
    _tell(EventType.SECTION_BROUGHT_BACK, section, by=by, sections=len(within) + 1)
    return section


def _within(section, rows):
    found = [one for one in rows if one.parent_id == section.pk]
    return [*(one.pk for one in found), *(pk for one in found for pk in _within(one, rows))]


def _before(section):
    rows = Section.objects.live().filter(
        document=section.document_id, parent=section.parent_id, position__lt=section.position
    )
    return rows.order_by("position", "pk").last()


def _tell(type_, section, *, by, **data):
    document = section.document
    record(type_, by=by, review=document.review, target=section, number=document.number, **data)
