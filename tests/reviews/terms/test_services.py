import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from foundations.dates import parse
from foundations.post.models import Message
from reviews.rules import Role
from reviews.terms import services
from reviews.terms.models import Term, TermsReading, TermsVersion, TermText
from reviews.wording.kinds import Kind
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_terms import draft_terms, issued_terms
from tests.factories.reviews_wording import WordingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def review():
    return ReviewFactory()


def numbered(version, kind=Term.Kind.TERM):
    rows = TermText.objects.numbered().filter(version=version).order_by("position")
    return [(row.number, row.text) for row in rows if row.term.kind == kind]


def test_the_first_version_starts_with_the_purposes_in_force_and_the_timeframe(review):
    review.scope_from, review.scope_reason = parse("2015").value, "Since the first call"
    review.save()
    WordingFactory(
        kind=Kind.TERMS_PURPOSES, partnership=review.partnership, title="P", text="1. To learn"
    )

    version = services.begin_version(review, by=UserFactory(), on=TODAY)

    assert (version.number, version.purposes) == (1, "1. To learn")
    assert (version.timeframe, version.scope_reason) == (
        "From 2015, no end agreed yet",
        "Since the first call",
    )


def test_a_second_click_finds_the_draft_of_the_first(review):
    first = services.begin_version(review, by=UserFactory(), on=TODAY)

    second = services.begin_version(review, by=UserFactory(), on=TODAY)

    assert second == first
    assert TermsVersion.objects.count() == 1


def test_a_later_version_starts_as_a_copy_of_the_same_terms(review):
    one = issued_terms(review, "Was risk assessed?", "Was information shared?")

    two = services.begin_version(review, by=UserFactory(), on=TODAY)

    assert (two.number, two.why, two.is_draft) == (2, "", True)
    assert (two.purposes, two.timeframe) == (one.purposes, one.timeframe)
    assert numbered(two) == numbered(one)
    assert list(two.texts.values_list("term")) == list(one.texts.values_list("term"))


def test_terms_and_key_lines_count_apart(review):
    version = draft_terms(review, "A", "B")
    draft_terms(review, "Key", kind=Term.Kind.LINE)

    assert numbered(version) == [(1, "A"), (2, "B")]
    assert numbered(version, Term.Kind.LINE) == [(1, "Key")]


def test_the_same_key_adds_one_term(review):
    version, key = draft_terms(review, "A"), uuid.uuid4()

    for _ in range(2):
        services.add_term(version, kind="term", text="B", by=UserFactory(), key=key)

    assert numbered(version) == [(1, "A"), (2, "B")]


def test_a_term_that_moves_stays_itself(review):
    version = draft_terms(review, "A", "B", "C")
    last = version.texts.get(text="C")

    services.change_term(last, text="C", number=1, seen=0, by=UserFactory())

    assert numbered(version) == [(1, "C"), (2, "A"), (3, "B")]
    assert version.texts.get(text="C").term == last.term


def test_a_number_too_high_means_last(review):
    version = draft_terms(review, "A", "B", "C")

    services.change_term(version.texts.get(text="A"), text="A", number=99, seen=0, by=None)

    assert numbered(version) == [(1, "B"), (2, "C"), (3, "A")]


def test_two_people_do_not_write_over_each_other(review):
    words = draft_terms(review, "A").texts.get()
    services.change_term(words, text="Theirs", number=1, seen=0, by=UserFactory())

    with pytest.raises(services.ChangedMeanwhile):
        services.change_term(words, text="Mine", number=1, seen=0, by=UserFactory())
    with pytest.raises(services.ChangedMeanwhile):
        services.change_frame(words.version, purposes="Mine", seen=0, by=UserFactory())

    assert numbered(words.version) == [(1, "Theirs")]


def test_a_term_withdrawn_from_a_draft_stays_in_what_was_issued(review):
    one = issued_terms(review, "A", "B")
    two = services.begin_version(review, by=UserFactory(), on=TODAY)

    services.withdraw_term(two.texts.get(text="A"), by=UserFactory())

    assert numbered(two) == [(1, "B")]
    assert numbered(one) == [(1, "A"), (2, "B")]


# --- Issued is issued ---------------------------------------------------------------------------


