import datetime
import uuid

from reviews.letters.services import change_letter, finish_letter, make_letter
from reviews.wording.kinds import Kind
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory

DAY = datetime.date(2026, 11, 21)


def draft_letter(review, *, by=None, kind=Kind.AGENCY_SCOPING, on=DAY, **to):
    """A draft to an agency, unless `kind` and `to` say otherwise."""
    if kind in (Kind.AGENCY_SCOPING, Kind.AGENCY_IMR_REQUEST):
        to.setdefault("participation", ParticipationFactory(review=review))
    return make_letter(review, kind=kind, by=by or UserFactory(), key=uuid.uuid4(), on=on, **to)


def finished_letter(review, *, title="A request", text="Please search.", by=None, **more):
    by = by or UserFactory()
    letter = draft_letter(review, by=by, **more)
    letter = change_letter(letter, title=title, text=text, seen=0, by=by)
    return finish_letter(letter, by=by)
