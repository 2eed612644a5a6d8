"""What a document says in two ways is found; what only looks like it is not."""

import pytest

from foundations.dates import parse
from reports.checking import Facts, check
from reports.checking.contradictions import FINDERS
from reports.checking.facts import LessonFact, PersonFact, RecommendationFact
from reports.checking.values import Kind
from reports.written import WrittenDocument
from tests.reports.checking.made_up import paragraphs, report
from tests.reports.checking.planted import CLEAN, PLANTED, PLANTED_ALONE


def _found(document, facts=None):
    return check(document, facts).contradictions


def _kinds(document, facts=None):
    return [str(one.kind) for one in _found(document, facts)]


def _words(case):
    return " / ".join(text for _, text in case)[:60]


def test_a_report_in_which_nothing_gainsays_anything_has_none():
    assert _found(report()) == ()


@pytest.mark.parametrize(
    ("kind", "more"), PLANTED, ids=lambda case: case if isinstance(case, str) else _words(case)
)
def test_one_that_is_planted_is_found_and_nothing_else(kind, more):
    assert set(_kinds(report(*more))) == {kind}


@pytest.mark.parametrize(
    ("kind", "texts"),
    PLANTED_ALONE,
    ids=lambda case: case if isinstance(case, str) else case[0][:50],
)
def test_one_between_two_short_texts_is_found(kind, texts):
    assert kind in _kinds(paragraphs(*texts))


@pytest.mark.parametrize("more", CLEAN, ids=_words)
def test_what_only_looks_like_one_is_left_alone(more):
    assert _found(report(*more)) == ()


def test_every_kind_has_been_planted():
    assert {kind for kind, _ in PLANTED} == {str(kind) for kind in Kind}


def test_a_place_says_where_the_words_stand():
    document = report(
        ("6", "The wound to **Adult A's** right shoulder was the cause of her death.")
    )

    (one,) = _found(document)

    texts = [paragraph.text for _, paragraph in document.paragraphs]
    assert [texts[place.at][place.start : place.end] for place in one.places] == [
        "wound to her left shoulder",
        "wound to **Adult A's** right shoulder",
    ]
    assert [(place.name, place.key) for place in one.places] == [
        ("1.2", "key-1-2"),
        ("6.3", "key-6-3"),
    ]


def test_an_explanation_says_what_differs_and_takes_no_side():
    (one,) = _found(report(("6", "The panel met six times.")))

    assert (
        one.explanation
        == "The number of meetings of the panel differs: “panel met on five occasions” and “panel met six times”."
    )


def test_results_stand_in_the_order_of_the_document():
    found = _found(
        report(("6", "There were three (4) calls."), ("4", "She rang on Monday 3 May 2016."))
    )

    assert [one.places[0].name for one in found] == ["4.6", "6.3"]


def test_the_same_document_gives_the_same_results():
    document = report(("6", "The panel met six times."), ("4", "She rang on Monday 3 May 2016."))

    assert _found(document) == _found(document)


def test_an_age_is_laid_beside_the_date_of_birth_the_review_holds():
    facts = Facts(
        people=(
            PersonFact(
                "Adult A",
                "victim",
                born=parse("3 May 1980").value,
                died=parse("10 March 2018").value,
            ),
        )
    )

    (one,) = _found(report(), facts)

    assert one.kind == Kind.AGES
    assert (
        one.explanation
        == "Adult A is said to be 41 (10 March 2018), which does not go with the date of birth that the review holds."
    )


def test_an_age_that_goes_with_the_date_of_birth_is_left_alone():
    facts = Facts(
        people=(
            PersonFact(
                "Adult A",
                "victim",
                born=parse("3 May 1976").value,
                died=parse("10 March 2018").value,
            ),
        )
    )

    assert _found(report(), facts) == ()


def test_a_death_on_another_day_than_the_review_holds_is_found():
    facts = Facts(people=(PersonFact("Adult A", "victim", died=parse("10 March 2018").value),))

    assert _kinds(report(("6", "Adult A died on 11 March 2018.")), facts) == ["dates"]


def test_a_count_is_laid_beside_what_the_review_holds():
    lessons = tuple(LessonFact(str(at), f"Lesson {at}") for at in range(1, 13))

    (one,) = _found(report(("6", "The review identified 11 lessons.")), Facts(lessons=lessons))

    assert one.explanation == "The text speaks of 11 lessons; the review holds 12."


def test_the_meetings_of_the_panel_are_laid_beside_the_minutes():
    assert _kinds(report(), Facts(counts={"panel meetings": 6})) == ["counts"]
    assert _kinds(report(), Facts(counts={"panel meetings": 5})) == []


def test_a_recommendation_that_is_not_there_is_found():
    facts = Facts(
        recommendations=(
            RecommendationFact("1", "The surgery asks."),
            RecommendationFact("2", "The police ask."),
        )
    )

    found = _found(report(("6", "This is answered by recommendation 3.")), facts)

    assert [one.explanation for one in found] == ["There is no recommendation 3: there are 2."]


def test_the_sex_the_review_holds_settles_a_pronoun():
    facts = Facts(people=(PersonFact("Adult C", sex="male"),))

    assert _kinds(report(("3", "Adult C had kept her keys.")), facts) == ["pronouns"]
    assert _kinds(report(("3", "Adult C had kept his keys.")), facts) == []


def test_an_acronym_is_laid_beside_the_glossary():
    facts = Facts(glossary={"MSP": "Multi School Project"})

    assert _kinds(report(), facts) == ["acronyms"]


def test_a_reference_by_key_to_what_was_taken_out_is_found():
    assert _kinds(report(("5", "This is told in [[p:key-1-2]], not in [[p:gone]]."))) == [
        "references"
    ]


def test_marks_of_markdown_change_nothing():
    assert _kinds(
        report(("6", "The *wound* to Adult A's **right shoulder** was the cause of her death."))
    ) == ["sides"]


def test_an_empty_document_has_none():
    assert _found(WrittenDocument("", ())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "1 2 3 " * 20_000,
        "He was (((" * 5_000,
        "and " * 40_000,
        "Adult A and Adult B. " * 4_000,
        "A " * 100_000,
    ],
)
def test_a_paragraph_that_no_author_wrote_is_read_to_its_end(text):
    assert isinstance(_found(report(("4", text))), tuple)


def test_every_finder_takes_a_reading():
    assert len(FINDERS) == len(set(FINDERS)) == 45
