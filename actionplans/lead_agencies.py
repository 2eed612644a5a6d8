"""Who leads: the names in a file, and the agencies of the register that they stand for."""

from actionplans.drafting import clipped
from agencies.models import Agency, name_key
from agencies.services import create_agency
from reviews.services import add_agency


class Bodies:
    """What the names of lead agencies stand for: an agency, a new one, or nobody can say."""

    def __init__(self, review, rows):
        self.review = review
        self.taking_part = {
            part.agency_id: part for part in review.participations.select_related("agency")
        }
        self.agencies = {}  # {name as read: Agency, or None until it is made}
        self.new = []
        self.doubts = {}  # {name as read: sentence}
        self.first_rows = {}  # {name as read: id of the row that names it first}
        for row in rows:
            for name in row.leads:
                self.first_rows.setdefault(name, row.id)
        for name in self.first_rows:
            self._look_up(name)

    def _look_up(self, name):
        found = {agency.pk: agency for agency in Agency.objects.named(name)}
        here = [agency for pk, agency in found.items() if pk in self.taking_part]
        candidates = here or list(found.values())
        if len(candidates) == 1:
            self.agencies[name] = candidates[0]
        elif candidates:
            self.doubts[name] = (
                f"More than one agency goes by the name “{name}”, so none was made its lead."
            )
        elif not name_key(name) or len(name) > Agency._meta.get_field("name").max_length:
            self.doubts[name] = f"“{clipped(name, 100)}” is not the name of a body."
        else:
            self.agencies[name] = None
            self.new.append(name)
            self.doubts[name] = (
                f"“{name}” was not in the register and is added to it. Check that it is a body of "
                "its own, and not another name of an agency."
            )

    @property
    def joining(self):
        """Known agencies that so far have no part in the review, and get one as a lead only."""
        found = {a.pk: a.name for a in self.agencies.values() if a}
        return sorted(name for pk, name in found.items() if pk not in self.taking_part)

    def doubts_of(self, row):
        """Said once of each name, where it stands first: a hundred rows may have it."""
        return [
            {
                "column": "lead_agency",
                "message": self.doubts[name],
                "kind": "lead",
                "settled": False,
            }
            for name in row.leads
            if name in self.doubts and self.first_rows[name] == row.id
        ]

    def leads_of(self, row):
        """{agency id: accountable}; None stands for an agency that is not there yet."""
        leads = {}
        for name, accountable in row.leads.items():
            if name in self.agencies:
                agency = self.agencies[name]
                pk = agency.pk if agency else f"new: {name_key(name)}"
                leads[pk] = leads.get(pk, False) or accountable
        return leads

    def take_part(self, *, by):
        """Make every lead an agency of the register with a part in the review."""
        for name in self.new:
            # Two spellings of one new name are one agency.
            known = Agency.objects.named(name)
            self.agencies[name] = known[0] if known else create_agency(name=name, by=by)
        for agency in self.agencies.values():
            if agency.pk not in self.taking_part:
                self.taking_part[agency.pk] = add_agency(
                    self.review, agency=agency, by=by, is_lead_only=True
                )
