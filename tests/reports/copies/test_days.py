"""The day for the answers to an extract is moved: each day before stays on record, and why."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from findings.services.locking import ChangedMeanwhile
from foundations.post.models import Message
from reports.copies.days import move_day
from reports.copies.owed import extracts_unanswered
from reports.models import AccuracyRound, RoundDay
from reviews.models import RoleHolder
from reviews.rules import Role
from reviews.services import end_role
from tests.conftest import with_role
from tests.factories.agencies import AgencyFactory
from tests.factories.reports import begun, paragraph_in
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.reports.copies.test_accuracy import answered, handed_in, in_days, sent, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def police(review):
    """Somebody of it has joined, who can be asked."""
    part = ParticipationFactory(review=review, agency=AgencyFactory(name="Westmark Police"))
    with_role(Role.IMR_AUTHOR, review, part)
    return part


@pytest.fixture
def paragraph(review):
    facts = begun(review).sections.get(code="background")
    return paragraph_in(facts, "Westmark Police came on 4 May.")


@pytest.fixture
def round_(police, paragraph):
    return sent(police, paragraph)


@pytest.fixture
def chair(review):
    return with_role(Role.CHAIR, review)


def moved(round_, *, by, **said):
    said = {"to": in_days(21), "why": "They have moved office", "seen": round_.due} | said
    return move_day(round_, by=by, **{"key": uuid.uuid4()} | said)


def posted(client, round_, to_, **said):
    url = to("round-day", round_)
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in ("seen", "key")} | {"why": "Illness"} | said
    day = {f"to_{part}": getattr(to_, part) for part in ("day", "month", "year")}
    return client.post(url, said | day)


def test_the_day_moves_and_the_first_one_stays_on_the_page(client, round_, review, sign_in):
    first = round_.due
    sign_in(Role.CHAIR, review)

    posted(client, round_, in_days(21))

    (row,) = round_.days.all()
    (owed,) = extracts_unanswered([review])
    page = client.get(round_.get_absolute_url()).content.decode()
    assert (row.before, row.after, row.why) == (first, in_days(21), "Illness")
    assert owed.due == in_days(21)
    assert f"the day moved from {first:%-d %B %Y} to {in_days(21):%-d %B %Y}" in page


def test_its_agency_is_told_that_there_is_another_day(round_, review, police, chair):
    author = with_role(Role.IMR_AUTHOR, review, police)

    moved(round_, by=chair)

    message = Message.objects.get(to=author.email)
    assert message.subject.startswith("There is another day for something")
    assert "moved office" not in message.body


def test_a_second_click_moves_it_once(round_, chair):
    key = uuid.uuid4()

    rows = {moved(round_, by=chair, key=key).pk for _ in range(2)}

    assert len(rows) == RoundDay.objects.count() == 1


def test_who_has_not_seen_the_last_move_is_shown_it(client, round_, review, sign_in):
    sign_in(Role.CHAIR, review)
    url = to("round-day", round_)
    form = client.get(url).context["form"]
    old = {name: form[name].value() for name in ("seen", "key")} | {"why": "Illness"}
    old |= {f"to_{part}": getattr(in_days(30), part) for part in ("day", "month", "year")}
    moved(round_, by=with_role(Role.CHAIR, review))

    refused = client.post(url, old)
    stood = AccuracyRound.objects.get().due
    client.post(url, old | {"seen": refused.context["form"]["seen"].value()})

    said = f"it is {in_days(21):%-d %B %Y} now"
    assert (refused.status_code, stood) == (422, in_days(21))
    assert said in refused.content.decode()
    assert AccuracyRound.objects.get().due == in_days(30)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"why": " "}, "Say why"),
        ({"to": in_days(-1)}, "today’s date or a later one"),
        ({"to": in_days()}, "That is the day already"),
    ],
)
def test_a_move_goes_to_another_day_and_says_why(said, why, round_, chair):
    with pytest.raises(ValidationError, match=why):
        moved(round_, by=chair, **said)

    assert RoundDay.objects.count() == 0


def test_nothing_is_moved_that_was_handed_in(round_, chair):
    answered(round_.lines.get())
    handed_in(round_)

    with pytest.raises(ValidationError, match="handed in already"):
        moved(round_, by=chair)


def test_who_was_replaced_since_they_opened_the_page_moves_nothing(round_, chair):
    end_role(RoleHolder.objects.get(user=chair), by=None)

    with pytest.raises(ValidationError, match="no longer yours to do"):
        moved(round_, by=chair)


def test_another_day_than_the_one_that_was_read_moves_nothing(round_, chair):
    with pytest.raises(ChangedMeanwhile):
        moved(round_, by=chair, seen=in_days(3))


def test_the_database_moves_no_day_without_a_reason_and_keeps_each_move(round_, chair):
    with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
        AccuracyRound.objects.update(due=in_days(21))

    moved(round_, by=chair)

    with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
        RoundDay.objects.update(why="Another reason")
    with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
        RoundDay.objects.all()._raw_delete("default")
