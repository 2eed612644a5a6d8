import pytest

from reports.glossary import glossary_of


def said(text):
    return {one.short: one.long for one in glossary_of([text])}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Multi-Agency Risk Assessment Conference (MARAC) met", "Multi-Agency Risk Assessment Conference"),
        ("the Department for Work and Pensions (“DWP”)", "Department for Work and Pensions"),
        ("the General Medical Council (the GMC)", "General Medical Council"),
        ("DASH (Domestic Abuse, Stalking and Harassment)", "Domestic Abuse, Stalking and Harassment"),
    ],
)  # fmt: skip
def test_a_text_says_itself_what_a_short_form_means(text, found):
    assert list(said(text).values()) == [found]


def test_the_list_counts_only_where_the_text_says_nothing():
    assert said("The IDVA rang.") == {"IDVA": "Independent domestic violence adviser"}
    assert said("The independent domestic violence advocate (IDVA) rang.") == {
        "IDVA": "independent domestic violence advocate"
    }


def test_one_that_nothing_writes_out_has_no_meaning():
    assert said("The QZXP rang.") == {"QZXP": ""}


def test_a_plural_is_the_same_short_form():
    assert list(said("Two IMRs and an IMR")) == ["IMR"]


@pytest.mark.parametrize(
    "text",
    [
        "On MONDAY nobody came.",
        "She was NOT asked.",
        "DCS A Officer and a PC went there.",
        "It was FOUND. It was found, and found again.",
        "THE POLICE WERE TOLD OF IT",
    ],
)
def test_words_that_are_stressed_and_ranks_are_no_short_forms(text):
    assert said(text) == {}


def test_a_rank_that_is_written_out_stands_for_what_the_text_says():
    assert said("The Director of Children's Services (DCS) rang. The DCS came.") == {
        "DCS": "Director of Children's Services"
    }


def test_a_line_of_the_glossary_writes_one_out():
    assert said("The QZEP met.\n\nQZEP: Quarterly Zone Exchange Panel") == {
        "QZEP": "Quarterly Zone Exchange Panel"
    }


def test_pseudonyms_and_roman_numbers_are_no_short_forms():
    assert said("MA 1 and FA 2 met in part IV. I saw A.") == {}


def test_words_in_brackets_are_no_short_forms():
    assert said("She left (See above) and rang (Monday).") == {}
