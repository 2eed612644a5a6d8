"""The list before submission: each item met, not met, or for a person to judge, with its places."""

import pytest

from foundations.dates import parse
from reports.checking import Facts, check
from reports.checking.blaming import Phrase
from reports.checking.facts import LessonFact, PanelRow, PersonFact, RecommendationFact, TermFact
from reports.written import WrittenDocument, WrittenParagraph, WrittenSection
from tests.reports.checking.made_up import paragraphs, report

PROTECTED = (
    "Age: Adult A was 41 and her age was no barrier to her being heard.",
    "Disability: neither adult was known to have a disability that made a difference.",
    "Gender reassignment: there is nothing to say that this was relevant.",
    "Marriage: the two had not married and the panel saw no bearing on the case.",
    "Pregnancy: Adult A was not pregnant in the time under review.",
    "Race: both were White British and the panel considered whether that mattered.",
    "Religion: nobody asked about faith and the panel found no record of it.",
    "Sex: Adult A was a woman, and women are killed by partners far more often.",
    "Sexual orientation: both were heterosexual so far as anybody knew.",
)


def _item(key, document, facts=None, **more):
    return next(item for item in check(document, facts, **more).items if item.key == key)


def _answer(key, document, facts=None, **more):
    item = _item(key, document, facts, **more)
    return str(item.result), [remark.message for remark in item.remarks]


def _quotes(key, document, facts=None, **more):
    return [
        remark.place and remark.place.quote
        for remark in _item(key, document, facts, **more).remarks
    ]


def _with_section(heading, *texts):
    sections = (
        *report().sections,
        WrittenSection("7", heading, 1, tuple(WrittenParagraph("", text) for text in texts)),
    )
    return WrittenDocument("A review", sections)


def test_every_item_says_what_was_looked_at_and_what_to_do():
    items = check(WrittenDocument("", ()), Facts()).items

    assert len({item.key for item in items}) == len(items) == 16
    assert [
        item.key for item in items if not item.looked_at or not item.question.endswith("?")
    ] == []
    assert [item.key for item in items if item.remarks and not item.to_do] == []


def test_an_empty_section_is_named():
    assert _answer("sections-filled", _with_section("Equality")) == (
        "not met",
        ["“7 Equality” is empty."],
    )


def test_a_heading_above_other_sections_is_not_empty():
    document = WrittenDocument(
        "",
        (
            WrittenSection("1", "Facts"),
            WrittenSection("1.1", "Police", 2, (WrittenParagraph("1.1.1", "Told."),)),
        ),
    )

    assert _answer("sections-filled", document) == ("met", [])


@pytest.mark.parametrize(
    ("period", "result"),
    [
        ("1 May 2014 to 9 March 2018", "met"),
        ("from 1 May 2014", "not met"),
        ("1 May 2014 - 9 March 2018", "met"),
    ],
)
def test_the_period_needs_a_first_and_a_last_day(period, result):
    assert _answer("terms-dated", report(), Facts(period=parse(period).value))[0] == result


def test_the_period_is_looked_for_in_the_text_where_the_review_holds_none():
    assert _answer("terms-dated", report())[0] == "not met"
    dated = _with_section(
        "Terms of reference", "The review looks at the time from 1 May 2014 to 9 March 2018."
    )
    assert _answer("terms-dated", dated)[0] == "met"


def test_a_row_of_the_panel_lacks_what_is_not_there():
    panel = (
        PanelRow("Jo Field", "Manager", "Housing"),
        PanelRow("", "Nurse", ""),
        PanelRow("Al Moss", " ", "Police"),
    )

    assert _answer("panel-complete", report(), Facts(panel=panel)) == (
        "not met",
        ["Row 2 of the panel lacks a name and agency.", "Al Moss lacks a role."],
    )


def test_a_whole_panel_is_met():
    assert _answer(
        "panel-complete", report(), Facts(panel=(PanelRow("Jo Field", "Manager", "Housing"),))
    ) == ("met", [])


