"""The demonstration holds a mismatch of every kind, and the finder finds and explains each."""

import re

import pytest
from django.db import transaction

from chronologies.mismatches.marking import quotes_of
from chronologies.mismatches.models import Kind, Mismatch
from desk.demo.making import make_demo
from desk.demo.mismatches import planted
from reviews.models import Review

pytestmark = pytest.mark.django_db

EXPLAINED = {
    Kind.SENT_NO_RECEIPT: ["A referral was sent to Millbrook Homes", "No matching entry supplied by Millbrook Homes"],
    Kind.RECEIPT_NO_SENDING: ["Telephone call received from Eastwold Probation Trust", "No matching entry supplied by Eastwold Probation Trust"],
    Kind.DIFFERING_CONTENT: ["There were no injuries", "cut lip"],
    Kind.DIFFERING_DATE: ["in 2016 MA 2 had scalded", "17 October 2017"],
    Kind.PROMISED_NOT_DONE: ["agreed to visit FA 2 within a week", "Millbrook Homes"],
    Kind.ATTENDED_NOT_RECORDED: ["Joint visit to FA 2", "No matching entry supplied by Millbrook Homes"],
    Kind.IMR_NOT_IN_CHRONOLOGY: ["9 November 2018", "its own chronology"],
    Kind.CHRONOLOGY_NOT_IN_IMR: ["posed a high risk", "report does not mention it"],
}  # fmt: skip
STATES = {
    Kind.SENT_NO_RECEIPT: "answered",
    Kind.RECEIPT_NO_SENDING: "to_ask",
    Kind.DIFFERING_CONTENT: "changed",
    Kind.DIFFERING_DATE: "open",
    Kind.PROMISED_NOT_DONE: "not_material",
    Kind.ATTENDED_NOT_RECORDED: "accepted",
    Kind.IMR_NOT_IN_CHRONOLOGY: "open",
    Kind.CHRONOLOGY_NOT_IN_IMR: "open",
}


@pytest.fixture(scope="module")
def review(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        make_demo()
        yield Review.objects.get(reference="DHR-2024-02")
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", Kind)
def test_what_was_planted_is_found_and_explained(kind, review):
    row = planted(review, kind)

    assert row.gone_at is None
    assert row.confidence in {"high", "medium"}
    for words in EXPLAINED[kind]:
        assert words in row.explanation
    assert row.parts.exists()


@pytest.mark.parametrize("kind", Kind)
def test_some_are_judged_asked_answered_and_changed(kind, review):
    rows = Mismatch.objects.with_state()

    assert rows.get(pk=planted(review, kind).pk).state == STATES[kind]


def test_whatever_a_sentence_quotes_stands_in_what_the_mismatch_rests_on(review):
    """Else the panel would read words of an entry that was not asked for."""
    wrong = {}
    for row in Mismatch.objects.filter(review=review).for_display():
        entries = [link.entry for link in row.entry_links.select_related("entry")]
        said = [f"{one.text}\n{one.action}\n{one.comment}" for one in entries]
        said += [link.passage.text + link.passage.title for link in row.passage_links.all()]
        for quote in quotes_of(row.explanation):
            if plain(quote) not in plain("\n".join(said)):
                wrong[row.pk] = quote
    assert wrong == {}


def test_every_agency_that_a_mismatch_names_is_one_that_it_concerns(review):
    wrong = {}
    agencies = [part.agency for part in review.participations.select_related("agency")]
    for row in Mismatch.objects.filter(review=review).for_display():
        concerned = {part.participation.agency for part in row.parts.all()}
        without_quotes = re.sub(r"“[^”]*”", "", row.explanation)
        for agency in agencies:
            if agency.name in without_quotes and agency not in concerned:
                wrong[row.pk] = agency.name
        theirs = {
            link.entry.participation.agency
            for link in row.entry_links.all()
            if link.entry.participation
        }
        if not theirs <= concerned:
            wrong[row.pk] = theirs - concerned
    assert wrong == {}


def plain(text):
    """In the plain letters that the finder quotes in."""
    return " ".join(text.translate(str.maketrans("’‘“”–", "''\"\"-")).split()).casefold()
