"""A document of the database taken to Word and brought back: accepted one by one, nothing written over."""

import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from docx import Document as Word

from audit.models import Event
from findings.services.locking import ChangedMeanwhile
from foundations.office.marked import marked_of
from reports.models import WordCopy, WordReturn
from reports.outline import Outline
from reports.services import word
from reports.services.paragraphs import change_paragraph, take_out_paragraph
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.reports import DocumentFactory, begun, paragraph_in, section_in
from tests.factories.reviews import ReviewFactory
from tests.reports.word import existing, made

pytestmark = pytest.mark.django_db
FACTS = (
    "The housing officer called twice and left a card.",
    "Nobody wrote down who would call back after that.",
    "The practice asked once whether home was a safe place.",
)


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def by(review):
    return with_role(Role.CHAIR, review)


@pytest.fixture
def document(review, by):
    found = DocumentFactory(review=review, made_by=by)
    facts = section_in(found, "The facts", by=by)
    for text in FACTS:
        paragraph_in(facts, text, by=by)
    ends = section_in(found, "Conclusions", by=by)
    paragraph_in(ends, "There is one conclusion, and it is this one.", by=by)
    return found


def taken(document, by):
    copy = word.take_away(document, by=by, key=uuid.uuid4())
    return copy.stored.content


def edited(content, change=lambda file: None):
    file = Word(io.BytesIO(content))
    change(file)
    return existing.saved(file)


def back(document, content, by, *, key=None, name="report.docx"):
    return word.bring_back(
        document,
        marked_of(content, name),
        content=content,
        name=name,
        by=by,
        key=key or uuid.uuid4(),
    )


def texts(document):
    return [
        (placed.section.heading, one.number, one.paragraph.text)
        for placed, one in Outline(document, texts=True).paragraphs
    ]


def told(returned):
    return [(one.what, one.number) for one in word.compared(returned).changes]


def accepted(returned, *whats, by):
    found = [one.id for one in word.compared(returned).changes if not whats or one.what in whats]
    return word.save(returned, found, by=by)


def retyped(old, new):
    def change(file):
        made.retype(made.paragraph(file, old), old, new)

    return change


def test_a_file_that_nobody_touched_changes_nothing(document, by):
    returned = back(document, edited(taken(document, by)), by)

    assert told(returned) == []
    assert returned.copy == WordCopy.objects.get()


def test_what_a_download_held_is_on_record_with_its_versions(document, by):
    first = Outline(document, texts=True).paragraphs[0][1].paragraph
    change_paragraph(first, text="Other words.", kind="numbered", seen=0, by=by)

    word.take_away(document, by=by, key=uuid.uuid4())

    held = {row[0]: row[4] for row in WordCopy.objects.get().held}
    assert held[f"p:{first.key}"] == 2
    assert len(held) == 6


def test_a_second_click_takes_the_same_file(document, by):
    key = uuid.uuid4()

    assert word.take_away(document, by=by, key=key) == word.take_away(document, by=by, key=key)


def test_changed_words_are_taken_and_the_history_says_from_word(document, by):
    returned = back(
        document, edited(taken(document, by), retyped("Nobody wrote", "No one wrote")), by
    )
    assert told(returned) == [("changed", "1.2")]

    accepted(returned, by=by)

    row = Outline(document, texts=True).paragraphs[1][1].paragraph
    assert row.text.startswith("No one wrote")
    assert [(one.what, one.origin) for one in row.versions.order_by("number")] == [
        ("written", ""),
        ("changed", "word"),
    ]
    assert Event.objects.filter(type="document.from_word").count() == 1


def test_added_moved_and_removed_paragraphs_come_where_word_has_them(document, by):
    def change(file):
        first, second, third = (made.paragraph(file, text) for text in FACTS)
        made.copy_after(first, "This is new, and it was typed in Word alone.")
        second._p.getparent().remove(second._p)
        made.paragraph(file, "There is one")._p.addnext(third._p)

    returned = back(document, edited(taken(document, by), change), by)
    assert sorted(what for what, _ in told(returned)) == ["added", "moved", "removed"]

    accepted(returned, by=by)

    assert texts(document) == [
        ("The facts", "1.1", FACTS[0]),
        ("The facts", "1.2", "This is new, and it was typed in Word alone."),
        ("Conclusions", "2.1", "There is one conclusion, and it is this one."),
        ("Conclusions", "2.2", FACTS[2]),
    ]


def test_what_is_left_stays_as_it_was(document, by):
    def change(file):
        retyped("Nobody wrote", "No one wrote")(file)
        retyped("The practice", "The surgery")(file)

    returned = back(document, edited(taken(document, by), change), by)
    one = word.compared(returned).changes[0]
    saved = word.save(returned, [one.id], by=by)

    assert [text for *_, text in texts(document)][:3] == [
        FACTS[0],
        FACTS[1].replace("Nobody", "No one"),
        FACTS[2],
    ]
    assert (saved.accepted, saved.left) == (1, 1)


def test_new_headings_and_a_heading_that_goes(document, by):
    def change(file):
        heading = made.paragraph(file, "Conclusions")
        made.copy_after(heading, "What follows")
        heading._p.getparent().remove(heading._p)

    returned = back(document, edited(taken(document, by), change), by)
    accepted(returned, by=by)

    assert {heading for heading, *_ in texts(document)} == {"The facts", "What follows"}
    assert len(texts(document)) == 4


def test_where_somebody_changed_it_meanwhile_both_are_shown_and_nothing_is_written_over(
    document, by
):
    content = edited(taken(document, by), retyped("Nobody wrote", "No one wrote"))
    row = Outline(document, texts=True).paragraphs[1][1].paragraph
    change_paragraph(row, text="Changed here.", kind="numbered", seen=0, by=by)

    (one,) = word.compared(back(document, content, by)).changes

    assert (one.is_meanwhile, one.before) == (True, "Changed here.")
    assert one.after.startswith("No one wrote")


