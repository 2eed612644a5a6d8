import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from audit.models import Event
from foundations.dates import parse
from reviews.intake.models import Notification, PossibleDuplicate
from reviews.intake.services import notifying
from reviews.models import Review
from reviews.rules import Role
from tests.conftest import with_role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_intake import PossibleDuplicateFactory

pytestmark = pytest.mark.django_db
PASSWORD = "seven calm herons wade"


@pytest.fixture(autouse=True)
def _no_attempts_before():
    cache.clear()


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def link_url(partnership):
    _, secret = notifying.send_link(
        partnership, for_whom="Major Crime", sent_to="desk@police.example", by=UserFactory()
    )
    return reverse("reviews:notify", args=[secret])


@pytest.fixture
def coordinator(client, partnership):
    user = with_role(Role.COORDINATOR, partnership=partnership)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    return user


def form(**more):
    return {
        "key": uuid.uuid4(),
        "source": "police",
        "from_whom": "Major Crime Team",
        "manner": "homicide",
        "charge": "charged",
        "death_month": "3",
        "death_year": "2026",
        "name": "Rowan Harper",
        "born_text": "2 May 1984",
        "circumstances": "Found at home",
        "contacts": "Desk, 01632 960001",
    } | more


def day_of(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def make(partnership, **more):
    words = dict.fromkeys(("address", "others", "contacts", "circumstances"), "")
    return notifying.notify(
        partnership,
        **words
        | {
            "key": uuid.uuid4(),
            "source": "police",
            "from_whom": "Major Crime Team",
            "told_on": today(),
            "manner": "homicide",
            "charge": "charged",
            "death": parse("March 2026").value,
            "name": "Rowan Harper",
            "born": parse("2 May 1984").value,
            "by": None,
        }
        | more,
    )


# --- Without an account -------------------------------------------------------------------------


def test_somebody_without_an_account_notifies_once(client, link_url, partnership):
    opened = client.get(link_url)
    sent = client.post(link_url, form(), follow=True)
    again = client.post(link_url, form(), follow=True)

    assert opened.status_code == 200
    assert "Notify of a death" in opened.content.decode()
    for page in (sent, again):
        assert page.status_code == 200
        assert "Your notification has been received" in page.content.decode()
        assert "Harper" not in page.content.decode()
    assert [one.partnership for one in Notification.objects.all()] == [partnership]


def test_a_double_click_notifies_once_and_thanks_twice(client, link_url, partnership):
    once = form()

    first, second = (client.post(link_url, once, follow=True) for _ in range(2))

    assert Notification.objects.count() == 1
    assert first.status_code == second.status_code == 200
    for page in (first, second):
        assert "Your notification has been received" in page.content.decode()


def test_the_key_of_another_notification_shows_nothing_of_it(client, link_url, partnership):
    other = make(PartnershipFactory(), key=uuid.uuid4())

    response = client.post(link_url, form(key=other.key))

    assert response.status_code == 404
    assert Notification.objects.count() == 1
    assert client.get(link_url).status_code == 200  # the link is not spent


def test_a_guessed_link_is_gone(client):
    response = client.get(reverse("reviews:notify", args=["guessed"]))

    assert response.status_code == 410


def test_the_link_shows_what_is_wrong_and_keeps_what_was_typed(client, link_url):
    tomorrow = today(1)

    response = client.post(link_url, form(**day_of("death", tomorrow), born_text="", name=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "death": ["The date of the death cannot be in the future"],
        "name": ["Enter the full name"],
    }
    assert "Found at home" in response.content.decode()
    assert client.get(link_url).status_code == 200


def test_nobody_was_born_after_they_died(client, link_url):
    response = client.post(link_url, form(born_text="1 May 2027"))

    assert dict(response.context["form"].errors) == {
        "born": ["The date of birth must be before the death"]
    }


def test_attempts_are_counted_as_those_of_signing_in_are(client, link_url):
    answers = [client.post(link_url, {}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_guesses_from_one_place_are_counted_whatever_they_guess(client):
    answers = {
        client.post(reverse("reviews:notify", args=[f"guess-{number}"])).status_code
        for number in range(30)
    }

    assert answers == {410}
    assert client.post(reverse("reviews:notify", args=["guess-31"])).status_code == 429


# --- The coordinator ----------------------------------------------------------------------------


def test_the_coordinator_enters_what_the_family_told(client, coordinator, partnership):
    response = client.post(
        reverse("reviews:notification-create"),
        form(source="family", partnership=partnership.pk, **day_of("told_on", today())),
    )

    made = Notification.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.source, made.received_by) == ("family", coordinator)


@pytest.mark.parametrize(
    ("told_on", "wrong", "errors"),
    [
        (
            0,
            {"death_day": "9", "told_on_day": "8", "told_on_month": "3", "told_on_year": "2026"},
            {"death": ["The death cannot be after the day on which you were told of it"]},
        ),
        (
            1,
            {},
            {"told_on": ["The day on which you were told cannot be in the future"]},
        ),
        (0, {"death_day": "31", "death_month": "2"}, None),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    told_on, wrong, errors, client, coordinator, partnership
):
    response = client.post(
        reverse("reviews:notification-create"),
        form(partnership=partnership.pk, **day_of("told_on", today(told_on))) | wrong,
    )

    assert response.status_code == 422
    found = dict(response.context["form"].errors)
    assert found == errors if errors else list(found) == ["death"]
    assert not Notification.objects.exists()


def test_another_partnership_is_refused(client, coordinator):
    response = client.post(
        reverse("reviews:notification-create"),
        form(partnership=PartnershipFactory().pk, **day_of("told_on", today())),
    )

    assert response.status_code == 422
    assert not Notification.objects.exists()


def test_lists_and_pages_name_nobody(client, coordinator, partnership):
    made = make(partnership, circumstances="Found at home")

    for url in (reverse("reviews:notification-list"), made.get_absolute_url()):
        page = client.get(url).content.decode()
        assert str(made) in page
        for words in ("Harper", "1984", "Found at home"):
            assert words not in page


def test_names_are_shown_for_the_password_alone(client, coordinator, partnership):
    made = make(partnership)
    url = reverse("reviews:notification-reveal", args=[made.pk])

    asked = client.get(url)
    wrong = client.post(url, {"password": "not mine at all"})
    right = client.post(url, {"password": PASSWORD})

    assert [page.status_code for page in (asked, wrong, right)] == [200, 422, 200]
    assert ["Harper" in page.content.decode() for page in (asked, wrong, right)] == [
        False,
        False,
        True,
    ]
    assert [event.data for event in Event.objects.filter(type="notification.read")] == [
        {"identity": True}
    ]


def test_another_partnerships_coordinator_finds_nothing(client, partnership):
    made = make(partnership)
    client.force_login(with_role(Role.COORDINATOR, partnership=PartnershipFactory()))

    listed = client.get(reverse("reviews:notification-list"))

    assert list(listed.context["page_obj"]) == []
    for name in ("detail", "reveal", "close", "open-review"):
        url = reverse(f"reviews:notification-{name}", args=[made.pk])
        assert client.get(url).status_code == 404


def test_a_possible_duplicate_is_shown_and_decided(client, coordinator, partnership):
    older, newer = make(partnership), make(partnership)
    doubt = PossibleDuplicate.objects.get()
    url = reverse("reviews:notification-duplicate", args=[doubt.pk])

    shown = client.get(newer.get_absolute_url())
    refused = client.post(
        reverse("reviews:notification-open-review", args=[newer.pk]),
        {"reference": "DARDR-2026-90", "kind": "statutory", "label": "dardr"},
    )
    client.post(url, {"verdict": "same"})

    assert f"{older} may be about the same death" in " ".join(shown.content.decode().split())
    assert refused.status_code == 422
    assert "Say first whether this is the same death" in refused.content.decode()
    newer.refresh_from_db()
    assert newer.closed_because == "duplicate"


def test_a_review_is_opened_and_shows_where_it_came_from(client, coordinator, partnership):
    made = make(partnership)

    response = client.post(
        reverse("reviews:notification-open-review", args=[made.pk]),
        {"reference": "DARDR-2026-91", "kind": "statutory", "label": "dardr"},
    )

    review = Review.objects.get(reference="DARDR-2026-91")
    assert response["Location"] == review.get_absolute_url()
    page = client.get(reverse("reviews:decision-list", args=[review.reference]))
    assert made.get_absolute_url() in page.content.decode()


def test_the_chair_reads_the_notification_of_the_review_alone(client, partnership):
    made, other = make(partnership), make(partnership, name="Robin Grey")
    review = notifying.open_review(made, reference="DARDR-2026-92", by=None)
    client.force_login(with_role(Role.CHAIR, review))

    assert client.get(made.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(reverse("reviews:notification-list")).status_code == 403


def test_a_link_is_sent_and_ended(client, coordinator, partnership):
    client.post(
        reverse("reviews:notification-link-send"),
        {"partnership": partnership.pk, "for_whom": "Coroner", "sent_to": "desk@coroner.example"},
    )
    listed = client.get(reverse("reviews:notification-links"))
    (link,) = listed.context["page_obj"]
    client.post(reverse("reviews:notification-link-end", args=[link.pk]))

    link.refresh_from_db()
    assert link.for_whom == "Coroner"
    assert link.ended_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, coordinator, partnership, django_assert_num_queries
):
    for _ in range(count):
        make(partnership)
    url = reverse("reviews:notification-list")
    client.get(url)

    with django_assert_num_queries(6):
        client.get(url)


def test_whom_each_is_about_can_be_shown_before_deciding(client, sign_in):
    doubt = PossibleDuplicateFactory()
    review = ReviewFactory(partnership=doubt.notification.partnership)
    sign_in(Role.COORDINATOR, review)

    text = client.get(reverse("reviews:notification-duplicate", args=[doubt.pk])).content.decode()

    for one in (doubt.notification, doubt.other):
        assert reverse("reviews:notification-reveal", args=[one.pk]) in text
