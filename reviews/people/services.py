"""Changes to the register. The caller asked rules.py; who reveals an identity gave their password."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.models import Person
from reviews.people.models import Identity, IdentityVersion, PersonVersion, Relationship

SECOND_CLICK = timedelta(minutes=1)
PARTICULARS = ("role", "chosen_by", "publish_birth", "publish_death", "publish_address", "area")


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was opened."""


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew the relationship first."""


@dataclass(frozen=True)
class Renamed:
    """For the rooms above, which speak of people by pseudonym too."""

    person: Person
    before: str


# --- In pseudonyms ------------------------------------------------------------------------------


@transaction.atomic
def change_person(person, *, seen, by, reason="", **particulars):
    """`seen` is the number of versions the editor saw."""
    person = _locked(person, seen)
    changed = sorted(name for name, value in particulars.items() if getattr(person, name) != value)
    if not changed:
        return person
    _keep(person, by=by, reason=reason)
    for name in changed:
        setattr(person, name, particulars[name])
    person.full_clean()
    person.save()
    record(EventType.PERSON_CHANGED, by=by, review=person.review, target=person, fields=changed)
    return person


@transaction.atomic
def give_pseudonym(person, *, pseudonym, chosen_by, reason, seen, by):
    """Another pseudonym from now on; what it was before stays among the versions."""
    person = _locked(person, seen)
    before = person.pseudonym
    _keep(person, by=by, reason=reason)
    person.pseudonym, person.chosen_by = " ".join(pseudonym.split()), chosen_by
    person.full_clean()
    person.save()
    record(EventType.PSEUDONYM_CHANGED, by=by, review=person.review, target=person)
    return Renamed(person, before)


def _locked(person, seen):
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.versions.count() != seen:
        raise ChangedMeanwhile(person.pk)
    return person


def _keep(person, *, by, reason):
    PersonVersion.objects.create(
        review=person.review,
        person=person,
        number=person.versions.count() + 1,
        snapshot={name: getattr(person, name) for name in ("pseudonym", *PARTICULARS)},
        reason=reason,
        by=by,
    )


# --- Relationships ------------------------------------------------------------------------------


@transaction.atomic
def relate(person, *, other, kind, by, note=""):
    """`person` is the `kind` of `other`. Said again, also the other way round, it stands once."""
    Person.objects.select_for_update(of=("self",)).order_by("pk").filter(
        pk__in=(person.pk, other.pk)
    ).count()
    relationship = Relationship(
        review=person.review, person=person, other=other, kind=kind, note=note, added_by=by
    )
    ways = Q(person=person, other=other)
    if relationship.is_same_both_ways:
        ways |= Q(person=other, other=person)
    if found := Relationship.objects.standing().filter(ways, kind=kind).first():
        return found
    relationship.full_clean()
    relationship.save()
    record(
        EventType.RELATIONSHIP_ADDED,
        by=by,
        review=person.review,
        target=relationship,
        kind=str(kind),
    )
    return relationship


@transaction.atomic
def withdraw_relationship(relationship, *, by):
    relationship = Relationship.objects.select_for_update(of=("self",)).get(pk=relationship.pk)
    if relationship.withdrawn_at:
        raise AlreadyWithdrawn(relationship.pk)
    relationship.withdrawn_at, relationship.withdrawn_by = timezone.now(), by
    relationship.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        EventType.RELATIONSHIP_WITHDRAWN,
        by=by,
        review=relationship.review,
        target=relationship,
        kind=relationship.kind,
    )


# --- Who they really are ------------------------------------------------------------------------


@transaction.atomic
def set_identity(person, *, by, born, died, **facts):
    """What is known of somebody, whole; what was known before is a version, sealed like it."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    facts |= {
        name: date.to_json() if date else {} for name, date in (("born", born), ("died", died))
    }
    identity = Identity.objects.filter(pk=person.pk).first()
    if identity is None:
        identity = Identity(person=person, review=person.review)
    else:
        before = facts_of(identity)
        if before == before | facts:
            return identity
        _keep_identity(identity, before, by=by)
    for name, value in facts.items():
        setattr(identity, name, value)
    identity.changed_by = by
    identity.full_clean()
    identity.save()
    record(EventType.IDENTITY_CHANGED, by=by, review=person.review, target=person)
    return identity


def is_second_click(person, *, by, permit, born, died, **facts):
    """Whether this same person has just saved these same facts."""
    identity = Identity.objects.filter(pk=person.pk, changed_by=by).first()
    if identity is None or timezone.now() - identity.changed_at > SECOND_CLICK:
        return False
    said = facts | {
        name: date.to_json() if date else {} for name, date in (("born", born), ("died", died))
    }
    return facts_of(identity) == said


def _keep_identity(identity, before, *, by):
    person = identity.person
    IdentityVersion.objects.create(
        review=identity.review,
        person=person,
        number=person.identity_versions.count() + 1,
        snapshot=before,
        by=by,
    )


def facts_of(identity):
    return {name: getattr(identity, name) for name in Identity.FACTS}


@transaction.atomic
def reveal(person, *, by):
    """Who somebody really is, or None if nobody has said. That it was asked is on the trail."""
    record(EventType.IDENTITY_REVEALED, by=by, review=person.review, target=person)
    return Identity.objects.filter(pk=person.pk).first()