def test_what_others_changed_meanwhile_is_no_change_from_word(document, by):
    content = edited(taken(document, by), retyped("The practice", "The surgery"))
    row = Outline(document, texts=True).paragraphs[0][1].paragraph
    change_paragraph(row, text="Changed here.", kind="numbered", seen=0, by=by)
    returned = back(document, content, by)

    accepted(returned, by=by)

    assert [text for *_, text in texts(document)][:1] == ["Changed here."]
    assert told(returned) == []


def test_a_change_after_the_page_was_opened_refuses_all_of_it(document, by):
    returned = back(document, edited(taken(document, by), retyped("Nobody wrote", "No one")), by)
    shown = [one.id for one in word.compared(returned).changes]
    row = Outline(document, texts=True).paragraphs[1][1].paragraph
    change_paragraph(row, text="Changed here.", kind="numbered", seen=0, by=by)

    with pytest.raises(ChangedMeanwhile):
        word.save(returned, shown, by=by)

    assert WordReturn.objects.get().is_open


def test_sent_twice_it_is_done_once(document, by):
    returned = back(document, edited(taken(document, by), retyped("Nobody wrote", "No one")), by)
    shown = [one.id for one in word.compared(returned).changes]

    word.save(returned, shown, by=by)
    word.save(returned, shown, by=by)

    assert Event.objects.filter(type="paragraph.changed").count() == 1


def test_a_file_of_another_document_is_refused_though_it_says_the_same(document, by):
    other = DocumentFactory()
    for text in FACTS:
        paragraph_in(section_in(other, "The facts"), text)
    content = edited(taken(other, with_role(Role.CHAIR, other.review)))

    with pytest.raises(ValidationError, match="made from another document"):
        back(document, content, by)


def test_a_file_that_has_nothing_to_do_with_it_is_refused(document, by):
    file = existing.saved(existing.typed())

    with pytest.raises(ValidationError, match="does not come from this document"):
        back(document, file, by)


def test_lost_and_doubled_bookmarks_are_told(document, by):
    lost = back(document, edited(taken(document, by), made.without_bookmarks), by)
    doubled = back(
        document,
        edited(
            taken(document, by),
            lambda file: made.copy_after(
                made.paragraph(file, FACTS[0]), "A copy with other words.", keeps_bookmark=True
            ),
        ),
        by,
    )

    assert told(lost) == []
    (one,) = word.compared(doubled).changes
    assert one.what == "added"
    assert "carries the mark of another paragraph" in one.notes[0]


def test_what_is_inserted_from_the_data_is_not_changed_from_word(review, by):
    document = begun(review, by=by)
    section = document.sections.get(code="introduction")
    paragraph_in(section, "It was begun in spring.", by=by)
    content = taken(document, by)

    assert told(back(document, edited(content), by)) == []


def test_a_paragraph_of_two_megabytes_is_refused_and_nothing_of_the_file_is_saved(document, by):
    def change(file):
        retyped("The practice", "The surgery")(file)
        retyped("Nobody wrote", existing.two_megabytes())(file)

    returned = back(document, edited(taken(document, by), change), by)

    with pytest.raises(ValidationError, match=r"Paragraph 1\.2: It has [\d,]+ characters"):
        accepted(returned, by=by)

    assert [text for *_, text in texts(document)][:3] == list(FACTS)


def test_a_paragraph_that_was_taken_out_here_and_left_alone_in_word_stays_out(document, by):
    content = edited(taken(document, by))
    take_out_paragraph(Outline(document).paragraphs[0][1].paragraph, by=by)

    assert told(back(document, content, by)) == []


def test_references_are_still_references_when_they_come_back(document, by):
    facts = document.sections.get(heading="The facts")
    paragraph_in(facts, "This goes back to [[1.2]], as was said.", by=by)

    def change(file):
        made.retype(made.paragraph(file, "This goes back"), "as was said", "as we said")

    returned = back(document, edited(taken(document, by), change), by)
    accepted(returned, by=by)

    text = next(text for *_, text in texts(document) if "we said" in text)
    assert text.startswith("This goes back to [[p:")


def test_a_reference_to_something_taken_out_does_not_come_back_as_a_change(document, by):
    facts = document.sections.get(heading="The facts")
    paragraph_in(facts, "This goes back to [[1.2]], as was said.", by=by)
    take_out_paragraph(Outline(document).paragraphs[1][1].paragraph, by=by)

    assert told(back(document, edited(taken(document, by)), by)) == []


def test_a_heading_moves_with_what_stands_under_it(document, by):
    def change(file):
        first = made.paragraph(file, "The facts")
        for text in ("Conclusions", "There is one"):
            first._p.addprevious(made.paragraph(file, text)._p)

    returned = back(document, edited(taken(document, by), change), by)
    accepted(returned, by=by)

    assert [(heading, number) for heading, number, _ in texts(document)] == [
        ("Conclusions", "1.1"),
        ("The facts", "2.1"),
        ("The facts", "2.2"),
        ("The facts", "2.3"),
    ]


def test_a_heading_goes_a_level_down(document, by):
    def change(file):
        made.paragraph(file, "Conclusions").style = file.styles["Heading 2"]

    returned = back(document, edited(taken(document, by), change), by)
    accepted(returned, "level", by=by)

    placed = {one.section.heading: (one.number, one.level) for one in Outline(document).sections}
    assert placed == {"The facts": ("1", 1), "Conclusions": ("1.4", 2)}
