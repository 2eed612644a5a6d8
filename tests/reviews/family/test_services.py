import json
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from audit.models import Event
from foundations.vault.models import DataKey
from reviews.family import services
from reviews.family.models import (
    ContactDetails,
    ContactEntry,
    Correspondent,
    EngagementDecision,
    Wish,
    WishAnswer,
)
from tests.factories.accounts import UserFactory
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact, wish
from tests.factories.reviews_terms import draft_terms

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-21 10:00")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def mother():
    return CorrespondentFactory()


@pytest.fixture
def by():
    return UserFactory()


def hold(correspondent, not_before, *, set_on=date(2026, 6, 1), why="The trial", **more):
    return services.hold_contact(
        correspondent,
        not_before=not_before,
        set_on=set_on,
        why=why,
        by=UserFactory(),
        key=more.pop("key", None) or uuid.uuid4(),
        today=TODAY,
        **more,
    )


def decide(correspondent, outcome, revisit_on=None, *, decided_on=date(2026, 7, 1)):
    return services.decide_engagement(
        correspondent,
        outcome=outcome,
        decided_on=decided_on,
        revisit_on=revisit_on,
        decided_by="The panel",
        reasons="No reply to three letters",
        by=UserFactory(),
        key=uuid.uuid4(),
        today=TODAY,
    )


def answer(one, outcome, *, where="", told_on=None):
    return services.answer_wish(
        one,
        outcome=outcome,
        where=where,
        text="Because nobody asked",
        told_on=told_on,
        by=UserFactory(),
        key=uuid.uuid4(),
        today=TODAY,
    )


# --- Who ----------------------------------------------------------------------------------------


def test_somebody_stands_in_the_log_by_pseudonym_or_relation(by):
    review = ReviewFactory()
    person = PersonFactory(review=review, pseudonym="FA 9", role="family")

    for given in ({"person": person, "relation": "sister of FA 1"}, {"relation": "A friend"}):
        services.add_correspondent(review, standing="family", by=by, key=uuid.uuid4(), **given)

    assert [str(one) for one in Correspondent.objects.all()] == [
        "FA 9, sister of FA 1",
        "A friend",
    ]


def test_there_is_one_log_for_a_person(by):
    person = PersonFactory()
    services.add_correspondent(
        person.review, person=person, standing="family", by=by, key=uuid.uuid4()
    )

    with pytest.raises(ValidationError, match="a log for this person already"):
        services.add_correspondent(
            person.review, person=person, standing="friend", by=by, key=uuid.uuid4()
        )


def test_nobody_at_all_is_refused(by):
    with pytest.raises(ValidationError, match="what they are to whom"):
        services.add_correspondent(ReviewFactory(), standing="family", by=by, key=uuid.uuid4())


def test_the_same_key_adds_one_and_that_of_another_review_none(by):
    review, key = ReviewFactory(), uuid.uuid4()
    for _ in range(2):
        services.add_correspondent(review, relation="A", standing="family", by=by, key=key)

    with pytest.raises(services.KeyOfAnother):
        services.add_correspondent(ReviewFactory(), relation="A", standing="family", by=by, key=key)

    assert Correspondent.objects.count() == 1


# --- Contact ------------------------------------------------------------------------------------


def test_a_contact_keeps_what_was_offered_and_shared(mother):
    terms = draft_terms(mother.review)

    contact(
        mother,
        "early March 2026",
        leaflet="family",
        leaflet_answer="accepted",
        advocate="A national charity",
        advocate_answer="thinking",
        terms=terms,
        draft="part",
        response="later",
        next_on=date(2027, 1, 5),
    )

    entry = ContactEntry.objects.get()
    assert (str(entry.on), entry.get_leaflet_answer_display()) == ("early March 2026", "Accepted")
    assert (entry.terms, entry.next_on) == (terms, date(2027, 1, 5))


def test_a_contact_is_not_in_the_future_and_has_a_time(mother):
    with pytest.raises(ValidationError, match="still to come"):
        contact(mother, "March 2027")
    with pytest.raises(ValidationError, match="Enter when it was"):
        contact(mother, "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"leaflet_answer": "accepted"}, "Say which leaflet"),
        ({"advocate_answer": "declined"}, "Say which advocacy service"),
    ],
)
def test_an_answer_needs_what_it_answers(given, said, mother):
    with pytest.raises(ValidationError, match=said):
        contact(mother, **given)


def test_a_correction_is_another_row(mother):
    first = contact(mother, "3 March 2026")

    second = contact(mother, "4 March 2026", corrects=first, corrected_because="The wrong day")

    assert list(ContactEntry.objects.standing()) == [second]
    assert set(ContactEntry.objects.all()) == {first, second}
    with pytest.raises(services.AlreadyCorrected):
        contact(mother, "5 March 2026", corrects=first, corrected_because="Again")


def test_the_contact_of_somebody_else_is_not_corrected(mother):
    theirs = contact(CorrespondentFactory())

    with pytest.raises(services.AlreadyCorrected):
        contact(mother, corrects=theirs, corrected_because="The wrong day")


def test_terms_of_another_review_were_not_shared(mother):
    with pytest.raises(ValidationError, match="another review"):
        contact(mother, terms=draft_terms(ReviewFactory()))


