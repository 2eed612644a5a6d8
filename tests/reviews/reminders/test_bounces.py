"""What the mail server refuses for good stands on the coordinator's board, and nobody types it."""

import uuid

import pytest
from django.urls import reverse

from foundations.post.models import Message
from foundations.post.outbox import deliver, due_messages
from reviews.reminders.services import send_reminders
from reviews.requests.services.chasing import chase
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reviews import ParticipationFactory
from tests.factories.reviews_requests import overdue
from tests.foundations.post.processes import MailServer
from tests.reviews.reminders.conftest import DUE

pytestmark = pytest.mark.django_db
BOARD = "desk:board"


@pytest.fixture
def mail(tmp_path, settings):
    server = MailServer(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start().ready()
    yield server
    server.kill()


def named(user, start):
    """The server refuses whoever is called "never", and puts off "later"."""
    user.email = f"{start}@agency{user.pk}.example"
    user.save()
    return user


def send_all():
    """As the worker does: what is due, and nothing by hand."""
    for message in Message.objects.filter(state="queued"):
        deliver(message.pk)


def seen(client, name, **query):
    return client.get(reverse(name), query).content.decode()


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def test_a_refused_reminder_is_an_exception_on_the_board(mail, asked, author, review, signed_in):
    named(author, "never")
    send_reminders(on=DUE)
    assert "not delivered" not in seen(signed_in, BOARD)

    send_all()

    assert "1 message not delivered" in seen(signed_in, BOARD)
    assert "1 not delivered" in signed_in.get(review.get_absolute_url()).content.decode()
    listed = seen(signed_in, "reviews:message-list", state="not_arrived")
    assert author.email in listed
    assert "Could not be sent" in listed
    opened = signed_in.get(reverse("reviews:message-detail", args=[Message.objects.get().pk]))
    assert "Refused by the mail server" in opened.content.decode()
    assert "550" in opened.content.decode()
    assert mail.accepted() == []


def test_so_is_a_refused_message_about_a_request_and_what_arrived_is_not(
    mail, part, author, review, signed_in, coordinator
):
    refused, reached = named(author, "never"), with_role(Role.IMR_AUTHOR, review, part)
    request = overdue(part, kind="imr", by=coordinator)
    send_all()
    chase([request], by=coordinator, key=uuid.uuid4())

    send_all()

    assert "2 messages not delivered" in seen(signed_in, BOARD)
    listed = seen(signed_in, "reviews:message-list", state="not_arrived")
    assert refused.email in listed
    assert reached.email not in listed
    assert {line["to"] for line in mail.accepted()} == {reached.email}


def test_what_is_only_put_off_is_none_yet(mail, asked, author, signed_in):
    named(author, "later")
    send_reminders(on=DUE)

    send_all()

    assert "not delivered" not in seen(signed_in, BOARD)


def test_it_is_nobody_elses_exception(mail, asked, author, client):
    named(author, "never")
    send_reminders(on=DUE)
    send_all()
    elsewhere = ParticipationFactory()
    client.force_login(with_role(Role.COORDINATOR, elsewhere.review))

    assert "not delivered" not in seen(client, BOARD)
    assert author.email not in seen(client, "reviews:message-list", state="not_arrived")


def test_sent_again_to_a_mailbox_that_is_there_now_it_is_none_any_more(
    mail, asked, author, signed_in
):
    named(author, "never")
    send_reminders(on=DUE)
    send_all()
    message = Message.objects.get()
    Message.objects.filter(pk=message.pk).update(to="mended@agency.example")

    url = reverse("reviews:message-detail", args=[message.pk])
    signed_in.post(url, {"what": "again"})
    send_all()

    assert "not delivered" not in seen(signed_in, BOARD)
    assert not due_messages(at=message.queued_at).exists()
    assert [line["to"] for line in mail.accepted()] == ["mended@agency.example"]
