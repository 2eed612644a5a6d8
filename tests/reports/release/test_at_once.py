"""Both sides of a release at the very same moment."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from audit.models import Event
from reports.models import Release, Released, Side
from reports.release import services
from reviews.rules import Role, Stage
from tests.conftest import with_role
from tests.factories.reports_release import again, proposed, signed_by
from tests.factories.reviews import ReviewFactory
from tests.walls.test_at_once import at_once, meet

__all__ = ["meet"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review():
    return ReviewFactory(stage=Stage.QUALITY_ASSURANCE)


def signing(release, side, user):
    """As a request of its own does it, with rows of its own; the refusal, or ""."""

    def sign():
        mine, by = Release.objects.get(pk=release.pk), User.objects.get(pk=user.pk)
        try:
            signed_by(mine, side, by)
        except ValidationError as refusal:
            return refusal.messages[0]
        return ""

    return sign


def test_both_sides_sign_at_once_and_it_is_signed_off_once(review, meet):
    chair, coordinator = (with_role(role, review) for role in (Role.CHAIR, Role.COORDINATOR))
    release = proposed(review, by=chair)
    meet(services, "refuse_unfit")

    said = at_once(
        signing(release, Side.CHAIR, chair), signing(release, Side.PARTNERSHIP, coordinator)
    )

    assert said == ["", ""]
    assert again(release).state == Released.SIGNED_OFF
    assert {one.side: one.by for one in release.sign_offs.all()} == {
        Side.CHAIR: chair,
        Side.PARTNERSHIP: coordinator,
    }
    assert release.cooling_offs.count() == 1
    assert Event.objects.filter(type="release.signed").count() == 2


def test_two_of_one_side_sign_at_once_and_one_signature_is_kept(review, meet):
    people = [with_role(Role.COORDINATOR, review) for _ in range(2)]
    release = proposed(review)
    meet(services, "refuse_unfit")

    said = at_once(*(signing(release, Side.PARTNERSHIP, one) for one in people))

    assert sorted(said) == ["", f"{Side.PARTNERSHIP.label} has signed it off already."]
    assert (again(release).state, release.sign_offs.count()) == (Released.PROPOSED, 1)
