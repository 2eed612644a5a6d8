"""A document is read once: plain words of the same length, sentences, people and numbers."""

import pytest

from reports.checking.facts import Facts, PersonFact
from reports.checking.numbers import numbers_in, said
from reports.checking.persons import People
from reports.checking.plain import LONGEST, plain, sentence_spans
from reports.checking.reading import Reading
from reports.checking.words import stem
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection
from tests.reports.checking.made_up import paragraphs


def _sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Two** _small_ words", "Two small words"),
        ("See [the letter](https://example.org/a_b).", "See the letter."),
        ("A note^[said below] here", "A note (said below) here"),
        ("See [[p:abc-1]] now", "See now"),
        ("> quoted", "quoted"),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("the ‘quote’ – here", "the 'quote' - here"),
    ],
)
def test_marks_become_spaces_and_every_place_stays(text, words):
    assert " ".join(plain(text).split()).replace(" .", ".") == words
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Field saw Mr J. Moss. He left.", ["Dr. Field saw Mr J. Moss.", "He left."]),
        ("She told Adult B. He left.", ["She told Adult B.", "He left."]),
        ("It rose to 3.5 in No. 4 only.", ["It rose to 3.5 in No. 4 only."]),
        ("They were:\n- one\n- two", ["They were:", "- one", "- two"]),
        ("A line\nthat goes on. Next.", ["A line\nthat goes on.", "Next."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    assert _sentences(text) == sentences


def test_no_sentence_is_longer_than_anybody_writes():
    text = "word " * 2_000

    assert max(len(one) for one in _sentences(text)) <= LONGEST
    assert " ".join(" ".join(_sentences(text)).split()) == text.strip()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("seven and twenty-one", [7, 21]),
        ("five and a half years", [5.5]),
        ("twice in 1,200 cases", [2, 1200]),
        ("a hundred and six", [106]),
        ("£40, 5% and 3.2.1", []),
        ("someone done", []),
    ],
)
def test_numbers_are_read_in_words_and_figures(text, values):
    assert [number.value for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("value", "words"), [(3, "three"), (12, "12"), (1200, "1,200"), (5.5, "5.5")]
)
def test_a_number_is_said_as_the_house_writes_it(value, words):
    assert said(value) == words


@pytest.mark.parametrize(
    "words",
    [
        "refer referred referral",
        "meeting met meetings",
        "arrested arrest",
        "agency agencies",
        "children child",
        "died death",
    ],
)
def test_forms_of_one_word_are_one(words):
    assert len({stem(word) for word in words.split()}) == 1


def _people(text, *known):
    people = People(text, known)
    return [mention.person for mention in people.mentions(text)]


def test_codes_are_people_where_they_do_something():
    text = "MA1 was seen with FA 1. FA 1 told MA 1. CID 70 was sent, and CID 70 came back."

    assert _people(text) == ["MA 1", "FA 1", "FA 1", "MA 1"]


def test_names_are_people_where_they_act_alone():
    text = "Sarah told her. Sarah was seen by Victim Support. Victim Support told nobody. Support was asked."

    assert _people(text) == ["Sarah", "Sarah"]


def test_a_part_stands_for_the_one_who_has_it():
    known = (PersonFact("Ana", "victim"), PersonFact("Bo", "perpetrator"))

    assert _people("The victim knew the perpetrator's mother.", *known) == ["Ana", "Bo's mother"]


def test_an_alias_stands_for_the_pseudonym():
    assert _people("Annie left.", PersonFact("Ana", aliases=("Annie",))) == ["Ana"]


def test_a_sentence_that_begins_with_she_goes_on_with_whom_was_named():
    facts = Facts(people=(PersonFact("Ana", sex="female"), PersonFact("Bo", sex="male")))
    reading = Reading(paragraphs("Ana met Bo. She left. Her mother waited. He slept."), facts)

    assert [sentence.subject for sentence in reading.sentences] == [
        "Ana",
        "Ana",
        "Ana's mother",
        None,
    ]


def test_a_paragraph_without_a_number_is_named_by_the_one_above_it():
    texts = (
        WrittenParagraph("1.1", "One."),
        WrittenParagraph("", "Two."),
        WrittenParagraph("", "Three."),
    )
    reading = Reading(WrittenDocument("", (WrittenSection("1", "Part", 1, texts),)), Facts())

    assert [sentence.place().name for sentence in reading.sentences] == [
        "1.1",
        "below 1.1",
        "below 1.1",
    ]
