import datetime
import uuid

from django.utils import timezone

from foundations.vault.services import store
from reviews.letters.services import make_letter
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
    """As `finish_letter` leaves it, with files that take no time to make."""
    letter = draft_letter(review, by=by, **more)
    letter.title, letter.text = title, text
    letter.finished_at, letter.finished_by = timezone.now(), by or letter.made_by
    letter.word, letter.pdf = (
        store(f"{title}\n{text}".encode(), name=f"letter {letter.pk}.{ending}")
        for ending in ("docx", "pdf")
    )
    letter.save()
    return letter
