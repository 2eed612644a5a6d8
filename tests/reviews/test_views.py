import pytest
from django.urls import reverse

from accounts.models import User
from foundations.dates import parse
from foundations.post.models import Message
from reviews.models import Appointment, Review, RoleHolder, Share
from reviews.rules import Role
from reviews.services import give_role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory(reference="CSP-7")


@pytest.fixture
def coordinator(review, sign_in):
    return sign_in(Role.COORDINATOR, review)


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def said(client, response):
    """The message on the page that a form leads to."""
    return [str(message) for message in client.get(response["Location"]).context["messages"]]


# --- Reviews ------------------------------------------------------------------------------------


def test_the_list_shows_ones_own_reviews_newest_first(client, review, coordinator):
    newer = ReviewFactory(partnership=review.partnership)
    give_role(user=coordinator, role=Role.CHAIR, review=newer, by=None)
    ReviewFactory()

    response = client.get(reverse("reviews:review-list"))

    assert list(response.context["object_list"]) == [newer, review]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stage": "scoping"}, 1),
        ({"stage": "closed"}, 0),
        ({"reference": "sp-7"}, 1),
        ({"reference": "9"}, 0),
        ({"stage": "nonsense"}, 1),
    ],
)
def test_the_list_is_filtered(asked, found, client, coordinator):
    response = client.get(reverse("reviews:review-list"), asked)

    assert len(response.context["object_list"]) == found


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, coordinator, django_assert_num_queries
):
    for _ in range(count - 1):
        give_role(user=coordinator, role=Role.CHAIR, review=ReviewFactory(), by=None)
    client.get(reverse("reviews:review-list"))

    with django_assert_num_queries(6):
        response = client.get(reverse("reviews:review-list"))

    assert len(response.context["object_list"]) == count


def test_a_coordinator_opens_a_review(client, review, coordinator):
    response = client.post(
        reverse("reviews:review-create"),
        {
            "partnership": review.partnership_id,
            "reference": "DHR-8",
            "kind": "statutory",
            "label": "dardr",
        },
    )

    opened = Review.objects.get(reference="DHR-8")
    assert response["Location"] == opened.get_absolute_url()
    assert (opened.created_by, opened.label) == (coordinator, "dardr")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("reference", ["", "CSP-7", "csp-7", "new", "D H R", "x" * 31])
