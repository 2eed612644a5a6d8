from datetime import date

import pytest

from foundations.dates import parse
from reviews.clock.kinds import Milestone
from reviews.clock.services import reached
from reviews.intake.models import ReviewDecision
from reviews.letters.facts import facts_of
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


def facts(review, by, **more):
    return facts_of(review, by=by, on=TODAY, **more)


def test_the_clock_says_when_the_report_is_due(review, coordinator):
    reached(review, Milestone.NOTIFIED, parse("4 March 2026").value, coordinator)
    reached(review, Milestone.DECIDED, parse("1 April 2026").value, coordinator)

    found = facts(review, coordinator)

    assert {name: found[name] for name in ("notification.date", "decision.date", "report.due")} == {
        "notification.date": "4 March 2026",
        "decision.date": "1 April 2026",
        "report.due": "1 October 2026",
    }
    assert "1 October 2026" in found["clock.sentence"]


def test_the_decision_is_told_in_the_middle_of_a_sentence(review, coordinator):
    ReviewDecision.objects.create(
        review=review,
        number=1,
        outcome="deferred",
        decided_on=date(2026, 4, 1),
        look_again_on=date(2026, 5, 1),
        reasons="Two agencies had not answered.",
    )

    found = facts(review, coordinator)

    assert found["decision.outcome"] == "to put the decision off until 1 May 2026"
    assert found["decision.reasons"] == "Two agencies had not answered."


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], ""),
        ([("MA 1", "victim")], "MA 1 (victim)"),
        (
            [("MA 1", "victim"), ("Child 1", "child"), ("MA 2", "perpetrator")],
            "MA 1 (victim) and MA 2 (perpetrator)",
        ),
    ],
)
def test_subjects_are_named_by_pseudonym(people, said, review, coordinator):
    for pseudonym, role in people:
        PersonFactory(review=review, pseudonym=pseudonym, role=role)

    assert facts(review, coordinator)["subjects"] == said


def test_the_newest_chair_is_named(review, coordinator):
    for name in ("Anna Before", "Bela After"):
        chair = with_role(Role.CHAIR, review)
        chair.name = name
        chair.save()

    assert facts(review, coordinator)["chair.name"] == "Bela After"


def test_whoever_writes_is_named_with_their_role(review):
    chair = with_role(Role.CHAIR, review)
    chair.name = "Bela After"

    found = facts(review, chair)

    assert (found["sender.name"], found["sender.role"]) == ("Bela After", "Independent chair")


def test_what_nobody_knows_stays_blank(review, coordinator):
    found = facts(review, coordinator)

    unknown = ("notification.date", "decision.date", "report.due", "report.completed", "reply.by")
    assert [found.get(name, "") for name in unknown] == [""] * 5
