"""Ages at any time: told wherever only a band may be published."""

import pytest

from reports.leaks.engine import Scanner
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found


@pytest.mark.parametrize(
    ("text", "words", "person"),
    [
        ("In 1999, Adult A, then aged 29, moved.", "aged 29", "Adult A"),
        ("Adult A was 29 in 1999.", "was 29", "Adult A"),
        ("Adult B was 33 years old when he left in 1999.", "33 years old", "Adult B"),
        ("Adult A turned 29 in June.", "turned 29", "Adult A"),
        ("The victim was twenty-nine.", "was twenty-nine", "Adult A"),
        ("Adult A, 29, was seen.", "29", "Adult A"),
        ("Adult A (29) was seen.", "(29)", "Adult A"),
        ("At 29, Adult A left.", "At 29", "Adult A"),
        ("At the age of 16 Adult A left.", "age of 16", "Adult A"),
        ("Child C was six when they left.", "was six", "Child C"),
    ],
)
def test_an_age_at_any_time_is_told_of_whoever_is_named(text, words, person):
    assert found(text) == [("low", "age", words, person)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She was forty-three.", "was forty-three"),
        ("In June she had just turned 29.", "turned 29"),
        ("He was 33 and she was married.", "was 33"),
        ("When she was 16 she left.", "was 16"),
        ("She was 41 years old when she left in 2011.", "41 years old"),
    ],
)
def test_an_age_of_somebody_who_is_only_she_or_he_is_told(text, words):
    assert found(text) == [("low", "age", words, "")]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("In 1999, Adult A, then aged 37, moved.", "Adult A"),
        ("Adult A was 36 in 1999.", "Adult A"),
        ("Adult B (41) was seen in 1999.", "Adult B"),
        ("Adult A left. In 1999 she was 37.", "Adult A"),
    ],
)
def test_an_age_that_fits_the_birth_is_graver(text, person):
    assert [(one[0], one[1], one[3]) for one in found(text)] == [("medium", "age", person)]


@pytest.mark.parametrize(
    "text",
    [
        "Adult A was 38 weeks pregnant, and 20 minutes late.",
        "Adult A was in her forties; Adult B was aged 40 to 49.",
        "Adult B was one of three, and 2 of 12 came.",
        "Adult B was in custody for 23 days, and was 16 or over.",
        "Women aged 25 who were asked said so.",
        "The officer was 41 years old.",
        "Her score was 14, and she was 14 on the list.",
        "Adult A, 12, 14 and 16 are in the list.",
        "The panel turned 43 pages.",
    ],
)
def test_figures_that_are_no_age_and_ages_of_nobody_are_left_alone(text):
    assert found(text) == []


def test_an_age_may_be_told_where_the_rule_allows_it():
    people = [{"pseudonym": "Adult D", "born": "3 May 1970", "publish": {"born": "age"}}]
    scanner = Scanner(planted.register(people=people))

    assert found("Adult D was 29 in 1999.", scanner=scanner) == []
