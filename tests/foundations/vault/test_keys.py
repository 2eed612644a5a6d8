import pytest

from foundations.vault.keys import keyed_digest, open_from, seal_for
from foundations.vault.models import DataKey
from foundations.vault.sealing import Damaged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgetful")]


def test_a_digest_is_the_same_for_the_same_words():
    assert keyed_digest("mary example", purpose="partnership:1") == keyed_digest(
        "mary example", purpose="partnership:1"
    )


def test_two_partnerships_cannot_be_compared():
    assert keyed_digest("mary example", purpose="partnership:1") != keyed_digest(
        "mary example", purpose="partnership:2"
    )


def test_a_digest_stays_the_same_when_the_key_encryption_key_changes(settings):
    from foundations.vault.rotation import rotate

    before = keyed_digest("mary example", purpose="partnership:1")
    settings.VAULT_KEYS = "07" * 32 + "\n" + settings.VAULT_KEYS
    rotate(renew_data_keys=True)
    settings.VAULT_KEYS = "07" * 32

    assert keyed_digest("mary example", purpose="partnership:1") == before


def test_a_wrapped_key_put_under_another_scope_does_not_open():
    sealed = seal_for("review:1", b"Mary", place="here")
    DataKey.objects.update(scope="review:2")

    with pytest.raises(Damaged):
        open_from("review:2", sealed, place="here")


def test_a_process_asks_for_a_key_once_a_minute(django_assert_num_queries):
    sealed = seal_for("review:1", b"Mary", place="here")

    with django_assert_num_queries(1):
        for _ in range(3):
            open_from("review:1", sealed, place="here")
