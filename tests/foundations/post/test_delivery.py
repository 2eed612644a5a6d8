"""What a real mail server answers is kept, and decides what becomes of a message."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings as installation
from django.utils import timezone

from foundations.post import outbox
from foundations.post.models import Delivery, Message
from foundations.post.outbox import (
    WAITS,
    CannotSendAgain,
    NotSent,
    came_back,
    deliver,
    due_messages,
    message_id_of,
    queue_message,
    send_again,
)
from tests.foundations.post.processes import MailServer

pytestmark = pytest.mark.django_db
Outcome = Delivery.Outcome


@pytest.fixture
def mail(tmp_path, settings):
    server = MailServer(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start().ready()
    yield server
    server.kill()


def queued(to="sam@agency.example", **more):
    return queue_message(key=f"to:{to}", to=to, subject="Look", body="There", **more)


def told(message):
    return list(message.deliveries.values_list("outcome", "code"))


def its_time_comes(message):
    Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_what_was_accepted_is_kept_as_sent_under_the_name_of_this_service(mail):
    message = queued()

    assert deliver(message.pk) is True

    assert (state_of(message), told(message)) == ("sent", [(Outcome.ACCEPTED, None)])
    (line,) = mail.accepted()
    assert line["id"] == message_id_of(message)
    assert line["id"].endswith(f"@{urlsplit(installation.SERVICE_URL).hostname}>")


def test_what_was_put_off_is_tried_again_after_a_longer_time_each_time(mail):
    message, waits = queued("later@agency.example"), []
    for _ in range(3):
        assert deliver(message.pk) is False
        message.refresh_from_db()
        waits.append(message.lease_until - timezone.now())
        assert not due_messages(at=timezone.now()).exists()
        its_time_comes(message)

    assert state_of(message) == "queued"
    assert told(message) == [(Outcome.PUT_OFF, 450)] * 3
    assert waits == sorted(waits)
    assert waits[-1] > WAITS[1]


def test_what_was_refused_for_good_is_not_tried_again(mail):
    message = queued("never@agency.example")

    assert deliver(message.pk) is False

    assert (state_of(message), told(message)) == ("failed", [(Outcome.REFUSED, 550)])
    assert not due_messages(at=timezone.now()).exists()


def test_a_server_that_is_away_loses_nothing(mail):
    mail.kill()
    message = queued()
    assert deliver(message.pk) is False
    assert (state_of(message), told(message)) == ("queued", [(Outcome.AWAY, None)])

    mail.start().ready()
    its_time_comes(message)

    assert deliver(message.pk) is True
    assert len(mail.accepted()) == 1


def test_a_server_that_dies_once_it_had_accepted_gets_the_same_message_id_again(mail):
    message = queued("dies@agency.example")
    assert deliver(message.pk) is False
    assert told(message) == [(Outcome.AWAY, None)]

    mail.start().ready()
    its_time_comes(message)

    assert deliver(message.pk) is True
    assert [line["id"] for line in mail.accepted()] == [message_id_of(message)] * 2


def test_an_address_that_nobody_can_write_to_fails_at_once(mail):
    message = queued()
    Message.objects.filter(pk=message.pk).update(to="sam@agency.example\nBcc: all@agency.example")

    assert deliver(message.pk) is False

    assert (state_of(message), told(message)) == ("failed", [(Outcome.REFUSED, None)])
    assert mail.accepted() == []


def test_a_message_that_kills_its_workers_is_given_up(mail, monkeypatch):
    message = queued()

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "_as_email", die)
    for _ in range(outbox.MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            deliver(message.pk)
        its_time_comes(message)

    assert deliver(message.pk) is False
    assert state_of(message) == "failed"
    assert set(told(message)) == {(Outcome.UNKNOWN, None)}


def test_a_slow_worker_does_not_take_back_what_another_has_sent(mail, monkeypatch):
    message, email_of = queued(), outbox._as_email

    def overtaken(claimed):
        monkeypatch.setattr(outbox, "_as_email", email_of)
        its_time_comes(message)
        assert deliver(message.pk) is True
        raise ConnectionResetError

    monkeypatch.setattr(outbox, "_as_email", overtaken)

    assert deliver(message.pk) is False

    assert state_of(message) == "sent"
    assert len(mail.accepted()) == 1


# --- What came back -----------------------------------------------------------------------------


def test_what_came_back_is_sent_again_with_every_try(mail, django_user_model):
    message = queued()
    deliver(message.pk)
    came_back(message, by=None)
    assert state_of(message) == "bounced"

    send_again(message)

    assert (state_of(message), message.tries) == ("queued", 0)
    assert deliver(message.pk) is True
    assert [outcome for outcome, _ in told(message)] == ["accepted", "bounced", "accepted"]


def test_what_never_left_cannot_come_back():
    with pytest.raises(NotSent):
        came_back(queued(), by=None)


def test_a_second_click_sends_nothing_again(mail):
    message = queued("never@agency.example")
    deliver(message.pk)
    send_again(message)

    with pytest.raises(CannotSendAgain):
        send_again(message)


def test_a_secret_that_is_forgotten_is_not_sent_again_without_words(mail):
    message = queued(holds_secret=True)
    deliver(message.pk)
    came_back(message, by=None)

    with pytest.raises(CannotSendAgain):
        send_again(message)