# --- Not before a day ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "on",
    ["1 June 2026", "30 September 2026", "summer 2026", "2026", "May or June 2026"],
)
def test_a_contact_that_can_lie_in_the_hold_is_refused(on, mother):
    hold(mother, date(2026, 10, 1))

    with pytest.raises(ValidationError, match="Nobody may contact them before 1 October 2026"):
        contact(mother, on)


@pytest.mark.parametrize("on", ["31 May 2026", "2025", "1 October 2026", "November 2026"])
def test_a_contact_before_or_after_the_hold_is_recorded(on, mother):
    hold(mother, date(2026, 10, 1))

    contact(mother, on)

    assert ContactEntry.objects.count() == 1


def test_they_may_always_write(mother):
    hold(mother, date(2026, 12, 1))

    contact(mother, "20 November 2026", direction="theirs")

    assert ContactEntry.objects.count() == 1


def test_the_next_contact_waits_for_the_day(mother):
    hold(mother, date(2026, 12, 24))

    with pytest.raises(ValidationError, match="before 24 December 2026"):
        contact(mother, "20 November 2026", direction="theirs", next_on=date(2026, 12, 1))


def test_a_moved_day_keeps_the_one_before(mother):
    hold(mother, date(2026, 10, 1))
    hold(mother, date(2026, 12, 24), why="The retrial")
    moved = mother.hold

    hold(mother, None, why="The appeal was withdrawn")

    mother.refresh_from_db()
    assert (moved.not_before, mother.hold) == (date(2026, 12, 24), None)
    assert [one.not_before for one in mother.holds.all()] == [
        None,
        date(2026, 12, 24),
        date(2026, 10, 1),
    ]


def test_impossible_holds_are_refused(mother):
    for given in (
        {"not_before": date(2026, 6, 1)},
        {"not_before": None},
        {"not_before": date(2027, 6, 1), "set_on": date(2026, 12, 1)},
    ):
        with pytest.raises(ValidationError):
            hold(mother, **given)


# --- No further contact -------------------------------------------------------------------------


def test_making_no_further_contact_is_a_decision_with_a_day_to_look_again(mother):
    decide(mother, "stop", date(2027, 1, 5))

    assert (mother.is_left_alone, mother.decision.revisit_on) == (True, date(2027, 1, 5))

    decide(mother, "resume", decided_on=date(2026, 8, 1))
    mother.refresh_from_db()

    assert mother.is_left_alone is False
    assert EngagementDecision.objects.count() == 2


def test_impossible_decisions_are_refused(mother):
    for given in (
        {"outcome": "stop"},
        {"outcome": "stop", "revisit_on": date(2026, 7, 1)},
        {"outcome": "resume"},
        {"outcome": "stop", "revisit_on": date(2028, 1, 1), "decided_on": date(2027, 1, 1)},
    ):
        with pytest.raises(ValidationError):
            decide(mother, **given)


# --- Wishes and questions -----------------------------------------------------------------------


def test_a_question_is_followed_to_its_answer_and_to_them(mother):
    one = wish(mother)
    states = [one.state[0]]
    answer(one, "report", where="5.3.2")
    states.append(Wish.objects.get().state[0])
    answer(one, "report", where="5.3.2", told_on=date(2026, 11, 20))
    states.append(Wish.objects.get().state[0])
    answer(one, "reopened")
    states.append(Wish.objects.get().state[0])

    assert states == ["Not answered yet", "Answered, not told yet", "Answered", "Not answered yet"]
    assert WishAnswer.objects.count() == 3


def test_impossible_answers_are_refused(mother):
    one = wish(mother)

    for given in (
        {"outcome": "report"},
        {"outcome": "reopened"},
        {"outcome": "cannot", "told_on": date(2026, 12, 1)},
    ):
        with pytest.raises(ValidationError):
            answer(one, **given)


# --- How to reach them --------------------------------------------------------------------------


def test_contact_details_are_sealed_with_the_key_of_the_review(mother, by):
    services.set_details(mother, text="1 Invented Lane", by=by)

    with connection.cursor() as cursor:
        cursor.execute("select text from reviews_contactdetails")
        stored = bytes(cursor.fetchone()[0])
    assert b"Invented" not in stored
    assert services.reveal_details(mother, by=by).text == "1 Invented Lane"
    assert DataKey.objects.get().scope == f"review:{mother.review_id}"


def test_the_newest_details_count_and_the_older_are_kept(mother, by):
    for text in ("1 Invented Lane", "2 Invented Lane"):
        services.set_details(mother, text=text, by=by)

    assert services.reveal_details(mother, by=by).text == "2 Invented Lane"
    assert ContactDetails.objects.count() == 2


def test_the_trail_holds_no_word_of_it(mother, by):
    services.set_details(mother, text="Hidden words", by=by)
    services.reveal_details(mother, by=by)
    contact(mother, note="Hidden words", advocate="Hidden words", by_whom="Hidden words")
    hold(mother, date(2027, 10, 1), why="Hidden words", agreed_with="Hidden words")
    decide(mother, "stop", date(2027, 1, 5))
    answer(wish(mother, "Hidden words"), "directly")

    told = json.dumps(list(Event.objects.values_list("type", "target", "data")))

    assert Event.objects.filter(type__startswith="family.").count() == 7
    for words in ("Hidden", "three letters", "nobody asked", mother.relation):
        assert words not in told
