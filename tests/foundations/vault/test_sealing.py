import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.vault.sealing import Damaged, key_id_of, new_key, seal, unseal

KEY, KEY_ID = b"k" * 32, b"i" * 16


def sealed(plain=b"Mary Example", **changes):
    return seal(plain, **({"key": KEY, "key_id": KEY_ID, "place": "here"} | changes))


@given(st.binary(max_size=500))
def test_what_is_sealed_opens_again(plain):
    assert unseal(sealed(plain), key=KEY, place="here") == plain


def test_an_envelope_says_its_version_its_algorithm_and_its_key():
    envelope = sealed()

    assert (envelope[:2], envelope[2], envelope[3], key_id_of(envelope)) == (b"DV", 1, 1, KEY_ID)


def test_the_same_words_sealed_twice_are_not_the_same():
    assert sealed() != sealed()


@given(st.data())
def test_an_envelope_with_any_byte_changed_does_not_open(data):
    envelope = bytearray(sealed())
    at = data.draw(st.integers(0, len(envelope) - 1))
    envelope[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Damaged):
        unseal(bytes(envelope), key=KEY, place="here")


@given(st.data())
def test_an_envelope_cut_anywhere_does_not_open(data):
    envelope = sealed()
    cut = envelope[: data.draw(st.integers(0, len(envelope) - 1))]

    with pytest.raises(Damaged):
        unseal(cut, key=KEY, place="here")


def test_an_envelope_with_more_behind_it_does_not_open():
    with pytest.raises(Damaged):
        unseal(sealed() + b"\0", key=KEY, place="here")


def test_an_envelope_moved_to_another_place_does_not_open():
    with pytest.raises(Damaged):
        unseal(sealed(), key=KEY, place="there")


def test_an_envelope_does_not_open_with_another_key():
    with pytest.raises(Damaged):
        unseal(sealed(), key=new_key(), place="here")


def test_two_halves_of_two_envelopes_do_not_make_one():
    one, other = sealed(b"Mary Example"), sealed(b"John Example")

    with pytest.raises(Damaged):
        unseal(one[:40] + other[40:], key=KEY, place="here")
