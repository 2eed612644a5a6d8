import pytest
from django.urls import reverse

from reviews.rules import AGENCY_ROLES, Role
from tests.factories.reviews import ParticipationFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.ADMINISTRATOR, ["Your work", "Agencies", "People", "Accounts"]),
        (
            Role.COORDINATOR,
            [
                "Your work",
                "Board",
                "Actions",
                "Reviews",
                "Notifications",
                "Agencies",
                "People",
                "Templates",
                "Messages",
            ],
        ),
        (Role.CHAIR, ["Your work", "Board", "Actions", "Reviews"]),
        (Role.IMR_AUTHOR, ["Your work", "Reviews"]),
        (Role.BOARD_READER, ["Your work", "Figures", "Published", "Reviews"]),
    ],
)
def test_links_at_the_top_are_those_that_lead_somewhere(role, links, client, sign_in):
    part = ParticipationFactory()
    sign_in(role, part.review, part if role in AGENCY_ROLES else None)

    navigation = client.get(reverse("desk:home")).context["navigation"]

    assert [link["text"] for link in navigation] == links
    assert {client.get(link["href"]).status_code for link in navigation} == {200}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("desk:home", "Your work"),
        ("desk:plans", "Actions"),
        ("desk:plans-charts", "Actions"),
        ("actionplans:national-all", "Actions"),
        ("actionplans:my-rows", "Actions"),
    ],
)
def test_the_link_above_a_page_is_marked(page, marked, client, sign_in):
    sign_in(Role.COORDINATOR, ParticipationFactory().review)

    navigation = client.get(reverse(page)).context["navigation"]

    assert [link["text"] for link in navigation if link["active"]] == [marked]
