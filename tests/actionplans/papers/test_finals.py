"""Final papers: kept as they went, compared with the last, stopped by what was never filled in."""

import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.utils import timezone
from docx import Document as WordDocument
from docx.oxml.ns import qn

from actionplans.papers import services
from actionplans.papers.kinds import Kind, Layout
from actionplans.papers.models import PlanPaper
from actionplans.papers.printing import drawn
from actionplans.progress.models import Answer
from actionplans.progress.services import report
from audit.models import Event
from reviews.lifecycle.ended import ReviewEnded
from reviews.models import Review
from reviews.rules import Role, State
from tests.conftest import with_role
from tests.factories.actionplans import (
    ActionFactory,
    RecommendationFactory,
    RecommendationLeadFactory,
    UpdateFactory,
)
from tests.factories.actionplans_papers import final_paper
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.foundations.office.pdf_samples import broken_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def coordinator(review):
    return with_role(Role.COORDINATOR, review)


@pytest.fixture
def one(review):
    """In the plan since yesterday, so that there is a day before today to speak of."""
    one = RecommendationFactory(review=review, number="4", text="Train every officer")
    RecommendationFactory(review=review, number="5", text="Audit fifty files")
    yesterday = timezone.now() - timedelta(days=1)
    review.recommendations.update(created_at=yesterday)
    review.plan_rows.update(started_at=yesterday)
    return one


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def tell(one, words):
    row = one.rows.live().get()
    return report(
        row, answer=Answer.ON_TRACK, words=words, by=None, key=uuid.uuid4(), seen=row.told_at
    )


# --- Kept ---------------------------------------------------------------------------------------


def test_a_final_paper_keeps_its_words_and_three_sealed_files(one, review, coordinator):
    paper = final_paper(review, by=coordinator)

    assert paper.document.tables[0].lines[0].cells[1][0].text == "Train every officer"
    assert paper.sha256 == services.digest_of(paper.document)
    assert paper.pdf.content.startswith(b"%PDF-")
    assert b"Train every officer" in paper.page.content
    assert WordDocument(io.BytesIO(paper.word.content)).tables
    assert all(stored.is_sealed for stored in paper.files.values())
    assert not paper.document.is_draft


def test_a_final_paper_stays_as_it_was(one, review, coordinator):
    paper = final_paper(review, by=coordinator)

    one.text = "Train nobody"
    one.save()

    kept = PlanPaper.objects.get()
    assert kept.document.tables[0].lines[0].cells[1][0].text == "Train every officer"
    for change in (
        lambda: PlanPaper.objects.update(is_given=True),
        lambda: PlanPaper.objects.all().delete(),
    ):
        with pytest.raises(InternalError, match="never changed"), transaction.atomic():
            change()
    with pytest.raises(ValidationError):
        paper.save()


def test_a_second_click_finds_the_first_paper(one, review, coordinator):
    asked = {"kind": Kind.PLAN, "layout": Layout.FIVE, "as_of": timezone.localdate()}
    key = uuid.uuid4()

    papers = [
        services.keep_final(
            services.scope_of(review), **asked, is_given=False, by=coordinator, key=key
        )
        for _ in range(2)
    ]

    assert papers[0] == papers[1]
    assert PlanPaper.objects.count() == 1


def test_making_one_is_on_the_trail_without_its_words(one, review, coordinator):
    paper = final_paper(review, by=coordinator)

    event = Event.objects.filter(type="paper.made").get()
    assert event.data["sha256"] == paper.sha256
    assert "Train" not in str(event.data)


def test_no_paper_knows_the_future(one, review, coordinator):
    with pytest.raises(ValidationError, match="Nobody knows yet"):
        final_paper(review, by=coordinator, as_of=timezone.localdate() + timedelta(days=1))


def test_a_review_that_has_ended_takes_no_final_paper(one, review, coordinator):
    Review.objects.update(state=State.CLOSED)

    with pytest.raises(ReviewEnded):
        final_paper(review, by=coordinator)


