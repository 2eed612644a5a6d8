import pytest

from foundations.office.differences import ADDED, REMOVED, SAME, pieces_of
from reviews.rules import Role
from reviews.services import end_role
from reviews.terms import services
from reviews.terms.difference import difference
from reviews.terms.models import Term, TermsVersion
from reviews.terms.queries import places_of, reader_in, standings_of
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def ours(review):
    return ParticipationFactory(review=review)


def said(pieces):
    marks = {ADDED: "+{}+", REMOVED: "-{}-", SAME: "{}"}
    return "".join(marks[piece.what].format(piece.text) for piece in pieces)


def reworded(version, text, words):
    """The draft after a version, with one term in other words."""
    draft = draft_terms(version.review, "Was it agreed?")
    row = draft.texts.get(text=text)
    services.change_term(row, text=words, number=1, seen=row.changes, by=UserFactory())
    return draft


# --- The difference -----------------------------------------------------------------------------


def test_a_word_put_in_is_marked_and_the_rest_is_not():
    assert said(pieces_of("Was risk assessed well?", "Was risk assessed early?")) == (
        "Was risk assessed -well-+early+?"
    )


def test_a_sentence_of_which_little_is_left_is_shown_whole():
    assert said(pieces_of("Was risk assessed?", "Who spoke for the children, and to whom?")) == (
        "-Was risk assessed?-+Who spoke for the children, and to whom?+"
    )


def test_one_point_of_many_is_marked_alone():
    assert said(pieces_of("1. One\n2. Two\n3. Three\n", "1. One\n2. Two\n3. Tree\n")) == (
        "1. One\n2. Two\n3. -Three-+Tree+\n"
    )


def test_a_term_added_changed_moved_and_withdrawn_are_told_apart(review):
    one = issued_terms(review, "A goes", "B moves up", "C is the same but for a word")
    draft = draft_terms(review, "D is new")
    services.withdraw_term(draft.texts.get(text="A goes"), by=None)
    row = draft.texts.get(text__startswith="C")
    services.change_term(row, text="C is the same but for two words", number=2, seen=0, by=None)

    found = difference(one, draft)

    assert [(change.what, change.name, change.number_before) for change in found.terms] == [
        ("moved", "Term 1", 2),
        ("changed", "Term 2", 3),
        ("added", "Term 3", None),
        ("withdrawn", "Term 1", 1),
    ]
    assert [change.name for change in found.to_read] == ["Term 2", "Term 3"]
    assert said(found.terms[1].pieces) == "C is the same but for -a word-+two words+"


def test_what_else_changed_is_named(review):
    one = issued_terms(review, "A")
    draft = draft_terms(review, "B")
    services.change_frame(
        draft, purposes="1. To learn more", scope_reason="Another", seen=draft.changes, by=None
    )
    draft.refresh_from_db()

    assert difference(one, draft).frame == ["the purposes", "the reason for the timeframe"]


def test_there_is_no_difference_between_a_version_and_itself(review):
    version = issued_terms(review, "A")

    assert not difference(version, version)


# --- Who must look again ------------------------------------------------------------------------


def test_whoever_read_an_earlier_version_is_told_which_terms_to_look_at(review, ours):
    author, officer = (
        with_role(role, review, ours) for role in (Role.IMR_AUTHOR, Role.SIGN_OFF_OFFICER)
    )
    one = issued_terms(review, *(f"Term {n}" for n in range(1, 11)), to=[ours])
    services.confirm_reading(one, participation=ours, by=author)
    two = draft_terms(review, "Supervision", "Capacity")
    services.issue(two, participations=[ours], panel=False, by=UserFactory())
    services.confirm_reading(two, participation=ours, by=officer)

    (place,) = places_of(review)

    readers = {reader.user: reader for reader in place.readers}
    assert [change.name for change in readers[author].since.to_read] == ["Term 11", "Term 12"]
    assert readers[author].state == ("Must look again", "orange")
    assert (readers[officer].state, readers[officer].since) == (("Read", "green"), None)
    assert place.is_read is True