def test_nine_characteristics_each_considered_are_met():
    assert _answer("nine-characteristics", _with_section("Equality and diversity", *PROTECTED)) == (
        "met",
        [],
    )


def test_a_characteristic_that_is_not_named_is_missed():
    document = _with_section("Equality and diversity", *PROTECTED[1:])

    assert _answer("nine-characteristics", document) == ("not met", ["Age is not named."])


def test_a_characteristic_that_is_only_listed_is_for_a_person_to_judge():
    listed = "The nine are age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, religion or belief, sex and sexual orientation."
    document = _with_section("Equality and diversity", listed, *PROTECTED[:-1])

    assert _answer("nine-characteristics", document) == (
        "for a person to judge",
        ["Sexual orientation is named among others and not considered."],
    )
    assert _quotes("nine-characteristics", document) == ["sexual orientation"]


def test_a_sexual_orientation_says_nothing_of_sex():
    document = _with_section("Equality", *PROTECTED[:7], PROTECTED[8])

    assert _answer("nine-characteristics", document)[1] == ["Sex is not named."]


def test_a_lesson_without_a_recommendation_is_named():
    lessons = (LessonFact("1", "Ask.", ("1",)), LessonFact("2", "Listen."))

    assert _answer("lessons-answered", report(), Facts(lessons=lessons)) == (
        "not met",
        ["Lesson 2 has no recommendation."],
    )


RECOMMENDATIONS = (
    RecommendationFact(
        "1", "The surgery trains its reception staff to recognise injuries that are not explained."
    ),
    RecommendationFact("2", "Marlowe Police tells the council of every call to a rented flat."),
)
LOST = [
    "The panel recommends that the infirmary employs an advocate at weekends.",
    "It is recommended that the infirmary employs an advocate at weekends.",
    "The review therefore recommends the infirmary to employ an advocate at weekends.",
    "A recommendation is made that the infirmary employs an advocate at weekends.",
]


@pytest.mark.parametrize("sentence", LOST)
def test_what_is_recommended_and_not_listed_is_found(sentence):
    item = _item(
        "recommendations-said", report(("5", sentence)), Facts(recommendations=RECOMMENDATIONS)
    )

    assert str(item.result) == "not met"
    assert [remark.place.name for remark in item.remarks] == ["5.4"]
    assert "Nothing in the list of recommendations is about it." in item.remarks[0].message


@pytest.mark.parametrize(
    "sentence",
    [
        "The panel recommends that the surgery trains reception staff to recognise injuries which are not explained.",
        "The panel recommends that the police tell the council of calls to every rented flat.",
        "The panel recommends that the partnership:",
        "Her doctor recommended rest.",
        "The IMR recommends a new form.",
    ],
)
def test_what_is_listed_or_recommended_by_others_is_left_alone(sentence):
    facts = Facts(recommendations=RECOMMENDATIONS)

    assert _answer("recommendations-said", report(("5", sentence)), facts) == ("met", [])


def test_what_only_sounds_like_a_recommendation_is_for_a_person_to_judge():
    document = report(("5", "The council should consider a fund for new locks."))

    result, messages = _answer(
        "recommendations-said", document, Facts(recommendations=RECOMMENDATIONS)
    )

    assert (result, len(messages)) == ("for a person to judge", 1)
    assert messages[0].startswith("This reads as if it were a recommendation.")


def test_the_list_of_the_document_stands_in_where_the_review_holds_none():
    texts = (
        "1. The surgery trains its reception staff.",
        "2. The police tell the council of calls to rented flats.",
    )
    document = _with_section("Recommendations", *texts)
    more = WrittenDocument(
        "",
        (
            *document.sections,
            WrittenSection("8", "Afterword", 1, (WrittenParagraph("8.1", LOST[0]),)),
        ),
    )

    assert _quotes("recommendations-said", more) == [LOST[0].removeprefix("The ")]


def test_a_lesson_that_is_not_listed_is_found():
    document = report(("5", "The lesson is that weekends leave people without an advocate."))
    lessons = (LessonFact("1", "Unexplained injuries are to be asked about.", ("1",)),)

    assert _answer("lessons-said", document, Facts(lessons=lessons))[0] == "for a person to judge"


