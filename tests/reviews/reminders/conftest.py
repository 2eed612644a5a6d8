from datetime import date

import pytest

from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import ScopingRequestFactory

DUE = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def earlier(time_machine):
    """Whatever is asked in these tests is asked on a Monday in November."""
    time_machine.move_to("2026-11-16 10:00 +0000")


@pytest.fixture
def review(db):
    return ReviewFactory(reference="DARDR-1")


@pytest.fixture
def part(review):
    return ParticipationFactory(review=review, agency=AgencyFactory(name="Quillshire Police"))


@pytest.fixture
def author(part):
    return with_role(Role.IMR_AUTHOR, part.review, part)


@pytest.fixture
def officer(part):
    return with_role(Role.SIGN_OFF_OFFICER, part.review, part)


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


@pytest.fixture
def asked(part):
    return ScopingRequestFactory(participation=part, due=DUE)
