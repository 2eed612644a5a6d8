"""Two people, or two clicks of one, at the very same moment: one thing happens, and nobody fails."""

import contextlib
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.services import invite as invite_account
from agencies.models import Agency
from chronologies.models import Export
from reviews import services
from reviews.models import Appointment, Participation, Person, Review, RoleHolder, Share
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory, PartnershipFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    """Each in a thread of its own, with its own connection, all let go together."""
    start = threading.Barrier(len(tasks))

    def run(task):
        try:
            start.wait(timeout=30)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def meet(monkeypatch):
    """meet(module, "name"): whoever calls it waits until two are there, so that they do collide."""

    def of(module, name):
        both, real = threading.Barrier(2), getattr(module, name)

        def wait_and_call(*args, **kwargs):
            # Broken where the other is kept waiting by a lock, as it should be.
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=2)
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, wait_and_call)

    return of


def clicks(user, url, *forms):
    """The status of each form, sent by the same person at the same moment."""

    def click(form):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return lambda: client.post(url, form).status_code

    return sorted(at_once(*[click(form) for form in forms]))


# --- Inviting -----------------------------------------------------------------------------------


def test_two_invitations_of_one_new_address_are_one_account(meet):
    meet(User.objects, "create_user")
    by = UserFactory(), UserFactory()

    found = at_once(
        lambda: invite_account(email="new@agency.example", by=by[0]),
        lambda: invite_account(email="NEW@agency.example", by=by[1]),
    )

    assert {user.email for user, _ in found} == {"new@agency.example"}
    assert User.objects.filter(email="new@agency.example").count() == 1
    assert Invitation.objects.filter(user__email="new@agency.example").count() == 1


def test_a_double_click_on_inviting_is_one_role(meet):
    review = ReviewFactory()
    coordinator = with_role(Role.COORDINATOR, review)
    form = {"email": "new@agency.example", "role": "panel_member"}
    meet(User.objects, "create_user")

    statuses = clicks(coordinator, reverse("reviews:invite", args=[review.reference]), form, form)

    assert statuses == [302, 302]
    assert RoleHolder.objects.filter(user__email="new@agency.example").count() == 1


def test_two_people_given_the_first_of_a_role_share_its_group(meet):
    part, (first, second) = ParticipationFactory(), (UserFactory(), UserFactory())
    meet(services, "_new_group")

    def give(user):
        return lambda: services.give_role(
            user=user, role=Role.IMR_AUTHOR, review=part.review, participation=part, by=None
        )

    at_once(give(first), give(second))

    assert Group.objects.count() == 1
    assert set(Group.objects.get().user_set.all()) == {first, second}


def test_whoever_is_appointed_while_a_review_opens_reaches_it(meet):
    place, user = PartnershipFactory(), UserFactory()
    meet(services, "record")

    at_once(
        lambda: services.appoint(user=user, role=Role.COORDINATOR, partnership=place, by=None),
        lambda: services.create_review(partnership=place, reference="DHR-1", by=None),
    )

    assert list(Review.objects.visible_to(user)) == [Review.objects.get()]
    assert services.strays() == []


def test_whoever_is_dismissed_while_a_review_opens_does_not_reach_it(meet):
    place, user = PartnershipFactory(), UserFactory()
    given = services.appoint(user=user, role=Role.COORDINATOR, partnership=place, by=None)
    meet(services, "record")

    at_once(
        lambda: services.end_appointment(given, by=None),
        lambda: services.create_review(partnership=place, reference="DHR-1", by=None),
    )

    assert list(Review.objects.visible_to(user)) == []
    assert (Review.objects.count(), Appointment.objects.count()) == (1, 0)
    assert services.strays() == []


def test_a_double_click_on_ending_an_appointment_ends_it_once(meet):
    review = ReviewFactory()
    ended = with_role(Role.BOARD_READER, review).appointments.get()
    coordinator = with_role(Role.COORDINATOR, review)
    meet(services, "record")

    statuses = clicks(coordinator, reverse("reviews:appointment-end", args=[ended.pk]), {}, {})

    assert statuses == [302, 302]
    assert not Appointment.objects.filter(pk=ended.pk).exists()


