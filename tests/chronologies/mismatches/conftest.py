import pytest

from reviews.rules import Role
from tests.chronologies.mismatches.telling import HOUSING, POLICE, SUPPORT, Told, around
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_mismatches import mismatch
from tests.factories.reviews import ParticipationFactory


@pytest.fixture
def police():
    agency = AgencyFactory(name="Millbrook Police", short_name="MP")
    return ParticipationFactory(agency=agency)


@pytest.fixture
def haven(police):
    agency = AgencyFactory(name="Haven Service", short_name="Haven")
    return ParticipationFactory(agency=agency, review=police.review)


@pytest.fixture
def review(police):
    return police.review


@pytest.fixture
def entry(police):
    return EntryFactory(
        participation=police,
        text="Referral sent to Haven\n by e-mail",
        action="Closed",
        on="3 May 2021",
    )


@pytest.fixture
def sent(entry, haven):
    """Sent by the police, and nothing of it at the other end."""
    return mismatch(
        entry,
        missing=haven,
        explanation="Millbrook Police, 3 May 2021: “Referral sent to Haven by e-mail”. No matching "
        "entry was supplied by Haven Service.",
        on="3 May 2021",
    )


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def told(db):
    """Three agencies whose chronologies run over the same years."""
    told = Told()
    for agency in (POLICE, HOUSING, SUPPORT):
        around(told, agency)
    return told
