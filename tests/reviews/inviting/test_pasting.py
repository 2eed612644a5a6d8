import pytest

from reviews.inviting.pasting import read_pasted, role_named
from reviews.rules import Role


def pieces(text):
    return [(one.email, one.name, one.agency, one.role) for one in read_pasted(text)]


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("ann@a.example", [("ann@a.example", "", "", "")]),
        (
            "Ann Lee <ann@a.example>; Millbrook Homes; author",
            [("ann@a.example", "Ann Lee", "Millbrook Homes", "author")],
        ),
        (
            "ann@a.example; author; Millbrook Homes",
            [("ann@a.example", "", "Millbrook Homes", "author")],
        ),
        ("ann@a.example, Housing, lead", [("ann@a.example", "", "Housing", "lead")]),
        (
            "Ann Lee\tann@a.example\tHousing\tauthor",
            [("ann@a.example", "Ann Lee", "Housing", "author")],
        ),
        ("ann@a.example; panel", [("ann@a.example", "", "", "panel")]),
        ("ann@a.example; Housing", [("ann@a.example", "", "Housing", "")]),
        ("ann@a.example;", [("ann@a.example", "", "", "")]),
        ("mailto:ann@a.example", [("ann@a.example", "", "", "")]),
        ("o'brien@a.example", [("o'brien@a.example", "", "", "")]),
        (
            "Ann Lee <ann@a.example>; bo@b.example; 'cy@c.example' <cy@c.example>",
            [
                ("ann@a.example", "Ann Lee", "", ""),
                ("bo@b.example", "", "", ""),
                ("cy@c.example", "", "", ""),
            ],
        ),
        (
            "Lee, Ann <ann@a.example>; Reed, Bo <bo@b.example>",
            [("ann@a.example", "Lee, Ann", "", ""), ("bo@b.example", "Reed, Bo", "", "")],
        ),
        (
            "a@a.example, b@b.example\n\nc@c.example",
            [("a@a.example", "", "", ""), ("b@b.example", "", "", ""), ("c@c.example", "", "", "")],
        ),
    ],
)
def test_what_was_pasted_is_taken_apart(pasted, found):
    assert pieces(pasted) == found


@pytest.mark.parametrize(
    ("pasted", "texts"),
    [
        ("Name; Agency; Role", ["Name; Agency; Role"]),
        ("a@a.example, bo.b.example, c@c.example", ["a@a.example", "bo.b.example", "c@c.example"]),
        ("a@a.example; b@b.example; Housing", ["a@a.example", "b@b.example", "Housing"]),
        ("Bo <bo at b.example>", ["Bo <bo at b.example>"]),
    ],
)
def test_nothing_that_was_pasted_is_passed_over(pasted, texts):
    assert [one.text for one in read_pasted(pasted)] == texts


def test_more_than_an_agency_and_a_role_is_not_guessed():
    (piece,) = read_pasted("a@a.example; Housing; author; urgent")

    assert piece.too_much


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("author", Role.IMR_AUTHOR),
        ("Agency IMR author", Role.IMR_AUTHOR),
        ("Sign-off officer", Role.SIGN_OFF_OFFICER),
        ("Panel member", Role.PANEL_MEMBER),
        ("Home Office QA reader", Role.HOME_OFFICE_READER),
        ("coordinator", None),
        ("", None),
    ],
)
def test_a_role_is_known_by_its_names(said, role):
    assert role_named(said) == role
