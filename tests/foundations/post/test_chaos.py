"""Worker, broker and mail server are killed at random: every message arrives, and arrives once.

The receiver counts. A second copy is allowed only where the first was accepted and whoever should
have kept that was killed before: then it has the same Message-ID, so that the receiver drops it.
"""

import random
import time
from collections import Counter

import pytest
from celery import Celery
from django.conf import settings

from foundations.post import bell
from foundations.post.models import Delivery, Message
from foundations.post.outbox import message_id_of, queue_message
from tests.dhr.processes import eventually
from tests.foundations.post.processes import Beat, Broker, MailServer, Worker

pytestmark = pytest.mark.django_db(transaction=True)
MESSAGES = 60
SECONDS_OF_CHAOS = 6
Outcome = Delivery.Outcome


@pytest.fixture
def post(tmp_path, request, monkeypatch):
    """Everything that carries mail, under a seed; whoever queues here rings at that broker."""
    mail, broker = MailServer(tmp_path, seed=request.param), Broker(tmp_path)
    worker = Worker(tmp_path, broker=broker, mail=mail)
    bell_pull = Celery("chaos", broker=broker.url, set_as_current=False)
    bell_pull.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    monkeypatch.setattr(bell, "current_app", bell_pull)
    beat = Beat(tmp_path, broker=broker, mail=mail)
    for process in (mail, broker, worker, beat):
        process.start()
    mail.ready()
    broker.ready()
    yield request.param, mail, broker, worker, beat
    for process in (beat, worker, mail, broker):
        process.kill()
    bell_pull.close()


@pytest.mark.parametrize("post", [1, 2], indirect=True)
def test_every_message_arrives_once_whatever_is_killed(post, capsys):
    seed, mail, broker, worker, beat = post
    chance = random.Random(seed)  # noqa: S311
    eventually(lambda: _is_at_work(), seconds=40)

    began, queued = time.monotonic(), 0
    while time.monotonic() < began + SECONDS_OF_CHAOS:
        while queued < min(MESSAGES, MESSAGES * (time.monotonic() - began) / SECONDS_OF_CHAOS):
            queued += 1
            _queue(queued)
        victim = chance.choices(("mail", "broker", "child"), weights=(4, 3, 3))[0]
        if worker.kills == 0 and time.monotonic() > began + SECONDS_OF_CHAOS / 3:
            worker.kill()
            beat.kill()
        elif victim == "child" and not worker.is_dead:
            worker.kill_one_child(chance)
        else:
            (broker if victim == "broker" else mail).kill()
        time.sleep(chance.uniform(0.02, 0.2))
        for process in (mail, broker, worker, beat):
            process.start()
        time.sleep(chance.uniform(0.05, 0.5))
    for number in range(queued + 1, MESSAGES + 1):
        _queue(number)

    def all_sent():
        for process in (mail, broker, worker, beat):
            process.start()
        return not Message.objects.exclude(state=Message.State.SENT).exists()

    eventually(all_sent, seconds=60)
    arrived = Counter(line["id"] for line in mail.accepted())
    with capsys.disabled():
        _tell(seed, arrived, mail, broker, worker, time.monotonic() - began)
    _nothing_lost(mail, arrived)
    _doubled_only_where_nobody_could_keep_it(arrived)


def _queue(number):
    queue_message(
        key=f"chaos:{number}", to=f"person{number}@agency.example", subject="Look", body="There"
    )


def _is_at_work():
    _queue(0)
    return Message.objects.filter(state=Message.State.SENT).exists()


def _nothing_lost(mail, arrived):
    wanted = {message_id_of(message): message.to for message in Message.objects.all()}
    assert len(wanted) == MESSAGES + 1
    assert {line["id"]: line["to"] for line in mail.accepted()} == wanted
    assert set(arrived) == set(wanted)


def _doubled_only_where_nobody_could_keep_it(arrived):
    for message in Message.objects.prefetch_related("deliveries"):
        outcomes = Counter(one.outcome for one in message.deliveries.all())
        unanswered = outcomes[Outcome.UNKNOWN] + outcomes[Outcome.AWAY]
        assert outcomes[Outcome.ACCEPTED] == 1
        assert 1 <= arrived[message_id_of(message)] <= 1 + unanswered


def _tell(seed, arrived, mail, broker, worker, seconds):
    outcomes = Counter(Delivery.objects.values_list("outcome", flat=True))
    print(  # noqa: T201
        f"\nchaos, seed {seed}: {len(arrived)} messages in {seconds:.1f} s, {arrived.total()} copies"
        f" accepted, killed: mail server {mail.kills} (and died {mail.starts - 1 - mail.kills} times"
        f" by itself), broker {broker.kills}, worker {worker.kills},"
        f" its children {worker.children_killed}; attempts: {dict(outcomes)}"
    )
