import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from foundations.dates import parse
from reviews.models import RoleHolder
from reviews.panel.models import Capacity, PanelMember
from reviews.panel.services import members
from reviews.rules import Role
from tests.conftest import with_role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, DeclarationFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db
NOTHING = parse("").value


def add(review, *, key=None, **more):
    return members.add_member(
        review,
        key=key or uuid.uuid4(),
        by=None,
        **{"name": "Robin Vale", "organisation": "Independent", "joined": NOTHING} | more,
    )


def change(member, **more):
    particulars = {name: getattr(member, name) for name in members.PARTICULARS}
    return members.change_member(
        member, because="A new post", by=None, joined=member.joined, **particulars | more
    )


# --- The services -------------------------------------------------------------------------------


def test_a_second_click_adds_nobody_twice():
    review, key = ReviewFactory(), uuid.uuid4()

    first, second = add(review, key=key), add(review, key=key)

    assert first == second
    assert review.panel.count() == 1


def test_the_trail_tells_of_it_without_the_name():
    agency = AgencyFactory(name="Police")

    add(ReviewFactory(), agency=agency, organisation="")

    event = Event.objects.get(type="panel.added")
    assert event.data == {"agency": "Police", "account": False, "capacity": "member"}


@pytest.mark.parametrize("given", [True, False])
def test_a_member_is_of_one_body(given):
    agency = AgencyFactory() if given else None

    with pytest.raises(ValidationError):
        add(ReviewFactory(), agency=agency, organisation="Independent" if given else "")


def test_there_is_one_chair_at_a_time():
    review = ReviewFactory()
    add(review, capacity=Capacity.CHAIR)

    with pytest.raises(ValidationError) as refused:
        add(review, capacity=Capacity.CHAIR_AND_AUTHOR)

    assert refused.value.messages == ["The review has a chair: hand over from them."]


def test_a_change_keeps_what_stood_before():
    member = PanelMemberFactory(name="Robin Vale", position="Manager", organisation="Trust")

    change(member, position="Director")

    member.refresh_from_db()
    earlier = member.earlier.get()
    assert (member.position, earlier.position, earlier.because) == (
        "Director",
        "Manager",
        "A new post",
    )
    assert Event.objects.get(type="panel.changed").data["fields"] == ["position"]


def test_saving_the_same_again_changes_nothing():
    member = PanelMemberFactory()

    change(member)

    assert member.earlier.count() == 0
    assert not Event.objects.filter(type="panel.changed").exists()


def test_an_account_with_a_conflict_stays_with_its_member():
    member = PanelMemberFactory(user=UserFactory())
    ConflictFactory(member=member)

    with pytest.raises(members.ConflictStands):
        change(member, user=None)


def test_leaving_ends_the_roles_on_the_panel():
    review = ReviewFactory()
    user = with_role(Role.PANEL_MEMBER, review)
    member = PanelMemberFactory(review=review, user=user)

    members.leave(member, on=today(), because="Another post", by=None)

    member.refresh_from_db()
    assert (member.left_on, member.left_because) == (today(), "Another post")
    assert not RoleHolder.objects.filter(user=user).exists()


def test_leaving_leaves_other_peoples_roles():
    review = ReviewFactory()
    other = with_role(Role.PANEL_MEMBER, review)
    member = PanelMemberFactory(review=review)

    members.leave(member, on=today(), because="Another post", by=None)

    assert RoleHolder.objects.filter(user=other).exists()


def test_nobody_leaves_twice():
    member = PanelMemberFactory(left_on=today(), left_because="Another post")

    with pytest.raises(members.AlreadyLeft):
        members.leave(member, on=today(), because="Again", by=None)


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (lambda: today(1), "The day cannot be in the future."),
        (lambda: date(2019, 12, 31), "They cannot leave before they joined."),
    ],
)
def test_an_impossible_day_to_leave_is_refused(on, message):
    member = PanelMemberFactory(joined=parse("2020").value)

    with pytest.raises(ValidationError) as refused:
        members.leave(member, on=on(), because="Another post", by=None)

    assert refused.value.messages == [message]


# --- The pages ----------------------------------------------------------------------------------


