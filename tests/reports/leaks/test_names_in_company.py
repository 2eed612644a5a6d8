"""Names that are words or places, told by what keeps them company."""

import pytest

from reports.leaks.engine import Scanner
from reports.leaks.register import register_from_json
from tests.reports.leaks.looking import found

MEDIUM, LOW = "medium", "low"
PEOPLE = [
    {"pseudonym": "Adult E", "role": "victim", "names": ["Joy Derby"]},
    {"pseudonym": "Adult F", "role": "perpetrator", "names": ["Grant Lincoln"]},
    {"pseudonym": "XY 2", "names": ["April Derby"], "role": "child"},
]
SCANNER = Scanner(
    register_from_json({"people": PEOPLE, "places": ["Derby City Council", "Lincoln Road Surgery"]})
)


def _told(text):
    return [(one[2], one[0]) for one in found(text, scanner=SCANNER)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Adult F (Grant) said no.", "Grant"),
        ("Adult F [Grant] said no.", "Grant"),
        ("Grant (Adult F) hit her.", "Grant"),
        ("Grant/Adult F hit her.", "Grant"),
        ("Grant (the perpetrator) hit her.", "Grant"),
        ("On the card stood “Joy” and no more.", "Joy"),
        ("‘Grant’ was on his arm.", "Grant"),
        ("Joy and XY 2 came.", "Joy"),
        ("XY 2 and Joy came.", "Joy"),
        ("Adult E, Joy, came.", "Joy"),
        ("Adult F: Grant", "Grant"),
        ("Joy, her sister, rang the practice.", "Joy"),
        ("Her nickname was Joy.", "Joy"),
        ("She was also known as Joy.", "Joy"),
        ("Adult E (Derby) was seen.", "Derby"),
        ("Lincoln (Adult F) was seen.", "Lincoln"),
        ("In April, April came.", "April"),
        ("They met in April, and April came.", "April"),
    ],
)
def test_a_word_or_place_in_the_company_of_a_person_is_a_name(text, words):
    assert _told(text) == [(words, MEDIUM)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Derby’s mother was seen.", "Derby’s"),
        ("Lincoln's brothers rang.", "Lincoln's"),
        ("The sister of Derby rang.", "Derby"),
        ("She (Derby) was seen.", "Derby"),
        ("Derby and Adult F went home.", "Derby"),
        ("He was also known as Lincoln.", "Lincoln"),
        ("Adult E (née Derby) was seen.", "Derby"),
        ("They spoke to the Derby family.", "Derby"),
        ("Nobody had arrested Lincoln then.", "Lincoln"),
        ("The scheme (JOY) was used.", "JOY"),
    ],
)
def test_where_it_may_be_a_place_or_a_short_form_after_all_it_is_told_with_doubt(text, words):
    assert _told(text) == [(words, LOW)]


@pytest.mark.parametrize(
    "text",
    [
        "Derby’s mother and baby unit was asked.",
        "Derby’s partner agencies met.",
        "Lincoln’s children are in good schools.",
        "Adult E went to Derby.",
        "Adult E and Derby City Council met.",
        "In Derby and Lincoln nobody knew.",
        "Adult E, April 2013",
        "XY 2 (April 2013)",
        "In April, May and June they met.",
        "Between April and April of the next year they met.",
        "“Grant that it be so,” he said.",
        "Will Adult E be asked? Grant Adult E a hearing.",
        "A grant, Adult E said, was paid.",
        "Adult E: Grant me a hearing.",
        "They spoke to the Derby family court.",
        "They visited Derby and asked Derby City Council.",
    ],
)
def test_what_stays_a_word_a_month_or_a_place_is_left_alone(text):
    assert _told(text) == []