def test_no_service_changes_an_issued_version(review):
    version = issued_terms(review, "A")
    words, by = version.texts.get(), UserFactory()

    for change in (
        lambda: services.change_frame(version, purposes="B", seen=version.changes, by=by),
        lambda: services.add_term(version, kind="term", text="B", by=by, key=uuid.uuid4()),
        lambda: services.change_term(words, text="B", number=1, seen=0, by=by),
        lambda: services.withdraw_term(words, by=by),
    ):
        with pytest.raises(services.NotADraft):
            change()


def test_the_database_refuses_a_change_of_an_issued_version(review):
    version = issued_terms(review, "A")
    term = Term.objects.create(review=review)

    for change in (
        lambda: TermsVersion.objects.filter(pk=version.pk).update(purposes="B"),
        lambda: TermsVersion.objects.filter(pk=version.pk).update(issued_at=None, issued_by=None),
        lambda: version.texts.update(text="B"),
        lambda: version.texts.all().delete(),
        lambda: TermText.objects.create(version=version, term=term, position=9, text="B"),
    ):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic():
            change()


def test_issuing_makes_its_timeframe_that_of_the_review(review):
    version = issued_terms(review)

    review.refresh_from_db()
    assert (review.scope_from, review.scope_reason) == (version.scope_from, "First recorded abuse")


def test_what_is_not_ready_is_not_issued(review):
    by = UserFactory()
    version = services.begin_version(review, by=by, on=TODAY)

    with pytest.raises(services.NotReady, match="at least one term"):
        services.issue(version, participations=[], panel=True, by=by)
    services.add_term(version, kind="term", text="A", by=by, key=uuid.uuid4())
    with pytest.raises(services.NotReady, match="timeframe"):
        services.issue(version, participations=[], panel=True, by=by)
    draft_terms(review, "B")
    with pytest.raises(services.NotReady, match="Choose at least one"):
        services.issue(version, participations=[], panel=False, by=by)

    version.refresh_from_db()
    assert version.is_draft


def test_a_version_like_the_last_is_not_issued(review):
    issued_terms(review, "A")
    two = services.begin_version(review, by=UserFactory(), on=TODAY)

    with pytest.raises(services.NotReady, match="Nothing is different from version 1"):
        services.issue(two, participations=[], panel=True, by=UserFactory())


def test_a_later_version_says_why_it_is_there(review):
    issued_terms(review, "A")
    two = draft_terms(review, "B", why="")

    with pytest.raises(services.NotReady, match="why there is a new version"):
        services.issue(two, participations=[], panel=True, by=UserFactory())


def test_issuing_writes_to_whoever_reads_there_once(review):
    ours, theirs = ParticipationFactory(review=review), ParticipationFactory(review=review)
    author = with_role(Role.IMR_AUTHOR, review, ours)
    with_role(Role.ACTION_LEAD, review, ours)
    with_role(Role.IMR_AUTHOR, review, theirs)
    version = issued_terms(review, to=[ours])

    services.issue(version, participations=[ours], panel=False, by=UserFactory())

    messages = Message.objects.filter(key__startswith="terms:")
    assert [message.to for message in messages] == [author.email]


def test_an_agency_of_another_review_is_refused(review):
    elsewhere = ParticipationFactory()

    with pytest.raises(Exception, match="another review"):
        issued_terms(review, to=[elsewhere])


# --- Reading ------------------------------------------------------------------------------------


def test_reading_is_noted_once(review):
    part, by = ParticipationFactory(review=review), UserFactory()
    version = issued_terms(review, to=[part])

    for _ in range(2):
        services.confirm_reading(version, participation=part, by=by)

    assert [(one.participation, one.read_by) for one in TermsReading.objects.all()] == [(part, by)]
    assert Event.objects.filter(type="terms.confirmed").count() == 1


def test_what_was_not_issued_to_them_cannot_be_read_by_them(review):
    ours, theirs = ParticipationFactory(review=review), ParticipationFactory(review=review)
    version = issued_terms(review, to=[ours])

    with pytest.raises(services.NotIssued):
        services.confirm_reading(version, participation=theirs, by=UserFactory())
    with pytest.raises(services.NotIssued):
        services.confirm_reading(version, participation=None, by=UserFactory())
