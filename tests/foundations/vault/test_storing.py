import hashlib

import pytest

from foundations.vault.models import StoredFile
from foundations.vault.services import PIECE, store

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 5 * PIECE + 7])
def test_a_file_is_kept_byte_for_byte(size):
    content = bytes(number % 256 for number in range(size))

    kept = store(content, name="chronology.xlsx")

    found = StoredFile.objects.get(pk=kept.pk)
    assert bytes(found.content) == bytes(kept.content) == content
    assert (found.size, found.sha256) == (size, hashlib.sha256(content).hexdigest())


def test_two_long_files_are_kept_apart():
    first, second = store(b"a" * 3 * PIECE, name="a.csv"), store(b"b" * 2 * PIECE, name="b.csv")

    kept = [
        bytes(file.content)[:1]
        for file in StoredFile.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    ]
    assert kept == [b"a", b"b"]
