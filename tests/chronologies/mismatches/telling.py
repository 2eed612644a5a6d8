"""Two or three invented agencies and what their chronologies say."""

from chronologies.mismatches.models import Mismatch
from chronologies.mismatches.services.refreshing import refresh
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory

POLICE, HOUSING, SUPPORT = (
    "Northfield Police",
    "Eastmoor Housing Services",
    "Harbour and Wold Support",
)


class Told:
    """told(agency, date, text) is an entry; told.found() looks and gives what a reader is shown."""

    def __init__(self):
        self.review = ReviewFactory()
        self.parts = {}
        for pseudonym in ("MA 1", "MA 2"):
            PersonFactory(review=self.review, pseudonym=pseudonym)
        for name in (POLICE, HOUSING, SUPPORT):
            self.agency(name)

    def agency(self, name, **more):
        agency = AgencyFactory(name=name, **more)
        self.parts[name] = ParticipationFactory(review=self.review, agency=agency)
        return agency

    def __call__(self, agency, on, text, persons=("MA 1",), **more):
        part = self.parts[agency] if agency else None
        return EntryFactory(
            review=self.review, participation=part, on=on, text=text, persons=list(persons), **more
        )

    def refresh(self, entries=None):
        return refresh(self.review, entries=entries)

    def rows(self):
        return Mismatch.objects.filter(review=self.review).current()

    def found(self):
        self.refresh()
        return list(self.rows().exclude(confidence="low").order_by("pk"))

    def kinds(self):
        """(kind, missing from) of what is found."""
        return [
            (each.kind, each.missing_from.agency.name if each.missing_from else None)
            for each in self.found()
        ]


def entries_of(mismatch):
    return [link.entry for link in mismatch.entry_links.all()]


def around(told, agency, first="02.01.2010", last="20.12.2014"):
    """Two entries about nothing, between which the agency's chronology runs."""
    return [told(agency, day, "Tenancy file reviewed, nothing to add.") for day in (first, last)]
