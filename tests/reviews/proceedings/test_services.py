import json
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from audit.models import Event
from foundations.dates import parse
from reviews.proceedings import services
from reviews.proceedings.models import Hold, Proceeding, ProceedingEvent, ProceedingPost, Stops
from reviews.proceedings.queries import holds_on, refuse_held
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, PersonFactory, ReviewFactory
from tests.factories.reviews_proceedings import ProceedingFactory, dated, hold, release

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def trial():
    return ProceedingFactory()


def status(trial, to, on="10 November 2026"):
    return services.set_status(
        trial,
        status=to,
        on=parse(on).value,
        outcome="Found guilty",
        by=UserFactory(),
        key=uuid.uuid4(),
        today=TODAY,
    )


# --- Proceedings and their dates ----------------------------------------------------------------


def test_the_same_key_adds_one_and_that_of_another_review_none():
    review, key, by = ReviewFactory(), uuid.uuid4(), UserFactory()
    for _ in range(2):
        services.add_proceeding(review, kind="trial", body="Crown Court", by=by, key=key)

    with pytest.raises(services.KeyOfAnother):
        services.add_proceeding(ReviewFactory(), kind="trial", body="A", by=by, key=key)

    assert Proceeding.objects.count() == 1


def test_an_agency_of_another_review_is_refused(trial):
    with pytest.raises(ValidationError, match="no part in this review"):
        services.add_proceeding(
            trial.review,
            kind="iopc",
            body="IOPC",
            participation=ParticipationFactory(),
            by=UserFactory(),
            key=uuid.uuid4(),
        )


def test_a_hearing_can_be_ahead_and_known_roughly(trial):
    dated(trial, "spring 2027", "trial")

    assert str(ProceedingEvent.objects.get().on) == "spring 2027"


def test_a_moved_date_keeps_the_one_before_and_why(trial):
    first = dated(trial)

    second = services.move_event(
        first, on=parse("June 2027").value, because="Counsel", by=UserFactory(), key=uuid.uuid4()
    )
    services.move_event(
        second, on=parse("").value, because="Guilty plea", by=UserFactory(), key=uuid.uuid4()
    )

    assert [(str(row.on), row.because) for row in trial.events.order_by("pk")] == [
        ("12 April 2027", ""),
        ("June 2027", "Counsel"),
        ("", "Guilty plea"),
    ]
    assert ProceedingEvent.objects.standing().count() == 1
    with pytest.raises(services.DoneMeanwhile):
        services.move_event(
            first, on=parse("2028").value, because="Late", by=UserFactory(), key=uuid.uuid4()
        )


def test_impossible_dates_are_refused(trial):
    event = dated(trial)
    for refused in (
        lambda: dated(trial, ""),
        lambda: dated(trial, what="other"),
        lambda: services.move_event(
            event, on=event.on, because="Same", by=UserFactory(), key=uuid.uuid4()
        ),
        lambda: services.move_event(
            event, on=parse("2028").value, because=" ", by=UserFactory(), key=uuid.uuid4()
        ),
    ):
        with pytest.raises(ValidationError):
            refused()


def test_it_is_concluded_and_may_be_open_again(trial):
    said = [trial.state]
    for to in ("concluded", "open", "withdrawn"):
        status(trial, to)
        said.append(Proceeding.objects.get().state)

    assert [words for words, _ in said] == ["Open", "Concluded", "Open", "Withdrawn"]
    assert trial.statuses.count() == 3


@pytest.mark.parametrize(("to", "on"), [("open", "2026"), ("concluded", "2027"), ("concluded", "")])
def test_impossible_statuses_are_refused(to, on, trial):
    with pytest.raises(ValidationError):
        status(trial, to, on)


# --- Contacts -----------------------------------------------------------------------------------


def test_how_to_reach_a_post_is_sealed_with_the_key_of_the_review(trial):
    post = services.add_post(
        trial,
        post="Disclosure officer",
        details="01632 960555",
        by=UserFactory(),
        key=uuid.uuid4(),
    )

    with connection.cursor() as cursor:
        cursor.execute("select details from reviews_proceedingpost")
        stored = bytes(cursor.fetchone()[0])
    fetched = ProceedingPost.objects.get()
    assert b"960555" not in stored
    assert services.reveal_post(fetched, by=UserFactory()) == "01632 960555"
    assert Event.objects.filter(type="proceeding.revealed").count() == 1
    services.end_post(post, on=TODAY, because="Moved", by=UserFactory(), today=TODAY)
    with pytest.raises(services.DoneMeanwhile):
        services.end_post(post, on=TODAY, because="Moved", by=UserFactory(), today=TODAY)


# --- Holds --------------------------------------------------------------------------------------


