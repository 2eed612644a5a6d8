import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from foundations.dates import PartialDate, parse
from foundations.post.models import Message
from reviews.intake.models import ScopingAnswer, ScopingRequest
from reviews.intake.services import AnothersKey, scoping
from reviews.rules import Role
from tests.conftest import with_role
from tests.days import today
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_intake import ScopingAnswerFactory, ScopingRequestFactory

pytestmark = pytest.mark.django_db
NEVER = PartialDate.none()


@pytest.fixture
def review():
    review = ReviewFactory()
    PersonFactory(review=review, pseudonym="FA 1")
    return review


def answer(request, *, key=None, **more):
    person = request.participation.review.people.first()
    return scoping.answer_scoping(
        request,
        key=key or uuid.uuid4(),
        by=UserFactory(),
        **{
            "people": {person: ("known", parse("2019").value, parse("March 2024").value)},
            "records_secured": True,
            "secured_note": "",
            "records_destroyed": "no",
            "destroyed": NEVER,
            "destroyed_under": "",
            "note": "",
        }
        | more,
    )


# --- The services -------------------------------------------------------------------------------


def test_each_agency_is_asked_and_told_that_something_waits(review):
    part, by = ParticipationFactory(review=review), UserFactory()
    author = with_role(Role.IMR_AUTHOR, review, part)
    lead = with_role(Role.ACTION_LEAD, review, part)

    (asked,) = scoping.ask_agencies(review, participations=[part], due=today(14), by=by)

    assert (asked.participation, asked.due, asked.asked_by) == (part, today(14), by)
    message = Message.objects.get(key__startswith="scoping:")
    assert message.to == author.email != lead.email
    assert review.reference not in message.subject + message.body
    assert Event.objects.get(type="scoping.asked").data["agency"] == part.agency.name


def test_an_agency_that_owes_an_answer_is_not_asked_twice(review):
    part = ParticipationFactory(review=review)
    scoping.ask_agencies(review, participations=[part], due=today(14), by=None)

    again = scoping.ask_agencies(review, participations=[part], due=today(14), by=None)

    assert again == []
    assert ScopingRequest.objects.count() == 1


def test_an_agency_of_another_review_is_not_asked(review):
    elsewhere = ParticipationFactory()

    asked = scoping.ask_agencies(review, participations=[elsewhere], due=today(14), by=None)

    assert asked == []


def test_a_day_that_has_passed_is_refused(review):
    with pytest.raises(ValidationError):
        scoping.ask_agencies(review, participations=[], due=today(-1), by=None)


def test_a_correction_is_a_further_row(review):
    request = ScopingRequestFactory(participation__review=review)
    person = review.people.get()

    answer(request)
    answer(request, people={person: ("not_known", NEVER, NEVER)})

    assert list(request.answers.values_list("number", "known")) == [(2, "not_known"), (1, "known")]


def test_dates_stay_as_they_were_written(review):
    request = ScopingRequestFactory(participation__review=review)
    person = review.people.get()

    given = answer(
        request, people={person: ("known", parse("late 2019").value, parse("2024").value)}
    )

    line = given.people.get()
    assert (str(line.known_from), str(line.known_to)) == ("late 2019", "2024")


def test_a_second_click_answers_once(review):
    request, key = ScopingRequestFactory(participation__review=review), uuid.uuid4()

    first, second = answer(request, key=key), answer(request, key=key)

    assert first == second
    assert request.answers.count() == 1


def test_the_key_of_another_request_shows_nothing(review):
    theirs = ScopingAnswerFactory()
    request = ScopingRequestFactory(participation__review=review)

    with pytest.raises(AnothersKey):
        answer(request, key=theirs.key)


def test_destroyed_records_name_the_policy(review):
    request = ScopingRequestFactory(participation__review=review)

    with pytest.raises(ValidationError):
        answer(request, records_destroyed="some", destroyed=parse("2021").value)


# --- The pages ----------------------------------------------------------------------------------


def test_the_chair_asks_chosen_agencies(client, sign_in, review):
    asked, left_out = (ParticipationFactory(review=review) for _ in range(2))
    sign_in(Role.CHAIR, review)

    response = client.post(
        reverse("reviews:scoping-ask", args=[review.reference]),
        {
            "participations": [asked.pk],
            "due_day": today(14).day,
            "due_month": today(14).month,
            "due_year": today(14).year,
            "names_sent": "by secure e-mail",
        },
    )

    assert response.status_code == 302
    assert [each.participation for each in ScopingRequest.objects.all()] == [asked]
    assert left_out.scoping_requests.count() == 0


def test_nobody_is_asked_of_nobody(client, sign_in):
    part = ParticipationFactory()
    sign_in(Role.CHAIR, part.review)

    response = client.post(
        reverse("reviews:scoping-ask", args=[part.review.reference]),
        {
            "participations": [part.pk],
            "due_day": today(14).day,
            "due_month": today(14).month,
            "due_year": today(14).year,
        },
    )

    assert response.status_code == 422
    assert "Add the subjects of the review first" in response.content.decode()


@pytest.fixture
def asked(review):
    return ScopingRequestFactory(participation__review=review)


