import pytest
from django.core.exceptions import ImproperlyConfigured

from foundations.vault.keyring import keyring
from foundations.vault.sealing import Damaged, UnknownKey

OLD, NEW = "01" * 32, "02" * 32


def test_the_first_key_wraps(settings):
    settings.VAULT_KEYS = OLD
    wrapped = keyring().wrap(b"d" * 32, place="here")

    settings.VAULT_KEYS = f"{NEW}\n{OLD}\n"

    assert keyring().unwrap(wrapped, place="here") == b"d" * 32
    assert not keyring().is_current(wrapped)
    assert keyring().is_current(keyring().wrap(b"d" * 32, place="here"))


def test_without_the_key_that_wrapped_nothing_opens(settings):
    settings.VAULT_KEYS = OLD
    wrapped = keyring().wrap(b"d" * 32, place="here")
    settings.VAULT_KEYS = NEW

    with pytest.raises(UnknownKey):
        keyring().unwrap(wrapped, place="here")


def test_a_wrapped_key_is_bound_to_its_place(settings):
    wrapped = keyring().wrap(b"d" * 32, place="here")

    with pytest.raises(Damaged):
        keyring().unwrap(wrapped, place="there")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("", "VAULT_KEYS holds no key: without one no name can be kept."),
        ("short", "Each line of VAULT_KEYS is a key of 64 hexadecimal digits."),
        (f"{OLD} {OLD}", "VAULT_KEYS holds the same key twice."),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_without_being_repeated(settings, given, complaint):
    settings.VAULT_KEYS = given

    with pytest.raises(ImproperlyConfigured) as refused:
        keyring()

    assert str(refused.value) == complaint
