import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import close_account
from agencies.models import Staff
from audit.models import Event
from chronologies.models import Entry
from foundations.post.models import Message
from reviews import rules
from reviews.access import access_of
from reviews.delegation import services
from reviews.delegation.ending import close_past
from reviews.delegation.models import Delegation
from reviews.models import Review, RoleHolder
from reviews.queries import in_sentences
from reviews.rules import Role
from reviews.services import end_role, give_role, merge_participations, strays
from reviews.tasks import tidy
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def part(review):
    return ParticipationFactory(review=review)


@pytest.fixture
def author(review, part):
    return with_role(Role.IMR_AUTHOR, review, part)


@pytest.fixture
def officer(review, part):
    return with_role(Role.SIGN_OFF_OFFICER, review, part)


@pytest.fixture
def colleague():
    return UserFactory(email="colleague@agency.example")


def own(user):
    return RoleHolder.objects.get(user=user)


def lend(user, email="colleague@agency.example", days=10, key=None):
    today = timezone.localdate()
    return services.delegate(
        own(user),
        email=email,
        until=today + timedelta(days=days),
        key=key or uuid.uuid4(),
        on=today,
    )


def reaches(user, review):
    return Review.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=review.pk).exists()


def refused(user, **more):
    with pytest.raises(ValidationError) as refusal:
        lend(user, **more)
    return " ".join(refusal.value.messages)


# --- What it gives ------------------------------------------------------------------------------


def test_a_colleague_reaches_what_the_author_reaches(review, part, author, colleague):
    entry = EntryFactory(participation=part, review=review)

    lend(author)

    access = access_of(User.objects.get(pk=colleague.pk))
    assert rules.can_import_chronology(access, part)
    assert list(Entry.objects.visible_to(colleague)) == [entry]
    assert rules.can_import_chronology(access_of(User.objects.get(pk=author.pk)), part)


def test_somebody_without_an_account_is_invited(part, author):
    given = lend(author, email="New@agency.example")

    (message,) = Message.objects.all()
    assert (given.user.email, given.user.joined_at) == ("new@agency.example", None)
    assert "/account/invitation/" in message.body
    assert Staff.objects.filter(user=given.user, agency=part.agency).exists()


def test_a_second_click_lends_once(author, colleague):
    key = uuid.uuid4()

    assert lend(author, key=key) == lend(author, key=key)
    assert Delegation.objects.count() == 1
    assert Message.objects.count() == 1


def test_it_ends_by_itself_though_no_job_ran(review, author, colleague):
    given = lend(author, days=3)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert reaches(colleague, review)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert not reaches(colleague, review)
        assert own(colleague).delegation == given  # nobody has tidied up
        with pytest.raises(CommandError):
            call_command("sync_roles", "--check", verbosity=0)

        tidy()

        call_command("sync_roles", "--check", verbosity=0)
        assert not RoleHolder.objects.filter(user=colleague).exists()
        assert not colleague.groups.exists()
    given.refresh_from_db()
    assert (given.ended_at is None, given.ended_by) == (False, None)


def test_tidying_leaves_what_is_live(author, colleague):
    lend(author, days=0)

    assert close_past(on=timezone.localdate()) == 0
    assert strays() == []


def test_sync_roles_tidies_too(author, colleague):
    lend(author, days=0)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("sync_roles", verbosity=0)

        assert strays() == []


def test_the_trail_says_who_lent_what_to_whom(review, author, colleague):
    given = lend(author)
    services.end(given, by=author)

    lines = in_sentences(Event.objects.filter(type__startswith="role.deleg").order_by("pk"))
    assert [line.who for line in lines] == [str(author)] * 2
    assert f"delegated the role “Agency IMR author” to {colleague}" in lines[0].what
    assert "ended the delegation" in lines[1].what


# --- To whom, and what not ----------------------------------------------------------------------


@pytest.mark.parametrize("days", [-1, 61])
def test_it_lasts_sixty_days_at_most(days, author, colleague):
    assert "last day" in refused(author, days=days)


def test_not_to_oneself(author):
    assert "yourself" in refused(author, email=author.email.upper())


def test_only_to_a_colleague_and_in_one_sentence(review, part, author, colleague):
    """What is refused tells nobody who has an account, or a post elsewhere, or a conflict."""
    strangers = ["somebody@elsewhere.example"]
    for number in range(5):
        strangers.append(UserFactory(email=f"known{number}@agency.example").email)
    posted, chairing, closed, conflicted, led = (
        User.objects.get(email=email) for email in strangers[1:]
    )
    Staff.objects.create(agency=AgencyFactory(), user=posted)
    give_role(user=chairing, role=Role.CHAIR, review=review, by=None)
    close_account(closed, by=None)
    ConflictFactory(member=PanelMemberFactory(review=review, user=conflicted), participation=part)
    coordinator = with_role(Role.COORDINATOR, review)
    User.objects.filter(pk=coordinator.pk).update(email="council@agency.example")
    led.delete()

    said = {refused(author, email=email) for email in [*strangers[:5], "council@agency.example"]}

    assert said == {services.NOT_A_COLLEAGUE}


def test_a_colleague_with_another_address_is_one(part, author):
    other = UserFactory(email="other@house.example")
    Staff.objects.create(agency=part.agency, user=other)

    assert lend(author, email=other.email).user == other


def test_what_is_lent_is_not_lent_on(author, colleague):
    lend(author)
    UserFactory(email="third@agency.example")

    with pytest.raises(services.NotTheirs):
        lend(colleague, email="third@agency.example")
    access = access_of(User.objects.get(pk=colleague.pk))
    assert not rules.can_delegate(access, own(colleague))


def test_nobody_gets_a_role_twice(author, colleague):
    lend(author)

    assert "already have" in refused(author)