# --- Unchanged since ----------------------------------------------------------------------------


def marks_of(document):
    return {line.number: line.mark for line in document.tables[0].lines}


def draft_of(review, by, kind=Kind.STATEMENT):
    return services.draft(
        services.scope_of(review), kind=kind, layout="", as_of=timezone.localdate(), by=by
    )


def test_a_row_without_news_is_marked_with_the_day_of_the_last_paper(one, review, coordinator):
    final_paper(review, by=coordinator, as_of=yesterday())
    tell(one, "The course was held")

    marks = marks_of(draft_of(review, coordinator))

    assert marks == {"4": "", "5": f"No change since {yesterday():%-d %B %Y}"}


def test_the_mark_keeps_the_first_day_over_several_papers(one, review, coordinator):
    two_days_ago = yesterday() - timedelta(days=1)
    before = timezone.now() - timedelta(days=2)
    review.recommendations.update(created_at=before)
    review.plan_rows.update(started_at=before)
    final_paper(review, by=coordinator, as_of=two_days_ago)
    final_paper(review, by=coordinator, as_of=yesterday())

    marks = marks_of(draft_of(review, coordinator))

    assert set(marks.values()) == {f"No change since {two_days_ago:%-d %B %Y}"}


def test_only_a_paper_of_the_same_kind_is_compared(one, review, coordinator):
    final_paper(review, by=coordinator, kind=Kind.SUMMARY, as_of=yesterday())

    assert set(marks_of(draft_of(review, coordinator)).values()) == {""}


def test_the_mark_is_in_the_word_file(one, review, coordinator):
    final_paper(review, by=coordinator, as_of=yesterday())

    paper = final_paper(review, by=coordinator)

    word = WordDocument(io.BytesIO(paper.word.content))
    assert "No change since" in word.tables[0].rows[1].cells[3].text


# --- What was never filled in --------------------------------------------------------------------


@pytest.mark.parametrize("words", ["(insert date)", "TBC", "[name]", "by xx/xx/2027", "on ____"])
def test_words_that_were_never_filled_in_stop_a_final_paper(words, one, review, coordinator):
    one.text = f"Train every officer {words}"
    one.save()

    with pytest.raises(services.LeftOpen) as refusal:
        final_paper(review, by=coordinator)

    (place,) = refusal.value.places
    assert (place.number, place.column, place.recommendation) == ("4", "Recommendation", one.pk)
    assert PlanPaper.objects.count() == 0


def test_each_of_several_in_one_sentence_is_named(one, review, coordinator):
    one.text = "Train every officer by (insert date), led by TBC"
    one.save()

    with pytest.raises(services.LeftOpen) as refusal:
        final_paper(review, by=coordinator)

    assert [place.found for place in refusal.value.places] == ["(insert date)", "TBC"]


def test_it_is_looked_for_in_every_column(one, review, coordinator):
    UpdateFactory(recommendation=one, text="Agreed on (insert date)")
    one.lead_as_written = "TBC"
    one.save()

    with pytest.raises(services.LeftOpen) as refusal:
        final_paper(review, by=coordinator)

    assert [place.column for place in refusal.value.places] == [
        "Response and updates",
        "Officer responsible",
    ]


def test_a_later_report_mends_what_an_earlier_one_left_open(one, review, coordinator):
    tell(one, "Agreed on (insert date)")
    with pytest.raises(services.LeftOpen):
        final_paper(review, by=coordinator)

    tell(one, "Agreed on 3 March")

    assert final_paper(review, by=coordinator).pk


def test_ordinary_words_stop_nothing(one, review, coordinator):
    one.text = "Insert a leaflet in every pack, and add [sic] the names of services"
    one.save()

    assert final_paper(review, by=coordinator).pk


# --- The files ----------------------------------------------------------------------------------