def test_the_difference_counts_from_what_each_has_read(review, ours):
    early, late = (with_role(Role.IMR_AUTHOR, review, ours) for _ in range(2))
    one = issued_terms(review, "A", to=[ours])
    services.confirm_reading(one, participation=ours, by=early)
    two = issued_terms(review, "B", to=[ours])
    services.confirm_reading(two, participation=ours, by=late)
    issued_terms(review, "C", to=[ours])

    names = {
        reader.user: [change.name for change in reader.since.to_read]
        for reader in places_of(review)[0].readers
    }

    assert names == {early: ["Term 2", "Term 3"], late: ["Term 3"]}


def test_an_agency_that_a_later_version_did_not_go_to_is_shown(review, ours):
    theirs = ParticipationFactory(review=review)
    issued_terms(review, "A", to=[ours, theirs])
    two = issued_terms(review, "B", to=[ours])

    lacks = {place.name: place.lacks for place in places_of(review)}

    assert lacks == {str(ours.agency): None, str(theirs.agency): two}


def test_nobody_whose_role_ended_must_look_again(review, ours):
    author = with_role(Role.IMR_AUTHOR, review, ours)
    one = issued_terms(review, "A", to=[ours])
    services.confirm_reading(one, participation=ours, by=author)
    issued_terms(review, "B", to=[ours])

    end_role(author.roles.get(), by=UserFactory())

    assert places_of(review)[0].readers == ()


def test_the_panel_is_a_place_of_its_own(review, ours):
    member = with_role(Role.PANEL_MEMBER, review)
    one = issued_terms(review, "A", to=[ours], panel=True)
    services.confirm_reading(one, participation=None, by=member)

    assert [place.name for place in places_of(review)] == [str(ours.agency), "The panel"]
    assert reader_in(review, member, None).is_up_to_date is True
    assert reader_in(review, member, ours).read is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_takes_as_many_queries_for_any_number(
    count, review, ours, django_assert_num_queries
):
    author = with_role(Role.IMR_AUTHOR, review, ours)
    for number in range(count):
        part = ParticipationFactory(review=review)
        with_role(Role.IMR_AUTHOR, review, part)
        version = issued_terms(review, f"Term {number}", to=[ours, part])
        services.confirm_reading(version, participation=ours, by=author)
    issued_terms(review, "Last", to=[ours])

    with django_assert_num_queries(5):
        places_of(review)


# --- Who sees which -----------------------------------------------------------------------------


def test_each_sees_the_versions_that_are_theirs(review, ours):
    theirs = ParticipationFactory(review=review)
    one = issued_terms(review, "A", to=[ours])
    two = issued_terms(review, "B", to=[theirs])
    draft = draft_terms(review, "C")
    seen = {
        role: set(TermsVersion.objects.visible_to(with_role(role, review, part)))
        for role, part in (
            (Role.COORDINATOR, None),
            (Role.CHAIR, None),
            (Role.PANEL_MEMBER, None),
            (Role.BOARD_READER, None),
            (Role.IMR_AUTHOR, ours),
            (Role.SIGN_OFF_OFFICER, theirs),
            (Role.ACTION_LEAD, ours),
        )
    }

    assert seen == {
        Role.COORDINATOR: {one, two, draft},
        Role.CHAIR: {one, two, draft},
        Role.PANEL_MEMBER: {one, two},
        Role.BOARD_READER: set(),
        Role.IMR_AUTHOR: {one},
        Role.SIGN_OFF_OFFICER: {two},
        Role.ACTION_LEAD: set(),
    }


def test_a_term_is_seen_where_its_words_are(review, ours):
    issued_terms(review, "A", to=[ours])
    draft_terms(review, "B")
    author = with_role(Role.IMR_AUTHOR, review, ours)

    assert [term.texts.first().text for term in Term.objects.visible_to(author)] == ["A"]


def test_ones_own_page_says_what_waits(review, ours):
    author = with_role(Role.IMR_AUTHOR, review, ours)
    states = [standings_of(author, [review])]
    one = issued_terms(review, "A", to=[ours])
    states.append(standings_of(author, [review])[review.pk].state)
    services.confirm_reading(one, participation=ours, by=author)
    states.append(standings_of(author, [review])[review.pk].state)
    issued_terms(review, "B", to=[ours])
    states.append(standings_of(author, [review])[review.pk].state)

    assert states == [{}, ("To read", "blue"), ("Read", "green"), ("Look again", "orange")]
