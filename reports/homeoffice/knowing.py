"""What the data of a review say for a field of the data form, and where they say it.

Only what follows: where two answers of the library fit, or the data say less than it asks, nothing is
chosen, and what is known stands there as a hint.
"""

from dataclasses import dataclass

from reports.homeoffice.fields import BANDS
from reviews.intake.models import Circumstances, Manner
from reviews.models import Person
from reviews.people.models import Identity, Relationship
from reviews.people.publication import date_by_rule
from reviews.people.queries import death_reviewed

_REGISTER = "The register of people"
_Kind = Relationship.Kind
_PARTNERS = frozenset({_Kind.PARTNER, _Kind.FORMER_PARTNER})
_FAMILY = frozenset(
    {_Kind.PARENT, _Kind.STEP_PARENT, _Kind.GRANDPARENT, _Kind.SIBLING, _Kind.RELATIVE}
)
# What a victim who is this to the perpetrator is called by the library.
_TIES = {
    _Kind.PARENT: "Parent",
    _Kind.STEP_PARENT: "Step-parent",
    _Kind.GRANDPARENT: "Grandparent",
    _Kind.SIBLING: "Sibling",
    _Kind.FRIEND: "Other non-relative",
    _Kind.COLLEAGUE: "Other non-relative",
}


@dataclass(frozen=True)
class Known:
    """`value` is "" where the data only help somebody to answer."""

    value: str
    source: str


def known_of(review):
    """{(code of the field, id of the person or None): Known}"""
    found = Facts(review)
    said = {
        ("csp", None): found.partnership(),
        ("death", None): found.death(),
        ("multiple-victims", None): found.several(),
        ("intimate-partner-violence", None): found.between(_PARTNERS),
        ("familial-homicide", None): found.between(_FAMILY),
        ("parricide", None): found.parricide(),
    }
    for one in found.victims:
        said["age", one.pk] = found.age(one)
        said["relationship", one.pk] = found.tie(one)
        said["suicide", one.pk] = found.suicide()
        said["carer", one.pk] = found.carer(one)
    for one in found.perpetrators:
        said["age", one.pk] = found.age(one)
        said["carer", one.pk] = found.carer(one)
        said["carer-for-victim", one.pk] = found.carer(one, of=found.victims)
    return {place: known for place, known in said.items() if known}


class Facts:
    """Of one review. Each answer is a Known, or None."""

    def __init__(self, review):
        self.review = review
        people = list(review.people.order_by("pk"))
        self.victims = [one for one in people if one.role == Person.Role.VICTIM]
        self.perpetrators = [one for one in people if one.role == Person.Role.PERPETRATOR]
        self.identities = {one.person_id: one for one in Identity.objects.filter(review=review)}
        ties = Relationship.objects.standing().filter(review=review)
        self.ties = list(ties.for_display().order_by("pk"))
        circumstances = Circumstances.objects.filter(review=review).first()
        self.manner = Manner(circumstances.manner) if circumstances else None

    def partnership(self):
        jointly = self.review.joint_commissions.live().select_related("partnership")
        names = [self.review.partnership.name, *(one.partnership.name for one in jointly)]
        return Known(" and ".join(names), "The review")

    def death(self):
        """Not finer than a month, and not finer than the register knows."""
        dates = [self.identities[one.pk].death for one in self.victims if one.pk in self.identities]
        said = [date_by_rule("month-year", date) for date in dates]
        said = list(dict.fromkeys(filter(None, said)))
        return Known(" and ".join(said), _REGISTER) if said else None

    def several(self):
        n = len(self.victims)
        if not n:
            return None
        return Known("Yes" if n > 1 else "No", f"{_REGISTER}: victims entered: {n}")

    # --- What they were to each other ---------------------------------------------------------

    def _between(self):
        """[(victim, perpetrator, Relationship)]"""
        for tie in self.ties:
            for victim in self.victims:
                for other in self.perpetrators:
                    if {tie.person_id, tie.other_id} == {victim.pk, other.pk}:
                        yield victim, other, tie

    def between(self, kinds):
        """Yes where a victim and a perpetrator are tied so, and the death is held to be a homicide."""
        said = [_said(tie) for *_, tie in self._between() if tie.kind in kinds]
        return self._homicide(said)

    def parricide(self):
        parents = {_Kind.PARENT, _Kind.STEP_PARENT}
        said = [
            _said(tie)
            for victim, _, tie in self._between()
            if tie.kind in parents and tie.person_id == victim.pk
        ]
        return self._homicide(said)

    def _homicide(self, said):
        if not said:
            return None
        sure = self.manner == Manner.HOMICIDE
        how = [f"Circumstances: {self.manner.label.lower()}"] if self.manner else []
        return Known("Yes" if sure else "", ". ".join([f"{_REGISTER}: {'; '.join(said)}", *how]))

    def tie(self, victim):
        """One of the library's words only where one alone fits."""
        ties = [tie for one, _, tie in self._between() if one.pk == victim.pk]
        if not ties:
            return None
        fits = {_TIES.get(tie.kind, "") if _reads_so(tie, victim) else "" for tie in ties}
        value = fits.pop() if len(fits) == 1 else ""
        return Known(value, f"{_REGISTER}: {'; '.join(map(_said, ties))}")

    def carer(self, person, *, of=None):
        cared = [tie for tie in self.ties if tie.kind == _Kind.CARER and tie.person_id == person.pk]
        if of is not None:
            cared = [tie for tie in cared if tie.other_id in {one.pk for one in of}]
        return Known("Yes", f"{_REGISTER}: {'; '.join(map(_said, cared))}") if cared else None

    # --- Of one person ------------------------------------------------------------------------

    def suicide(self):
        if self.manner != Manner.SUICIDE:
            return None
        return Known("Yes", f"Circumstances: {self.manner.label.lower()}")

    def age(self, person):
        """The band in which both the youngest and the oldest age stands that they can have had."""
        identity = self.identities.get(person.pk)
        if identity is None:
            return None
        born, died = identity.birth, death_reviewed(self.review)
        if not (born.earliest and born.latest and died.earliest and died.latest):
            return None
        bands = {_band(_years(*ends)) for ends in _extremes(born, died)}
        source = f"{_REGISTER}: birth and the death that is reviewed"
        return Known(bands.pop(), source) if len(bands) == 1 else Known("", f"{source}, roughly")


def _reads_so(tie, victim):
    """Whether the kind says what the victim was, and not the other one."""
    return tie.is_same_both_ways or tie.person_id == victim.pk


def _said(tie):
    return f"{tie.person} is {tie.get_kind_display().lower()} of {tie.other}"


def _extremes(born, died):
    return (born.latest, died.earliest), (born.earliest, died.latest)


def _years(start, end):
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _band(age):
    """ "" for an age that the library has no band for."""
    for first, last in BANDS:
        if age >= first and (last is None or age <= last):
            return f"{first}-{last}" if last else f"{first}+"
    return ""
