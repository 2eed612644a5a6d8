"""The grid of terms by agencies, its cells, and which headings are suggested."""

import re
import uuid

import pytest
from django.urls import reverse

from findings.grid import Grid
from findings.models import TermAnswer, TermPassage
from findings.services import terms as services
from findings.suggesting import suggested
from findings.terms import Terms
from reviews.rules import Material, Role
from reviews.services import share
from reviews.submissions.models import Passage
from reviews.terms.services import issue
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.chronologies_marking import EntryTermFactory
from tests.factories.findings import TermAnswerFactory, a_heading
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_terms import draft_terms, issued_terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def parts(review):
    return [ParticipationFactory(review=review) for _ in range(2)]


@pytest.fixture
def terms(review, parts):
    version = issued_terms(review, "Was risk assessed?", "Was information shared?", "Was it heard?")
    return [text.term for text in version.texts.order_by("position")]


@pytest.fixture
def chair(sign_in, review):
    return sign_in(Role.CHAIR, review)


def page(name, review, *more):
    return reverse(f"findings:{name}", args=[review.reference, *more])


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def grid_of(review, user):
    return Grid(review, user, Terms(review, user))


def test_each_cell_says_how_far_and_with_what(review, parts, terms, chair):
    one, two = parts
    TermAnswerFactory(term=terms[0], participation=one, verdict="silent")
    TermAnswerFactory(term=terms[0], participation=one, verdict="partly")
    for _ in range(2):
        EntryTermFactory(entry=EntryFactory(participation=one), term=terms[0])
    services.tie(terms[0], [a_heading(one)], by=chair)

    row = grid_of(review, chair).rows[0]

    cells = {cell.part: (cell.words, cell.counted) for cell in row.cells}
    assert cells == {one: ("Partly", "2 entries, 1 heading"), two: ("Not yet judged", "")}


def test_what_no_agency_has_answered_is_said(review, parts, terms, chair):
    one, two = parts
    TermAnswerFactory(term=terms[0], participation=one, verdict="answered")
    TermAnswerFactory(term=terms[1], participation=one, verdict="silent")
    TermAnswerFactory(term=terms[1], participation=two, verdict="nil")
    TermAnswerFactory(term=terms[2], participation=one, verdict="silent")

    warnings = [row.warning for row in grid_of(review, chair).rows]

    assert warnings == [
        "",
        "No agency has answered this",
        "No agency has answered this so far: 1 still to judge",
    ]


def test_the_page_tells_the_version_and_the_unanswered(client, review, parts, terms, chair):
    said = words(client.get(page("grid", review)))

    assert "version 1 of the terms of reference" in said
    assert said.count("Not judged yet for any agency") == 6  # above the table, and in each row
    assert "Was risk assessed?" in said


