import pytest
from django.urls import reverse

from agencies.models import Agency
from reviews.models import Participation
from reviews.rules import Role
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(sign_in):
    return sign_in(Role.COORDINATOR, partnership=PartnershipFactory())


def page(name, agency=None):
    return reverse(f"agencies:agency-{name}", args=[agency.pk] if agency else [])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("st anns", ["St Ann’s Medical Centre"]),
        ("STA", ["St Ann’s Medical Centre"]),
        ("old surgery", ["St Ann’s Medical Centre"]),
        ("", ["Northfield Police", "St Ann’s Medical Centre"]),
        ("nobody", []),
    ],
)
def test_an_agency_is_found_by_any_name(asked, found, client, coordinator):
    for name, short, aliases in (
        ("St Ann’s Medical Centre", "STA", "The Old Surgery"),
        ("Northfield Police", "", ""),
    ):
        client.post(
            page("create"),
            {"name": name, "short_name": short, "kind": "other", "aliases": aliases},
        )

    response = client.get(page("list"), {"name": asked})

    assert [agency.name for agency in response.context["object_list"]] == found


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, coordinator, django_assert_max_num_queries
):
    AgencyFactory.create_batch(count)

    with django_assert_max_num_queries(8):
        response = client.get(page("list"))

    assert len(response.context["object_list"]) == count


def test_a_name_that_is_taken_is_refused(client, coordinator):
    AgencyFactory(name="Northfield Police")

    response = client.post(page("create"), {"name": "NORTHFIELD police", "kind": "police"})

    assert response.status_code == 422
    assert Agency.objects.count() == 1


def test_a_former_name_stays_as_an_alias(client, coordinator):
    agency = AgencyFactory(name="Probation Trust")

    client.post(page("change", agency), {"name": "National Probation", "kind": "probation"})

    agency.refresh_from_db()
    assert agency.name == "National Probation"
    assert [alias.name for alias in agency.aliases.all()] == ["Probation Trust"]


def test_a_body_cannot_follow_itself_in_a_circle(client, coordinator):
    first, second = AgencyFactory(), AgencyFactory()
    client.post(page("successor", first), {"successor": second.pk})

    response = client.post(page("successor", second), {"successor": first.pk})

    assert response.status_code == 422
    second.refresh_from_db()
    assert second.successor is None


def test_only_ones_own_reviews_stand_on_an_agencys_page(client, coordinator):
    part = ParticipationFactory()
    mine = ParticipationFactory(agency=part.agency)
    give_role(user=coordinator, role=Role.CHAIR, review=mine.review, by=None)

    response = client.get(page("detail", part.agency))

    assert list(response.context["reviews"]) == [mine.review]
    assert part.review.reference not in response.content.decode()


def test_a_coordinator_merges_agencies_of_their_own_reviews(client, sign_in):
    review = ReviewFactory()
    old, kept = ParticipationFactory(review=review), ParticipationFactory(review=review)
    sign_in(Role.COORDINATOR, review)

    response = client.post(page("merge", old.agency), {"into": kept.agency_id})

    assert response["Location"] == kept.agency.get_absolute_url()
    assert list(Participation.objects.all()) == [kept]
    assert list(Agency.objects.current()) == [kept.agency]


@pytest.mark.parametrize("of_other", ["duplicate", "kept"])
def test_agencies_of_another_partnerships_reviews_are_not_merged(of_other, client, sign_in):
    mine, other = ParticipationFactory(), ParticipationFactory()
    sign_in(Role.COORDINATOR, mine.review)
    old, kept = (other, mine) if of_other == "duplicate" else (mine, other)

    response = client.post(page("merge", old.agency), {"into": kept.agency_id})

    assert response.status_code == 422
    assert "Ask the system administrator" in response.content.decode()
    assert Participation.objects.count() == 2
    assert other.review.reference not in response.content.decode()


def test_the_administrator_merges_any(client, sign_in):
    old, kept = ParticipationFactory(), ParticipationFactory()
    sign_in(Role.ADMINISTRATOR)

    client.post(page("merge", old.agency), {"into": kept.agency_id})

    assert set(Participation.objects.values_list("agency", flat=True)) == {kept.agency_id}


def test_a_merged_agency_is_not_offered_again(client, coordinator):
    kept = AgencyFactory()
    duplicate = AgencyFactory(merged_into=kept)
    third = AgencyFactory()

    response = client.post(page("merge", third), {"into": duplicate.pk})

    assert response.status_code == 422


def test_a_merged_name_is_shown_and_found(client, coordinator):
    kept = AgencyFactory(name="Elm Road Surgery")
    AgencyFactory(name="Anytown Clinic", merged_into=kept)

    assert "Anytown Clinic" in client.get(kept.get_absolute_url()).content.decode()
    found = client.get(page("list"), {"name": "anytown"})
    assert [agency.name for agency in found.context["object_list"]] == ["Elm Road Surgery"]


def test_an_agencys_people_are_listed(client, sign_in):
    part = ParticipationFactory()
    sign_in(Role.COORDINATOR, part.review)
    author = with_role(Role.IMR_AUTHOR, part.review, part)

    response = client.get(page("detail", part.agency))

    assert [post.user for post in response.context["staff"]] == [author]
