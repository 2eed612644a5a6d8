"""Finding people in many texts at once finds whom finding them in each would."""

import pytest

from chronologies.persons import Register

TEXTS = (
    "MA 1 was seen with FA-2.",
    "Nobody is named here.",
    "",
    "DNA1 is no person; MA1 and ma2 are asked about.",
    "The child 2 and CHILD B, seen at home",
    "Mother’s friend told MA 01 — the victim — of it",
    "the Victim and\nMA",
    "3 days later",
    "GRANDMOTHER and Mother",
)


@pytest.mark.parametrize(
    "codes", [(), ("MA 1", "FA-2"), ("Child 2", "Mother", "Victim"), ("AB", "Ångström")]
)
def test_many_texts_at_once_name_whom_each_names(codes):
    register = Register(codes)

    assert register.find_each(TEXTS) == [register.find(text) for text in TEXTS]


def test_what_ends_one_text_and_begins_the_next_is_nobody():
    assert [found.all for found in Register().find_each(["she met MA", "1 March"])] == [(), ()]
