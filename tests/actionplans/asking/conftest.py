import uuid
from types import SimpleNamespace

import pytest

from actionplans.progress.services import report
from reviews.rules import Role, Stage
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.actionplans import RecommendationLeadFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory


@pytest.fixture
def partnership(db):
    return PartnershipFactory()


@pytest.fixture
def police(db):
    return AgencyFactory(name="Quillshire Police")


def lead_of(review, agency, user=None):
    """(part, somebody who leads actions there)"""
    part = review.participations.filter(agency=agency).first()
    part = part or ParticipationFactory(review=review, agency=agency)
    return part, with_role(Role.ACTION_LEAD, review, part)


def row_of(part, **recommendation):
    link = RecommendationLeadFactory(
        participation=part,
        recommendation__review=part.review,
        **{f"recommendation__{name}": value for name, value in recommendation.items()},
    )
    return link.recommendation.rows.get()


@pytest.fixture
def plan(partnership, police):
    """Two reviews of one partnership, in which one person leads actions for the police."""
    one, two = (
        ReviewFactory(partnership=partnership, reference=f"DARDR-{n}", stage=Stage.MONITORING)
        for n in (1, 2)
    )
    part, lead = lead_of(one, police)
    other = ParticipationFactory(review=two, agency=police)
    give(lead, other)
    rows = [row_of(part), row_of(part, due="March 2090"), row_of(other)]
    return SimpleNamespace(
        one=one,
        two=two,
        part=part,
        other=other,
        lead=lead,
        rows=rows,
        coordinator=with_role(Role.COORDINATOR, one),
        board=with_role(Role.BOARD_READER, one),
    )


def give(user, part):
    give_role(user=user, role=Role.ACTION_LEAD, review=part.review, participation=part, by=None)


def tell(row, by, **said):
    row.refresh_from_db()
    return report(
        row,
        **{"answer": "on_track", "words": "Forty attended."} | said,
        by=by,
        key=uuid.uuid4(),
        seen=row.told_at,
        participation=row.lead,
    )