def test_a_reference_that_cannot_be_is_refused(reference, client, review, coordinator):
    response = client.post(
        reverse("reviews:review-create"),
        {
            "partnership": review.partnership_id,
            "reference": reference,
            "kind": "statutory",
            "label": "dhr",
        },
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reference"]
    assert Review.objects.count() == 1


def test_the_stage_is_changed(client, review, coordinator):
    client.post(page("review-stage", review), {"stage": "analysis"})

    review.refresh_from_db()
    assert review.stage == "analysis"


def test_a_subject_is_added_once(client, review, coordinator):
    url = page("person-add", review)

    first = client.post(url, {"pseudonym": "MA  1", "role": "victim"})
    second = client.post(url, {"pseudonym": "ma 1", "role": "other"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert list(review.people.values_list("pseudonym", "role")) == [("MA 1", "victim")]


def test_an_agency_is_added(client, review, coordinator):
    agency = AgencyFactory()

    client.post(page("participation-add", review), {"agency": agency.pk})

    assert list(review.agencies.all()) == [agency]


# --- Access -------------------------------------------------------------------------------------


def test_everybody_with_a_role_is_listed_with_why(client, review, coordinator):
    part = ParticipationFactory(review=review, agency__name="Northfield Police")
    author = with_role(Role.IMR_AUTHOR, review, part)

    text = client.get(page("access", review)).content.decode()

    assert str(author) in text
    assert "Northfield Police" in text
    assert str(review.partnership) in text


def test_a_role_of_the_partnership_leads_to_where_it_is_ended(client, review, coordinator):
    text = client.get(page("access", review)).content.decode()

    assert (
        f'<a class="govuk-link" href="{reverse("reviews:appointment-list")}">End in “People”'
        in text
    )


def test_a_chair_sees_who_has_access_and_nothing_to_end(client, review, sign_in):
    sign_in(Role.CHAIR, review)

    text = client.get(page("access", review)).content.decode()

    assert 'data-label="Why"' in text
    assert 'data-label="End"' not in text


def test_somebody_is_invited(client, review, coordinator):
    response = client.post(
        page("invite", review), {"email": "New@Agency.example", "role": "panel_member"}
    )

    user = User.objects.get(email="new@agency.example")
    assert said(client, response) == ["Invitation sent to new@agency.example."]
    assert RoleHolder.objects.get(user=user).role_group.role == Role.PANEL_MEMBER
    assert Message.objects.get().to == "new@agency.example"


def test_somebody_with_an_account_is_told_of_the_role(client, review, coordinator):
    UserFactory(name="Sam Hill", email="sam@agency.example")

    response = client.post(
        page("invite", review), {"email": "sam@agency.example", "role": "panel_member"}
    )

    assert said(client, response) == [
        "Sam Hill has the role, and a message to say that there is something new."
    ]


@pytest.mark.parametrize(
    ("start", "end", "said_of_it"),
    [
        ("2015", "March 2024", "From 2015 to March 2024"),
        ("2015", "", "From 2015, no end agreed yet"),
        ("", "2024", "Up to 2024, no start agreed yet"),
        ("", "", "Not agreed yet"),
    ],
)
def test_the_timeframe_says_what_is_agreed(start, end, said_of_it, client, review, coordinator):
    review.scope_from, review.scope_to = parse(start).value, parse(end).value
    review.save()

    assert said_of_it in client.get(review.get_absolute_url()).content.decode()


def test_a_double_click_invites_once(client, review, coordinator):
    for _ in range(2):
        client.post(page("invite", review), {"email": "n@agency.example", "role": "panel_member"})

    assert (User.objects.filter(email="n@agency.example").count(), Message.objects.count()) == (
        1,
        1,
    )
    assert RoleHolder.objects.filter(user__email="n@agency.example").count() == 1


def test_a_coordinator_does_not_invite_themselves(client, review, coordinator):
    response = client.post(page("invite", review), {"email": coordinator.email, "role": "chair"})

    assert response.status_code == 422
    assert "You cannot give yourself a role" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "for_agency"), [("imr_author", False), ("panel_member", True), ("", False)]
)
def test_an_invitation_to_the_wrong_place_is_refused(role, for_agency, client, review, coordinator):
    part = ParticipationFactory(review=review)

    response = client.post(
        page("invite", review),
        {
            "email": "new@agency.example",
            "role": role,
            "participation": part.pk if for_agency else "",
        },
    )

    assert response.status_code == 422
    assert Message.objects.count() == 0


def test_a_role_is_ended_and_a_second_click_says_so(client, review, coordinator):
    holder = give_role(user=UserFactory(), role=Role.CHAIR, review=review, by=None)

    response = client.post(page("role-end", review, holder.pk))

    assert said(client, response) == ["Role ended. It took effect at once."]
    assert client.post(page("role-end", review, holder.pk)).status_code == 404


def test_a_role_of_the_partnership_is_not_ended_here(client, review, coordinator):
    holder = RoleHolder.objects.get(user=coordinator)

    assert client.post(page("role-end", review, holder.pk)).status_code == 403
    assert RoleHolder.objects.filter(pk=holder.pk).exists()


def test_a_coordinator_appoints_and_ends_an_appointment(client, review, coordinator):
    client.post(
        reverse("reviews:appoint"),
        {
            "email": "board@council.example",
            "role": "board_reader",
            "partnership": review.partnership_id,
        },
    )
    appointment = Appointment.objects.get(role=Role.BOARD_READER)
    assert appointment.fanned_out.count() == 1

    response = client.post(reverse("reviews:appointment-end", args=[appointment.pk]))

    assert said(client, response)[-1] == "Role ended in every review of the partnership."
    assert RoleHolder.objects.filter(user=appointment.user).count() == 0


# --- Sharing ------------------------------------------------------------------------------------


def test_a_chair_shares_and_ends_a_share(client, review, sign_in):
    sign_in(Role.CHAIR, review)
    response = client.post(
        page("share-create", review), {"material": "chronology", "with_role": "panel_member"}
    )
    share = Share.objects.get()
    assert said(client, response) == ["Shared. It took effect at once."]

    response = client.post(page("share-end", review, share.pk))
    again = client.post(page("share-end", review, share.pk))

    assert said(client, again) == [
        "Share ended. It took effect at once.",
        "Somebody has already ended this share.",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"with_role": "panel_member"},
        {"material": "chronology"},
        {"material": "secrets", "with_role": "panel_member"},
        {"material": "chronology", "with_role": "panel_member", "with_participation": True},
        {
            "material": "chronology",
            "with_role": "panel_member",
            "until_day": "1",
            "until_month": "1",
            "until_year": "2001",
        },
    ],
)
def test_a_share_that_cannot_be_is_refused(wrong, client, review, sign_in):
    sign_in(Role.CHAIR, review)
    part = ParticipationFactory(review=review)
    form = {name: part.pk if value is True else value for name, value in wrong.items()}

    assert client.post(page("share-create", review), form).status_code == 422
    assert Share.objects.count() == 0


# --- The trail ----------------------------------------------------------------------------------


def test_the_trail_is_read_fifty_at_a_time(client, review, coordinator):
    for number in range(60):
        client.post(page("person-add", review), {"pseudonym": f"MA {number}", "role": "other"})

    response = client.get(page("trail", review))

    assert len(response.context["lines"]) == 50
    assert client.get(page("trail", review), {"page": 9}).status_code == 404
