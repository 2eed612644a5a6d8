from datetime import date

import pytest

from actionplans.rows.models import PlanRow
from actionplans.rows.publication import due_of
from foundations.dates import parse
from reviews.clock.services import not_reached, reached
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import ActionFactory, RecommendationFactory


@pytest.mark.parametrize(
    ("target", "due"),
    [
        ("6 months after publication", date(2025, 8, 10)),
        ("Six months after the report is published", date(2025, 8, 10)),
        ("Within 3 months of the publication of this report", date(2025, 5, 10)),
        ("on publication", date(2025, 2, 10)),
        ("12 weeks from publication", date(2025, 5, 5)),
        ("a year after publication", date(2026, 2, 10)),
        ("6 months after the inquest", None),
        ("May 2024", date(2024, 5, 31)),
    ],
)
def test_what_counts_from_the_publication_is_due_so_long_after(target, due):
    assert due_of(parse(target).value, lambda: parse("10 February 2025").value) == due


def test_a_publication_known_roughly_gives_the_last_day_it_can_mean():
    published = parse("February 2025").value

    assert due_of(parse("6 months after publication").value, lambda: published) == date(2025, 8, 31)


def test_nothing_is_due_before_the_publication_is_known():
    assert due_of(parse("6 months after publication").value, lambda: None) is None


@pytest.mark.django_db
def test_rows_are_due_once_the_publication_is_recorded_and_move_with_its_correction():
    one = RecommendationFactory()
    target = parse("6 months after publication").value
    action = ActionFactory(recommendation=one, target=target)
    by = UserFactory()

    def due():
        return PlanRow.objects.get(action=action).due

    assert due() is None
    reached(one.review, "published", parse("10 February 2025").value, by)
    assert due() == date(2025, 8, 10)
    reached(one.review, "published", parse("12 February 2025").value, by, why="A slip")
    assert due() == date(2025, 8, 12)
    not_reached(one.review, "published", by, why="Another report")
    assert due() is None
