import uuid
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from reviews.proceedings import services
from reviews.proceedings.models import Hold, Proceeding, ProceedingEvent, ProceedingPost
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_proceedings import ProceedingFactory, dated, hold

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


@pytest.fixture
def trial(review):
    return ProceedingFactory(review=review, number="T20267001")


def page(name, review, *more):
    return reverse(f"reviews:{name}", args=[review.reference, *more])


def day(name, on):
    parts = zip(("day", "month", "year"), (on.day, on.month, on.year), strict=True)
    return {f"{name}_{part}": str(number) for part, number in parts}


def hold_form(*stops, **changes):
    return {
        "stops": stops,
        "asked_by": "Senior investigating officer",
        "until": "open",
        "reason": "The trial",
        "agreed_by": "The chair",
        "key": uuid.uuid4(),
        **day("starts_on", TODAY),
    } | changes


def test_a_proceeding_is_added_and_dated(client, review, chair):
    added = client.post(
        page("proceeding-add", review),
        {"kind": "inquest", "body": "Coroner for the north", "key": uuid.uuid4()},
    )
    one = Proceeding.objects.get()
    client.post(
        page("proceeding-date-add", review, one.pk),
        {"what": "hearing", "on_text": "spring 2027", "key": uuid.uuid4()},
    )

    assert added.url == one.get_absolute_url()
    assert "spring 2027" in client.get(one.get_absolute_url()).content.decode()


def test_a_date_is_moved_or_called_off_and_the_one_before_stays(client, review, chair, trial):
    event = dated(trial)
    url = page("proceeding-date-move", review, event.pk)

    refused = client.post(url, {"key": uuid.uuid4()})
    client.post(url, {"because": "A guilty plea", "key": uuid.uuid4()})
    text = client.get(trial.get_absolute_url()).content.decode()

    assert refused.status_code == 422
    assert "12 April 2027" in text
    assert "A guilty plea" in text
    assert client.get(url).status_code == 404  # the one that stands now is to be moved


def test_a_second_click_holds_once(client, review, chair, trial):
    form = hold_form("publication", "family")

    for _ in range(2):
        client.post(page("hold-begin", review, trial.pk), form)

    assert sorted(Hold.objects.values_list("stops", flat=True)) == ["family", "publication"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stops": ["contact"]}, "people"),
        ({"until": "day"}, "last_day"),
        ({"until": "event"}, "until_event"),
        ({"until": "day", **day("last_day", date(2026, 1, 1))}, "last_day"),
        (day("starts_on", date(2027, 1, 1)), "starts_on"),
    ],
)
def test_what_is_wrong_with_a_hold_stands_beside_its_field(
    changes, field, client, review, chair, trial
):
    response = client.post(page("hold-begin", review, trial.pk), hold_form("publication") | changes)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Hold.objects.count() == 0


def test_people_are_chosen_by_pseudonym_from_this_review(client, review, chair, trial):
    person, elsewhere = PersonFactory(review=review), PersonFactory()
    url = page("hold-begin", review, trial.pk)

    refused = client.post(url, hold_form("contact", people=[elsewhere.pk]))
    client.post(url, hold_form("contact", people=[person.pk]))

    assert refused.status_code == 422
    assert list(Hold.objects.get().people.all()) == [person]


def test_a_hold_is_released_with_a_reason_and_stays(client, review, chair, trial):
    one = hold(trial, "publication")
    form = {"because": "Sentence passed", "agreed_by": "The chair", **day("on", TODAY)}

    for _ in range(2):
        client.post(page("hold-release", review, one.pk), form | {"key": uuid.uuid4()})
    text = client.get(page("proceedings", review)).content.decode()

    assert "Released from 21 November 2026" in text
    assert "Sentence passed" in text


def test_how_to_reach_a_contact_is_shown_to_the_password_alone(client, review, chair, trial):
    chair.set_password("three random words")
    chair.save()
    client.force_login(chair)
    client.post(
        page("proceeding-post-add", review, trial.pk),
        {"post": "Disclosure officer", "details": "01632 960555", "key": uuid.uuid4()},
    )
    post = ProceedingPost.objects.get()
    url = page("proceeding-post", review, post.pk)

    asked = client.get(url).content.decode()
    wrong = client.post(url, {"password": "wrong"})
    right = client.post(url, {"password": "three random words"})

    assert "960555" not in asked + wrong.content.decode()
    assert "960555" not in client.get(trial.get_absolute_url()).content.decode()
    assert "01632 960555" in right.content.decode()
    assert "no-store" in right["Cache-Control"]
    assert Event.objects.filter(type="proceeding.revealed").count() == 1


# --- Who sees it --------------------------------------------------------------------------------


def test_the_panel_sees_what_there_is_and_when_and_nothing_else(client, review, trial):
    event = dated(trial, note="Court two")
    services.set_status(
        trial,
        status="concluded",
        on=event.on,
        outcome="Found guilty",
        by=trial.added_by,
        key=uuid.uuid4(),
        today=date(2027, 6, 1),
    )
    services.add_post(trial, post="Disclosure officer", by=trial.added_by, key=uuid.uuid4())
    hold(trial, "publication")
    client.force_login(with_role(Role.PANEL_MEMBER, review))

    text = "".join(
        client.get(url).content.decode()
        for url in (page("proceedings", review), trial.get_absolute_url())
    )

    assert trial.body in text
    assert "12 April 2027" in text
    for words in (trial.number, "Court two", "guilty", "officer", "hold on", "Release", "Move"):
        assert words not in text


@pytest.mark.parametrize("role", [Role.BOARD_READER, Role.HOME_OFFICE_READER])
def test_others_in_the_review_see_nothing_of_it(role, client, review, trial):
    review.stage = "quality_assurance"
    review.save()
    client.force_login(with_role(role, review))

    home = client.get(reverse("desk:review-home", args=[review.reference])).content.decode()

    assert client.get(trial.get_absolute_url()).status_code == 403
    assert "Parallel proceedings" not in home


def test_a_row_of_another_review_is_not_reached_through_ones_own(client, review, chair):
    theirs = ProceedingFactory()
    post = services.add_post(theirs, post="Officer", by=theirs.added_by, key=uuid.uuid4())
    rows = [
        ("proceeding", theirs.pk),
        ("hold-begin", theirs.pk),
        ("proceeding-date-move", dated(theirs).pk),
        ("proceeding-post", post.pk),
        ("hold-release", hold(theirs, "family").pk),
    ]

    assert {client.get(page(name, review, pk)).status_code for name, pk in rows} == {404}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(
    count, client, review, chair, django_assert_max_num_queries
):
    for _ in range(count):
        one = ProceedingFactory(review=review)
        dated(one)
        hold(one, "contact", people=[PersonFactory(review=review)])
        hold(one, "family", until_event=ProceedingEvent.objects.filter(proceeding=one).get())
    client.get(page("proceedings", review))

    with django_assert_max_num_queries(17):
        client.get(page("proceedings", review))
