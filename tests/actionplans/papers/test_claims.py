"""What a plan only claims is never printed as a fact, and is read back as the plan had it."""

import uuid

import pytest
from django.utils import timezone

from actionplans import drafting, services
from actionplans.models import Status
from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.making import make
from actionplans.papers.word import as_word
from tests.factories.actionplans import RecommendationFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
OUTCOME = "Completed March 2015. Ninety officers trained"


def paper_of(one, kind, layout=""):
    today = timezone.localdate()
    return make([one.review], above="A partnership", kind=kind, layout=layout, as_of=today)


def cells_of(one, kind, layout=""):
    lines = [line for line in paper_of(one, kind, layout).tables[0].lines if not line.banner]
    return ["\n".join(words.text for words in cell) for cell in lines[0].cells]


def claiming(words, *, status="completed", **more):
    return RecommendationFactory(
        number="1", claimed_status=status, status_as_written=words, due="June 2015", **more
    )


@pytest.mark.parametrize(
    ("status", "words", "said"),
    [
        ("completed", "Completed", "Claimed completed, not confirmed"),
        ("completed", "COMPLETED", "Claimed “COMPLETED”, not confirmed"),
        ("on track", "On track", "On track, as the plan claims"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "layout", "column"),
    [
        (Kind.STATEMENT, "", 5),
        (Kind.PLAN, Layout.SEVEN, 6),
        (Kind.PLAN, Layout.FIVE, 4),
    ],
)
def test_a_claim_is_said_to_be_one_in_its_cell(kind, layout, column, status, words, said):
    one = claiming(words, status=status)

    lines = cells_of(one, kind, layout)[column].split("\n")

    assert lines[-1] == said


@pytest.mark.parametrize(
    ("kind", "layout", "column"),
    [(Kind.STATEMENT, "", 5), (Kind.PLAN, Layout.SEVEN, 5), (Kind.PLAN, Layout.FIVE, 4)],
)
def test_a_claim_typed_beside_the_date_is_said_to_be_one(kind, layout, column):
    one = claiming("Completed", target_as_written="June 2015 / Completed")

    assert cells_of(one, kind, layout)[column] == "June 2015\nClaimed completed, not confirmed"


def test_what_was_accepted_here_is_no_claim_any_more():
    one = claiming("Completed", target_as_written="June 2015 / Completed")
    one.rows.update(status=Status.DONE)

    assert cells_of(one, Kind.STATEMENT)[5] == "June 2015\nCompleted\nDone"


def test_an_outcome_stands_once_and_in_its_column():
    one = claiming(OUTCOME, outcome=OUTCOME)

    statement = cells_of(one, Kind.STATEMENT)
    seven = cells_of(one, Kind.PLAN, Layout.SEVEN)

    assert statement[3:] == [OUTCOME, "", "June 2015\nClaimed completed, not confirmed"]
    assert seven[5:] == ["June 2015", f"Claimed completed, not confirmed\n{OUTCOME}"]


@pytest.mark.parametrize(
    "written",
    ["June 2015 / Completed", "Completed May 2014", "COMPLETED", "August 2015 Completed."],
)
def test_a_claim_is_read_back_as_the_plan_had_it(written):
    one = claiming("Completed", target_as_written=written)
    content = as_word(paper_of(one, Kind.PLAN, Layout.FIVE), made_at=timezone.now())
    review = ReviewFactory()

    draft = drafting.read_draft(content, "paper.docx", review)
    services.save_file(draft, content, review, mapping=None, by=None, key=uuid.uuid4())

    again = review.recommendations.get()
    assert (again.claimed_status, again.target_as_written) == ("completed", written)