def test_terms_of_the_newest_version_stand_in_the_grid(client, review, parts, terms, chair):
    draft = draft_terms(review, "A new one")
    draft.texts.filter(term=terms[0]).delete()
    issue(draft, participations=[], panel=True, by=chair)

    grid = client.get(page("grid", review)).context["grid"]

    assert [row.term.text for row in grid.rows] == [
        "Was information shared?",
        "Was it heard?",
        "A new one",
    ]
    assert client.get(page("cell", review, terms[0].pk, parts[0].pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_asks_as_much_whatever_its_size(
    client, review, chair, count, django_assert_max_num_queries
):
    version = issued_terms(review, *(f"Was it so, {n}?" for n in range(count)))
    for _ in range(count):
        part = ParticipationFactory(review=review)
        for text in version.texts.all():
            TermAnswerFactory(term=text.term, participation=part)
    client.get(page("grid", review))

    with django_assert_max_num_queries(18):
        client.get(page("grid", review))


def test_an_agency_is_judged_on_its_cell(client, review, parts, terms, chair):
    one = parts[0]
    cell = page("cell", review, terms[0].pk, one.pk)
    form = {"verdict": "partly", "note": "Nothing before 2015", "seen": 0, "key": uuid.uuid4()}

    client.post(page("cell-judge", review, terms[0].pk, one.pk), form)

    assert TermAnswer.objects.get().by == chair
    assert "Nothing before 2015" in words(client.get(cell))
    again = form | {"verdict": "silent", "key": uuid.uuid4()}
    response = client.post(page("cell-judge", review, terms[0].pk, one.pk), again)
    assert response.status_code == 422
    assert "Nothing before 2015" in words(response)
    seen = re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]
    client.post(page("cell-judge", review, terms[0].pk, one.pk), again | {"seen": seen})
    assert "What was said before" in words(client.get(cell))


def test_headings_are_suggested_tied_and_untied(client, review, parts, terms, chair):
    one = parts[0]
    heading = a_heading(one, heading="Information sharing", text="We shared it late.")
    cell = page("cell", review, terms[1].pk, one.pk)

    response = client.get(cell)
    assert [found.passage for found in response.context["suggestions"]] == [heading]
    client.post(page("cell-tie", review, terms[1].pk, one.pk), {"chosen": [heading.pk]})

    assert "We shared it late." in words(client.get(cell))
    link = TermPassage.objects.get()
    client.post(page("cell-untie", review, terms[1].pk, one.pk, link.pk))
    assert not TermPassage.objects.live().exists()


def test_nothing_of_another_agency_is_tied_in_a_cell(client, review, parts, terms, chair):
    one, two = parts
    heading = a_heading(two)

    response = client.post(page("cell-tie", review, terms[0].pk, one.pk), {"chosen": [heading.pk]})

    assert response.status_code == 422
    assert not TermPassage.objects.exists()


def test_the_panel_reads_the_grid_while_it_is_shared(client, sign_in, review, parts, terms):
    EntryTermFactory(entry=EntryFactory(participation=parts[0], text="She rang"), term=terms[0])
    TermAnswerFactory(term=terms[0], participation=parts[0], verdict="partly")
    sign_in(Role.PANEL_MEMBER, review)
    assert client.get(page("grid", review)).status_code == 403

    share(review, material=Material.ANALYSIS, with_role=Role.PANEL_MEMBER, by=UserFactory())
    sign_in(Role.PANEL_MEMBER, review)
    said = words(client.get(page("grid", review)))
    cell = words(client.get(page("cell", review, terms[0].pk, parts[0].pk)))

    assert "Partly" in said
    assert "1 entry" not in said
    assert "She rang" not in cell
    assert "Say how far" not in cell


# --- Which headings look as if they answer a term -----------------------------------------------


def headings(*titles):
    """(level, number, heading) of a report nobody keeps."""
    return [
        Passage(pk=n, position=n, level=level, number=number, heading=heading)
        for n, (level, number, heading) in enumerate(titles, start=1)
    ]


@pytest.fixture
def named(review, terms):
    return Terms(review).current


def titles(term, passages):
    return [one.passage.heading for one in suggested(term, 3, passages)]


def test_a_heading_that_names_the_term(named):
    report = headings((1, "", "Term of reference 2"), (1, "", "ToR 3: hearing"), (1, "", "In 2"))

    assert titles(named[1], report) == ["Term of reference 2"]
    assert titles(named[2], report) == ["ToR 3: hearing"]


def test_a_heading_by_its_number_under_the_terms(named):
    report = headings(
        (1, "5", "Addressing the terms of reference"),
        (2, "5.1", "Risk"),
        (2, "5.3", "Voices"),
        (1, "6", "Lessons"),
        (2, "6.3", "Training"),
    )

    assert titles(named[2], report) == ["Voices"]


def test_a_heading_by_its_place_where_there_are_as_many(named):
    report = headings(
        (1, "", "Terms of reference"), (2, "", "First"), (2, "", "Second"), (2, "", "Third")
    )

    assert titles(named[1], report) == ["Second"]
    assert titles(named[1], report[:3]) == []


def test_a_heading_with_the_words_of_the_term(named):
    report = headings((1, "", "Sharing of information"), (1, "", "Information"), (1, "", "Risks"))

    assert titles(named[1], report) == ["Sharing of information"]
