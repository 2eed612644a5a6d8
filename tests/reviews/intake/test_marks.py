import pytest

from foundations.dates import PartialDate, parse
from reviews.intake.marks import marks_of, words_of

BORN = parse("2 May 1984").value
NOT_KNOWN = PartialDate.none()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ms Zoë O’Hara", ["ohara", "zoe"]),
        ("Zoe O'Hara", ["ohara", "zoe"]),
        ("HARPER, Rowan J.", ["harper", "rowan"]),
        ("Dr. Ana-Maria Pop", ["ana", "maria", "pop"]),
        ("…", []),
    ],
)
def test_a_name_is_folded_to_its_words(name, words):
    assert words_of(name) == words


def test_the_order_of_a_name_does_not_matter():
    assert marks_of("Rowan Harper", NOT_KNOWN) == marks_of("HARPER, Rowan", NOT_KNOWN)


def test_one_name_spelt_otherwise_is_met_by_the_other_and_the_day_of_birth():
    one, other = marks_of("Rowan Harper", BORN), marks_of("Rowan Harpur", BORN)

    assert set(one) & set(other) == {"rowan 1984-05-02"}


def test_a_year_of_birth_is_no_day():
    assert marks_of("Rowan Harper", parse("1984").value) == ["harper rowan"]