def test_contradictions_are_items_of_the_list():
    document = report(
        ("6", "Adult A was 43 when she died."),
        ("5", "See section 12 below."),
        ("4", "There were three (4) calls."),
    )

    results = {item.key: (str(item.result), len(item.remarks)) for item in check(document).items}

    assert results["ages-and-dates"] == ("for a person to judge", 1)
    assert results["references-lead-somewhere"] == ("for a person to judge", 1)
    assert results["no-contradictions"] == ("for a person to judge", 1)


def test_what_is_told_as_past_cannot_come_after_the_report():
    document = report(
        ("6", "The police met the family on 4 May 2021."),
        ("6", "The plan will be reviewed on 5 May 2021."),
    )

    facts = Facts(reported=parse("1 July 2019").value)

    assert _answer("dates-before-report", document, facts) == (
        "not met",
        ["4 May 2021 is after the date of the report."],
    )


def test_an_acronym_that_nobody_explains_is_named():
    document = report(("5", "The RTX was told, and so was the NHS."))

    assert _answer("acronyms-explained", document) == ("not met", ["RTX is not explained."])
    assert _quotes("acronyms-explained", document) == ["RTX"]


def test_an_acronym_explained_after_its_first_use_is_for_a_person_to_judge():
    document = report(
        ("5", "The RTX was told."), ("6", "The Rapid Treatment Exchange (RTX) closed.")
    )

    assert _answer("acronyms-explained", document) == (
        "for a person to judge",
        ["RTX is used here before it is explained, at 6.3."],
    )


@pytest.mark.parametrize(
    "facts",
    [Facts(glossary={"RTX": "Rapid Treatment Exchange"}), None],
    ids=["held by the review", "appended"],
)
def test_an_acronym_in_the_glossary_is_explained(facts):
    more = [] if facts else [("Glossary", "RTX: Rapid Treatment Exchange")]

    assert _answer("acronyms-explained", report(("5", "The RTX was told."), *more), facts) == (
        "met",
        [],
    )


def test_a_word_that_is_stressed_is_no_acronym_and_one_like_a_word_is():
    text = (
        "She was NEVER asked on MONDAY. DCI Moss came. QUOX met, and QUOX rang; the quox is a tool."
    )

    assert _quotes("acronyms-explained", report(("5", text))) == ["QUOX"]


def test_an_acronym_in_quotation_marks_is_explained():
    text = "The “Rapid Treatment Exchange” (“RTX”) closed. The RTX was told."

    assert _answer("acronyms-explained", report(("5", text))) == ("met", [])


def test_the_letters_of_a_pseudonym_are_no_acronym():
    assert (
        _answer(
            "acronyms-explained",
            report(("5", "MX 1 was told. MX 1 was glad. MX 1's doctor was not.")),
        )[1]
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "He was seen on (insert date).",
        "The chair is [name].",
        "TBC",
        "The cost was £X.",
        "He lives at XXXX.",
        "Date: [dd/mm/yyyy]",
        "TODO ask the police",
        "Outcome: to be completed.",
        "[check with housing] He moved.",
    ],
)
def test_what_was_left_open_is_found(text):
    item = _item("nothing-left-open", report(("5", text)))

    assert (str(item.result), [remark.place.name for remark in item.remarks]) == (
        "not met",
        ["5.4"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "The form was to be completed by the nurse.",
        "He wanted to do more.",
        "See [the letter](https://example.org).",
    ],
)
def test_what_only_looks_open_is_left_alone(text):
    assert _answer("nothing-left-open", report(("5", text))) == ("met", [])


def test_a_phrase_that_blames_is_shown_with_words_to_use_instead():
    item = _item("no-blame", report(("5", "Adult A failed to engage with the advocate.")))

    assert str(item.result) == "for a person to judge"
    assert item.remarks[0].place.quote == "failed to engage"
    assert "Instead: “the service was not able to engage with …”" in item.remarks[0].message


