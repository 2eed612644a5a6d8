from datetime import date
from types import SimpleNamespace

import pytest

from reviews.clock import services
from reviews.clock.kinds import Milestone, Reason
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory

TODAY = date(2026, 11, 21)


@pytest.fixture
def review(db):
    return ReviewFactory()


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def clock(review, by):
    """The services with what does not matter filled in."""
    agreed = {"agreed_by": "the chair of the partnership", "by": by, "today": TODAY}

    def reached(milestone, on, **more):
        return services.reached(review, milestone, on, by, today=TODAY, **more)

    def extend(until, *, milestone=Milestone.REPORT_COMPLETED, **more):
        words = agreed | {"reason": Reason.LATE_IMRS, "agreed_on": date(2026, 8, 1)} | more
        return services.extend(review, milestone, until=until, **words)

    def pause(starts_on, ends_on=None, **more):
        words = agreed | {"reason": Reason.TRIAL, "agreed_on": starts_on} | more
        return services.pause(review, starts_on=starts_on, ends_on=ends_on, **words)

    return SimpleNamespace(reached=reached, extend=extend, pause=pause)
