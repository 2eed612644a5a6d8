"""How far each agency answered each term."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from findings.models import TermAnswer, TermPassage
from findings.services import locking, terms
from reviews.services import merge_participations
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.findings import a_heading, a_term
from tests.factories.reviews import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return ParticipationFactory()


@pytest.fixture
def term(part):
    return a_term(part.review)


def judge(term, part, verdict="partly", **said):
    given = {"verdict": verdict, "by": UserFactory(), "key": uuid.uuid4()}
    return terms.judge(term, part, **given | said)


def test_what_was_said_last_counts_and_nothing_is_lost(term, part):
    judge(term, part, "silent")
    last = judge(term, part, "answered", note="In its second version")

    assert list(TermAnswer.objects.latest()) == [last]
    assert TermAnswer.objects.count() == 2


def test_a_second_click_and_the_same_again_say_it_once(term, part):
    key = uuid.uuid4()

    first = judge(term, part, key=key)

    assert judge(term, part, key=key) == judge(term, part) == first
    other = ParticipationFactory(review=part.review)
    with pytest.raises(locking.KeyOfAnother):
        judge(term, other, key=key)


def test_nothing_is_said_over_what_somebody_else_said(term, part):
    judge(term, part, "silent")

    with pytest.raises(locking.ChangedMeanwhile):
        judge(term, part, "answered", seen=0)


def test_only_agencies_that_give_evidence_are_judged(term, part):
    leads_only = ParticipationFactory(review=part.review, is_lead_only=True)

    for other in (leads_only, ParticipationFactory()):
        with pytest.raises(ValidationError, match="gives no evidence"):
            judge(term, other)


def test_headings_are_tied_to_a_term_and_untied(term, part):
    heading = a_heading(part)

    (link,) = terms.tie(term, [heading], by=UserFactory())
    assert terms.tie(term, [heading], by=UserFactory()) == []

    terms.untie(link, by=UserFactory())
    assert not TermPassage.objects.live().exists()
    with pytest.raises(locking.TakenAway):
        terms.untie(link, by=UserFactory())
    assert len(terms.tie(term, [heading], by=UserFactory())) == 1


def test_nothing_is_tied_that_was_not_sent_to_the_review(term):
    with pytest.raises(ValidationError, match="nothing that was sent"):
        terms.tie(term, [a_heading()], by=UserFactory())
    with pytest.raises(ValidationError, match="at least one"):
        terms.tie(term, [], by=UserFactory())


def test_two_agencies_that_become_one_keep_what_was_said_of_both(term, part):
    into = ParticipationFactory(review=part.review, agency=AgencyFactory())
    judge(term, into, "answered")
    last = judge(term, part, "silent")

    merge_participations(agency=part.agency, into=into.agency, by=None)

    assert list(TermAnswer.objects.latest()) == [last]
    assert {answer.participation for answer in TermAnswer.objects.all()} == {into}