def test_a_phrase_in_a_quotation_is_said_to_be_one():
    (remark,) = _item("no-blame", report(("5", "The entry reads “failed to engage”."))).remarks

    assert remark.message.endswith("It stands in a quotation: say whose words they are.")


def test_a_partnership_may_bring_a_list_of_its_own():
    document = report(("5", "Adult A failed to engage and was a frequent flyer."))

    phrases = (Phrase("frequent flyer/flyers", "“came often”", "It laughs at need."),)

    assert _quotes("no-blame", document, phrases=phrases) == ["frequent flyer"]
    assert _answer("no-blame", document, phrases=()) == ("met", [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "The nurse saw her at the surgery and wrote to the",
            "The paragraph stops in the middle of a sentence.",
        ),
        (
            "The nurse saw her at the surgery and wrote to nobody",
            "The paragraph ends without a full stop: check that it is whole.",
        ),
        ("The nurse saw the the same bruise at the surgery again.", "“the” stands here twice."),
    ],
)
def test_what_is_not_finished_is_found(text, message):
    assert _answer("sentences-whole", report(("5", text))) == ("for a person to judge", [message])


@pytest.mark.parametrize(
    "text",
    [
        "The nurse saw her at the surgery and asked:\n- how she was\n- who had done it",
        "She said that she had had enough of all of it.",
    ],
)
def test_what_is_finished_is_left_alone(text):
    assert _answer("sentences-whole", report(("5", text))) == ("met", [])


def test_terms_are_no_part_of_what_this_needs():
    assert check(paragraphs("Nothing."), Facts(terms=(TermFact("1", "Why?"),))).contradictions == ()


# --- What blames nobody -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The agencies had failed to engage with Adult A.", []),
        ("The police failed to protect Adult A.", []),
        ("The panel heard that Adult A failed to engage.", ["failed to engage"]),
        ("Adult A told the police officer but failed to attend.", ["failed to attend"]),
        ("The perpetrator was manipulative and charming.", []),
        ("The perpetrator said that Adult A was manipulative.", ["manipulative"]),
        ("The perpetrator snapped.", ["snapped"]),
    ],
)
def test_what_a_service_or_the_one_who_abused_did_blames_no_victim(text, quoted):
    people = (PersonFact("Adult A", "victim"), PersonFact("Adult B", "perpetrator"))

    assert _quotes("no-blame", report(("3", text)), Facts(people=people)) == quoted


def test_a_line_of_a_list_explains_its_acronym_where_it_has_its_letters():
    section = WrittenSection(
        "", "Glossary", 1, (WrittenParagraph("", "QRST Quick Review of Standing Terms"),)
    )
    used = report(("3", "The QRST was used, and so was the WXYZ."))
    document = WrittenDocument("", (*used.sections, section))

    assert _quotes("acronyms-explained", document) == ["WXYZ"]


def test_entries_without_a_full_stop_are_no_broken_sentences_where_most_have_none():
    entries = tuple(
        WrittenParagraph(f"3.{at}", f"{at} May 2011 Adult A was seen by her doctor at home")
        for at in range(1, 6)
    )
    document = WrittenDocument("", (WrittenSection("3", "Chronology", 1, entries),))

    assert _answer("sentences-whole", document) == ("met", [])


def test_a_new_date_that_was_agreed_is_not_told_as_past():
    facts = Facts(reported=parse("3 May 2026").value, is_being_written=True)
    text = "In May 2025 a new date, 29 January 2027, was agreed. She died on 4 June 2027."

    assert _answer("dates-before-report", report(("3", text)), facts) == (
        "not met",
        ["4 June 2027 is after today."],
    )


def test_a_section_about_equality_that_is_empty_is_said_to_be_empty():
    item = _item("nine-characteristics", _with_section("Equality and diversity"))
    without = _item("nine-characteristics", _with_section("Conclusions"))

    assert item.looked_at == "Nothing is written in “7 Equality and diversity” yet."
    assert without.looked_at == "No section about equality or diversity was found."
