import importlib
import uuid

import pytest
from django.apps import apps

from actionplans import drafting, services
from actionplans.editing.services import change_following
from actionplans.levels import read_level
from actionplans.models import Recommendation
from tests.actionplans.files import plan
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import RecommendationFactory
from tests.factories.reviews import ReviewFactory

HEADINGS = ("No", "Recommendation", "Scope", "Lead agency", "Target date")


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("National", "national"),
        ("Local and regional", "regional"),
        ("local/national", "national"),
        ("LOCALLY", "local"),
        ("Borough-wide", "local"),
        ("Sub-regional", "regional"),
        ("International", ""),
        ("Local or regional", ""),
        ("Local / regional / national", ""),
        ("Multi-agency", ""),
        ("", ""),
    ],
)
def test_the_widest_level_that_is_named_counts(scope, level):
    assert read_level(scope) == level


def save(review, scope, date="May 2027"):
    row = ("1", "Train every officer in risk assessment", scope, "Northbank Police", date)
    content = plan(row, headings=HEADINGS)
    draft = drafting.read_draft(content, "plan.csv", review)
    services.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())
    return Recommendation.objects.get()


@pytest.mark.django_db
def test_a_corrected_file_brings_another_level_with_another_scope():
    review = ReviewFactory()
    assert save(review, "Local").level == "local"

    one = save(review, "National")

    assert (one.scope, one.level) == ("National", "national")


@pytest.mark.django_db
def test_a_level_that_somebody_chose_outlives_a_corrected_file():
    review = ReviewFactory()
    one = save(review, "Local")
    change_following(one, level="regional", theme=None, addressed_to="", by=UserFactory())

    one = save(review, "Local", date="June 2027")

    assert (one.scope, one.level) == ("Local", "regional")


@pytest.mark.django_db
def test_what_is_there_gets_the_level_of_its_scope():
    one = RecommendationFactory(scope="National level")
    chosen = RecommendationFactory(scope="National level", level="local")

    importlib.import_module("actionplans.migrations.0021_levels_out_of_scopes").read_levels(
        apps, None
    )

    one.refresh_from_db()
    chosen.refresh_from_db()
    assert (one.level, chosen.level) == ("national", "local")
