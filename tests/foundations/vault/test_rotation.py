from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from foundations.vault import rotation
from foundations.vault.models import DataKey
from foundations.vault.rotation import Rotation, rotate, wrapped_with_older_keys

NEW = "09" * 32


@pytest.fixture
def old(settings):
    return settings.VAULT_KEYS


def rows_of(note, number=3):
    return [note.objects.create(scope=f"review:{n}", words=f"Mary {n}") for n in range(number)]


def words(note):
    return sorted(row.words for row in note.objects.all())


def test_every_data_key_is_wrapped_with_the_newest_key(note, settings, old):
    rows_of(note)
    settings.VAULT_KEYS = f"{NEW}\n{old}"

    done = rotate()

    assert (done, wrapped_with_older_keys()) == (Rotation(rewrapped=3), 0)


def test_then_the_older_key_is_needed_no_more(note, settings, old):
    rows_of(note)
    settings.VAULT_KEYS = f"{NEW}\n{old}"
    rotate()
    settings.VAULT_KEYS = NEW

    assert words(note) == ["Mary 0", "Mary 1", "Mary 2"]


def test_a_second_run_has_nothing_to_do(note, settings, old):
    rows_of(note)
    settings.VAULT_KEYS = f"{NEW}\n{old}"
    rotate()

    assert rotate() == Rotation()


def test_a_run_that_died_half_way_is_finished_by_the_next(note, settings, old, monkeypatch):
    rows_of(note)
    settings.VAULT_KEYS = f"{NEW}\n{old}"
    wrap, left = rotation.keyring().wrap, [1]

    class Dying:
        unwrap, is_current = rotation.keyring().unwrap, rotation.keyring().is_current

        def wrap(self, *args, **kwargs):
            if not left.pop():
                raise KeyboardInterrupt
            left.append(0)
            return wrap(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "keyring", Dying)
        with pytest.raises(KeyboardInterrupt):
            rotate()

    assert wrapped_with_older_keys() == 2
    assert words(note) == ["Mary 0", "Mary 1", "Mary 2"]
    assert rotate() == Rotation(rewrapped=2)


def test_new_data_keys_seal_every_row_anew(note, column):
    row, *_ = rows = rows_of(note)
    before = column(row, "words")

    done = rotate(renew_data_keys=True)

    assert (done.retired, done.resealed) == (3, 2 * len(rows))
    assert column(row, "words")[4:20] != before[4:20]
    assert words(note) == ["Mary 0", "Mary 1", "Mary 2"]


def test_resealing_that_died_half_way_is_finished_without_new_keys(note, monkeypatch):
    rows_of(note)
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_reseal", _dies)
        with pytest.raises(KeyboardInterrupt):
            rotate(renew_data_keys=True)
    assert words(note) == ["Mary 0", "Mary 1", "Mary 2"]

    done = rotate(renew_data_keys=True)

    assert (done.retired, done.resealed) == (0, 6)
    assert DataKey.objects.filter(retired_at=None).count() == 3


def _dies(*_):
    raise KeyboardInterrupt


def test_a_retired_key_goes_a_day_later_when_no_row_needs_it(note):
    rows_of(note)
    rotate(renew_data_keys=True)
    kept = rotate().removed
    DataKey.objects.exclude(retired_at=None).update(retired_at=timezone.now() - timedelta(days=2))

    done = rotate()

    assert (kept, done.removed, DataKey.objects.count()) == (0, 3, 3)
    assert words(note) == ["Mary 0", "Mary 1", "Mary 2"]


def test_a_row_written_under_a_retired_key_meanwhile_keeps_it_until_it_is_resealed(note):
    (row,) = rows_of(note, 1)
    DataKey.objects.update(retired_at=timezone.now() - timedelta(days=2))

    done = rotate()

    assert (done.resealed, done.removed) == (2, 1)
    assert note.objects.get(pk=row.pk).words == "Mary 0"


def test_a_row_that_cannot_be_read_is_named_and_keeps_its_key(note):
    _, damaged = rows_of(note, 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "update vault_note set words = words || %s where id = %s", [b"!", damaged.pk]
        )

    done = rotate(renew_data_keys=True)

    assert done.unreadable == [f"vault.note {damaged.pk}"]
    assert done.resealed == 3


def test_people_read_while_keys_are_changed(note, monkeypatch):
    """Between any two batches everything opens."""
    rows_of(note)
    reseal, seen = rotation._reseal, []

    def reseal_and_look(*args):
        reseal(*args)
        seen.append(words(note))

    monkeypatch.setattr(rotation, "_reseal", reseal_and_look)
    monkeypatch.setattr(rotation, "_ROWS_AT_ONCE", 1)

    rotate(renew_data_keys=True)

    assert seen == [["Mary 0", "Mary 1", "Mary 2"]] * 6