def test_a_hold_stops_from_its_first_to_its_last_day(trial):
    one = hold(trial, "publication", last_day=date(2026, 8, 31))
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1))

    found = [holds_on(trial.review, "publication", on=day) for day in days]

    assert found == [[], [one], [one], []]
    assert [one.in_force(day) for day in days] == [False, True, True, False]


def test_a_time_known_roughly_is_stopped_where_it_can_lie_in_the_hold(trial):
    hold(trial, "family", last_day=date(2026, 8, 31))
    said = ("May 2026", "summer 2026", "2026", "autumn 2026", "before June 2026")

    found = [bool(holds_on(trial.review, "family", on=parse(on).value)) for on in said]

    assert found == [False, True, True, False, False]


def test_contact_is_stopped_with_the_people_it_names_alone(trial):
    held, free = (PersonFactory(review=trial.review) for _ in range(2))
    one = hold(trial, "contact", people=[held])

    assert holds_on(trial.review, Stops.CONTACT, held) == [one]
    assert holds_on(trial.review, Stops.CONTACT, free) == []
    assert holds_on(trial.review, Stops.CONTACT) == []


def test_another_review_is_not_held(trial):
    hold(trial, "publication")

    assert holds_on(ReviewFactory(), "publication") == []


def test_a_released_hold_stops_nothing_from_that_day_and_is_kept(trial):
    one = hold(trial, "publication")
    release(one, date(2026, 7, 1))

    assert holds_on(trial.review, "publication", on=date(2026, 6, 30)) == [one]
    assert holds_on(trial.review, "publication", on=date(2026, 7, 1)) == []
    assert Hold.objects.count() == 1
    with pytest.raises(services.DoneMeanwhile):
        release(one)


def test_releasing_twice_with_one_key_releases_once(trial):
    one, key = hold(trial, "publication"), uuid.uuid4()

    assert release(one, key=key) == release(one, key=key)


def test_an_event_that_has_passed_releases_nothing_by_itself(trial):
    verdict = dated(trial, "1 October 2026")
    one = hold(trial, "publication", until_event=verdict)

    assert holds_on(trial.review, "publication") == [one]
    assert one.until == "“Verdict” (1 October 2026) and its release"


def test_a_hold_until_an_event_follows_its_date(trial):
    verdict = dated(trial)
    one = hold(trial, "publication", until_event=verdict)
    services.move_event(
        verdict, on=parse("June 2027").value, because="Counsel", by=UserFactory(), key=uuid.uuid4()
    )

    assert Hold.objects.get(pk=one.pk).until == "“Verdict” (June 2027) and its release"


def test_several_things_are_held_apart_and_a_second_click_holds_none(trial):
    key = uuid.uuid4()
    for _ in range(2):
        hold(trial, "publication", "family", "staff", key=key)

    assert Hold.objects.count() == 3


def test_impossible_holds_are_refused(trial):
    elsewhere = PersonFactory()
    for stops, more in (
        (["contact"], {}),
        (["contact"], {"people": [elsewhere]}),
        (["family"], {"starts_on": date(2026, 12, 1)}),
        (["family"], {"last_day": date(2026, 5, 1)}),
        (["family"], {"until_event": dated(ProceedingFactory())}),
        (["family"], {"until_event": dated(trial), "last_day": date(2027, 1, 1)}),
    ):
        with pytest.raises(ValidationError):
            hold(trial, *stops, **more)
    with pytest.raises(ValidationError):
        release(hold(trial, "family"), date(2026, 5, 1))


def test_the_refusal_is_a_plain_sentence(trial):
    person = PersonFactory(review=trial.review, pseudonym="MA 1")
    hold(trial, "contact", people=[person], last_day=date(2027, 4, 12))

    with pytest.raises(ValidationError) as refusal:
        refuse_held(trial.review, Stops.CONTACT, person, field="on")

    assert refusal.value.message_dict == {
        "on": [
            "A hold stops contact with MA 1 until the end of 12 April 2027. "
            "Asked for by: Senior investigating officer."
        ]
    }


def test_the_trail_holds_no_word_of_it(trial):
    by = UserFactory()
    event = dated(trial, note="Hidden words", by=by)
    services.move_event(
        event, on=parse("2028").value, because="Hidden words", by=by, key=uuid.uuid4()
    )
    services.add_post(trial, post="Hidden words", details="Hidden words", by=by, key=uuid.uuid4())
    hold(trial, "family", reason="Hidden words", asked_by="Hidden words", agreed_by="Hidden words")
    status(trial, "concluded")

    told = json.dumps(list(Event.objects.values_list("type", "target", "data")))

    assert Event.objects.filter(type__startswith="proceeding.").count() == 4
    for words in ("Hidden", "guilty", trial.body):
        assert words not in told
