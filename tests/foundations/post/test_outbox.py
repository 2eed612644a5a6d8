"""A message is sent: never lost, and doubled only where the mail server itself died in between."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from dhr.logs import JsonFormatter
from foundations.post import outbox
from foundations.post.models import LEASE, Message
from foundations.post.outbox import MOST_TRIES, deliver, due_messages, message_id_of, queue_message

SECRET = "https://reviews.example/account/invitation/zq-secret/"


def queued(**more):
    return queue_message(
        key="one", to="sam@agency.example", subject="Look", body=SECRET, holds_secret=True, **more
    )


def lease_runs_out(message):
    Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_the_same_message_is_stored_once():
    assert queued() == queued()
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_secret_is_forgotten_once_it_is_sent():
    message = queued()

    assert deliver(message.pk) is True

    message.refresh_from_db()
    assert (message.state, message.body) == (Message.State.SENT, "")
    assert SECRET in mail.outbox[0].body
    assert deliver(message.pk) is False
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_worker_that_dies_before_sending_loses_nothing(monkeypatch):
    message = queued()

    def die(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", die)
        with pytest.raises(KeyboardInterrupt):
            deliver(message.pk)

    assert deliver(message.pk) is False  # its lease runs
    lease_runs_out(message)
    assert deliver(message.pk) is True
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_worker_that_dies_once_it_was_sent_sends_the_same_again(monkeypatch):
    message, send = queued(), EmailMessage.send

    def send_and_die(self, **options):
        send(self, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            deliver(message.pk)
    lease_runs_out(message)
    deliver(message.pk)

    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert ids == [message_id_of(message)] * 2


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_asked_again_and_not_for_ever(monkeypatch, caplog):
    message = queued()

    def refuse(self):
        raise ConnectionRefusedError("sam@agency.example is refused")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    for _ in range(MOST_TRIES):
        assert due_messages(at=timezone.now()).filter(pk=message.pk).exists()
        deliver(message.pk)
        lease_runs_out(message)

    message.refresh_from_db()
    assert message.state == Message.State.FAILED
    told = json.dumps([JsonFormatter().format(record) for record in caplog.records])
    assert "sam@" not in told
    assert "zq-secret" not in told


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_hear_the_same_bell_send_once(monkeypatch):
    message, both, send = queued(), threading.Barrier(2), outbox.due_messages

    def look_together(**options):
        both.wait(timeout=30)
        return send(**options)

    monkeypatch.setattr(outbox, "due_messages", look_together)

    def run(_):
        try:
            return deliver(message.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, range(2))) == [False, True]
    assert len(mail.outbox) == 1


def test_a_lease_is_longer_than_a_mail_server_is_waited_for(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) * 4 < LEASE
