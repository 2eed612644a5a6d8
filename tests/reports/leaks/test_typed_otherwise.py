"""Names and days with a space, a sign or an apostrophe where nobody expects it."""

import pytest

from reports.leaks.engine import Scanner
from reports.leaks.register import register_from_json
from tests.reports.leaks.looking import found

SCANNER = Scanner(
    register_from_json(
        {
            "people": [
                {"pseudonym": "Adult A", "names": ["Tamsin Larkrips"], "born": "1962-03-04"},
                {"pseudonym": "Adult B", "names": ["Edgar O'Hanlow"]},
                {"pseudonym": "Adult C", "names": ["Ffion Williams", "Delyth Pringles"]},
            ],
            "professionals": ["Helena Pringle"],
        }
    )
)


def _people(text):
    return [(words, who) for _, _, words, who in found(text, scanner=SCANNER) if who]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was O' Hanlow who rang.", "O' Hanlow"),
        ("It was O’ Hanlow who rang.", "O’ Hanlow"),
        ("It was Edgar O`Hanlow who rang.", "Edgar O`Hanlow"),
    ],
)
def test_a_name_with_its_apostrophe_written_otherwise_is_found(text, words):
    assert _people(text) == [(words, "Adult B")]


def test_a_name_that_ends_in_s_is_found_with_the_apostrophe_before_it():
    assert _people("This was Larkrip's home.") == [("Larkrip's", "Adult A")]


@pytest.mark.parametrize("text", ["This was William's home.", "Helena Pringle's letter came."])
def test_a_given_name_or_a_professional_is_not_taken_for_such_a_name(text):
    assert _people(text) == []


@pytest.mark.parametrize("text", ["Date of birth: 04 03 1962.", "born 4 3 1962"])
def test_a_day_with_spaces_only_is_found(text):
    (hit,) = [one for one in found(text, scanner=SCANNER) if one[3]]
    assert hit[:2] == ("medium", "date of birth")


def test_figures_in_a_row_are_no_day():
    assert _people("They counted 4 3 1962 12 visits.") == []
