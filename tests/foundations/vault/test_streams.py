"""The sealed stream against whatever anybody may do to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.vault.sealing import Damaged, new_key
from foundations.vault.streams import PIECE, opened, sealed

KEY = new_key()


@given(st.lists(st.binary(max_size=3 * PIECE), max_size=4))
def test_pieces_of_any_size_come_back_joined(pieces):
    assert b"".join(opened(sealed(pieces, key=KEY), key=KEY)) == b"".join(pieces)


@given(st.binary(max_size=2 * PIECE), st.data())
def test_one_byte_changed_anywhere_and_it_does_not_open(content, data):
    body = bytearray(b"".join(sealed([content], key=KEY)))
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Damaged):
        list(opened([bytes(body)], key=KEY))


@given(st.binary(max_size=2 * PIECE), st.data())
def test_cut_anywhere_it_does_not_open(content, data):
    body = b"".join(sealed([content], key=KEY))

    with pytest.raises(Damaged):
        list(opened([body[: data.draw(st.integers(0, len(body) - 1))]], key=KEY))


def test_the_same_content_is_sealed_differently_each_time():
    assert b"".join(sealed([b"words"], key=KEY)) != b"".join(sealed([b"words"], key=KEY))


def test_another_key_does_not_open_it():
    with pytest.raises(Damaged):
        list(opened(sealed([b"words"], key=KEY), key=new_key()))
