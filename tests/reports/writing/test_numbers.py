"""Numbers are counted from the order, and follow every change of it."""

import pytest

from reports.outline import Outline
from reports.references import in_words
from reports.services.paragraphs import (
    bring_back_paragraph,
    change_paragraph,
    move_paragraph,
    take_out_paragraph,
)
from reports.services.places import LAST
from reports.services.sections import bring_back_section, move_section, take_out_section
from reports.values import to_written
from tests.factories.accounts import UserFactory
from tests.factories.reports import DocumentFactory, paragraph_in, section_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def document():
    return DocumentFactory()


def numbers(document):
    """[(number, words)] of headings and paragraphs, in the order of reading."""
    found = []
    for placed in Outline(document, texts=True).sections:
        found.append((placed.number, placed.section.heading))
        found += [(one.number, one.paragraph.text) for one in placed.paragraphs]
    return found


def test_paragraphs_are_numbered_within_their_section(document):
    first, second = section_in(document, "Introduction"), section_in(document, "The facts")
    paragraph_in(first, "One")
    police = section_in(document, "The police", parent=second)
    paragraph_in(police, "Two")
    paragraph_in(police, "Three")

    assert numbers(document) == [
        ("1", "Introduction"),
        ("1.1", "One"),
        ("2", "The facts"),
        ("2.1", "The police"),
        ("2.1.1", "Two"),
        ("2.1.2", "Three"),
    ]


def test_a_section_within_goes_on_where_the_paragraphs_above_it_end(document):
    facts = section_in(document, "The facts")
    section_in(document, "The police", parent=facts)
    paragraph_in(facts, "One")

    assert numbers(document) == [("1", "The facts"), ("1.1", "One"), ("1.2", "The police")]


def test_what_goes_on_and_what_is_quoted_has_no_number(document):
    facts = section_in(document)
    paragraph_in(facts, "One")
    paragraph_in(facts, "And on", kind="continuation")
    paragraph_in(facts, "“Help”", kind="quotation")
    paragraph_in(facts, "Two")

    assert [number for number, _ in numbers(document)] == ["1", "1.1", "", "", "1.2"]


def test_a_preface_and_what_stands_in_it_has_no_number(document):
    preface = section_in(document, "Tribute", is_numbered=False)
    paragraph_in(preface, "We met her.")
    section_in(document, "Introduction")

    assert [number for number, _ in numbers(document)] == ["", "", "1"]


def test_a_paragraph_between_two_others_moves_the_later_numbers(document):
    facts = section_in(document)
    first = paragraph_in(facts, "One")
    paragraph_in(facts, "Three")

    paragraph_in(facts, "Two", after=first)
    paragraph_in(facts, "None", after=None)

    assert numbers(document)[1:] == [
        ("1.1", "None"),
        ("1.2", "One"),
        ("1.3", "Two"),
        ("1.4", "Three"),
    ]


def test_a_paragraph_moves_to_another_section(document, by):
    facts, analysis = section_in(document), section_in(document, "Analysis")
    moved = paragraph_in(facts, "One")
    paragraph_in(facts, "Two")
    before = paragraph_in(analysis, "Three")

    move_paragraph(moved, section=analysis, after=before, by=by)

    assert numbers(document) == [
        ("1", "The facts"),
        ("1.1", "Two"),
        ("2", "Analysis"),
        ("2.1", "Three"),
        ("2.2", "One"),
    ]


def test_a_paragraph_that_is_taken_out_comes_back_where_it_stood(document, by):
    facts = section_in(document)
    paragraph_in(facts, "One")
    two = paragraph_in(facts, "Two")
    paragraph_in(facts, "Three")

    take_out_paragraph(two, by=by)
    without = numbers(document)[1:]
    bring_back_paragraph(two, by=by)

    assert without == [("1.1", "One"), ("1.2", "Three")]
    assert numbers(document)[1:] == [("1.1", "One"), ("1.2", "Two"), ("1.3", "Three")]


def test_a_section_goes_and_comes_back_with_all_that_stands_in_it(document, by):
    section_in(document, "Introduction")
    facts = section_in(document, "The facts")
    police = section_in(document, "The police", parent=facts)
    paragraph_in(police, "One")
    section_in(document, "Analysis")
    whole = numbers(document)

    take_out_section(facts, by=by)
    without = numbers(document)
    bring_back_section(facts, by=by)

    assert without == [("1", "Introduction"), ("2", "Analysis")]
    assert numbers(document) == whole


def test_a_section_within_that_went_before_stays_out(document, by):
    facts = section_in(document, "The facts")
    police = section_in(document, "The police", parent=facts)
    take_out_section(police, by=by)
    take_out_section(facts, by=by)

    bring_back_section(facts, by=by)

    assert numbers(document) == [("1", "The facts")]


def test_a_section_moves_with_what_stands_in_it(document, by):
    facts = section_in(document, "The facts")
    paragraph_in(section_in(document, "The police", parent=facts), "One")
    analysis = section_in(document, "Analysis")

    move_section(facts, parent=None, after=analysis, by=by)

    assert numbers(document) == [
        ("1", "Analysis"),
        ("2", "The facts"),
        ("2.1", "The police"),
        ("2.1.1", "One"),
    ]


def test_a_section_is_not_moved_into_itself(document, by):
    facts = section_in(document, "The facts")
    police = section_in(document, "The police", parent=facts)

    with pytest.raises(Exception, match="into itself"):
        move_section(facts, parent=police, after=LAST, by=by)


def test_a_reference_follows_what_it_refers_to(document, by):
    facts, analysis = section_in(document), section_in(document, "Analysis")
    told = paragraph_in(facts, "She told nobody.")
    paragraph_in(analysis, "As [[1.1]] says, and section [[1]] with it.")

    paragraph_in(facts, "Before that.", after=None)

    _, section = to_written(document).sections
    assert section.paragraphs[0].text == "As 1.2 says, and section 1 with it."
    assert told.text == "She told nobody."


def test_a_number_that_nothing_has_is_refused(document):
    facts = section_in(document)

    with pytest.raises(Exception, match=r"Nothing in this document has the number 7\.7"):
        paragraph_in(facts, "As [[7.7]] says.")


def test_a_reference_to_what_was_taken_out_says_so(document, by):
    facts = section_in(document)
    told = paragraph_in(facts, "She told nobody.")
    paragraph_in(facts, "As [[1.1]] says.")

    take_out_paragraph(told, by=by)

    ((_, one),) = to_written(document).paragraphs
    assert one.text == "As [refers to something that was taken away] says."


def test_another_kind_changes_the_numbers_after_it(document, by):
    facts = section_in(document)
    one = paragraph_in(facts, "One")
    paragraph_in(facts, "Two")

    change_paragraph(one, text="One", kind="quotation", seen=0, by=by)

    assert numbers(document)[1:] == [("", "One"), ("1.1", "Two")]


def test_in_words_a_table_and_a_list_are_one_line_of_words(document):
    text = (
        "It asks:\n\n- what was known\n- by whom\n\n| Agency | Known |\n|---|---|\n| Police | Yes |"
    )

    assert in_words(text, Outline(document)) == (
        "It asks: what was known by whom Agency; Known; Police; Yes;"
    )
