import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actionplans.editing.services import change_following
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.actionplans import PlanImportFactory, RecommendationFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.chronologies_marking import ThemeFactory

pytestmark = pytest.mark.django_db


def follow(one, **said):
    said = {"level": "national", "theme": None, "addressed_to": "Home Office"} | said
    return change_following(one, **said, by=UserFactory())


def test_what_stood_before_is_kept():
    one = RecommendationFactory(level="local")
    theme = ThemeFactory()

    one = follow(one, theme=theme)

    assert (one.level, one.theme, one.addressed_to) == ("national", theme, "Home Office")
    version = one.versions.get()
    assert (version.snapshot["level"], version.snapshot["theme"]) == ("local", None)


def test_the_same_again_keeps_no_version():
    one = follow(RecommendationFactory())

    follow(one)

    assert one.versions.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"level": "galactic"}, "level"),
        ({"addressed_to": "x" * 201}, "addressed_to"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box(said, field):
    with pytest.raises(ValidationError) as refusal:
        follow(RecommendationFactory(), **said)

    assert set(refusal.value.message_dict) == {field}


def test_a_theme_of_another_partnership_is_refused():
    with pytest.raises(ValidationError) as refusal:
        follow(RecommendationFactory(), theme=ThemeFactory(partnership=PartnershipFactory()))

    assert set(refusal.value.message_dict) == {"theme"}


def test_a_files_recommendation_is_followed_as_its_leaders_say(client):
    one = RecommendationFactory()
    one.plan_import = PlanImportFactory(review=one.review, saved=True)
    one.save()
    client.force_login(with_role(Role.CHAIR, one.review))
    page = reverse("actionplans:recommendation-follow", args=[one.review.reference, one.pk])
    theme = ThemeFactory()

    form = {"level": "national", "addressed_to": "Home Office", "theme": theme.pk}
    detail = client.post(page, form, follow=True).content.decode()

    one.refresh_from_db()
    assert (one.level, one.addressed_to, one.theme) == ("national", "Home Office", theme)
    for words in ("National", "Home Office", theme.name, "What it said before"):
        assert words in detail
