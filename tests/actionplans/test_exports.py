import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from actionplans import exports
from audit.models import Event
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    MilestoneFactory,
    ProgressNoteFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.reviews import ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


def made(review, format_, role=Role.CHAIR, part=None, **chosen):
    return exports.make(review, with_role(role, review, part), format_=format_, chosen=chosen)


def sheet(export):
    rows = load_workbook(io.BytesIO(export.content)).active.iter_rows(values_only=True)
    headings = next(rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def pages(export):
    return [page.extract_text() for page in PdfReader(io.BytesIO(export.content)).pages]


def test_a_workbook_has_all_that_is_known(review):
    one = RecommendationLeadFactory(
        recommendation__review=review,
        recommendation__due="May 2014",
        participation__review=review,
    ).recommendation
    for factory in (ActionFactory, MilestoneFactory, UpdateFactory, ProgressNoteFactory):
        factory(recommendation=one)

    (row,) = sheet(made(review, "xlsx"))

    assert row["Recommendation"] == one.text
    assert row["Lead agencies"] == one.leads.get().agency.name
    assert row["Actions"] == one.actions.get().text
    assert row["Milestones"] == one.milestones.get().text
    assert (row["Target date as written"], row["Latest"]) == ("May 2014", "2014-05-31")
    assert row["Updates in the file"] == one.updates.get().text
    assert one.progress_notes.get().note in row["Progress reported here"]


@pytest.mark.parametrize("text", ["=1+1", "+44 ring them", "-rang the GP", "@risk"])
def test_what_looks_like_a_formula_stays_text(review, text):
    RecommendationFactory(review=review, text=text)

    export = made(review, "xlsx")

    cell = load_workbook(io.BytesIO(export.content)).active["D2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_an_export_holds_what_its_asker_may_see(review):
    own = RecommendationLeadFactory(recommendation__review=review, participation__review=review)
    RecommendationLeadFactory(recommendation__review=review, participation__review=review)

    export = made(review, "xlsx", Role.ACTION_LEAD, own.participation)

    assert [row["Recommendation"] for row in sheet(export)] == [own.recommendation.text]


def test_an_export_holds_what_is_listed(review):
    late = RecommendationFactory(review=review, due="May 2014")
    RecommendationFactory(review=review)

    assert [row["Recommendation"] for row in sheet(made(review, "xlsx", due="overdue"))] == [
        late.text
    ]


def test_a_print_is_marked_and_numbered_on_every_page(review):
    RecommendationFactory.create_batch(
        40, review=review, group="Northbank Police", outcome="A long outcome. " * 20
    )

    printed = pages(made(review, "pdf"))

    assert len(printed) > 1
    for number, text in enumerate(printed, start=1):
        assert "OFFICIAL-SENSITIVE" in text
        assert f"Page {number} of {len(printed)}" in text
        assert "Target date" in text  # the heading of the table, repeated


def test_a_row_as_tall_as_a_page_keeps_the_heading_of_the_table(review):
    long = RecommendationFactory.create_batch(3, review=review)
    for one in long:
        UpdateFactory.create_batch(6, recommendation=one, text="The board met again. " * 30)

    printed = pages(made(review, "pdf"))

    assert [number for number, text in enumerate(printed) if "Target date" not in text] == []


def test_the_date_of_an_update_stands_before_it(review):
    UpdateFactory(recommendation__review=review, label="May 2015:", text="The course was held.")

    (row,) = sheet(made(review, "xlsx"))

    assert row["Updates in the file"] == "May 2015: The course was held."


def test_a_print_is_landscape_and_tagged(review):
    RecommendationFactory(review=review)

    content = made(review, "pdf").content

    document = PdfReader(io.BytesIO(content))
    box = document.pages[0].mediabox
    assert box.width > box.height
    assert broken_rules(content) == []
    assert document.metadata.title == f"Action plan, {review.reference}"


def test_a_long_plan_is_printed_in_parts(review, monkeypatch):
    monkeypatch.setattr(exports, "PART_ROWS", 2)
    rows = RecommendationFactory.create_batch(5, review=review)

    printed = " ".join(" ".join(pages(made(review, "pdf"))).split())

    assert [one.text for one in rows if one.text not in printed] == []


def test_a_plan_without_rows_is_still_a_document(review):
    assert "no recommendations to show" in pages(made(review, "pdf"))[0]


@pytest.mark.parametrize("format_", ["xlsx", "pdf"])
def test_an_export_is_a_download_and_an_event(client, sign_in, review, format_):
    RecommendationFactory(review=review)
    sign_in(Role.CHAIR, review)

    answer = client.get(reverse("actionplans:plan-export", args=[review.reference, format_]))

    assert answer["Content-Disposition"] == (
        f'attachment; filename="{review.reference} action plan.{format_}"'
    )
    event = Event.objects.get(type="export.made")
    assert (event.data["format"], event.data["rows"]) == (format_, 1)


def test_another_format_does_not_exist(client, sign_in, review):
    sign_in(Role.CHAIR, review)

    answer = client.get(reverse("actionplans:plan-export", args=[review.reference, "exe"]))

    assert answer.status_code == 404
