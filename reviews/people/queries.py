"""The register as its pages show it."""

from dataclasses import dataclass

from foundations.dates import PartialDate
from reviews.models import Person
from reviews.people.models import Identity, Relationship

_LABELS = {
    "pseudonym": "Pseudonym",
    "role": "Role",
    "chosen_by": "Chosen by",
    "publish_birth": "Published of their birth",
    "publish_death": "Published of their death",
    "publish_address": "Published of where they lived",
    "area": "Area",
}


@dataclass(frozen=True)
class Tie:
    """A relationship, read from one of its two people."""

    what: str
    whom: Person
    note: str
    pk: int


def ties_of(person, user):
    """What the others are to somebody."""
    rows = Relationship.objects.visible_to(user).standing().about(person).for_display()
    return [
        Tie(row.reversed_label, row.other, row.note, row.pk)
        if row.person_id == person.pk
        else Tie(row.get_kind_display(), row.person, row.note, row.pk)
        for row in rows
    ]


def rules_of(person):
    return [
        (_LABELS["chosen_by"], person.get_chosen_by_display()),
        (_LABELS["publish_birth"], person.get_publish_birth_display()),
        (_LABELS["publish_death"], person.get_publish_death_display()),
        (_LABELS["publish_address"], person.get_publish_address_display()),
        *([(_LABELS["area"], person.area)] if person.area else []),
    ]


@dataclass(frozen=True)
class Change:
    """What a version said that the next no longer said."""

    at: object
    by: object
    reason: str
    fields: list


def changes_of(person, user):
    """Newest first, in words."""
    after, changes = _said(person), []
    for version in person.versions.visible_to(user).select_related("by"):
        before = _said(Person(**version.snapshot))
        fields = [
            (_LABELS[name], before[name], after[name])
            for name in _LABELS
            if before[name] != after[name]
        ]
        changes.append(Change(version.at, version.by, version.reason, fields))
        after = before
    return changes


def _said(person):
    return {
        name: getattr(person, f"get_{name}_display", lambda name=name: getattr(person, name))()
        for name in _LABELS
    }


def identity_in_words(identity):
    """(label, words) of every fact."""
    first, *others = identity.names or [""]
    return [
        ("Name", first),
        ("Other names", "\n".join(others)),
        ("Born", str(identity.birth)),
        ("Died", str(identity.death)),
        ("Addresses", "\n".join(identity.addresses)),
        ("How to reach them", identity.contact),
        ("Numbers", "\n".join(identity.numbers)),
        ("Anything else", identity.note),
    ]


def death_reviewed(review):
    """The date of the death that the review is about, as the register has it."""
    victims = Identity.objects.filter(review=review, person__role=Person.Role.VICTIM)
    dates = [identity.death for identity in victims.order_by("pk")]
    return next((date for date in dates if date), PartialDate.none())
