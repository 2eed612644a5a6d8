import pytest

from reports.leaks.engine import Scanner
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found, words_of


@pytest.mark.parametrize(
    "words",
    [
        "6 October 2013", "6th October 2013", "6th of October 2013", "Sunday 6 October 2013",
        "6th day of October 2013", "the sixth of October 2013", "October 6, 2013",
        "October the 6th 2013", "6 Oct 2013", "6 Oct '13", "6-Oct-2013", "06.10.2013", "6/10/13",
        "06-10-2013", "2013-10-06", "2013/10/06", "06 . 10 . 2013", "06102013", "20131006",
        "6thOctober 2013", "6 O ctober 2013", "6\nOctober 2013", "6\u00a0October\u00a02013",
    ],
)  # fmt: skip
def test_the_day_of_death_is_found_in_any_wording(words):
    (told,) = found(f"It was on {words} that it ended.")

    assert (told[0], told[1], told[3]) == ("high", "date of death", "Adult A")
    assert told[2].removeprefix("the ") in words


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("She was born on the third of May.", "high"),
        ("They met on 3 May.", "medium"),
        ("D.O.B. 030562", "medium"),
        ("born in May 1962", "medium"),
        ("She moved in May 1962.", "low"),
        ("She was born in 1962.", "low"),
    ],
)
def test_a_birth_is_found_as_finely_as_it_is_told(text, severity):
    assert [one[:2] for one in found(text)] == [(severity, "date of birth")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("He was last seen the day before 7 October 2013.", "medium"),
        ("He was hurt on 5 October 2013 and died the next day.", "medium"),
        ("It was the first Sunday of October 2013.", "medium"),
        ("The death was in October 2013.", "medium"),
        ("The plan was read in October 2013.", "low"),
        ("She died in October.", "low"),
    ],
)
def test_a_death_told_by_another_day_or_a_month_is_found(text, severity):
    assert [one[:2] for one in found(text)] == [(severity, "date of death")]


def test_days_before_a_feast_are_counted():
    people = [{"pseudonym": "Adult D", "died": "23.12.2013", "publish": {"died": "season"}}]
    scanner = Scanner(planted.register(people=people))

    told = found("It was two days before Christmas 2013.", scanner=scanner)

    assert told == [("low", "date of death", "two days before Christmas 2013", "Adult D")]


@pytest.mark.parametrize(
    "text",
    [
        "She died in autumn 2013.",
        "It was on 6 October 2012.",
        "It was on 16 October 2013, and on 26 October 2013.",
        "See paragraph 6.10.13 of the report.",
        "On 5 October 2013 the panel met; the next day it wrote.",
        "The plan of 2013 was read.",
        "Adult A was <60 years.",
        "Everybody aged 16 and over, or 51 and over.",
    ],
)
def test_what_the_rule_allows_or_is_another_day_is_left_alone(text):
    assert found(text) == []


def test_a_date_that_may_be_published_exactly_is_left_alone():
    people = [{"pseudonym": "Adult D", "died": "6.10.2013", "publish": {"died": "exact"}}]
    scanner = Scanner(planted.register(people=people))

    assert found("She died on 6 October 2013.", scanner=scanner) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The victim, aged 51, was at home.", "medium"),
        ("Adult A (51) was at home.", "medium"),
        ("Adult A was a 51-year-old.", "medium"),
        ("A fifty-one year old was at home.", "low"),
    ],
)
def test_an_exact_age_is_found_where_a_band_is_the_rule(text, severity):
    assert [(one[0], one[1]) for one in found(text)] == [(severity, "age")]


def test_the_words_found_are_those_of_the_date_and_no_more():
    assert words_of("On Sunday 6 October 2013, at 9.15, he called.") == ["Sunday 6 October 2013"]