# --- Double clicks ------------------------------------------------------------------------------


def test_a_double_click_opens_one_review(meet):
    place = PartnershipFactory()
    coordinator = with_role(Role.COORDINATOR, partnership=place)
    form = {"partnership": place.pk, "reference": "DHR-1", "kind": "statutory", "label": "dhr"}
    meet(services, "record")

    statuses = clicks(coordinator, reverse("reviews:review-create"), form, form)

    assert statuses == [302, 422]
    assert Review.objects.count() == 1


def test_a_double_click_adds_one_subject(meet):
    review = ReviewFactory()
    coordinator = with_role(Role.COORDINATOR, review)
    form = {"pseudonym": "MA 1", "role": "victim"}
    meet(services, "record")

    statuses = clicks(
        coordinator, reverse("reviews:person-add", args=[review.reference]), form, form
    )

    assert statuses == [302, 422]
    assert Person.objects.count() == 1


def test_a_double_click_adds_one_agency_to_the_review(meet):
    review, agency = ReviewFactory(), AgencyFactory()
    coordinator = with_role(Role.COORDINATOR, review)
    form = {"agency": agency.pk}
    meet(services, "record")

    statuses = clicks(
        coordinator, reverse("reviews:participation-add", args=[review.reference]), form, form
    )

    assert statuses == [302, 302]
    assert Participation.objects.count() == 1


def test_a_double_click_adds_one_agency_to_the_register(meet):
    coordinator = with_role(Role.COORDINATOR, partnership=PartnershipFactory())
    form = {"name": "Elm Road Surgery", "kind": "health"}
    from agencies import services as register

    meet(register, "record")

    statuses = clicks(coordinator, reverse("agencies:agency-create"), form, form)

    assert statuses == [302, 422]
    assert Agency.objects.count() == 1


def test_a_double_click_shares_once(meet):
    review = ReviewFactory()
    chair = with_role(Role.CHAIR, review)
    form = {"material": "chronology", "with_role": "panel_member"}
    meet(services, "record")

    statuses = clicks(chair, reverse("reviews:share-create", args=[review.reference]), form, form)

    assert statuses == [302, 302]
    assert Share.objects.count() == 1


def test_a_double_click_asks_for_one_long_export(monkeypatch, meet):
    from chronologies import exports
    from chronologies import services as chronologies

    review = ReviewFactory()
    chair = with_role(Role.CHAIR, review)
    monkeypatch.setitem(exports.DIRECTLY, "xlsx", -1)
    meet(chronologies, "forget_expired_exports")
    form = {"format": "xlsx", "key": str(uuid.uuid4())}

    statuses = clicks(
        chair, reverse("chronologies:export-create", args=[review.reference]), form, form
    )

    assert statuses == [302, 302]
    assert Export.objects.count() == 1


# --- Merging ------------------------------------------------------------------------------------


def test_two_agencies_are_not_merged_into_each_other(meet):
    first, second = AgencyFactory(), AgencyFactory()
    administrator = with_role(Role.ADMINISTRATOR)
    clients = Client(raise_request_exception=False), Client(raise_request_exception=False)
    for client in clients:
        client.force_login(administrator)
    meet(services, "merge_participations")

    def merge(client, agency, into):
        url = reverse("agencies:agency-merge", args=[agency.pk])
        return lambda: client.post(url, {"into": into.pk}).status_code

    statuses = at_once(merge(clients[0], first, second), merge(clients[1], second, first))

    assert sorted(statuses) == [302, 422]
    assert Agency.objects.current().count() == 1


def test_a_double_click_merges_once(meet):
    review = ReviewFactory()
    old, kept = ParticipationFactory(review=review), ParticipationFactory(review=review)
    administrator = with_role(Role.ADMINISTRATOR)
    meet(services, "merge_participations")
    form = {"into": kept.agency_id}

    statuses = clicks(
        administrator, reverse("agencies:agency-merge", args=[old.agency_id]), form, form
    )

    assert statuses == [302, 422]
    assert list(Participation.objects.all()) == [kept]
