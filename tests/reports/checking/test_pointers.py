"""Numbers that were typed to send a reader somewhere in the same document, and those that are another's."""

import pytest

from foundations.gov.prose import UNKNOWN
from reports.checking import check
from reports.checking.facts import Facts
from reports.checking.pointers import pointers_in
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection

KNOWN = {"2", "5", "7", "5.1", "5.2", "5.3", "5.3.4", "5.3.5", "7.3", "9", "47"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("As told in paragraph 5.3.4, nobody asked.", ["5.3.4"]),
        ("As told in para. 5.3.4.", ["5.3.4"]),
        ("See **Section 5.3** above.", ["5.3"]),
        ("It is told in paragraphs 5.3.4 and 5.3.5.", ["5.3.4", "5.3.5"]),
        ("It is told in sections 5.1, 5.2 and 5.3.", ["5.1", "5.2", "5.3"]),
        ("It is told in paragraphs 5.3.4-5.3.5.", ["5.3.4", "5.3.5"]),
        ("The policy was old (see paragraph 5.3.4).", ["5.3.4"]),
        ("This was so (see section 5).", ["5"]),
        ("Nobody wrote it down.^[See also paragraph 5.3.4.]", ["5.3.4"]),
        ("The matter of paragraph 5.2 of this report is settled.", ["5.2"]),
        ("See section 7 of this overview report.", ["7"]),
        ("The Care Act 2014 is told of in section 7 below.", ["7"]),
        ("See paragraph 5.2 of Section 5.", ["5.2"]),
        ("As told in paragraph 5.3.4, in August nobody asked.", ["5.3.4"]),
        ("There was no assessment (paragraph 5.3.4).", ["5.3.4"]),
        ("What paragraph 5.3.4 says in relation to housing stands.", ["5.3.4"]),
    ],
)
def test_what_sends_the_reader_on_is_found(text, numbers):
    found = pointers_in(text, KNOWN)

    assert [one.number for one in found] == numbers
    assert [text[one.start : one.end] for one in found] == numbers


def test_a_reference_to_what_was_taken_away_is_found_though_its_key_is_gone():
    paragraph = WrittenParagraph(number="1.1", text=f"It is told in paragraph {UNKNOWN}.")
    section = WrittenSection(number="1", heading="All", paragraphs=(paragraph,))

    found = check(WrittenDocument(title="A report", sections=(section,)), Facts()).contradictions

    assert [one.explanation for one in found] == [
        "This refers to something that is no longer in this document."
    ]


def test_the_whole_of_what_was_typed_is_told_with_each_number():
    found = pointers_in("It is told, see sections 5.1 and\n**5.3** above.", KNOWN)

    assert [one.words for one in found] == ["sections 5.1 and 5.3"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "A section 47 enquiry was begun.",
        "It was established under section 9 of the Domestic Violence, Crime and Victims Act 2004.",
        "It follows section 9(3) of the Act.",
        "Section 7.3 MAPPA Guidance 2009 says so.",
        "The guidance of 2016, paragraph 5.3, says so.",
        "Paragraph 5.2 of the statutory guidance says so.",
        "It stands in paragraph 5.1 of its report.",
        "Schedule 2, paragraph 5.1, applies.",
        "There was a duty to ask, see section 7 of the Care Act 2014.",
        "See also section 7, Children Act 1989.",
        "The Care Act 2014 asks for it (see section 7).",
        "Nobody told the GP: see paragraph 5.2 of the IMR.",
        "She was not asked (see paragraph 5.2 of the NICE guideline).",
        "See chapter 5 of Working Together.",
        "See paragraph 5.2 of the report by the inspectors.",
        "He was told so in her solicitor’s letter, paragraph 5.2.",
        "There is no paragraph 8.8.",
        "Chapter 5 was closed, and section 2 ended at once.",
        "They scored 5.3 in paragraph one.",
        "It stands in [[p:0b6e8a55-16a0-4f4b-8cf7-2a3ff2f8c7a1]] already.",
        "Paragraph 5.3.45 is another one, and so is paragraph 5.3.4.1.",
    ],
)
def test_what_is_numbered_elsewhere_is_left_alone(text):
    assert pointers_in(text, KNOWN) == []


def item_of(text, **said):
    rows = (WrittenParagraph("1.1", "Nobody asked."), WrittenParagraph("1.2", text))
    document = WrittenDocument("Report", (WrittenSection("1", "Facts", 1, rows),))
    found = check(document, Facts(**said)).items
    return next((one for one in found if one.key == "references-follow"), None)


def test_a_number_that_was_typed_is_told_while_the_document_is_written():
    item = item_of("See paragraph 1.1.", is_being_written=True)

    (remark,) = item.remarks
    assert remark.message == "“1.1” was typed as a number: it will not follow when paragraphs move."
    assert remark.place.paragraph == "1.2"


def test_a_reference_is_no_typed_number():
    text = "See paragraph [[p:0b6e8a55-16a0-4f4b-8cf7-2a3ff2f8c7a1]]."

    assert item_of(text, is_being_written=True).remarks == ()


def test_of_a_file_nobody_asks_whether_its_numbers_follow():
    assert item_of("See paragraph 1.1.") is None
