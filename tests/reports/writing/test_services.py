"""What services keep, refuse and never lose."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from chronologies.services import withdraw_entry
from findings.services.locking import ChangedMeanwhile, KeyOfAnother
from reports.models import Citation, Document, Layout, Paragraph, ParagraphVersion
from reports.services.citing import cite, uncite
from reports.services.documents import begin_document, share_document, take_document
from reports.services.paragraphs import (
    add_paragraph,
    bring_back_paragraph,
    change_paragraph,
    take_out_paragraph,
)
from reports.services.templates import layouts_for, make_version, newest_for
from reports.values import to_written
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.findings import finding_in
from tests.factories.reports import (
    CitationFactory,
    DocumentFactory,
    ParagraphVersionFactory,
    begun,
    paragraph_in,
    section_in,
)
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_proceedings import ProceedingFactory, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def facts():
    return section_in(DocumentFactory())


# --- Nothing is lost ----------------------------------------------------------------------------


def test_every_word_that_stood_in_a_paragraph_is_kept(facts, by):
    one = paragraph_in(facts, "First", by=by)
    change_paragraph(one, text="Second", kind="numbered", seen=0, by=by)
    take_out_paragraph(one, by=by)
    bring_back_paragraph(one, by=by)

    assert [(v.what, v.text, v.by) for v in one.versions.order_by("number")] == [
        ("written", "First", by),
        ("changed", "Second", by),
        ("removed", "Second", by),
        ("brought-back", "Second", by),
    ]


@pytest.mark.parametrize(
    "way", ["update reports_paragraphversion set text = ''", "delete from reports_paragraphversion"]
)
def test_the_database_keeps_what_a_paragraph_said(way):
    ParagraphVersionFactory()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(way)

    assert ParagraphVersion.objects.count() == 1


def test_nothing_is_written_over_what_somebody_else_wrote(facts, by):
    one = paragraph_in(facts, "First")
    change_paragraph(one, text="Theirs", kind="numbered", seen=0, by=UserFactory())

    with pytest.raises(ChangedMeanwhile):
        change_paragraph(one, text="Mine", kind="numbered", seen=0, by=by)

    assert Paragraph.objects.get(pk=one.pk).text == "Theirs"


def test_the_same_words_again_are_no_change(facts, by):
    one = paragraph_in(facts, "First")

    change_paragraph(one, text=" First ", kind="numbered", seen=0, by=by)

    assert one.versions.count() == 1


def test_a_key_of_another_document_makes_and_shows_nothing(facts, by):
    theirs = paragraph_in(section_in(DocumentFactory()), "Theirs")

    with pytest.raises(KeyOfAnother):
        add_paragraph(facts, kind="numbered", text="Mine", by=by, key=theirs.key)


def test_an_empty_paragraph_is_refused(facts, by):
    with pytest.raises(ValidationError):
        add_paragraph(facts, kind="numbered", text="  ", by=by, key=uuid.uuid4())


def test_a_word_document_is_taken_as_it_reads(by):
    written = WrittenDocument(
        "Overview",
        (
            WrittenSection("", "Tribute", 1, (WrittenParagraph("", "We met her."),)),
            WrittenSection("1", "Facts", 1, (WrittenParagraph("1.1", "One"),)),
            WrittenSection(
                "1.2",
                "Police",
                2,
                (
                    WrittenParagraph("1.2.1", "Two"),
                    WrittenParagraph("", "and on"),
                    WrittenParagraph("", "> “Help”\n> she said"),
                ),
            ),
        ),
    )

    document = take_document(ReviewFactory(), written, kind="overview", by=by, key=uuid.uuid4())

    again = to_written(document)
    assert [(s.number, s.heading, s.level) for s in again.sections] == [
        ("", "Tribute", 1),
        ("1", "Facts", 1),
        ("1.2", "Police", 2),
    ]
    assert [(p.number, p.text) for _, p in again.paragraphs] == [
        ("", "We met her."),
        ("1.1", "One"),
        ("1.2.1", "Two"),
        ("", "and on"),
        ("", "> “Help”\n> she said"),
    ]
    assert ParagraphVersion.objects.filter(paragraph__section__document=document).count() == 5


def test_a_section_whose_level_was_left_out_stands_in_the_one_above(by):
    levels = (("1", "Facts", 1), ("1.1.1", "Police", 3), ("2", "Analysis", 1))
    written = WrittenDocument("Overview", tuple(WrittenSection(*one) for one in levels))

    document = take_document(ReviewFactory(), written, kind="overview", by=by, key=uuid.uuid4())

    assert [(s.number, s.heading, s.level) for s in to_written(document).sections] == [
        ("1", "Facts", 1),
        ("1.1", "Police", 2),
        ("2", "Analysis", 1),
    ]


@pytest.mark.parametrize(
    "section",
    [
        WrittenSection("1", "H" * 201),
        WrittenSection("1", "Facts", 1, (WrittenParagraph("1.1", "w" * 50_001),)),
        WrittenSection("1", "Facts", 1, (WrittenParagraph("1.1", " "),)),
    ],
    ids=["long heading", "long paragraph", "empty paragraph"],
)
def test_what_does_not_fit_is_refused_as_a_whole(by, section):
    written = WrittenDocument("Overview", (section,))

    with pytest.raises(ValidationError), transaction.atomic():
        take_document(ReviewFactory(), written, kind="overview", by=by, key=uuid.uuid4())

    assert not Document.objects.exists()


# --- Layouts ------------------------------------------------------------------------------------


def test_a_document_keeps_the_layout_it_was_begun_with(by):
    review, today = ReviewFactory(), timezone.localdate()
    document = begun(review)
    make_version(
        kind=Layout.OVERVIEW_2016,
        partnership=review.partnership,
        title="Ours",
        source="The board",
        effective_from=today,
        seen=newest_for(Layout.OVERVIEW_2016, review.partnership),
        by=by,
        on=today,
        sections=[{"code": "all", "heading": "All of it", "level": 1}],
    )

    later = begun(review)

    assert document.template.is_house
    assert not later.template.is_house
    assert [one.heading for one in later.sections.all()] == ["All of it"]
    assert document.sections.filter(code="analysis").exists()


def test_the_layout_of_another_partnership_is_refused(by):
    other, review, today = ReviewFactory(), ReviewFactory(), timezone.localdate()
    theirs = make_version(
        kind=Layout.OVERVIEW_2016,
        partnership=other.partnership,
        title="Theirs",
        source="The board",
        effective_from=today,
        seen=newest_for(Layout.OVERVIEW_2016, other.partnership),
        by=by,
        on=today,
        sections=[{"code": "all", "heading": "All of it", "level": 1}],
    )

    with pytest.raises(ValidationError):
        begin_document(review, template=theirs, title="Overview", by=by, key=uuid.uuid4())


def test_one_layout_of_each_kind_is_in_force():
    found = layouts_for(ReviewFactory().partnership, timezone.localdate())

    assert [one.kind for one in found] == list(Layout)


# --- Citing -------------------------------------------------------------------------------------


def test_a_citation_is_of_exactly_one_thing():
    one = CitationFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        Citation.objects.filter(pk=one.pk).update(finding=None)


def test_what_is_cited_twice_stands_once(facts, by):
    finding, one = finding_in(facts.document.review), paragraph_in(facts)

    cite(one, [finding], by=by)

    assert cite(one, [finding], by=by) == []
    assert one.citations.count() == 1


def test_what_was_cited_no_longer_can_be_cited_again(facts, by):
    finding, one = finding_in(facts.document.review), paragraph_in(facts)
    (first,) = cite(one, [finding], by=by)

    uncite(first, by=by)
    cite(one, [finding], by=by)

    assert [row.is_live for row in one.citations.order_by("pk")] == [False, True]


def test_evidence_of_another_review_is_refused(facts, by):
    with pytest.raises(ValidationError, match="another review"):
        cite(paragraph_in(facts), [finding_in(ReviewFactory())], by=by)


def test_an_entry_that_is_cited_is_withdrawn_and_never_deleted(facts, by):
    part = ParticipationFactory(review=facts.document.review)
    entry = EntryFactory(review=part.review, participation=part)
    (one,) = cite(paragraph_in(facts), [entry], by=by)

    withdraw_entry(entry, by=entry.created_by, reason="Somebody else")

    one.refresh_from_db()
    assert one.entry.is_withdrawn
    with pytest.raises(ProtectedError):
        entry.delete()


# --- Sharing ------------------------------------------------------------------------------------


def test_a_hold_that_stops_sharing_keeps_a_document_from_the_panel():
    document = begun()
    hold(ProceedingFactory(review=document.review), "sharing")

    with pytest.raises(ValidationError):
        share_document(document, by=with_role(Role.CHAIR, document.review))

    assert Document.objects.get(pk=document.pk).state == "drafting"
