"""An existing report kept as a document: its numbers, its doubts, and nothing of it lost."""

import json
import re
import uuid

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from foundations.dates import parse
from reports.checking import check
from reports.models import MOST, BroughtReport, Document, Scan
from reports.outline import Outline
from reports.references import with_numbers
from reports.services import bringing
from reports.services.documents import take_document
from reports.services.referring import told_beside, told_of_references
from reports.values import to_written
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.reviews import PersonFactory, ReviewFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_people import IdentityFactory
from tests.reports.rendering.test_versions import made
from tests.reports.word import existing
from tests.reports.word.test_existing import SOURCE, printed_numbers, published, published_word

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def by(review):
    return with_role(Role.CHAIR, review)


def brought(review, word, *, by=None, name="report.docx", kind="overview"):
    content = word if isinstance(word, bytes) else existing.saved(word)
    return bringing.bring(review, content=content, name=name, by=by, key=uuid.uuid4(), kind=kind)


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


def test_a_number_that_was_typed_becomes_a_reference_that_follows(review):
    lines = [
        *existing.LINES[:2],
        ("1.2", "As told in paragraph 2.1.2, and in sections 2.2 and 3 of this report."),
        *existing.LINES[5:],
    ]
    document = saved(review, existing.typed(lines, styled=True))

    outline = Outline(document, texts=True)
    said = next(one.paragraph for _, one in outline.paragraphs if one.number == "1.2")
    assert "2.1.2" not in said.text
    assert with_numbers(said.text, outline) == lines[2][1]
    (doubt,) = [one for one in doubts_of(document, "whole") if "reference" in one]
    assert doubt.startswith("3 references in the file to a paragraph or section")
    beside = document.doubts.get(kind="place", text__contains="reference")
    assert beside.paragraph == said
    assert beside.text == (
        "Typed in the file: “paragraph 2.1.2”, “sections 2.2 and 3”. A reference shows each number now, and "
        "follows. Look whether it leads where it should."
    )


def test_a_section_of_an_act_is_no_section_of_the_report(review):
    lines = [
        *existing.LINES[:2],
        ("1.2", "There was a duty to ask, see section 3 of the Care Act 2014."),
        *existing.LINES[5:],
    ]
    document = saved(review, existing.typed(lines, styled=True))

    texts = [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]
    assert lines[2][1] in texts
    assert not document.doubts.filter(text__contains="reference").exists()


def test_it_shows_the_number_that_is_counted_where_the_printed_one_was_another(review):
    lines = [line for line in existing.LINES if line[0] != "2.1.1"]
    lines[1] = ("1.1", "It is told in paragraph 2.1.2.")
    document = saved(review, existing.typed(lines, styled=True))

    outline = Outline(document, texts=True)
    (_, first), *_ = outline.paragraphs
    assert with_numbers(first.paragraph.text, outline) == "It is told in paragraph 2.1.1."


def test_a_paragraph_too_long_for_references_says_how_many_numbers_stay_as_they_were_typed(review):
    said = "It is told in paragraph 1.1, and in sections 1 and 2 of this report. "
    long = said + "x" * (MOST - len(said))
    written = WrittenDocument(
        "Overview",
        (
            WrittenSection(
                "1", "Facts", 1, (WrittenParagraph("1.1", "One"), WrittenParagraph("1.2", long))
            ),
            WrittenSection("2", "Analysis", 1, (WrittenParagraph("2.1", "See paragraph 1.1."),)),
        ),
    )
    document = take_document(review, written, kind="overview", by=None, key=uuid.uuid4())

    turned, left = sorted(told_beside(document, written), key=lambda told: -told[1])
    assert document.sections.first().paragraphs.last().text == long
    assert turned[0].startswith("Typed in the file: “paragraph 1.1”. A reference shows")
    assert left == (
        "Typed in the file, and left so in 3 places: “paragraph 1.1”, “sections 1 and 2”. With references there, "
        "which follow, the paragraph would be longer than 50,000 characters. Divide it, and write each number as a "
        "reference, like [[5.3.2]].",
        0,
        1,
    )


