import uuid
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from foundations.post.models import Message
from reviews.access import forget
from reviews.reminders.models import Mailing, Posting, ReminderSteps
from reviews.reminders.services import send_reminders
from reviews.rules import Role
from reviews.services import invite
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_intake import ScopingAnswerFactory
from tests.factories.reviews_panel import ConflictFactory, PanelMemberFactory
from tests.factories.reviews_reminders import (
    DeliveryFactory,
    MailingFactory,
    MessageFactory,
    PostingFactory,
    ReminderFactory,
)
from tests.reviews.reminders.conftest import DUE

pytestmark = pytest.mark.django_db
LIST = reverse("reviews:message-list")


@pytest.fixture
def failed(review):
    return PostingFactory(review=review, message__state=Message.State.FAILED)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def page_of(message):
    return reverse("reviews:message-detail", args=[message.pk])


def shown(response):
    return [line.message.to for line in response.context["lines"]]


# --- The list -----------------------------------------------------------------------------------


def test_what_was_sent_to_whom_with_its_state(signed_in, failed):
    response = signed_in.get(LIST)

    assert shown(response) == [failed.message.to]
    text = response.content.decode()
    assert failed.message.subject in text
    assert "Could not be sent" in text


def test_messages_of_another_partnership_are_not_shown(signed_in, failed):
    PostingFactory(review=ReviewFactory())

    assert shown(signed_in.get(LIST)) == [failed.message.to]


def test_messages_about_an_agency_with_which_one_has_a_conflict_are_not_shown(
    signed_in, coordinator, review, part
):
    posting = PostingFactory(review=review, participation=part)
    seat = PanelMemberFactory(review=review, user=coordinator)
    ConflictFactory(member=seat, participation=part)

    assert shown(signed_in.get(LIST)) == []
    assert signed_in.get(page_of(posting.message)).status_code == 404


def test_the_list_is_filtered(signed_in, failed, review):
    sent = PostingFactory(review=review)
    other = PostingFactory(review=ReviewFactory(partnership=review.partnership))
    del other

    assert shown(signed_in.get(LIST, {"state": "not_arrived"})) == [failed.message.to]
    assert shown(signed_in.get(LIST, {"state": "sent", "review": "dardr-1"})) == [sent.message.to]
    assert shown(signed_in.get(LIST, {"review": "DHR-9"})) == []


def test_an_invitation_is_among_them(signed_in, review, part, coordinator):
    invite(
        email="new@police.example",
        role=Role.IMR_AUTHOR,
        review=review,
        participation=part,
        by=coordinator,
    )

    assert shown(signed_in.get(LIST)) == ["new@police.example"]
    assert Posting.objects.get().participation == part


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_takes_as_many_queries_for_any_number(
    count, signed_in, review, django_assert_num_queries
):
    PostingFactory.create_batch(count, review=review)
    signed_in.get(LIST)

    with django_assert_num_queries(8):
        response = signed_in.get(LIST)

    assert len(response.context["lines"]) == count


# --- One message --------------------------------------------------------------------------------


def test_every_try_is_shown_with_the_answer(signed_in, failed):
    DeliveryFactory(message=failed.message, outcome="refused", code=550)

    text = signed_in.get(page_of(failed.message)).content.decode()

    assert "Refused by the mail server" in text
    assert "550" in text


def test_a_message_that_failed_is_tried_again_once(signed_in, failed):
    page = page_of(failed.message)

    first = signed_in.post(page, {"what": "again"})
    second = signed_in.post(page, {"what": "again"})

    assert (first.status_code, second.status_code) == (302, 422)
    failed.message.refresh_from_db()
    assert failed.message.state == "queued"
    assert Event.objects.filter(type="message.sent_again").count() == 1


def test_a_message_that_came_back_stands_on_the_board_until_it_is_dealt_with(signed_in, review):
    message = PostingFactory(review=review).message
    board = reverse("desk:board")

    signed_in.post(page_of(message), {"what": "came_back"})
    assert "1 message not delivered" in signed_in.get(board).content.decode()
    assert "1 not delivered" in signed_in.get(review.get_absolute_url()).content.decode()

    signed_in.post(page_of(message), {"what": "settle"})
    assert "not delivered" not in signed_in.get(board).content.decode()
    assert "Dealt with" in signed_in.get(page_of(message)).content.decode()


def test_nothing_chosen_is_said_beside_the_choice(signed_in, failed):
    response = signed_in.post(page_of(failed.message), {})

    assert response.status_code == 422
    assert "Choose what to record" in response.content.decode()


