"""How a mismatch stands, from what was judged, asked and answered, and from its evidence."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from chronologies.mismatches.models import Judgement, Mismatch, MismatchQuery, Verdict
from chronologies.mismatches.queries import counts_of, standings_of
from chronologies.mismatches.services import asking, judging
from reviews.querying.services import deciding
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_mismatches import (
    asked_about,
    evidence_changed,
    gone,
    judged,
    mismatch,
)
from tests.factories.reviews_querying import answered, in_days

pytestmark = pytest.mark.django_db


def state(row):
    return Mismatch.objects.with_state().get(pk=row.pk).state


def test_it_is_open_until_somebody_judges_it(sent):
    assert state(sent) == "open"


@pytest.mark.parametrize(
    ("verdict", "stands"),
    [("query", "to_ask"), ("accepted", "accepted"), ("not_material", "not_material")],
)
def test_it_stands_as_it_was_judged(verdict, stands, sent):
    judged(sent, verdict)

    assert state(sent) == stands


def test_the_last_judgement_counts_and_the_earlier_ones_stay(sent):
    for verdict in ("accepted", "reopened", "not_material"):
        judged(sent, verdict, reason=f"Because of {verdict}")

    assert state(sent) == "not_material"
    assert [row.reason for row in sent.judgements.all()] == [
        "Because of accepted",
        "Because of reopened",
        "Because of not_material",
    ]


def test_opened_again_it_is_open(sent):
    judged(sent, "accepted")
    judged(sent, "reopened")

    assert state(sent) == "open"


@pytest.mark.parametrize("verdict", ["query", "accepted", "not_material"])
def test_what_it_rests_on_changed_since(verdict, sent):
    judged(sent, verdict)
    evidence_changed(sent)

    assert state(sent) == "changed"


def test_judged_again_as_it_is_now_it_stands_so(sent):
    judged(sent, "accepted")
    evidence_changed(sent)
    judged(sent, "accepted", reason="Still so")

    assert state(sent) == "accepted"


def test_a_query_that_was_raised_and_not_sent_is_still_to_be_asked(sent, haven):
    asked_about(sent, haven, send=False)

    assert state(sent) == "to_ask"


def test_a_query_takes_it_from_sent_to_answered_and_stays_there_until_it_is_judged(sent, haven):
    query = asked_about(sent, haven)
    stood = [state(sent)]
    answered(query)
    stood.append(state(sent))
    deciding.accept(query, by=UserFactory(), key=uuid.uuid4())
    stood.append(state(sent))
    judged(sent, "accepted")

    assert [*stood, state(sent)] == ["sent", "answered", "answered", "accepted"]


def test_of_two_queries_the_answer_comes_before_the_one_that_is_open(sent, police, haven):
    answered(asked_about(sent, haven))
    asked_about(sent, police)

    assert state(sent) == "answered"


def test_a_query_that_was_withdrawn_leaves_it_to_be_asked(sent, haven):
    query = asked_about(sent, haven)
    deciding.withdraw(query, by=UserFactory(), key=uuid.uuid4(), reason="Twice")

    assert state(sent) == "to_ask"


def test_an_answer_from_before_it_was_opened_again_counts_no_more(sent, haven):
    answered(asked_about(sent, haven))
    judged(sent, "accepted")
    judged(sent, "reopened")
    judged(sent, "query")

    assert state(sent) == "to_ask"


def test_what_the_entries_no_longer_show_is_gone_whatever_was_judged(sent):
    judged(sent, "accepted")
    gone(sent)

    assert state(sent) == "gone"


def test_the_counts_and_what_is_unsettled_go_by_the_same_states(sent, entry, haven, chair):
    for verdict in ("accepted", "query"):
        judged(mismatch(entry, missing=haven), verdict)

    rows = Mismatch.objects.visible_to(chair).with_state()

    assert counts_of(rows) == {"open": 1, "accepted": 1, "to_ask": 1}
    assert rows.unsettled().count() == 2
    stands = standings_of(chair, [sent.review])[sent.review_id]
    assert (stands.open, stands.answered, stands.unsettled, stands.all) == (1, 0, 2, 3)


def test_the_surest_come_first_and_then_the_earliest(entry):
    made = {
        (confidence, on): mismatch(entry, confidence=confidence, on=on)
        for confidence, on in [
            ("low", "2009"),
            ("high", "2012"),
            ("medium", "2010"),
            ("high", "2011"),
        ]
    }

    assert list(Mismatch.objects.in_reading_order()) == [
        made["high", "2011"],
        made["high", "2012"],
        made["medium", "2010"],
        made["low", "2009"],
    ]


# --- Judging ------------------------------------------------------------------------------------


def test_a_judgement_keeps_what_the_finder_said_then(sent):
    said = sent.explanation
    made = judged(sent, "accepted")
    Mismatch.objects.filter(pk=sent.pk).update(explanation="Something else")

    made.refresh_from_db()
    assert (made.explanation, made.evidence) == (said, sent.evidence)


def test_a_second_click_is_one_judgement(sent):
    key, seen, by = uuid.uuid4(), judging.seen_of(sent), UserFactory()
    said = {"verdict": "accepted", "reason": "So it is", "by": by, "key": key, "seen": seen}

    first, second = (judging.judge(sent, **said) for _ in range(2))

    assert first == second
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("what", ["judged", "changed"])
def test_whoever_did_not_see_how_it_is_now_is_asked_to_look(what, sent):
    seen = judging.seen_of(sent)
    if what == "judged":
        judged(sent, "query")
    else:
        evidence_changed(sent)
    before = Judgement.objects.count()

    with pytest.raises(judging.JudgedMeanwhile, match="since you opened the page"):
        judging.judge(
            sent, verdict="accepted", reason="x", by=UserFactory(), key=uuid.uuid4(), seen=seen
        )

    assert Judgement.objects.count() == before


@pytest.mark.parametrize("verdict", ["accepted", "not_material", "reopened"])
def test_a_judgement_says_why(verdict, sent):
    if verdict == "reopened":
        judged(sent, "query")

    with pytest.raises(ValidationError, match="Say why"):
        judged(sent, verdict, reason=" ")


def test_what_is_open_is_not_opened_and_what_is_accepted_not_accepted_again(sent):
    with pytest.raises(ValidationError):
        judged(sent, "reopened")
    judged(sent, "accepted")

    with pytest.raises(ValidationError):
        judged(sent, "accepted")


def test_what_is_gone_is_not_judged(sent):
    gone(sent)

    with pytest.raises(ValidationError):
        judged(sent, "accepted")


def test_the_database_keeps_every_judgement(sent):
    made = judged(sent)

    for change in (made.delete, lambda: Judgement.objects.update(reason="Else")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


# --- Asking -------------------------------------------------------------------------------------


def test_asking_ties_the_query_to_it_and_says_that_it_is_asked_about(sent, haven):
    by = UserFactory()
    query = asked_about(sent, haven, by=by)

    link = MismatchQuery.objects.get()
    assert (link.mismatch, link.query, query.about) == (sent, query, "whole")
    made = Judgement.objects.get()
    assert (made.verdict, made.by, made.evidence) == (Verdict.QUERY, by, sent.evidence)


def test_an_agency_is_asked_about_its_own_entry(sent, police, entry):
    query = asked_about(sent, police)

    assert query.about == "entry"
    assert entry.queries.get().query == query


def test_a_second_click_is_one_query(sent, haven):
    said = {"text": "Was it?", "due": in_days(), "by": UserFactory(), "key": uuid.uuid4()}

    first, second = (asking.ask(sent, haven, **said) for _ in range(2))

    assert first == second
    assert MismatchQuery.objects.count() == 1


def test_two_agencies_are_asked_one_query_each(sent, police, haven):
    queries = {asked_about(sent, part) for part in (police, haven)}

    assert {link.query for link in sent.query_links.all()} == queries
    assert sent.judgements.count() == 1


def test_an_agency_that_it_does_not_concern_is_not_asked(sent, review):
    other = EntryFactory(review=review, participation__review=review).participation

    with pytest.raises(ValidationError, match="does not concern"):
        asked_about(sent, other)


def test_about_what_is_gone_nobody_is_asked(sent, haven):
    gone(sent)

    with pytest.raises(ValidationError, match="nothing to ask"):
        asked_about(sent, haven)
