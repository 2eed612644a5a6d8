from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from foundations.office.differences import ADDED, REMOVED, SAME, Piece, pieces_of

FIRST, LAST = "It began well. ", " It ended there."


def long_text(word):
    """More words than are compared one by one, no two of them the same."""
    return " ".join(f"{word}{n}" for n in range(3_000))


@given(st.text("ab ,\n", max_size=40), st.text("ab ,\n", max_size=40))
def test_nothing_of_either_text_is_lost(before, after):
    pieces = pieces_of(before, after)

    assert "".join(one.text for one in pieces if one.what != ADDED) == before
    assert "".join(one.text for one in pieces if one.what != REMOVED) == after


def test_a_blank_that_alone_was_changed_is_what_is_marked():
    assert pieces_of("Risk was  assessed", "Risk was assessed") == (
        Piece(SAME, "Risk was"),
        Piece(REMOVED, "  "),
        Piece(ADDED, " "),
        Piece(SAME, "assessed"),
    )


def test_one_word_of_a_very_long_paragraph_is_marked():
    before = f"{long_text('a')} end {long_text('b')}"

    pieces = pieces_of(before, before.replace(" end ", " start "))

    assert [(one.what, one.text) for one in pieces[1:3]] == [(REMOVED, "end"), (ADDED, "start")]


def test_what_is_too_long_to_compare_is_whole_and_says_so():
    old, new = long_text("a"), long_text("b")

    assert pieces_of(FIRST + old + LAST, FIRST + new + LAST) == (
        Piece(SAME, FIRST),
        Piece(REMOVED, old, is_too_long=True),
        Piece(ADDED, new, is_too_long=True),
        Piece(SAME, LAST),
    )


def test_few_words_again_and_again_are_not_compared_one_by_one():
    pieces = pieces_of("yes no " * 600, "no yes yes " * 400)

    assert {one.is_too_long for one in pieces if one.what != SAME} == {True}


def test_very_many_lines_are_not_compared_one_by_one():
    old, new = "\n" * 5_000, "a\n" + "\n" * 4_000 + "b"

    assert [one.what for one in pieces_of(old, new)] == [REMOVED, ADDED]


def test_the_page_says_what_was_not_compared():
    pieces = pieces_of(long_text("a"), long_text("b"))

    page = render_to_string("reviews/terms/_pieces.html", {"pieces": pieces})

    assert "Too long to mark single words. As it was: " in page
    assert "As it became: " in page
