"""A chair replaced half-way: nothing is lost, and the one who left reaches nothing any more."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from audit.models import Event
from reviews.access import forget
from reviews.models import Review, RoleHolder, Share
from reviews.panel.models import Capacity, PanelMember
from reviews.panel.services.contracts import agree, use_day
from reviews.panel.services.declaring import declare, record_conflict
from reviews.panel.services.handing_over import AccountUnknown, NotChair, hand_over
from reviews.panel.services.members import AlreadyLeft
from reviews.rules import Material, Role
from reviews.services import OwnRole, share
from reviews.terms.services import begin_version, change_frame
from tests.conftest import with_role
from tests.days import today
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_letters import draft_letter
from tests.factories.reviews_panel import PanelMemberFactory

pytestmark = pytest.mark.django_db
NEXT = "next@chairs.example"


@pytest.fixture
def review():
    return ReviewFactory(stage="gathering")


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


@pytest.fixture
def seat(review, chair):
    return PanelMemberFactory(review=review, user=chair, capacity=Capacity.CHAIR)


def handed(seat, by, **changes):
    said = {
        "key": uuid.uuid4(),
        "on": timezone.localdate(),
        "because": "Unwell",
        "email": NEXT,
        "capacity": Capacity.CHAIR,
        "name": "Morgan Next",
        "organisation": "Independent",
    }
    return hand_over(seat, by=by, **(said | changes))


def sees(user, review):
    forget(user)
    return Review.objects.visible_to(user).filter(pk=review.pk).exists()


def test_the_one_leaves_and_the_other_chairs(review, seat, chair, coordinator):
    incoming = handed(seat, coordinator)

    seat.refresh_from_db()
    assert (seat.left_on, seat.left_because) == (timezone.localdate(), "Unwell")
    assert incoming.follows == seat
    assert incoming.user == User.objects.get(email=NEXT)
    assert (sees(chair, review), sees(incoming.user, review)) == (False, True)
    assert [m.pk for m in PanelMember.objects.filter(review=review)] == [incoming.pk, seat.pk]


def test_the_old_chairs_open_pages_are_gone_at_once(client, review, seat, chair, coordinator):
    client.force_login(chair)
    pages = [
        review.get_absolute_url(),
        *(
            reverse(f"reviews:{name}", args=[review.reference])
            for name in ("panel-list", "register", "letter-list", "decision-list", "clock")
        ),
    ]
    assert {client.get(page).status_code for page in pages} == {200}

    handed(seat, coordinator)

    assert {client.get(page).status_code for page in pages} == {404}


def test_days_contract_and_declarations_of_the_old_chair_stay(seat, coordinator):
    agree(
        seat,
        seen=0,
        begins_on=date(2026, 1, 5),
        ends_on=date(2026, 12, 1),
        agreed_days=Decimal(20),
        by=coordinator,
    )
    use_day(
        seat,
        key=uuid.uuid4(),
        worked_on=date(2026, 3, 2),
        days=Decimal("0.5"),
        what="First meeting",
        by=coordinator,
    )
    declare(seat, key=uuid.uuid4(), kind="independence", made_on=date(2026, 1, 5), by=coordinator)

    incoming = handed(seat, coordinator)

    assert (seat.contract.count(), seat.days.count(), seat.declarations.count()) == (1, 1, 1)
    assert (incoming.contract.count(), incoming.declarations.count()) == (0, 0)


def test_what_the_old_chair_shared_wrote_and_began_goes_on(
    client, review, seat, chair, coordinator
):
    part = ParticipationFactory(review=review)
    given = share(
        review,
        material=Material.CHRONOLOGY,
        participation=part,
        with_role=Role.PANEL_MEMBER,
        by=chair,
    )
    letter = draft_letter(review, by=chair, participation=part)
    draft = begin_version(review, by=chair, on=timezone.localdate())

    incoming = handed(seat, coordinator)

    assert Share.objects.get(pk=given.pk).withdrawn_at is None
    client.force_login(incoming.user)
    assert client.get(letter.get_absolute_url()).status_code == 200
    change_frame(draft, why="Agreed", seen=draft.changes, by=incoming.user)


def test_a_member_of_the_panel_takes_over_with_their_conflicts(review, seat, coordinator):
    part = ParticipationFactory(review=review)
    user = with_role(Role.PANEL_MEMBER, review)
    member = PanelMemberFactory(review=review, user=user, name="Morgan Next")
    record_conflict(
        member,
        key=uuid.uuid4(),
        nature="Worked there",
        declared_on=timezone.localdate(),
        participation=part,
        by=None,
    )

    incoming = handed(seat, coordinator, successor=member, email=user.email)

    forget(user)
    held = RoleHolder.objects.filter(user=user, role_group__review=review)
    assert [holder.role_group.role for holder in held] == [Role.CHAIR]
    assert incoming.name == "Morgan Next"
    assert part not in review.participations.visible_to(user)


def test_a_conflict_with_the_whole_review_refuses(review, seat, coordinator):
    member = PanelMemberFactory(review=review)
    record_conflict(
        member,
        key=uuid.uuid4(),
        nature="A relative",
        declared_on=timezone.localdate(),
        participation=None,
        by=None,
    )

    with pytest.raises(ValidationError) as refusal:
        handed(seat, coordinator, successor=member)

    assert set(refusal.value.message_dict) == {"successor"}


@pytest.mark.usefixtures("coordinator")
def test_a_second_click_hands_over_once(review, seat, coordinator):
    key = uuid.uuid4()

    assert handed(seat, coordinator, key=key) == handed(seat, coordinator, key=key)
    assert PanelMember.objects.filter(review=review).count() == 2
    assert Event.objects.filter(type="chair.handed_over").count() == 1


def test_two_at_once_the_second_is_told(seat, coordinator):
    handed(seat, coordinator)

    with pytest.raises(AlreadyLeft):
        handed(seat, coordinator, email="third@chairs.example")

    assert not User.objects.filter(email="third@chairs.example").exists()


def test_only_a_chair_hands_the_chair_over(review, coordinator):
    with pytest.raises(NotChair):
        handed(PanelMemberFactory(review=review), coordinator)


def test_a_chair_whose_account_is_not_said_is_not_left_with_access(review, chair, coordinator):
    with pytest.raises(AccountUnknown):
        handed(PanelMemberFactory(review=review, capacity=Capacity.CHAIR), coordinator)

    assert sees(chair, review)


@pytest.mark.parametrize("field", ["on", "email"])
def test_what_cannot_be_is_refused_whole(field, review, seat, chair, coordinator):
    wrong = {"on": today(1), "email": chair.email.upper()}

    with pytest.raises(ValidationError) as refusal:
        handed(seat, coordinator, **{field: wrong[field]})

    seat.refresh_from_db()
    assert field in refusal.value.message_dict
    assert (seat.left_on, sees(chair, review)) == (None, True)


def test_a_coordinator_does_not_make_themself_chair(seat, chair, coordinator, review):
    with pytest.raises(OwnRole):
        handed(seat, coordinator, email=coordinator.email)

    assert sees(chair, review)


# --- The page -----------------------------------------------------------------------------------


def page(seat):
    return reverse("reviews:chair-hand-over", args=[seat.review.reference, seat.pk])


def test_the_coordinator_hands_over_on_one_page(client, seat, chair, coordinator, review):
    client.force_login(coordinator)
    form = client.get(page(seat)).context["form"]
    today = timezone.localdate()

    answer = client.post(
        page(seat),
        {
            "key": str(uuid.uuid4()),
            "email": NEXT,
            "name": "Morgan Next",
            "organisation": "Independent",
            "position": "Consultant",
            "capacity": "chair",
            "on_day": today.day,
            "on_month": today.month,
            "on_year": today.year,
            "because": "Unwell",
        },
    )

    assert form.initial["capacity"] == "chair"
    assertRedirects(answer, PanelMember.objects.get(follows=seat).get_absolute_url())
    listed = client.get(reverse("reviews:panel-list", args=[review.reference]))
    assertContains(listed, "Morgan Next")
    assertContains(listed, seat.name)
    assert not sees(chair, review)


def test_the_chair_does_not_hand_over_alone(client, seat, chair):
    client.force_login(chair)

    assert client.get(page(seat)).status_code == 403


def test_the_page_says_what_is_missing_and_keeps_what_was_typed(client, seat, coordinator):
    client.force_login(coordinator)

    answer = client.post(page(seat), {"key": str(uuid.uuid4()), "because": "Unwell"})

    assertContains(answer, "Unwell", status_code=422)
    assert {"email", "name", "on"} & set(answer.context["form"].errors)
