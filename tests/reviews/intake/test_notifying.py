import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from audit.models import Event
from foundations.dates import PartialDate, parse
from foundations.post.models import Message
from reviews.intake.models import (
    Notification,
    NotificationLink,
    NotifiedIdentity,
    PossibleDuplicate,
)
from reviews.intake.services import AnothersKey, notifying
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.agencies import PartnershipFactory
from tests.factories.reviews_intake import NotificationFactory, PossibleDuplicateFactory

pytestmark = pytest.mark.django_db
NAME = "Rowan Harper"


def told(**more):
    return {
        "key": uuid.uuid4(),
        "source": "police",
        "from_whom": "Major Crime Team",
        "manner": "suicide",
        "charge": "nobody_named",
        "death": parse("March 2026").value,
        "name": NAME,
        "born": parse("2 May 1984").value,
        "address": "Flat 2",
        "circumstances": "Found at home",
        "others": "",
        "contacts": "Desk, 01632 960001",
    } | more


def notify(partnership, **more):
    return notifying.notify(partnership, by=None, **{"told_on": date(2026, 4, 1)} | told(**more))


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def link(partnership):
    return notifying.send_link(
        partnership, for_whom="Major Crime", sent_to="desk@police.example", by=UserFactory()
    )


# --- The link -----------------------------------------------------------------------------------


def test_the_secret_is_in_the_message_and_nowhere_else(link):
    link, secret = link

    message = Message.objects.get(key=f"notification-link:{link.pk}")
    assert secret in message.body
    assert message.holds_secret
    assert link.digest != secret
    assert _rows_with(secret) == {"post_message"}


def test_the_message_says_who_asks(link):
    link, _ = link

    message = Message.objects.get(key=f"notification-link:{link.pk}")

    assert str(link.partnership) in message.subject
    assert str(link.partnership) in message.body


def _rows_with(words):
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        found = set()
        for table in tables:
            cursor.execute(
                f"select count(*) from {connection.ops.quote_name(table)} t where t::text like %s",  # noqa: S608
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_a_link_works_once(link):
    _, secret = link
    notifying.notify_by_link(secret, **told())

    with pytest.raises(notifying.LinkSpent) as spent:
        notifying.notify_by_link(secret, **told())

    assert spent.value.used
    assert Notification.objects.count() == 1


def test_a_link_ends_after_seven_days_and_lets_a_form_be_finished(link):
    _, secret = link
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(notifying.LinkSpent):
            notifying.find_link(secret)
        made = notifying.notify_by_link(secret, **told())

    assert made.link.used_at is not None


def test_a_link_that_was_ended_opens_nothing(link):
    link, secret = link
    notifying.end_link(link, by=UserFactory())

    with pytest.raises(notifying.LinkSpent) as spent:
        notifying.find_link(secret)

    assert not spent.value.used


def test_a_used_link_cannot_be_ended(link):
    link, secret = link
    notifying.notify_by_link(secret, **told())

    with pytest.raises(notifying.LinkSpent):
        notifying.end_link(link, by=UserFactory())


def test_a_guessed_secret_opens_nothing():
    with pytest.raises(notifying.LinkSpent):
        notifying.find_link("guessed")


# --- The notification ---------------------------------------------------------------------------


def test_a_notification_by_link_is_of_its_partnership_and_of_today(link, partnership):
    _, secret = link

    made = notifying.notify_by_link(secret, **told())

    assert (made.partnership, made.told_on, made.received_by) == (
        partnership,
        timezone.localdate(),
        None,
    )
    assert NotificationLink.objects.get().used_at is not None


def test_nothing_that_identifies_stands_in_clear(partnership):
    made = notify(partnership, address="Flat 2, Sealed Street", others="Child Jo Harper")

    made.refresh_from_db()
    identity = NotifiedIdentity.objects.get(notification=made)
    assert (identity.name, identity.born) == (NAME, "2 May 1984")
    for words in (NAME, "Harper", "2 May 1984", "Sealed Street", "Found at home", "960001"):
        assert _rows_with(words) == set(), words


def test_the_coordinators_are_told_that_something_is_there(partnership):
    coordinator = with_role(Role.COORDINATOR, partnership=partnership)
    with_role(Role.COORDINATOR, partnership=PartnershipFactory())
    with_role(Role.BOARD_READER, partnership=partnership)

    notify(partnership)

    message = Message.objects.get(key__startswith="notification:")
    assert message.to == coordinator.email
    assert "Harper" not in message.subject + message.body


def test_the_same_form_twice_is_one_notification(partnership):
    key = uuid.uuid4()

    first, second = notify(partnership, key=key), notify(partnership, key=key)

    assert first == second
    assert Notification.objects.count() == 1


def test_the_key_of_another_partnership_shows_nothing(partnership):
    theirs = NotificationFactory()

    with pytest.raises(AnothersKey):
        notify(partnership, key=theirs.key)


def test_a_death_after_its_notification_is_refused(partnership):
    with pytest.raises(ValidationError):
        notify(partnership, death=parse("2 April 2026").value)


def test_a_month_that_has_begun_is_not_after_its_notification(partnership):
    made = notify(partnership, told_on=date(2026, 3, 2), death=parse("March 2026").value)

    assert str(made.death) == "March 2026"


def test_the_trail_says_that_and_not_of_whom(partnership):
    made = notify(partnership)

    event = Event.objects.get(type="notification.received")
    assert event.stream == f"partnership:{partnership.pk}"
    assert event.data == {"source": "police", "by_link": False}
    assert event.target == f"reviews.notification:{made.pk}"


# --- Duplicates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    [
        {"name": "HARPER, Ms Rowan"},
        {"name": "Rowan Harpur"},
        {"name": "Rowan Harper", "born": PartialDate.none()},
        {"death": parse("spring 2026").value},
        {"death": parse("between February and April 2026").value},
    ],
)
def test_the_same_death_told_again_is_spotted(again, partnership):
    first = notify(partnership)

    second = notify(partnership, **again)

    doubt = PossibleDuplicate.objects.get()
    assert (doubt.notification, doubt.other, doubt.verdict) == (second, first, "")