def test_the_word_file_is_landscape_british_and_repeats_its_headings(one, review, coordinator):
    word = WordDocument(io.BytesIO(final_paper(review, by=coordinator).word.content))

    section, table = word.sections[0], word.tables[0]
    assert section.page_width > section.page_height
    assert word.core_properties.title.startswith("Progress statement")
    assert word.core_properties.language == "en-GB"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert {paragraph.style.name for paragraph in word.paragraphs} >= {"Title", "Heading 1"}


def test_a_list_of_actions_is_a_list_in_word(one, review, coordinator):
    for words in ("Write the course", "hold the course"):
        ActionFactory(recommendation=one, text=words, number="")
    document = services.draft(
        services.scope_of(review),
        kind=Kind.PLAN,
        layout=Layout.SEVEN,
        as_of=timezone.localdate(),
        by=coordinator,
    )

    word = WordDocument(io.BytesIO(drawn(document, "docx", made_at=timezone.now())))

    cell = word.tables[0].rows[1].cells[2]
    assert [(p.text, p.style.name) for p in cell.paragraphs] == [
        ("Write the course", "List Bullet"),
        ("hold the course", "List Bullet"),
    ]


def test_the_pdf_is_tagged_and_says_what_it_is(one, review, coordinator):
    content = final_paper(review, by=coordinator).pdf.content

    assert broken_rules(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Progress statement" in str(pdf.docinfo.Title)


@pytest.mark.parametrize("kind", [Kind.EXCEPTIONS, Kind.SUMMARY])
def test_the_counting_papers_come_in_every_format(kind, one, review, coordinator):
    document = draft_of(review, coordinator, kind)

    for format_ in ("docx", "html", "xlsx"):
        assert drawn(document, format_, made_at=timezone.localtime())
    assert broken_rules(drawn(document, "pdf", made_at=timezone.localtime())) == []


def test_the_summary_of_many_agencies_is_one_page(review, coordinator):
    for _ in range(30):
        RecommendationLeadFactory(
            recommendation=RecommendationFactory(review=review),
            participation=ParticipationFactory(review=review),
        )
    content = drawn(draft_of(review, coordinator, Kind.SUMMARY), "pdf", made_at=timezone.now())

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1


def test_a_draft_says_so_on_every_page(one, review, coordinator):
    document = draft_of(review, coordinator)

    word = WordDocument(io.BytesIO(drawn(document, "docx", made_at=timezone.now())))

    assert "DRAFT" in word.sections[0].header.paragraphs[0].text
    assert b"DRAFT" in drawn(document, "html", made_at=timezone.localtime())
    assert "draft" in services.file_name(review.reference, document, "pdf")


# --- Who finds them -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "is_given", "finds"),
    [
        (Role.CHAIR, False, True),
        (Role.BOARD_READER, False, False),
        (Role.BOARD_READER, True, True),
        (Role.PANEL_MEMBER, True, False),
    ],
)
def test_who_finds_a_final_paper(role, is_given, finds, one, review, coordinator):
    paper = final_paper(review, by=coordinator, is_given=is_given)

    visible = PlanPaper.objects.visible_to(with_role(role, review))

    assert list(visible) == ([paper] if finds else [])


def test_a_paper_about_two_reviews_needs_both(one, review, coordinator):
    other = ReviewFactory(partnership=review.partnership)
    RecommendationFactory(review=other)
    both = with_role(Role.COORDINATOR, other)
    paper = services.keep_final(
        services.Scope(review.partnership, (review, other)),
        kind=Kind.STATEMENT,
        layout="",
        as_of=timezone.localdate(),
        is_given=True,
        by=both,
        key=uuid.uuid4(),
    )

    chair_of_one = with_role(Role.CHAIR, review)

    assert list(PlanPaper.objects.visible_to(both)) == [paper]
    assert not PlanPaper.objects.visible_to(chair_of_one).exists()
    assert [table.heading for table in paper.document.tables] == [
        f"Review {review.reference}",
        f"Review {other.reference}",
    ]