def test_a_number_that_stands_twice_stays_as_it_was_typed_and_is_told(review):
    written = WrittenDocument(
        "Overview",
        (
            WrittenSection(
                "1",
                "Facts",
                1,
                (
                    WrittenParagraph("1.1", "One"),
                    WrittenParagraph("1.1", "Another"),
                    WrittenParagraph("1.2", "See paragraph 1.1, and an Act, section 1."),
                ),
            ),
        ),
    )
    document = take_document(review, written, kind="overview", by=None, key=uuid.uuid4())

    texts = [one.paragraph.text for _, one in Outline(document, texts=True).paragraphs]
    assert texts[-1] == "See paragraph 1.1, and an Act, section 1."
    assert list(told_of_references(document, written)) == [
        "These numbers stay as they were typed, because each stands twice in the file: 1.1."
    ]


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


def a_summary():
    """As a summary of 2013 has its headings; no title stands above them."""
    word = existing.Document()
    for level, heading in (
        (1, "Introduction"),
        (2, "Purpose of a domestic homicide review"),
        (2, "The review process"),
        (1, "Summary of events"),
        (2, "Timeline"),
        (1, "Key findings"),
        (1, "Recommendations"),
    ):
        word.add_heading(heading, level)
        word.add_paragraph("Something is said here.")
    return word


def test_a_summary_that_is_brought_in_is_one_and_follows_a_layout_of_summaries(review):
    document = saved(review, a_summary(), kind="executive-summary")

    assert (document.kind, document.title) == ("executive-summary", "Executive summary")
    assert document.template.kind == "executive-summary-2013"
    assert document.sections.get(heading="Timeline").code == "timeline"


def test_a_file_that_is_being_looked_at_becomes_what_was_said_last(review):
    word = existing.saved(a_summary())
    first = brought(review, word)

    again = brought(review, word, kind="executive-summary")

    with pytest.raises(bringing.MovedOn):
        bringing.save(first, by=None)
    assert bringing.save(again, by=None).document.kind == "executive-summary"
    assert brought(review, word, kind="learning-briefing").document.kind == "executive-summary"


def test_what_is_made_from_the_data_is_not_brought_in(review):
    with pytest.raises(ValidationError, match="made from the data"):
        brought(review, a_summary(), kind="chronology")


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


@pytest.fixture
def of_the_report(review):
    """The review that the published report is of: its people, the date that may be told as a season, and its
    panel. Gives the names on the panel."""
    facts = json.loads((SOURCE.parent / "rotherham-ma1-review.json").read_text(encoding="utf-8"))
    for one in facts["subjects"]:
        rule = {"publish_death": "season"} if one["role"] == "Victim" else {}
        person = PersonFactory(review=review, pseudonym=one["code"], role=one["role"], **rule)
        died = parse("06.10.2013").value.to_json() if rule else {}
        IdentityFactory(person=person, names=[], died=died)
    members = [(one["name"], one["agency"] or one["position"]) for one in facts["panel"]]
    members.append((facts["chair"]["name"], facts["partnership"]["name"]))
    for name, organisation in members:
        PanelMemberFactory(review=review, name=name, organisation=organisation)
    return [name for name, _ in members]


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
    sides = [one for one in check(to_written(document)).contradictions if one.kind == "sides"]
    assert [[place.paragraph for place in one.places] for one in sides] == [["1.2", "1.3"]]


@published
@pytest.mark.real_documents
def test_the_published_report_that_was_brought_is_not_made_anonymised_with_the_date_it_tells(
    review, of_the_report, sign_in
):
    document = saved(review, published_word("plain"))

    version = made(document, sign_in(Role.CHAIR, review), variant="anonymised")

    dates = [one["where"] for one in version.places if one["kind"] == "date of death"]
    assert version.is_refused
    assert dates == ["paragraph 5.3.2", "paragraph 5.9.5"]
    told = [words for _, _, _, words, *_ in Scan.objects.get().told["hits"]]
    assert told.count("06.10.2013") == 2
    names = {part for name in of_the_report for part in name.split()}
    assert [words for words in told if names & set(words.split())] == []