@pytest.mark.parametrize(
    "again",
    [
        {"name": "Robin Grey", "born": parse("2 May 1984").value},
        {"name": "Rowan Grey", "born": parse("3 May 1984").value},
        {"death": parse("2025").value},
    ],
)
def test_another_death_is_not(again, partnership):
    notify(partnership)

    notify(partnership, **again)

    assert not PossibleDuplicate.objects.exists()


def test_two_partnerships_are_never_compared(partnership):
    one, other = notify(partnership), notify(PartnershipFactory())

    assert not PossibleDuplicate.objects.exists()
    assert not set(one.marks) & set(other.marks)


def test_the_same_death_closes_the_newer_with_the_older(partnership):
    older, newer = notify(partnership), notify(partnership)
    by = UserFactory()

    notifying.decide_duplicate(PossibleDuplicate.objects.get(), verdict="same", by=by)

    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, newer.state, newer.closed_because) == ("open", "closed", "duplicate")


def test_the_same_death_joins_the_review_of_the_older(partnership):
    older = notify(partnership)
    review = notifying.open_review(older, reference="DARDR-2026-77", by=None)
    newer = notify(partnership)

    notifying.decide_duplicate(PossibleDuplicate.objects.get(), verdict="same", by=UserFactory())

    newer.refresh_from_db()
    assert (newer.state, newer.review) == ("review", review)


def test_two_different_deaths_stay_two(partnership):
    notify(partnership)
    newer = notify(partnership)

    notifying.decide_duplicate(
        PossibleDuplicate.objects.get(), verdict="different", by=UserFactory()
    )

    newer.refresh_from_db()
    assert newer.is_open


def test_the_second_to_decide_is_told():
    doubt = PossibleDuplicateFactory()
    notifying.decide_duplicate(doubt, verdict="different", by=UserFactory())

    with pytest.raises(notifying.AlreadyDecided):
        notifying.decide_duplicate(doubt, verdict="same", by=UserFactory())


# --- What becomes of it -------------------------------------------------------------------------


def test_a_notification_becomes_a_review_with_its_circumstances(partnership):
    made = notify(partnership)

    review = notifying.open_review(made, reference="DARDR-2026-78", label="dardr", by=None)

    made.refresh_from_db()
    assert (made.state, made.review, review.partnership) == ("review", review, partnership)
    assert (review.circumstances.manner, review.circumstances.charge) == (
        "suicide",
        "nobody_named",
    )


def test_no_review_before_somebody_says_whether_it_is_a_duplicate(partnership):
    notify(partnership)
    newer = notify(partnership)

    with pytest.raises(notifying.DuplicatesUndecided):
        notifying.open_review(newer, reference="DARDR-2026-79", by=None)


def test_a_closed_notification_keeps_its_reason(partnership):
    made = notify(partnership)

    notifying.close_notification(
        made, because="elsewhere", note="The partnership of the next county was told", by=None
    )

    made.refresh_from_db()
    assert (made.state, made.closed_because) == ("closed", "elsewhere")


def test_the_second_to_settle_is_told(partnership):
    made = notify(partnership)
    notifying.close_notification(made, because="mistake", note="Sent twice", by=None)

    with pytest.raises(notifying.AlreadySettled):
        notifying.open_review(made, reference="DARDR-2026-80", by=None)