def test_words_are_shown_in_a_demonstration_alone(signed_in, review, settings):
    message = PostingFactory(review=review, message__body="Sign in to see it.").message

    settings.DEMO = True
    assert "Sign in to see it." in signed_in.get(page_of(message)).content.decode()
    settings.DEMO = False
    assert "Sign in to see it." not in signed_in.get(page_of(message)).content.decode()


def test_a_secret_is_shown_to_nobody(signed_in, review, settings):
    settings.DEMO = True
    message = MessageFactory(holds_secret=True, body="the-secret-link", state="failed")
    PostingFactory(review=review, message=message)

    assert "the-secret-link" not in signed_in.get(page_of(message)).content.decode()


# --- Tomorrow -----------------------------------------------------------------------------------


def test_what_will_be_sent_tomorrow(signed_in, asked, author, time_machine):
    time_machine.move_to("2026-12-09 10:00 +0000")
    signed_in.force_login(with_role(Role.COORDINATOR, asked.review))
    elsewhere = ParticipationFactory()
    with_role(Role.IMR_AUTHOR, elsewhere.review, elsewhere)

    response = signed_in.get(reverse("reviews:message-tomorrow"))

    (one,) = response.context["planned"]
    assert (one.email, one.lines) == (author.email, ((asked.review, 1),))
    assert Message.objects.count() == Mailing.objects.count() == 0


# --- Why did I get this? ------------------------------------------------------------------------


def test_whoever_got_it_reads_why_and_goes_on(client, asked, author):
    send_reminders(on=DUE)
    client.force_login(author)

    page = client.get(Mailing.objects.get().get_absolute_url())

    text = page.content.decode()
    assert "was asked whether it knew the people of a review" in text
    assert "because it is due on that day" in text
    assert reverse("reviews:scoping-answer", args=["DARDR-1", asked.pk]) in text
    ScopingAnswerFactory(request=asked)
    assert "Settled since" in client.get(page.request["PATH_INFO"]).content.decode()


def test_nobody_else_reads_it(client, asked, author, coordinator, officer):
    send_reminders(on=DUE)

    for other in (coordinator, officer):
        client.force_login(other)
        assert client.get(Mailing.objects.get().get_absolute_url()).status_code == 404


def test_whoever_has_left_the_review_reads_nothing_of_it(client, asked, author):
    send_reminders(on=DUE)
    author.groups.clear()
    forget(author)
    client.force_login(author)

    text = client.get(Mailing.objects.get().get_absolute_url()).content.decode()

    assert "DARDR-1" not in text
    assert "You no longer have a part" in text


def test_a_reminder_of_a_kind_that_is_gone_does_not_break_the_page(client, author, review):
    mailing = MailingFactory(user=author)
    ReminderFactory(mailing=mailing, review=review, rule="gone")
    client.force_login(author)

    assert "no longer in use" in client.get(mailing.get_absolute_url()).content.decode()


# --- The days -----------------------------------------------------------------------------------


def typed(year):
    day = {"day": 1, "month": 12, "year": year}
    return {f"effective_from_{part}": value for part, value in day.items()}


def days(**more):
    return {
        "title": "Agreed in May",
        "source": "The board",
        **typed(2026),
        "days_before": 5,
        "days_after": 2,
        "lead_after": 4,
        "coordinator_after": 8,
        "days_to_read": 10,
        "days_inside": 3,
        "seen": 0,
        "key": str(uuid.uuid4()),
    } | more


def new_days(review):
    return reverse("reviews:reminder-steps-create", args=[review.partnership.slug])


def test_a_partnership_makes_a_version_of_its_own(signed_in, review):
    form = days()
    first, second = (signed_in.post(new_days(review), form) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    made = ReminderSteps.objects.get(partnership=review.partnership)
    assert (made.version, made.effective_from) == (1, date(2026, 12, 1))
    text = signed_in.get(first.url).content.decode()
    assert "Agreed in May" in text
    assert "Not begun" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lead_after": 2}, "Enter more than 2: it comes after that step"),
        ({"coordinator_after": 3}, "Enter more than 4: it comes after that step"),
        ({"days_before": 0}, "Enter 1 or more"),
        ({"days_after": "soon"}, "Enter a whole number of days"),
        (typed(2025), "Enter today’s date or a later one"),
        ({"seen": 3}, "Somebody has made a newer version meanwhile"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_the_field(wrong, said, signed_in, review):
    response = signed_in.post(new_days(review), days(**wrong))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ReminderSteps.objects.filter(partnership=review.partnership).exists()
