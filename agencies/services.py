from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from agencies.models import Agency, Alias, Partnership, Staff, name_key
from audit.models import EventType
from audit.services import record


class NameTaken(ValidationError):
    """Another agency already goes by this name."""


class CannotMerge(Exception):
    """The message says why, in a plain sentence."""


@transaction.atomic
def create_partnership(*, name, by=None):
    """Idempotent: the partnership of that name, made if there is none."""
    name = " ".join(name.split())
    if found := Partnership.objects.filter(name__iexact=name).first():
        return found
    partnership = Partnership(name=name, slug=slugify(name)[:50])
    partnership.full_clean()
    partnership.save()
    record(EventType.PARTNERSHIP_CREATED, by=by, target=partnership)
    return partnership


@transaction.atomic
def create_agency(*, name, by, short_name="", kind=Agency.Kind.OTHER, aliases=()):
    """A new agency. Raises NameTaken when one already goes by the name."""
    name = " ".join(name.split())
    _refuse_taken(name)
    agency = Agency(
        name=name,
        key=name_key(name),
        short_name=short_name.strip(),
        short_key=name_key(short_name),
        kind=kind,
    )
    agency.full_clean()
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:  # the other click was quicker
        raise NameTaken(f"“{name}” has just been added.") from error
    for alias in aliases:
        add_alias(agency, name=alias)
    record(EventType.AGENCY_CREATED, by=by, target=agency, agency=agency.name)
    return agency


@transaction.atomic
def change_agency(agency, *, by, name, short_name, kind, aliases):
    """Replace what the register says of an agency; a former name stays as an alias."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    name, former = " ".join(name.split()), agency.name
    wanted = {name_key(alias): " ".join(alias.split()) for alias in aliases if name_key(alias)}
    if name_key(name) != agency.key:
        _refuse_taken(name, but=agency)
        wanted.setdefault(agency.key, former)
    wanted.pop(name_key(name), None)
    agency.name, agency.key = name, name_key(name)
    agency.short_name, agency.short_key, agency.kind = short_name, name_key(short_name), kind
    agency.full_clean()
    agency.save()
    agency.aliases.exclude(key__in=wanted).delete()
    for alias in wanted.values():
        add_alias(agency, name=alias)
    record(EventType.AGENCY_CHANGED, by=by, target=agency, agency=agency.name)
    return agency


def add_alias(agency, *, name):
    """Safe to repeat. Raises NameTaken when the name is another agency's."""
    key = name_key(name)
    if not key or key in {agency.key, agency.short_key}:
        return
    if agency.aliases.filter(key=key).exists():
        return
    _refuse_taken(name, but=agency)
    Alias.objects.create(agency=agency, name=" ".join(name.split()), key=key)


def _refuse_taken(name, but=None):
    if not name_key(name):
        raise NameTaken("Enter a name with letters in it.")
    for other in Agency.objects.named(name):
        if but is None or other.pk != but.pk:
            raise NameTaken(f"“{other.name}” already goes by the name “{name}”.")


@transaction.atomic
def set_successor(agency, *, successor, on, by):
    """Say which body took over an agency's work. Raises CannotMerge for a circle."""
    step = successor
    while step:
        if step.pk == agency.pk:
            raise CannotMerge(f"{successor} already leads back to {agency}.")
        step = step.successor
    agency.successor, agency.succeeded_on = successor, on
    agency.save(update_fields=["successor", "succeeded_on"])
    record(
        EventType.AGENCY_SUCCEEDED,
        by=by,
        target=agency,
        agency=agency.name,
        successor=successor.name if successor else "",
    )


@transaction.atomic
def retire_duplicate(agency, *, into, by):
    """Make every name of a duplicate lead to the agency that is kept.

    The rooms above move their own rows first; this is the last step of a merge.
    """
    if agency.pk == into.pk or into.merged_into_id:
        raise CannotMerge(f"{agency} cannot be merged into {into}.")
    agency.aliases.update(agency=into)
    Agency.objects.filter(successor=agency).exclude(pk=into.pk).update(successor=into)
    agency.duplicates.update(merged_into=into)
    for post in agency.staff.all():
        Staff.objects.get_or_create(
            agency=into, user=post.user, defaults={"job_title": post.job_title}
        )
    agency.staff.all().delete()
    agency.merged_into = into
    agency.save(update_fields=["merged_into"])
    record(EventType.AGENCIES_MERGED, by=by, target=into, agency=agency.name, into=into.name)
