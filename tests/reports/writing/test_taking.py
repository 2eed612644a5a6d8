"""The words of one document become the first words of another, with what they rest on."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from reports.models import Document
from reports.outline import Outline
from reports.services.documents import begin_document, begin_from_data
from reports.services.paragraphs import take_out_paragraph
from reports.services.taking import taken
from reports.services.templates import layouts_for
from reviews.rules import Role
from tests.factories.accounts import UserFactory
from tests.factories.reports import (
    CitationFactory,
    DocumentTemplateFactory,
    SectionTemplateFactory,
    begun,
    paragraph_in,
    section_in,
)
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def report(review):
    return begun(review)


def shorter(report, layout="executive-summary", *, key=None, review=None):
    review = review or report.review
    found = layouts_for(review.partnership, timezone.localdate())
    template = next(one for one in found if one.kind == layout)
    return begin_document(
        review,
        template=template,
        title="Shorter",
        by=UserFactory(),
        key=key or uuid.uuid4(),
        words_from=report,
    )


def write(document, code, text, **said):
    return paragraph_in(document.sections.get(code=code), text, **said)


def stands(document, code):
    """[(kind, text or block)] in the order of the section."""
    rows = document.sections.get(code=code).paragraphs.live().in_order()
    return [(one.kind, one.text or one.block) for one in rows]


def test_what_stands_in_sections_of_the_same_code_is_copied(report):
    write(report, "conclusions", "Nobody asked.")
    write(report, "conclusions", "She did ask.", kind="quotation")
    write(report, "equality", "Age mattered.")

    summary = shorter(report)

    assert stands(summary, "conclusions") == [
        ("numbered", "Nobody asked."),
        ("quotation", "She did ask."),
    ]
    assert stands(report, "conclusions") == stands(summary, "conclusions")
    told = taken(summary, report)
    assert (told.many, told.of) == (2, 3)
    assert told.without == (
        "The review process",
        "Author of the overview report",
        "Summary chronology",
        "Key issues arising from the review",
    )


def test_a_heading_above_others_waits_for_no_words(review, report):
    ours = DocumentTemplateFactory(kind="executive-summary", partnership=review.partnership)
    for place, (heading, level) in enumerate((("Analysis", 1), ("The police", 2)), start=1):
        SectionTemplateFactory(template=ours, heading=heading, level=level, position=place)

    assert taken(shorter(report), report).without == ("The police",)


def test_a_learning_sheet_takes_from_the_sections_that_fit(report):
    write(report, "background", "She lived with him.")
    write(report, "methodology", "The panel met six times.")

    sheet = shorter(report, "learning-briefing")

    assert stands(sheet, "case") == [("numbered", "She lived with him.")]
    assert stands(sheet, "process") == [("numbered", "The panel met six times.")]


@pytest.fixture
def older(review):
    """A summary whose findings are in one chapter, where newer ones have issues and conclusions."""
    return begun(review, "executive-summary-2013")


def test_what_fits_two_sections_stands_in_the_first_of_them_with_all_it_rests_on(older):
    first = write(older, "findings", "Nobody asked.", after=None)
    write(older, "findings", f"See [[p:{first.key}]].")
    CitationFactory(paragraph=first, version=3)

    summary = shorter(older)

    copy = summary.sections.get(code="issues").paragraphs.in_order().first()
    assert stands(summary, "issues") == [
        ("numbered", "Nobody asked."),
        ("numbered", f"See [[p:{copy.key}]]."),
    ]
    assert copy.citations.get().version == 3
    assert stands(summary, "conclusions") == []
    told = taken(summary, older)
    assert (told.many, told.of) == (2, 2)
    assert "Conclusions" in told.without


def test_words_stand_under_their_own_code_before_a_section_that_they_also_fit(review, report):
    ours = DocumentTemplateFactory(kind="executive-summary", partnership=review.partnership)
    for code in ("findings", "conclusions"):
        SectionTemplateFactory(template=ours, code=code)
    write(report, "conclusions", "Nobody asked.")

    summary = shorter(report)

    assert stands(summary, "findings") == []
    assert stands(summary, "conclusions") == [("numbered", "Nobody asked.")]


def test_a_section_within_another_belongs_to_it_as_long_as_it_has_no_code(report):
    within = section_in(report, "The police", parent=report.sections.get(code="conclusions"))
    paragraph_in(within, "Two calls.")

    assert stands(shorter(report), "conclusions") == [("numbered", "Two calls.")]


def test_what_comes_from_the_data_is_not_copied_and_keeps_its_place(report):
    write(report, "lessons", "Before.", after=None)
    write(report, "lessons", "After.")

    assert stands(shorter(report), "lessons") == [
        ("numbered", "Before."),
        ("block", "lessons"),
        ("numbered", "After."),
    ]


def test_what_was_taken_out_is_not_copied(report):
    take_out_paragraph(write(report, "conclusions", "Gone."), by=UserFactory())

    assert taken(shorter(report), report).many == 0


def test_what_a_paragraph_rests_on_goes_with_it_at_the_version_that_was_meant(report):
    cited = CitationFactory(paragraph=write(report, "conclusions", "Nobody asked."), version=3)
    CitationFactory(paragraph=cited.paragraph, removed_at=timezone.now())

    summary = shorter(report)

    (copy,) = summary.sections.get(code="conclusions").paragraphs.get().citations.all()
    assert (copy.finding, copy.version) == (cited.finding, 3)
    assert cited.paragraph.citations.live().count() == 1


def test_a_reference_leads_to_the_copy_or_says_where_the_other_stands(report):
    told = write(report, "conclusions", "Nobody asked.")
    left = write(report, "equality", "Age mattered.")
    where = next(one.number for _, one in Outline(report).paragraphs if one.paragraph == left)
    write(report, "conclusions", f"See [[p:{told.key}]] and [[p:{left.key}]].")

    summary = shorter(report)

    first, second = summary.sections.get(code="conclusions").paragraphs.in_order()
    assert second.text == f"See [[p:{first.key}]] and {where} of the overview report."
    assert first.key != told.key


def test_beside_each_paragraph_it_says_which_references_became_plain_words(report):
    told = write(report, "conclusions", "Nobody asked.")
    left, gone = (write(report, "equality", text) for text in ("Age mattered.", "Sex mattered."))
    where = next(one.number for _, one in Outline(report).paragraphs if one.paragraph == left)
    write(report, "conclusions", f"See [[p:{told.key}]].")
    write(report, "conclusions", f"See [[p:{left.key}]] and [[p:{gone.key}]].")
    take_out_paragraph(gone, by=UserFactory())

    summary = shorter(report)

    copies = summary.sections.get(code="conclusions").paragraphs.in_order()
    doubt = summary.doubts.get()
    (number,) = taken(summary, report).frozen
    assert doubt.paragraph == copies[2]
    assert doubt.text == (
        "2 references within the overview report became plain words here, and no longer follow its numbers: "
        f"“{where} of the overview report”, “[refers to something that was taken away]”. Look whether they still lead "
        "where they should."
    )
    assert Outline(summary).placed_paragraph(copies[2])[1].number == number
    assert Event.objects.filter(type="document.begun").latest("pk").data["frozen"] == 2


def test_a_second_click_leaves_no_doubt_twice(report):
    left = write(report, "equality", "Age mattered.")
    write(report, "conclusions", f"See [[p:{left.key}]].")
    key = uuid.uuid4()

    first, second = (shorter(report, key=key) for _ in range(2))

    assert taken(first, report) == taken(second, report)
    assert first.doubts.count() == 1


def test_each_copy_has_a_history_that_says_where_it_is_from(report):
    write(report, "conclusions", "Nobody asked.")

    summary = shorter(report)

    (version,) = summary.sections.get(code="conclusions").paragraphs.get().versions.all()
    assert (version.text, version.get_origin_display()) == (
        "Nobody asked.",
        "Taken from another document",
    )
    event = Event.objects.filter(type="document.begun").latest("pk")
    assert (event.data["source"], event.data["taken"]) == (report.number, 1)


def test_a_second_click_takes_nothing_twice(report):
    write(report, "conclusions", "Nobody asked.")
    key = uuid.uuid4()

    assert shorter(report, key=key) == shorter(report, key=key)
    assert Document.objects.count() == 2


def test_a_document_of_another_review_gives_no_words(report):
    with pytest.raises(ValidationError):
        shorter(report, review=ReviewFactory())


def test_a_document_that_nobody_writes_gives_none(review):
    plan = begin_from_data(
        review, kind="action-plan", title="Plan", by=UserFactory(), key=uuid.uuid4()
    )

    with pytest.raises(ValidationError, match="Nobody writes that document"):
        shorter(plan)


def test_the_page_says_how_much_was_taken_and_what_waits(client, review, report, sign_in):
    sign_in(Role.CHAIR, review)
    left = write(report, "equality", "Age mattered.")
    write(report, "conclusions", f"Nobody asked, see [[p:{left.key}]].")
    url = reverse("reports:document-begin", args=[review.reference])
    form = client.get(url).context["form"]
    said = {
        "template": next(pk for pk, one in form.layouts.items() if one.kind == "executive-summary"),
        "title": "Summary",
        "words_from": report.pk,
        "key": uuid.uuid4(),
    }

    page = client.post(url, said, follow=True).content.decode()

    (number,) = taken(Document.objects.latest("pk"), report).frozen
    assert "Paragraphs taken from document 1: 1 of 2." in page
    assert (
        f"References became plain words in 1 of them, and a doubt stands beside each: {number}."
        in page
    )
    assert "1 doubt about what was taken over into it" in page
    assert "“Summary chronology”" in page


def test_what_nobody_writes_takes_no_words(client, review, report, sign_in):
    sign_in(Role.CHAIR, review)
    url = reverse("reports:document-begin", args=[review.reference])
    said = {
        "template": "action-plan",
        "title": "Plan",
        "words_from": report.pk,
        "key": uuid.uuid4(),
    }

    response = client.post(url, said)

    assert response.status_code == 422
    assert (
        "That document is made from the data and takes no words: choose “Nothing”"
        in response.content.decode()
    )