def test_the_coordinator_adds_somebody(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.COORDINATOR, review)
    url = reverse("reviews:panel-member-add", args=[review.reference])
    agency = AgencyFactory(name="Millbrook Homes")

    response = client.post(
        url,
        {
            "key": uuid.uuid4(),
            "name": "Robin Vale",
            "agency": agency.pk,
            "position": "Head of Safeguarding",
            "specialism": "Housing law",
            "capacity": "member",
            "joined_day": "",
            "joined_month": "March",
            "joined_year": "2026",
        },
        follow=True,
    )

    member = review.panel.get()
    assert (member.name, member.agency, str(member.joined)) == ("Robin Vale", agency, "March 2026")
    for words in ("Robin Vale", "Millbrook Homes", "Head of Safeguarding", "Housing law"):
        assert words in response.content.decode()


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.COORDINATOR, ["Elsewhere", "Here", "On the panel"]),
        (Role.CHAIR, ["Here", "On the panel"]),
    ],
)
def test_a_chair_is_not_shown_agencies_outside_the_review(role, names, client, sign_in):
    review = ReviewFactory()
    sign_in(role, review)
    ParticipationFactory(review=review, agency=AgencyFactory(name="Here"))
    PanelMemberFactory(review=review, agency=AgencyFactory(name="On the panel"), organisation="")
    ParticipationFactory(agency=AgencyFactory(name="Elsewhere"))

    response = client.get(reverse("reviews:panel-member-add", args=[review.reference]))

    offered = response.context["form"].fields["agency"].queryset
    assert sorted(offered.values_list("name", flat=True)) == names


def test_two_bodies_are_refused_beside_the_box(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.CHAIR, review)

    response = client.post(
        reverse("reviews:panel-member-add", args=[review.reference]),
        {
            "key": uuid.uuid4(),
            "name": "Robin Vale",
            "agency": ParticipationFactory(review=review).agency_id,
            "organisation": "Independent",
            "capacity": "member",
        },
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["organisation"]


def test_a_member_sees_who_sits_there_but_not_what_they_declared(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.PANEL_MEMBER, review)
    other = PanelMemberFactory(review=review, name="Robin Vale")
    DeclarationFactory(member=other, statement="Never worked here")
    ConflictFactory(member=other)

    page = client.get(reverse("reviews:panel-list", args=[review.reference])).content.decode()
    detail = client.get(other.get_absolute_url())

    assert "Robin Vale" in page
    assert "Confidentiality" not in page
    assert "Conflict" not in page
    assert detail.status_code == 403


def test_a_member_reads_their_own_page(client, sign_in):
    review = ReviewFactory()
    user = sign_in(Role.PANEL_MEMBER, review)
    own = PanelMemberFactory(review=review, user=user)
    DeclarationFactory(member=own, statement="Never worked here")

    page = client.get(own.get_absolute_url())

    assert page.status_code == 200
    assert "Never worked here" in page.content.decode()
    assert "Change these particulars" not in page.content.decode()


def test_no_name_stands_in_an_address(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.COORDINATOR, review)
    member = PanelMemberFactory(review=review, name="Robin Vale")

    assert member.get_absolute_url() == f"/reviews/{review.reference}/panel/{member.pk}/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(
    count, client, sign_in, django_assert_num_queries
):
    review = ReviewFactory()
    sign_in(Role.COORDINATOR, review)
    for _ in range(count):
        member = PanelMemberFactory(review=review, agency=AgencyFactory(), organisation="")
        DeclarationFactory(member=member)
        ConflictFactory(member=member)
    url = reverse("reviews:panel-list", args=[review.reference])
    client.get(url)

    with django_assert_num_queries(9):
        client.get(url)


def test_whoever_left_stands_last(client, sign_in):
    review = ReviewFactory()
    names = [
        PanelMemberFactory(review=review, name="A", left_on=today(), left_because="Post").pk,
        PanelMemberFactory(review=review, name="C").pk,
        PanelMemberFactory(review=review, name="B").pk,
        PanelMemberFactory(review=review, name="Z", capacity=Capacity.CHAIR).pk,
    ]

    found = list(PanelMember.objects.filter(review=review).in_order().values_list("pk", flat=True))

    assert found == [names[3], names[2], names[1], names[0]]
