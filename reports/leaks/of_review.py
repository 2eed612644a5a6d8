"""The register of a review, with the professionals and bodies that may be named in what leaves it.

Whoever asks may keep the register or runs a command: nothing of it is shown from here.
"""

from agencies.models import Agency
from reports.leaks.register import Register, Registered
from reviews.models import Person
from reviews.panel.models import PanelMember
from reviews.people.models import Identity


def register_of(review):
    """A Register of the people of a review, its panel, and the bodies and areas that may be named."""
    identities = {one.pk: one for one in Identity.objects.filter(review=review)}
    people = Person.objects.filter(review=review).order_by("pk")
    members = list(PanelMember.objects.filter(review=review).order_by("pk"))
    return Register(
        people=tuple(_registered(person, identities.get(person.pk)) for person in people),
        professionals=tuple(dict.fromkeys(member.name for member in members)),
        places=tuple(dict.fromkeys(filter(None, [*_bodies(review), *_places(people, members)]))),
    )


def _registered(person, identity):
    rules = {
        "born_rule": str(person.publish_birth),
        "died_rule": str(person.publish_death),
        "address_rule": str(person.publish_address),
        "area": person.area,
    }
    if identity is None:
        return Registered(person.pseudonym, role=person.role, **rules)
    reached = identity.contact.splitlines() if identity.contact else []
    return Registered(
        pseudonym=person.pseudonym,
        names=tuple(identity.names),
        role=person.role,
        born=identity.birth,
        died=identity.death,
        addresses=tuple(identity.addresses),
        numbers=(*identity.numbers, *filter(None, map(str.strip, reached))),
        **rules,
    )


def _bodies(review):
    """Agencies that take part or lead, by every name they go by, and the partnership."""
    yield review.partnership.name
    agencies = Agency.objects.filter(participations__review=review)
    for agency in agencies.prefetch_related("aliases"):
        yield from (agency.name, agency.short_name)
        yield from (alias.name for alias in agency.aliases.all())


def _places(people, members):
    """An area that may not be told of one may still be told of another: it is listed, and is no secret then."""
    hidden = Person.PublishAddress.NOTHING
    yield from (person.area for person in people if person.publish_address != hidden)
    yield from (member.organisation for member in members)
