"""Findings: written, changed, taken away; nothing of any is lost."""

import uuid
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from findings.models import Finding
from findings.services import locking, writing
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import State
from tests.factories.accounts import UserFactory
from tests.factories.findings import EvidenceFactory, LessonFindingFactory, a_term, finding_in
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def change(finding, **said):
    given = {
        "term": finding.term,
        "kind": finding.kind,
        "text": finding.text,
        "reason": "The panel agreed other words",
        "seen": finding.changes,
        "by": UserFactory(),
    }
    return writing.change_finding(finding, **given | said)


def test_a_finding_stands_under_a_term_and_is_numbered(review):
    first, second = finding_in(review), finding_in(review, "  It was good  ", kind="good")

    assert (first.number, second.number) == (1, 2)
    assert (second.text, second.kind) == ("It was good", "good")


def test_a_second_click_finds_the_first_ones_finding(review):
    key, term, by = uuid.uuid4(), a_term(review), UserFactory()
    said = {"term": term, "kind": "missed", "text": "Once", "by": by, "key": key}

    assert writing.make_finding(review, **said) == writing.make_finding(review, **said)
    assert Finding.objects.count() == 1


def test_the_key_of_another_reviews_form_shows_nothing(review):
    finding = finding_in(review)
    other = ReviewFactory()

    with pytest.raises(locking.KeyOfAnother):
        writing.make_finding(
            other, term=a_term(other), kind="missed", text="x", by=None, key=finding.key
        )


def test_a_finding_stands_under_no_term_of_a_draft_or_of_another_review(review):
    issued_terms(review)
    drafted = draft_terms(review, "Not issued yet").texts.order_by("position").last().term

    for term in (drafted, a_term(ReviewFactory())):
        with pytest.raises(ValidationError, match="that were issued"):
            finding_in(review, term=term)


def test_what_it_said_before_is_kept_with_the_reason(review):
    finding = finding_in(review, "As it was")

    change(finding, text="As it is", kind="systems")

    finding.refresh_from_db()
    kept = finding.versions.get()
    assert (finding.text, finding.kind, finding.changes) == ("As it is", "systems", 1)
    assert kept.snapshot == {"term": finding.term_id, "kind": "missed", "text": "As it was"}
    assert kept.reason == "The panel agreed other words"


def test_a_change_of_nothing_keeps_no_version(review):
    finding = finding_in(review)

    change(finding)

    assert not finding.versions.exists()


def test_a_change_needs_a_reason(review):
    with pytest.raises(ValidationError, match="Say why"):
        change(finding_in(review), text="Other", reason=" ")


def test_two_people_do_not_write_over_each_other(review):
    finding = finding_in(review)
    change(finding, text="Hers")

    with pytest.raises(locking.ChangedMeanwhile):
        change(finding, text="His", seen=0)

    finding.refresh_from_db()
    assert finding.text == "Hers"


def test_it_may_stay_under_a_term_that_is_no_longer_there(review):
    first = issued_terms(review, "Was risk assessed?", "Was it shared?")
    old = first.texts.order_by("position").first()
    finding = finding_in(review, term=old.term)
    draft = draft_terms(review, "A new one")
    draft.texts.filter(term=old.term).delete()

    change(finding, text="Other words")

    finding.refresh_from_db()
    assert (finding.term, finding.text) == (old.term, "Other words")


def test_it_stays_on_record_when_it_is_taken_away(review):
    tie = LessonFindingFactory(finding=finding_in(review))
    EvidenceFactory(finding=tie.finding)

    writing.take_away_finding(tie.finding, reason="It says the same as finding 2", by=UserFactory())

    tie.finding.refresh_from_db()
    assert not tie.finding.is_live
    assert tie.finding.versions.get().reason == "It says the same as finding 2"
    assert tie.finding.evidence.live().count() == 1
    with pytest.raises(locking.TakenAway):
        change(tie.finding, text="Again")


def test_its_number_is_not_given_again(review):
    writing.take_away_finding(finding_in(review), reason="Twice", by=None)

    assert finding_in(review).number == 2


def test_the_trail_tells_no_word_of_it(review):
    finding = finding_in(review, "A secret sentence")
    change(finding, text="Another secret", reason="A private reason")

    events = Event.objects.filter(type__startswith="finding.").order_by("seq")
    assert [event.type for event in events] == ["finding.made", "finding.changed"]
    assert not any(word in str(event.data) for event in events for word in ("secret", "private"))


def test_a_review_that_ended_takes_none(review):
    finding = finding_in(review)
    Review.objects.filter(pk=review.pk).update(state=State.CLOSED)

    for refused in (
        lambda: finding_in(review, term=finding.term),
        lambda: change(finding, text="Other"),
        lambda: writing.take_away_finding(finding, reason="No", by=None),
    ):
        with pytest.raises(ReviewEnded):
            refused()


@pytest.mark.parametrize("source", [{"entry": None}, {}])
def test_evidence_is_exactly_one_thing(review, source):
    finding = finding_in(review)

    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(finding=finding, **{"entry": None} | source)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_two_numbers():
    review = ReviewFactory()
    term, ready = a_term(review), Barrier(2)

    def write():
        ready.wait()
        finding_in(review, term=term)
        connection.close()

    threads = [Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(review.findings.values_list("number", flat=True)) == [1, 2]