def test_an_author_does_not_sign_off_by_delegation(author, officer):
    assert "cannot do both" in refused(officer, email=author.email)


def test_a_sign_off_officer_does_not_write_by_delegation(author, officer):
    assert "cannot do both" in refused(author, email=officer.email)


def test_nor_by_two_delegations_at_once_or_one_after_the_other(author, officer, colleague):
    given = lend(author)
    assert "cannot do both" in refused(officer)
    services.end(given, by=author)

    assert "cannot do both" in refused(officer)


def test_nor_by_being_given_the_other_role_meanwhile(review, part, officer, colleague):
    lend(officer)

    with pytest.raises(ValidationError):
        give_role(user=colleague, role=Role.IMR_AUTHOR, review=review, participation=part, by=None)


def test_of_another_agency_one_may_be_both(review, author, officer):
    other = ParticipationFactory(review=review)
    give_role(user=author, role=Role.ACTION_LEAD, review=review, participation=other, by=None)
    helper = with_role(Role.SIGN_OFF_OFFICER, review, other)

    given = lend(helper, email=author.email)

    assert given.participation == other


def test_an_ended_review_lends_nothing(review, author, colleague):
    Review.objects.filter(pk=review.pk).update(state="closed")

    assert "closed" in refused(author)


# --- How it ends --------------------------------------------------------------------------------


def test_it_ends_with_the_role_that_it_rests_on(review, author, colleague):
    given = lend(author)

    end_role(own(author), by=None)

    given.refresh_from_db()
    assert given.ended_at
    assert not reaches(colleague, review)


def test_a_role_of_ones_own_takes_its_place(review, part, author, colleague):
    given = lend(author)

    give_role(user=colleague, role=Role.IMR_AUTHOR, review=review, participation=part, by=None)

    given.refresh_from_db()
    assert given.ended_at
    assert own(colleague).delegation is None
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert reaches(colleague, review)
    assert strays() == []


def test_ending_the_lent_role_ends_the_delegation(author, colleague):
    given = lend(author)

    end_role(own(colleague), by=None)

    given.refresh_from_db()
    assert given.ended_at


def test_it_follows_an_agency_that_is_merged(review, part, author, colleague):
    given = lend(author)
    kept = ParticipationFactory(review=review)

    merge_participations(agency=part.agency, into=kept.agency, by=None)

    given.refresh_from_db()
    assert (given.participation, given.ended_at) == (kept, None)
    assert own(colleague).delegation == given
    assert strays() == []


def test_a_merge_makes_nobody_both(review, part, author, colleague):
    given = lend(author)
    kept = ParticipationFactory(review=review)
    give_role(
        user=colleague, role=Role.SIGN_OFF_OFFICER, review=review, participation=kept, by=None
    )

    merge_participations(agency=part.agency, into=kept.agency, by=None)

    given.refresh_from_db()
    assert given.ended_at
    assert own(colleague).role_group.role == Role.SIGN_OFF_OFFICER


def test_it_ends_with_the_account_of_whoever_lent_it(review, author, colleague):
    given = lend(author)
    close_account(author, by=None)
    at_once = reaches(colleague, review)

    tidy()

    given.refresh_from_db()
    assert not at_once
    assert given.ended_at
    assert given.ended_by is None
    assert strays() == []


# --- The pages ----------------------------------------------------------------------------------


def page(name, review, *more):
    return reverse(f"reviews:delegation-{name}", args=[review.reference, *more])


def form(email="colleague@agency.example", days=5):
    last = timezone.localdate() + timedelta(days=days)
    return {
        "email": email,
        "until_day": last.day,
        "until_month": last.month,
        "until_year": last.year,
        "key": uuid.uuid4(),
    }


def test_an_author_lends_and_ends(client, review, author, colleague):
    client.force_login(author)

    client.post(page("create", review, own(author).pk), form())
    (given,) = client.get(page("list", review)).context["object_list"]
    assert given.may_end
    client.post(page("end", review, given.pk))

    assert not reaches(colleague, review)


def test_what_is_refused_stands_beside_the_box(client, review, author):
    client.force_login(author)

    response = client.post(
        page("create", review, own(author).pk), form(email="x@elsewhere.example", days=90)
    )

    assert response.status_code == 422
    assert response.context["form"]["email"].value() == "x@elsewhere.example"
    assert list(response.context["form"].errors) == ["until"]


def test_the_colleague_sees_it_and_lends_nothing(client, review, author, colleague):
    lend(author)
    client.force_login(colleague)

    response = client.get(page("list", review))

    assert len(response.context["object_list"]) == 1
    assert response.context["own"] == []
    assert client.get(page("create", review, own(colleague).pk)).status_code == 403


def test_nobody_lends_the_role_of_another(client, review, author, officer):
    client.force_login(officer)

    assert client.post(page("create", review, own(author).pk), form()).status_code == 404


def test_the_coordinator_sees_why_and_ends_it(client, review, author, colleague, sign_in):
    given = lend(author)
    sign_in(Role.COORDINATOR, review)

    shown = client.get(reverse("reviews:access", args=[review.reference])).content.decode()
    client.post(page("end", review, given.pk))

    assert f"Delegated by {author}" in shown
    assert not reaches(colleague, review)


def test_another_agency_sees_none_of_it(client, review, author, colleague, sign_in):
    given = lend(author)
    sign_in(Role.IMR_AUTHOR, review, ParticipationFactory(review=review))

    assert list(client.get(page("list", review)).context["object_list"]) == []
    assert client.get(page("end", review, given.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, review, author, django_assert_num_queries
):
    for number in range(count):
        lend(author, email=f"new{number}@agency.example")
    client.force_login(author)
    client.get(page("list", review))

    with django_assert_num_queries(8):
        client.get(page("list", review))
