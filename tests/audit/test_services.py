"""One chain a stream, written in the transaction of what it tells, and walked by verify()."""

import pytest
from django.db import transaction

from audit.models import Event, EventType, Head
from audit.services import SYSTEM, record, stream_of, verify
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


def test_an_event_says_who_what_where_and_to_what():
    review, user = ReviewFactory(), UserFactory()

    record(EventType.SHARED, by=user, review=review, target=review, rows=3)

    event = Event.objects.get()
    assert (event.stream, event.seq, event.type) == (f"review:{review.reference}", 1, "share.given")
    assert (event.actor, event.target) == (f"user:{user.pk}", f"reviews.review:{review.pk}")
    assert event.data == {"rows": 3}


def test_what_the_system_does_is_the_systems():
    record(EventType.AGENCY_CREATED, by=None)

    assert Event.objects.values_list("stream", "actor").get() == ("admin", SYSTEM)


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match="lost"):
        record("share.lost", by=None)

    assert Event.objects.count() == 0


def test_each_stream_has_its_own_chain():
    one, two = ReviewFactory(), ReviewFactory()
    for review in (one, two, one):
        record(EventType.PLAN_READ, by=None, review=review)

    assert list(Event.objects.order_by("stream", "seq").values_list("stream", "seq")) == sorted(
        [(stream_of(one), 1), (stream_of(one), 2), (stream_of(two), 1)]
    )
    first, second = Event.objects.filter(stream=stream_of(one)).order_by("seq")
    assert (bytes(first.prev), bytes(second.prev)) == (b"", bytes(first.hash))
    assert bytes(Head.objects.get(stream=stream_of(one)).hash) == bytes(second.hash)


def test_what_is_rolled_back_leaves_no_event():
    with transaction.atomic():
        record(EventType.PLAN_READ, by=None)
        transaction.set_rollback(True)

    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


def test_verify_counts_what_is_whole():
    one, two = ReviewFactory(), ReviewFactory()
    for review in (one, one, two):
        record(EventType.PLAN_READ, by=None, review=review)

    whole = verify()
    of_one = verify(stream_of(one))

    assert (whole.streams, whole.events, whole.broken) == (2, 3, None)
    assert (of_one.streams, of_one.events, of_one.broken) == (1, 2, None)


def test_an_empty_trail_is_whole():
    assert verify().broken is None