@pytest.fixture
def send(client, sign_in, review, asked):
    sign_in(Role.IMR_AUTHOR, review, asked.participation)
    person = review.people.get()
    url = reverse("reviews:scoping-answer", args=[review.reference, asked.pk])

    def send_(**more):
        return client.post(
            url,
            {
                "key": uuid.uuid4(),
                f"person_{person.pk}_known": "known",
                f"person_{person.pk}_from": "spring 2019",
                f"person_{person.pk}_to": "14.03.2024",
                "records_secured": "yes",
                "records_destroyed": "no",
            }
            | {name.replace("PERSON", f"person_{person.pk}"): one for name, one in more.items()},
        )

    return send_


def test_an_agency_answers_on_one_page(send, asked):
    response = send(records_destroyed="some", destroyed_year="2021", destroyed_under="Schedule 8")

    assert response.status_code == 302
    given = ScopingAnswer.objects.get(request=asked)
    assert (given.known, given.records_destroyed, str(given.destroyed), given.on_behalf) == (
        "known",
        "some",
        "2021",
        False,
    )
    assert str(given.people.get().known_from) == "spring 2019"


def test_a_date_that_was_not_given_is_not_called_no_end(client, send, review, asked):
    send(PERSON_to="")

    url = reverse("reviews:scoping-detail", args=[review.reference, asked.pk])
    page = client.get(url).content.decode()

    assert "from spring 2019 to a date that was not given" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"PERSON_known": ""}, "Say whether FA 1 was known to you"),
        ({"PERSON_from": "gibberish"}, "Enter a date such as 2011, March 2011 or 14 September 2011"),
        ({"PERSON_to": "2017"}, "This must be the same as or after the first date"),
        ({"PERSON_from": "2099", "PERSON_to": ""}, "The date cannot be in the future"),
        ({"records_destroyed": "all", "destroyed_under": "S"}, "Enter when they were destroyed, as far as you know"),
        ({"records_destroyed": "all", "destroyed_year": "2020"}, "Say under which policy they were destroyed"),
        ({"records_secured": ""}, "Say whether your records are secured"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(wrong, message, send, asked):
    response = send(**wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors.values()) == [[message]]
    assert asked.answers.count() == 0


def test_the_coordinator_answers_on_behalf(client, sign_in, review, asked):
    sign_in(Role.COORDINATOR, review)
    person = review.people.get()

    client.post(
        reverse("reviews:scoping-answer", args=[review.reference, asked.pk]),
        {
            "key": uuid.uuid4(),
            f"person_{person.pk}_known": "not_known",
            "records_secured": "no",
            "records_destroyed": "unknown",
        },
    )

    assert asked.answers.get().on_behalf


def test_an_agency_learns_of_no_other(client, sign_in, review, asked):
    other = ScopingRequestFactory(participation__review=review)
    sign_in(Role.SIGN_OFF_OFFICER, review, asked.participation)
    of = [review.reference]

    own = client.get(reverse("reviews:scoping-detail", args=[*of, asked.pk]))
    theirs = client.get(reverse("reviews:scoping-detail", args=[*of, other.pk]))
    board = client.get(reverse("reviews:scoping-board", args=of))
    home = client.get(review.get_absolute_url())

    assert (own.status_code, theirs.status_code, board.status_code) == (200, 404, 403)
    for page in (own, home):
        assert other.participation.agency.name not in page.content.decode()


def test_the_board_says_who_has_answered(client, sign_in, review, asked):
    answer(asked, records_secured=False)
    late = ScopingRequestFactory(participation__review=review)
    ScopingRequest.objects.filter(pk=late.pk).update(due=today(-1))
    sign_in(Role.CHAIR, review)

    page = client.get(reverse("reviews:scoping-board", args=[review.reference])).content.decode()

    assert "1 of 2 answered." in page
    assert "Overdue" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_takes_as_many_queries_for_any_number(
    count, client, sign_in, review, django_assert_num_queries
):
    for _ in range(count):
        answer(ScopingRequestFactory(participation__review=review))
    sign_in(Role.CHAIR, review)
    url = reverse("reviews:scoping-board", args=[review.reference])
    client.get(url)

    with django_assert_num_queries(9):
        client.get(url)


def test_a_correction_starts_from_what_was_answered(client, review, sign_in):
    part = ParticipationFactory(review=review)
    asked = ScopingRequestFactory(participation=part)
    answer(asked, note="We hold one file.", secured_note="In the safe.")
    sign_in(Role.IMR_AUTHOR, review, part)

    url = reverse("reviews:scoping-answer", args=[review.reference, asked.pk])
    form = client.get(url).context["form"]

    prefix = f"person_{review.people.get().pk}"
    assert {name: form[name].value() for name in (f"{prefix}_known", f"{prefix}_from")} == {
        f"{prefix}_known": "known",
        f"{prefix}_from": "2019",
    }
    assert (form["note"].value(), form["records_secured"].value()) == ("We hold one file.", "yes")
    assert form["key"].value() != ScopingAnswer.objects.get().key


def test_who_has_nobody_to_ask_is_told_what_comes_first(client, sign_in):
    review = ReviewFactory()
    sign_in(Role.COORDINATOR, review)

    text = client.get(reverse("reviews:scoping-ask", args=[review.reference])).content.decode()

    assert reverse("reviews:register", args=[review.reference]) in text
    assert reverse("reviews:participation-add", args=[review.reference]) in text
    assert "Ask them" not in text


def test_who_has_asked_everybody_is_told_so(client, review, sign_in):
    ScopingRequestFactory(participation=ParticipationFactory(review=review))
    sign_in(Role.COORDINATOR, review)

    text = client.get(reverse("reviews:scoping-ask", args=[review.reference])).content.decode()

    assert "Every agency was asked" in text
