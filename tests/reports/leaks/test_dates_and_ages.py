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
        "06/Oct/2013", "6/October/13", "Oct-06-13", "Oct/6/2013", "October-6-2013", "6Oct13", "6Oct2013",
        "6 October 13", "6th Oct 13", "6 Oct. 13", "October 6, 13",
    ],
)  # fmt: skip
def test_the_day_of_death_is_found_in_any_wording(words):
    (told,) = found(f"It was on {words} that it ended.")

    assert (told[0], told[1], told[3]) == ("high", "date of death", "Adult A")
    assert told[2].removeprefix("the ") in words


COARSE = ("month-year", "season", "year", "age", "age-band", "nothing")


def _dead(rule, died="5 October 2013"):
    people = [{"pseudonym": "Adult D", "died": died, "publish": {"died": rule}}]
    return Scanner(planted.register(people=people))


@pytest.mark.parametrize(
    "words",
    [
        "5/6 October 2013", "5 and 6 October 2013", "5-6 October 2013", "5th to 6th October 2013",
        "4/5 October 2013", "4, 5 & 7 October 2013", "October 5/6, 2013", "October 4 and 5, 2013",
        "5/6.10.2013", "4-5/10/2013", "04/10 - 05/10/2013", "2013-10-04/05", "5 or 6 October",
        "fifth and sixth of October 2013", "Saturday 5th into Sunday 6th October 2013",
        "5th and the early hours of the 6th October 2013", "5\u20136 Oct '13",
        "6 October 2013/5 October 2013", "weekend of 5 October 2013",
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", COARSE)
def test_a_day_told_beside_another_is_found_under_every_rule(words, rule):
    told = found(f"It was on the night of {words} that it ended.", scanner=_dead(rule))

    assert {(one[1], one[3]) for one in told} == {("date of death", "Adult D")}
    assert told[0][0] == ("high" if "2013" in words or "'13" in words else "medium")


@pytest.mark.parametrize(
    "words",
    [
        "4 to 8 October 2013", "between 4 and 8 October 2013", "between the fourth and the eighth of October",
        "October 4-8, 2013", "3 - 8.10.2013", "30 September to 8 October 2013", "w/c 30 September 2013",
        "week ending 6 October 2013", "the first week of October 2013", "the first week of October",
        "early October 2013", "early October", "the first half of October 2013", "early to mid October 2013",
        "late September or early October 2013", "the beginning of October 2013",
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule", COARSE)
def test_a_stretch_of_days_is_found_where_the_rule_allows_the_month(words, rule):
    told = found(f"The death was in {words}, they said.", scanner=_dead(rule))

    assert [(one[1], one[3]) for one in told] == [("date of death", "Adult D")]
    assert words.endswith(told[0][2])


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("mid-October 2013", COARSE[1:]), ("10/2013", COARSE[1:]), ("2013 October", COARSE[1:]),
        ("xx/10/2013", COARSE[1:]), ("October half term 2013", COARSE[1:]), ("October or November 2013", COARSE[1:]),
        ("August to October 2013", COARSE[1:]), ("August, October and December 2013", COARSE[1:]),
        ("autumn 2013", COARSE[2:]), ("the last quarter of 2013", COARSE[2:]), ("2013 Q4", COARSE[2:]),
        ("the second half of 2013", COARSE[2:]), ("late 2013", COARSE[2:]), ("autumn/winter 2013", COARSE[2:]),
        ("2013", COARSE[3:]), ("the financial year 2013/14", COARSE[3:]), ("the early 2010s", COARSE[4:]),
        ("the 2010s", COARSE[5:]),
    ],
)  # fmt: skip
def test_months_seasons_and_years_are_found_under_the_rules_that_allow_less(words, rules):
    sentence = f"The death was in {words}, they said."

    assert tuple(rule for rule in COARSE if found(sentence, scanner=_dead(rule))) == rules


@pytest.mark.parametrize(
    "words",
    ["3 and 8 October 2013", "3 September, 8 October 2013", "16 to 18 October 2013", "4/6.10.2013",
     "the last week of November 2013", "4 November 2013", "October 16, 2013"],
)  # fmt: skip
@pytest.mark.parametrize("rule", COARSE[:3])
def test_days_that_are_not_that_day_are_left_alone(words, rule):
    assert found(f"The plan of {words} was about the death.", scanner=_dead(rule)) == []


@pytest.mark.parametrize("words", ["5 October 2013", "6.10.13", "5/6 October 2013"])
def test_a_death_that_is_known_to_two_days_is_found_by_either(words):
    (told,) = found(f"She died on {words}.", scanner=_dead("month-year", died="5/6 October 2013"))

    assert told == ("high", "date of death", words, "Adult D")


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("DOB 3 May 62", "high", "3 May 62"),
        ("She died on 5/6 October 13.", "high", "5/6 October 13"),
        ("On 6 October 12 officers attended.", "medium", "6 October"),
        ("On 6 October 13:30 he called.", "medium", "6 October"),
        ("He called on 6 October. 13 officers attended.", "medium", "6 October"),
    ],
)
def test_two_bare_figures_behind_a_month_may_be_the_year_and_may_be_none(text, severity, words):
    assert [(one[0], one[2]) for one in found(text)] == [(severity, words)]


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


@pytest.mark.parametrize("words", ["06/10", "6/10", "06.10"])
def test_a_day_in_figures_without_its_year_is_told_where_a_death_is_spoken_of(words):
    assert found(f"She died on {words}.") == [("medium", "date of death", words, "Adult A")]
    assert found(f"The pain was {words} then.") == []


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


@pytest.mark.parametrize(
    "words",
    [
        "51 years and 7 months old", "51 years and seven months old", "51yrs 7mths", "51 and a half years old",
        "51½ years old", "51 years and a half old", "a woman of 51", "a woman of fifty-one", "51yo", "51 y/o",
        "51 y.o.", "her fifty-second year", "her 52nd year", "51yrs old", "fifty-one  and  a  quarter years old",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "The victim: {}.", "| {} |\nSeen"])
def test_an_age_is_found_in_any_wording_and_alone_in_a_cell(words, around):
    assert [one[1] for one in found(around.format(words))] == ["age"]


@pytest.mark.parametrize(
    "words", ["51-year-old", "aged 51", "51 y/o", "her 52nd year", "aged fifty-one"]
)
@pytest.mark.parametrize("sign", ["for many years", "aged", "a woman of some kind"])
def test_an_age_is_found_however_far_behind_another_sign_of_one(words, sign):
    missed = [
        gap
        for gap in range(90)
        if [one[1:3] for one in found(f"They met {sign}{'.' * gap} and it said {words}.")]
        != [("age", words)]
    ]

    assert missed == []


def test_each_of_two_ages_in_a_row_is_told():
    text = "Adult A was aged 51 when she died. The 51-year-old victim had rung the police."

    assert [one[2] for one in found(text)] == ["was aged 51", "51-year-old"]


@pytest.mark.parametrize(
    "text",
    [
        "It lasted 51 years and 7 months.",
        "She was a woman of 51 per cent.",
        "He was in his second year at college.",
        "The 52nd year of the reign.",
        "A woman of 52, and 52 y/o.",
    ],
)
def test_what_is_no_age_or_another_one_is_left_alone(text):
    assert found(text) == []


def test_the_words_found_are_those_of_the_date_and_no_more():
    assert words_of("On Sunday 6 October 2013, at 9.15, he called.") == ["Sunday 6 October 2013"]
