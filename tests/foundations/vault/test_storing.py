import hashlib
import io

import pytest
from django.db import connection

from foundations.vault import keys, streams
from foundations.vault.models import DataKey, FileKey, StoredFile
from foundations.vault.opening import open_file
from foundations.vault.rotation import rotate
from foundations.vault.sealing import Damaged, UnknownKey
from foundations.vault.services import PIECE, seal, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgetful")]

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 7, 20 * PIECE]
SCOPE = "review:1"


def bytes_of(size):
    return bytes(number % 251 for number in range(size))


def kept_in_table(file):
    with connection.cursor() as cursor:
        cursor.execute("select body from vault_storedfile where id = %s", [file.pk])
        return bytes(cursor.fetchone()[0])


def put(file, body):
    with connection.cursor() as cursor:
        cursor.execute("update vault_storedfile set body = %s where id = %s", [body, file.pk])


def reread(file):
    return StoredFile.objects.get(pk=file.pk).content


@pytest.mark.parametrize("scope", ["", SCOPE])
@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_kept_byte_for_byte(size, scope):
    content = bytes_of(size)

    kept = store(content, name="chronology.xlsx", scope=scope)

    found = StoredFile.objects.get(pk=kept.pk)
    assert found.content == kept.content == content
    assert (found.size, found.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert found.is_sealed is bool(scope)


def test_an_open_file_is_read_in_pieces():
    content = bytes_of(5 * PIECE + 3)

    kept = store(io.BytesIO(content), name="scan.pdf", scope=SCOPE)

    assert (reread(kept), kept.size) == (content, len(content))


def test_two_long_files_are_kept_apart():
    first = store(b"a" * 3 * PIECE, name="a.csv", scope=SCOPE)
    second = store(b"b" * 2 * PIECE, name="b.csv")

    assert [reread(file)[:1] for file in (first, second)] == [b"a", b"b"]


def test_a_file_is_opened_in_pieces():
    kept = store(bytes_of(40 * PIECE), name="scan.pdf", scope=SCOPE)

    pieces = [len(piece) for piece in open_file(StoredFile.objects.get(pk=kept.pk))]

    assert (max(pieces), sum(pieces)) == (PIECE, 40 * PIECE)


def test_fetching_a_row_does_not_fetch_its_bytes():
    kept = store(b"words", name="a.csv")

    assert "body" not in StoredFile.objects.get(pk=kept.pk).__dict__


# --- Sealed -------------------------------------------------------------------------------------


def test_no_word_of_a_sealed_file_stands_in_the_tables():
    words = b"Mary Example was seen at home. "
    short, long = (
        store(words, name="a.txt", scope=SCOPE),
        store(words * 10_000, name="b.txt", scope=SCOPE),
    )

    for file in (short, long):
        assert words[:12] not in kept_in_table(file)
        assert bytes(FileKey.objects.get(file=file).key) not in kept_in_table(file)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from vault_filekey t")
        rows = cursor.fetchone()[0]
    assert FileKey.objects.get(file=short).key.hex() not in rows


def test_a_file_that_was_not_sealed_can_be_sealed_later():
    content = bytes_of(4 * PIECE)
    files = [store(content, name="a.csv"), store(b"short", name="b.csv")]

    for file in files:
        seal(file, scope=SCOPE)
        seal(file, scope=SCOPE)  # a second run finds nothing to do

    assert [reread(file) for file in files] == [content, b"short"]
    assert all(kept_in_table(file).startswith(b"DF") for file in files)


def test_a_file_that_is_sealed_while_somebody_reads_it_stays_readable():
    content = bytes_of(40 * PIECE)
    file = store(content, name="a.csv")
    begun, later = (StoredFile.objects.get(pk=file.pk) for _ in range(2))
    reading = open_file(begun)
    first = next(reading)

    seal(file, scope=SCOPE)

    assert first + b"".join(reading) == content
    assert later.content == content  # though its row was read before


def sealed_parts(file):
    body = kept_in_table(file)
    at = streams.HEADER_SIZE
    size = streams.SEALED_PIECE
    return body[:at], [body[n : n + size] for n in range(at, len(body), size)]


TAMPERED = {
    "a bit": lambda head, parts: (
        head + bytes([parts[0][0] ^ 1]) + parts[0][1:] + b"".join(parts[1:])
    ),
    "a bit of the last": lambda head, parts: (
        head + b"".join(parts[:-1]) + parts[-1][:-1] + bytes([parts[-1][-1] ^ 1])
    ),
    "a bit of the header": lambda head, parts: head[:-1] + bytes([head[-1] ^ 1]) + b"".join(parts),
    "the version": lambda head, parts: head[:2] + b"\x02" + head[3:] + b"".join(parts),
    "the last piece gone": lambda head, parts: head + b"".join(parts[:-1]),
    "cut within a piece": lambda head, parts: head + b"".join(parts)[:-9],
    "cut to a header": lambda head, parts: head,
    "nothing left": lambda head, parts: b"",
    "two changed places": lambda head, parts: head + b"".join([parts[1], parts[0], *parts[2:]]),
    "one left out": lambda head, parts: head + b"".join([parts[0], *parts[2:]]),
    "one doubled": lambda head, parts: head + b"".join([parts[0], *parts]),
    "the last doubled": lambda head, parts: head + b"".join([*parts, parts[-1]]),
    "something behind": lambda head, parts: head + b"".join(parts) + b"more",
    "in clear": lambda head, parts: b"words that were never sealed",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_in_the_table_does_not_open(how):
    file = store(bytes_of(3 * PIECE + 5), name="a.pdf", scope=SCOPE)
    put(file, TAMPERED[how](*sealed_parts(file)))

    with pytest.raises(Damaged):
        reread(file)


def test_nothing_is_given_out_of_a_piece_before_it_proved_whole():
    file = store(bytes_of(3 * PIECE), name="a.pdf", scope=SCOPE)
    head, parts = sealed_parts(file)
    put(file, head + parts[0] + parts[2] + parts[1])

    given = []
    with pytest.raises(Damaged):
        given.extend(open_file(StoredFile.objects.get(pk=file.pk)))

    assert b"".join(given) == bytes_of(PIECE)  # the first is whole and in its place


@pytest.mark.parametrize("with_key", [False, True])
def test_the_bytes_of_another_file_do_not_open_in_its_place(with_key):
    one, other = (store(bytes_of(100), name="a.pdf", scope=SCOPE) for _ in range(2))
    put(one, kept_in_table(other))
    if with_key:
        with connection.cursor() as cursor:
            cursor.execute(
                "update vault_filekey set key = (select key from vault_filekey where file_id = %s)"
                " where file_id = %s",
                [other.pk, one.pk],
            )

    with pytest.raises(Damaged):
        reread(one)


def test_a_file_moved_to_another_review_does_not_open():
    file = store(b"words", name="a.pdf", scope="review:1")
    store(b"words", name="b.pdf", scope="review:2")
    FileKey.objects.filter(file=file).update(scope="review:2")

    with pytest.raises(Damaged):
        reread(file)


def test_destroying_the_key_of_a_review_makes_its_files_unreadable_and_no_others():
    gone, other = (store(bytes_of(9), name="a", scope=f"review:{n}") for n in (1, 2))

    DataKey.objects.filter(scope="review:1").delete()
    keys._known.clear()

    with pytest.raises(UnknownKey):
        reread(gone)
    assert reread(other) == bytes_of(9)


def test_destroying_the_key_of_one_file_never_shows_what_is_left_of_it():
    file = store(b"words", name="a.pdf", scope=SCOPE)
    FileKey.objects.filter(file=file).delete()

    with pytest.raises(UnknownKey):
        reread(file)


# --- While keys change --------------------------------------------------------------------------


@pytest.mark.parametrize("renew", [False, True])
def test_changing_keys_touches_no_contents(settings, renew):
    files = [store(bytes_of(3 * PIECE), name="a.pdf", scope=f"review:{n}") for n in range(3)]
    before = [kept_in_table(file) for file in files]
    settings.VAULT_KEYS = "0b" * 32 + "\n" + settings.VAULT_KEYS

    done = rotate(renew_data_keys=renew)
    settings.VAULT_KEYS = "0b" * 32
    keys._known.clear()

    assert [kept_in_table(file) for file in files] == before
    assert [reread(file) for file in files] == [bytes_of(3 * PIECE)] * 3
    assert (done.rewrapped, done.resealed) == (3, 3 if renew else 0)


def test_somebody_who_is_reading_goes_on_while_keys_change(settings):
    content = bytes_of(40 * PIECE)
    file = store(content, name="a.pdf", scope=SCOPE)
    reading = open_file(StoredFile.objects.get(pk=file.pk))
    begun = next(reading)

    settings.VAULT_KEYS = "0c" * 32 + "\n" + settings.VAULT_KEYS
    rotate(renew_data_keys=True)

    assert begun + b"".join(reading) == content
