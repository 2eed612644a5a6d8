"""Somebody without an account, against the form behind a single-use link."""

import secrets
import uuid
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNotContains

from foundations.dates import PartialDate, parse
from foundations.post.models import Message
from reviews.intake.models import Notification, NotificationLink, NotifiedIdentity
from reviews.intake.services.notifying import LinkSpent, end_link, notify_by_link, send_link
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def sent(partnership):
    """(link, secret)"""
    return send_link(
        partnership, for_whom="Major Crime", sent_to="team@police.example", by=UserFactory()
    )


def url(secret):
    return reverse("reviews:notify", args=[secret])


def said(**changes):
    return {
        "key": str(uuid.uuid4()),
        "source": "police",
        "from_whom": "Major Crime Team",
        "manner": "homicide",
        "charge": "charged",
        "death_text": "March 2026",
        "name": "Rowan Harper",
        "circumstances": "Found at home.",
        "contacts": "Incident room",
    } | changes


def test_used_twice_it_shows_nothing_of_what_was_told(client, sent):
    _, secret = sent
    client.post(url(secret), said())

    for again in (client.get(url(secret)), client.post(url(secret), said(name="Somebody Else"))):
        assertNotContains(again, "Rowan Harper")
        assertNotContains(again, "Somebody Else")
    assert Notification.objects.count() == 1


def test_another_partnership_cannot_be_named_in_the_form(client, sent, partnership):
    _, secret = sent
    other = PartnershipFactory()

    client.post(
        url(secret),
        said(
            partnership=other.pk,
            partnership_id=other.pk,
            told_on="2020-01-01",
            state="closed",
            review="1",
            received_by="1",
            link="",
        ),
    )

    told = Notification.objects.get()
    assert (told.partnership, told.told_on) == (partnership, timezone.localdate())
    assert (told.state, told.review, told.received_by) == ("open", None, None)


@pytest.mark.parametrize("how", ["ended", "expired", "guessed", "shortened", "its digest"])
def test_a_link_that_is_not_live_takes_nothing(how, client, sent):
    link, secret = sent
    if how == "ended":
        end_link(link, by=UserFactory())
    if how == "expired":
        NotificationLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    tried = {
        "guessed": secrets.token_urlsafe(32),
        "shortened": secret[:-1],
        "its digest": link.digest,
    }.get(how, secret)

    statuses = {client.get(url(tried)).status_code, client.post(url(tried), said()).status_code}

    assert statuses == {410}
    assert Notification.objects.count() == 0


def test_an_ended_link_an_expired_and_a_made_up_one_answer_alike(client, sent, partnership):
    link, ended = sent
    end_link(link, by=UserFactory())
    _, expired = send_link(partnership, for_whom="A", sent_to="a@police.example", by=UserFactory())
    NotificationLink.objects.filter(ended_at=None).update(expires_at=timezone.now())

    answers = {
        client.get(url(one)).content.replace(one.encode(), b"")
        for one in (ended, expired, secrets.token_urlsafe(32))
    }

    assert len({len(answer) for answer in answers}) == 1


@pytest.mark.parametrize("field", ["name", "circumstances", "others", "contacts", "address"])
def test_a_text_without_end_is_refused_beside_its_field(field, client, sent):
    _, secret = sent

    answer = client.post(url(secret), said(**{field: "x" * 200_000}))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Notification.objects.count() == 0


def test_a_body_of_megabytes_is_refused(client, sent):
    _, secret = sent

    answer = client.post(url(secret), said(circumstances="x" * 6_000_000))

    assert answer.status_code == 413
    assert "Too much was sent at once" in answer.content.decode()
    assert Notification.objects.count() == 0


@pytest.mark.parametrize(
    "field", ["name", "from_whom", "circumstances", "death_text", "key", "source"]
)
@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "\u202e"]
)
def test_no_character_breaks_it(field, text, client, sent):
    _, secret = sent

    assert client.post(url(secret), said(**{field: text})).status_code in (302, 422)


@pytest.mark.parametrize(
    "secret", ["a" * 5000, "%00", "'; drop table x; --", "../../etc", "é" * 50]
)
def test_no_address_breaks_it(secret, client):
    assert client.get(f"/notify/{secret}/").status_code in (404, 410, 429)


def test_what_was_typed_is_text_wherever_it_is_shown(client, sent):
    _, secret = sent

    shown = client.post(url(secret), said(name="<script>alert(1)</script>", contacts=""))

    page = shown.content.decode()
    assert shown.status_code == 422
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_no_mail_holds_a_word_of_it(client, sent):
    _, secret = sent
    client.post(url(secret), said())

    written = "\n".join(f"{m.subject}{m.body}{m.to}" for m in Message.objects.all())
    written += "\n".join(f"{m.subject}{m.body}" for m in mail.outbox)
    assert "Rowan" not in written
    assert "Found at home" not in written


def test_the_page_is_not_kept_and_sends_its_address_nowhere(client, sent):
    shown = client.get(url(sent[1]))

    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] in ("no-referrer", "same-origin")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_only_reading_and_sending_are_answered(method, client, sent):
    assert getattr(client, method)(url(sent[1])).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_is_taken(partnership):
    _, secret = send_link(
        partnership, for_whom="Major Crime", sent_to="team@police.example", by=UserFactory()
    )
    start, answers = Barrier(2), []

    def tell(name):
        start.wait()
        try:
            notify_by_link(
                secret,
                key=uuid.uuid4(),
                source="police",
                from_whom="Major Crime",
                manner="homicide",
                charge="charged",
                death=parse("March 2026").value,
                name=name,
                born=PartialDate.none(),
                circumstances="Found",
                contacts="Desk",
            )
            answers.append("taken")
        except LinkSpent:
            answers.append("spent")
        finally:
            connections.close_all()

    threads = [Thread(target=tell, args=[name]) for name in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["spent", "taken"]
    assert (Notification.objects.count(), NotifiedIdentity.objects.count()) == (1, 1)
