"""An existing report kept as a document: its numbers, its doubts, and nothing of it lost."""

import re
import uuid

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from reports.checking import check
from reports.models import BroughtReport, Document
from reports.outline import Outline
from reports.services import bringing
from reports.values import to_written
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import State
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing
from tests.reports.word.test_existing import printed_numbers, published, published_word

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def by():
    return UserFactory()


def brought(review, word, *, by=None, name="report.docx"):
    content = word if isinstance(word, bytes) else existing.saved(word)
    return bringing.bring(review, content=content, name=name, by=by, key=uuid.uuid4())


def saved(review, word, **said):
    one = brought(review, word, **said)
    return bringing.save(one, by=said.get("by")).document


def numbers_in(document):
    """What the database counts, apart from what the file printed."""
    return [one.number for _, one in Outline(document).paragraphs if one.number]


def doubts_of(document, kind):
    return list(document.doubts.filter(kind=kind).values_list("text", flat=True))


def test_sections_and_paragraphs_come_out_with_the_numbers_of_the_file(review, by):
    document = saved(review, existing.typed(styled=True), by=by)

    written = to_written(document)
    assert [(one.number, one.heading, one.level) for one in written.sections] == existing.SECTIONS
    assert numbers_in(document) == existing.NUMBERS
    assert doubts_of(document, "number") == []
    assert (document.kind, document.made_by) == ("overview", by)


def test_a_number_that_is_counted_otherwise_here_is_kept_beside_the_paragraph(review):
    lines = [line for line in existing.LINES if line[0] != "2.1.1"]
    document = saved(review, existing.typed(lines, styled=True))

    assert numbers_in(document) == ["1.1", "1.2", "2.1.1", "2.2.1", "3.1"]
    (doubt,) = document.doubts.filter(kind="number")
    assert doubt.text == "In the file its number is 2.1.2."
    assert doubt.printed == "2.1.2"
    assert doubt.paragraph.text.startswith("Three visits were made")


def test_what_was_uncertain_in_reading_is_kept_too(review):
    document = saved(review, existing.typed())

    (said,) = doubts_of(document, "whole")[:1]
    assert said.startswith("5 headings were recognised")


def test_the_same_file_again_adds_nothing(review, by):
    word = existing.saved(existing.typed(styled=True))
    first = saved(review, word, by=by)

    again = brought(review, word, by=by)

    assert (again.document, again.is_saved) == (first, True)
    assert bringing.save(again, by=by).document == first
    assert (BroughtReport.objects.count(), Document.objects.count()) == (1, 1)


def test_it_follows_the_layout_that_its_headings_fit(review):
    word = existing.Document()
    for heading in (
        "Establishing the review",
        "Definitions",
        "Analysis",
        "Conclusions",
        "Equality",
    ):
        word.add_heading(heading, 1)
        word.add_paragraph("Something is said here.")
    for heading in ("Predictability and preventability", "Lessons identified", "Recommendations"):
        word.add_heading(heading, 1)
        word.add_paragraph("Something is said here.")

    document = saved(review, word)

    assert document.template.kind == "overview-2013"
    codes = document.sections.exclude(code="").values_list("code", flat=True)
    assert {"preventability", "lessons", "recommendations", "conclusions"} <= set(codes)


def test_a_report_of_no_known_layout_has_none(review):
    word = existing.Document()
    for heading in ("Ships", "Ropes", "Sails"):
        word.add_heading(heading, 1)
        word.add_paragraph("Something is said here.")

    assert saved(review, word).template is None


def test_a_number_without_words_keeps_its_place_and_is_told(review):
    lines = [(number, "" if number == "1.2" else text) for number, text in existing.LINES[:6]]
    document = saved(review, existing.typed([*lines[:3], *lines[5:]], styled=True))

    assert [one for one in numbers_in(document) if one.startswith("1.")] == ["1.1", "1.2"]
    assert "The file has a number here, 1.2, and no words after it." in doubts_of(document, "place")


def test_a_long_table_is_divided_and_none_of_its_rows_is_lost(review):
    word = existing.typed(existing.LINES[:3], styled=True)
    table = word.add_table(rows=0, cols=2)
    for at in range(900):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = f"Row {at}", "words " * 15

    document = saved(review, word)

    texts = [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]
    assert max(map(len, texts)) <= 50_000
    assert re.findall(r"Row (\d+) ", "\n".join(texts)).count("899") == 1
    assert len(set(re.findall(r"Row (\d+) ", "\n".join(texts)))) == 900
    assert any("too long to be kept as one" in one for one in doubts_of(document, "place"))


def test_a_paragraph_of_two_megabytes_is_refused_with_its_place(review):
    lines = [*existing.LINES[:2], ("1.2", existing.two_megabytes())]
    one = brought(review, existing.typed(lines, styled=True))

    with pytest.raises(ValidationError, match=r"Paragraph 1\.2 has 1,999,999 characters"):
        bringing.save(one, by=None)

    assert Document.objects.count() == 0


def test_a_heading_that_is_too_long_is_kept_whole_as_a_doubt(review):
    heading = "A heading " + "that goes on " * 20
    word = existing.Document()
    word.add_heading(heading, 1)
    word.add_paragraph("Something is said here.")

    document = saved(review, word)

    assert any(" ".join(heading.split()) in one for one in doubts_of(document, "place"))


def test_a_settled_doubt_stays_on_record(review, by):
    document = saved(review, existing.typed())
    n = document.doubts.count()

    assert bringing.settle(document.doubts.all(), document, by=by) == n
    assert bringing.settle(document.doubts.all(), document, by=by) == 0
    assert document.doubts.filter(settled_by=by).count() == n
    assert Event.objects.filter(type="document.doubt_settled").count() == 1


def test_what_was_discarded_is_not_saved_and_can_be_brought_again(review, by):
    word = existing.saved(existing.typed(styled=True))
    one = bringing.discard(brought(review, word), by=by)

    with pytest.raises(bringing.MovedOn):
        bringing.save(one, by=by)
    assert brought(review, word).pk != one.pk


def test_a_review_that_has_ended_takes_no_report(review):
    one = brought(review, existing.typed(styled=True))
    Review.objects.filter(pk=review.pk).update(state=State.DISCONTINUED)

    with pytest.raises(ReviewEnded):
        bringing.save(one, by=None)


@published
@pytest.mark.real_documents
@pytest.mark.parametrize("looks", ["styled", "plain"])
def test_the_published_report_comes_out_of_the_database_as_it_was_printed(looks, review):
    document = saved(review, published_word(looks))

    outline = Outline(document)
    sections = [one.number for one in outline.sections if one.number]
    assert [one for one in sections if "." not in one] == [str(one) for one in range(1, 11)]
    assert sorted(filter(None, [*sections, *numbers_in(document)])) == sorted(
        [*printed_numbers(), *(str(one) for one in range(1, 11))]
    )
    assert doubts_of(document, "number") == []
    items = check(to_written(document)).items
    said = next(item for item in items if item.key == "recommendations-said")
    assert {"5.17.19", "6.8.5"} <= {one.place.paragraph for one in said.remarks}
