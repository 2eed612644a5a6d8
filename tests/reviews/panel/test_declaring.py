import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from reviews.panel.models import Capacity, Conflict, Declaration
from reviews.panel.services import declaring
from reviews.rules import Role
from tests.days import today
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, DeclarationFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db
KINDS = Declaration.Kind


def declare(member, *, key=None, kind=KINDS.CONFIDENTIALITY, made_on=None, **more):
    return declaring.declare(
        member, key=key or uuid.uuid4(), kind=kind, made_on=made_on or today(), by=None, **more
    )


def record(member, *, key=None, by=None, **more):
    return declaring.record_conflict(
        member,
        key=key or uuid.uuid4(),
        **{"nature": "Worked there", "declared_on": today(), "by": by} | more,
    )


# --- Declarations -------------------------------------------------------------------------------


def test_each_declaration_is_a_row_of_its_own():
    member, key = PanelMemberFactory(), uuid.uuid4()

    declare(member, key=key, made_on=today(-30))
    declare(member, key=key)
    declare(member)

    assert member.declarations.count() == 2
    assert Event.objects.filter(type="panel.declared").count() == 2


def test_nobody_declares_tomorrow():
    with pytest.raises(ValidationError):
        declare(PanelMemberFactory(), made_on=today(1))


def test_a_withdrawn_declaration_stays():
    declaration = DeclarationFactory()

    declaring.withdraw_declaration(declaration, on=today(), because="Worked there once", by=None)

    declaration.refresh_from_db()
    assert (declaration.withdrawn_on, declaration.withdrawn_because) == (
        today(),
        "Worked there once",
    )
    with pytest.raises(declaring.AlreadyWithdrawn):
        declaring.withdraw_declaration(declaration, on=today(), because="Again", by=None)


def test_a_declaration_is_not_withdrawn_before_it_was_made():
    declaration = DeclarationFactory(made_on=today())

    with pytest.raises(ValidationError) as refused:
        declaring.withdraw_declaration(declaration, on=today(-1), because="Wrong", by=None)

    assert refused.value.messages == ["It cannot be withdrawn before it was made."]


def test_a_member_declares_for_themselves(client, sign_in):
    review = ReviewFactory()
    user = sign_in(Role.PANEL_MEMBER, review)
    own = PanelMemberFactory(review=review, user=user)

    client.post(
        reverse("reviews:panel-declare", args=[review.reference, own.pk]),
        {
            "key": uuid.uuid4(),
            "kind": "confidentiality",
            "made_on_day": today().day,
            "made_on_month": today().month,
            "made_on_year": today().year,
        },
    )

    made = own.declarations.get()
    assert (made.kind, made.made_on, made.recorded_by) == ("confidentiality", today(), user)


def test_nobody_declares_for_another_member(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.PANEL_MEMBER, review)
    other = PanelMemberFactory(review=review)

    response = client.post(reverse("reviews:panel-declare", args=[review.reference, other.pk]), {})

    assert response.status_code == 403


def test_a_chairs_independence_needs_its_statement(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.COORDINATOR, review)
    chair = PanelMemberFactory(review=review, capacity=Capacity.CHAIR)

    response = client.post(
        reverse("reviews:panel-declare", args=[review.reference, chair.pk]),
        {
            "key": uuid.uuid4(),
            "kind": "independence",
            "made_on_day": today().day,
            "made_on_month": today().month,
            "made_on_year": today().year,
        },
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {"statement": ["Enter the statement of independence"]}


# --- Conflicts of interest ----------------------------------------------------------------------


def test_a_second_click_records_one_conflict():
    part, key = ParticipationFactory(), uuid.uuid4()
    member = PanelMemberFactory(review=part.review)

    record(member, key=key, participation=part)
    record(member, key=key, participation=part)

    assert member.conflicts.count() == 1
    assert Event.objects.get(type="conflict.recorded").data == {"agency": part.agency.name}


def test_the_same_conflict_is_recorded_once_while_it_lives():
    part = ParticipationFactory()
    member = PanelMemberFactory(review=part.review)
    record(member, participation=part)

    with pytest.raises(ValidationError) as refused:
        record(member, participation=part)

    assert refused.value.messages == ["This conflict is recorded already."]


def test_a_conflict_is_with_an_agency_of_the_same_review():
    with pytest.raises(ValidationError):
        record(PanelMemberFactory(), participation=ParticipationFactory())


def test_an_ended_conflict_says_when_and_why():
    conflict = ConflictFactory()

    declaring.end_conflict(conflict, on=today(), because="Left that post", by=None)

    conflict.refresh_from_db()
    assert (conflict.ended_on, conflict.ended_because) == (today(), "Left that post")
    with pytest.raises(declaring.AlreadyOver):
        declaring.end_conflict(conflict, on=today(), because="Again", by=None)


@pytest.mark.parametrize("days", [1, -1])
def test_a_conflict_ends_between_its_declaration_and_today(days):
    conflict = ConflictFactory(declared_on=today())

    with pytest.raises(ValidationError):
        declaring.end_conflict(conflict, on=today(days), because="Left", by=None)


def test_nobody_ends_their_own_conflict(sign_in):
    review = ReviewFactory()
    chair = sign_in(Role.CHAIR, review)
    conflict = ConflictFactory(member__review=review, member__user=chair)

    with pytest.raises(declaring.OwnConflict):
        declaring.end_conflict(conflict, on=today(), because="It was nothing", by=chair)


def test_the_chair_records_a_conflict_with_an_agency(client, sign_in):
    part = ParticipationFactory()
    sign_in(Role.CHAIR, part.review)
    member = PanelMemberFactory(review=part.review)

    client.post(
        reverse("reviews:conflict-record", args=[part.review.reference, member.pk]),
        {
            "key": uuid.uuid4(),
            "whole": "part",
            "participation": part.pk,
            "nature": "Managed the service until 2021",
            "declared_on_day": today().day,
            "declared_on_month": today().month,
            "declared_on_year": today().year,
        },
    )

    assert member.conflicts.get().participation == part


@pytest.mark.parametrize(("whole", "ok"), [("part", False), ("whole", True)])
def test_the_whole_review_needs_no_agency(whole, ok, client, sign_in):
    part = ParticipationFactory()
    sign_in(Role.COORDINATOR, part.review)
    member = PanelMemberFactory(review=part.review)

    client.post(
        reverse("reviews:conflict-record", args=[part.review.reference, member.pk]),
        {
            "key": uuid.uuid4(),
            "whole": whole,
            "nature": "A relative",
            "declared_on_day": today().day,
            "declared_on_month": today().month,
            "declared_on_year": today().year,
        },
    )

    assert Conflict.objects.filter(participation=None).exists() is ok


def test_recording_ones_own_conflict_with_the_review_leads_home(client, sign_in):
    review = ReviewFactory()
    chair = sign_in(Role.CHAIR, review)
    member = PanelMemberFactory(review=review, user=chair, capacity=Capacity.CHAIR)

    response = client.post(
        reverse("reviews:conflict-record", args=[review.reference, member.pk]),
        {
            "key": uuid.uuid4(),
            "whole": "whole",
            "nature": "A relative",
            "declared_on_day": today().day,
            "declared_on_month": today().month,
            "declared_on_year": today().year,
        },
    )

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get(review.get_absolute_url()).status_code == 404
