"""How papers look: in print, and on a phone."""

import io

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PdfReader

from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.making import make
from actionplans.papers.printing import drawn
from tests.factories.actionplans import RecommendationFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
KINDS = [
    (Kind.STATEMENT, ""),
    (Kind.PLAN, Layout.SEVEN),
    (Kind.PLAN, Layout.FIVE),
    (Kind.EXCEPTIONS, ""),
    (Kind.SUMMARY, ""),
]


def paper_of(kind, layout=""):
    review = ReviewFactory()
    RecommendationFactory(review=review, text="Train every officer")
    today = timezone.localdate()
    return make([review], above="A partnership", kind=kind, layout=layout, as_of=today)


def page_of(paper):
    return PdfReader(io.BytesIO(drawn(paper, "pdf", made_at=timezone.now()))).pages[0]


@pytest.mark.parametrize(("kind", "layout"), KINDS)
def test_no_heading_breaks_within_a_word(kind, layout):
    paper = paper_of(kind, layout)
    shown = {table for table in paper.tables if table.lines}
    headings = {column.heading for table in shown for column in table.columns}

    words = page_of(paper).extract_text().split()

    assert {word for heading in headings for word in heading.split()} - set(words) == set()


def test_an_empty_section_has_no_larger_heading_than_a_full_one():
    sizes = {}

    def visit(text, cm, tm, font, size):
        if text.strip():
            sizes[text.strip()] = round(abs(size * tm[0] * cm[0]), 1)

    page_of(paper_of(Kind.EXCEPTIONS)).extract_text(visitor_text=visit)

    assert sizes["Overdue (0)"] == sizes["No date (1)"]


@pytest.mark.parametrize(("kind", "layout"), KINDS)
def test_each_cell_names_its_column_on_a_phone(kind, layout):
    paper = paper_of(kind, layout)
    cells = sum(len(line.cells) for table in paper.tables for line in table.lines)

    page = render_to_string("actionplans/papers/_paper.html", {"paper": paper})
    alone = drawn(paper, "html", made_at=timezone.localtime()).decode()

    assert [page.count('data-label="'), alone.count('<td data-label="')] == [cells, cells]
