"""A date of death that is told by another day and how far from the death that is."""

import pytest

from reports.leaks.engine import Scanner
from tests.reports.leaks import planted
from tests.reports.leaks.looking import found

DEAD = {"pseudonym": "Adult D", "died": "20 August 2016", "publish": {"died": "season"}}
SCANNER = Scanner(planted.register(people=[DEAD]))


def _told(text):
    return [(one[0], one[1], one[2]) for one in found(text, scanner=SCANNER)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They met on 22 August 2016, two days after the murder.", "two days after the murder"),
        ("Three days after her death, on 23 August 2016, they met.", "Three days after her death"),
        ("The day after the killing (21 August 2016) they met.", "The day after the killing"),
        ("On 27.08.16, a week after Adult D died, they met.", "a week after Adult D died"),
        ("On 22 August they met, 48 hours after the homicide.", "48 hours after the homicide"),
        ("On 4 September 2016, fifteen days on from the killing, they met.", "fifteen days on from the killing"),
        ("On the eve of her death, 19 August 2016, she rang.", "the eve of her death"),
        ("On 20 October 2016, two months after the death, they met.", "two months after the death"),
        ("Her call of 18 August 2016 was two days before she was killed.", "two days before she was killed"),
        ("On 22 August 2016, within three days of the murder, they met.", "within three days of the murder"),
        ("He was charged on 22 August 2016; two days earlier she had died.", "two days earlier"),
        ("She died two days before his hearing on 22 August 2016.", "two days before his hearing on 22 August 2016"),
        ("On 20 August 2017, the first anniversary of her death, they met.", "20 August 2017"),
        ("The second anniversary of the murder was 20 August 2018.", "20 August 2018"),
    ],
)  # fmt: skip
def test_a_day_and_its_distance_from_the_death_tell_the_death(text, words):
    assert _told(text) == [("medium", "date of death", words)]


@pytest.mark.parametrize(
    "text",
    [
        "They met on 22 August 2016. Two days after the murder he was charged.",
        "They met on 23 August 2016, two days after the murder.",
        "They met on 22 August 2016, two days after the row.",
        "They met on 22 August 2018, two days after the murder was tried.",
        "On 20 August 2017 they met.",
        "On the eve of the panel, 19 August 2016, they met.",
        "On 20 August 2017, the anniversary of their wedding, they met.",
        "On 27 July 2017, the first anniversary of her death, they met.",
        "Two months after the death they met on 31 December 2016.",
        "On 22 August 2016 they met, within the terms of the homicide review.",
    ],
)
def test_days_that_lead_elsewhere_are_left_alone(text):
    assert _told(text) == []


def test_a_birthday_in_another_year_tells_the_day_of_birth():
    told = found("Her birthday, 3 May 2011, was quiet.")

    assert told == [("medium", "date of birth", "3 May 2011", "Adult A")]
