"""To whom the recommendations of an earlier report are made, and which agency of the register that is.

Of each name the report keeps [name, whom it was taken for, doubt]. Whom: "agency:12", "new" for one
that is to be added to the register, or "" for nobody.
"""

from django.core.exceptions import ValidationError

from actionplans.drafting import clipped
from agencies.models import Agency, name_key
from agencies.services import create_agency

NEW, NOBODY = "new", ""
_LONGEST = Agency._meta.get_field("name").max_length


def bodies_of(review, points):
    """[[name, whom, doubt]] of every body that the points name, in their order."""
    here = set(review.participations.values_list("agency", flat=True))
    names = dict.fromkeys(name for point in points for name in point.leads)
    return [[name, *_taken_for(name, here)] for name in names]


def _taken_for(name, here):
    found = {agency.pk: agency for agency in Agency.objects.named(name)}
    candidates = [one for pk, one in found.items() if pk in here] or list(found.values())
    if len(candidates) > 1:
        return NOBODY, f"More than one agency goes by the name “{name}”. Say which it is."
    if not candidates:
        return NOBODY, f"“{clipped(name, 100)}” is not in the register. Say which agency it is."
    agency = candidates[0]
    if agency.pk in here:
        return f"agency:{agency.pk}", ""
    return f"agency:{agency.pk}", f"{agency} takes no part so far. It is added as a lead only."


def choices_for(review, bodies):
    """[(value, label)] of the agencies that a name can stand for."""
    taking_part = review.participations.select_related("agency").order_by("agency__name")
    listed = {f"agency:{part.agency_id}": part.agency.name for part in taking_part}
    wanted = [
        int(whom.removeprefix("agency:")) for _, whom, _ in bodies if whom.startswith("agency:")
    ]
    others = Agency.objects.current().exclude(participations__review=review).order_by("name")
    known = {f"agency:{one.pk}": f"{one.name} (a lead only)" for one in others}
    missing = Agency.objects.filter(pk__in=wanted).exclude(pk__in=[*_ids(listed), *_ids(known)])
    known |= {f"agency:{one.pk}": one.name for one in missing}
    return [*listed.items(), *known.items()]


def _ids(listed):
    return [int(value.removeprefix("agency:")) for value in listed]


def agencies_of(bodies, *, by):
    """{name: Agency} of those that stand for one, adding to the register what is to be added."""
    wanted = [
        int(whom.removeprefix("agency:")) for _, whom, _ in bodies if whom.startswith("agency:")
    ]
    known = {
        one.pk: one for one in Agency.objects.filter(pk__in=wanted).select_related("merged_into")
    }
    found = {}
    for name, whom, _ in bodies:
        if whom == NEW:
            found[name] = _added(name, by=by)
        elif whom:
            agency = known[int(whom.removeprefix("agency:"))]
            found[name] = agency.merged_into or agency
    return found


def _added(name, *, by):
    if not name_key(name) or len(name) > _LONGEST:
        raise ValidationError(f"“{clipped(name, 100)}” is not the name of a body.")
    known = Agency.objects.named(name)
    return known[0] if known else create_agency(name=name, by=by)
