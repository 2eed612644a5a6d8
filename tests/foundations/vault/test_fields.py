import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps

from foundations.vault.fields import EncryptedTextField
from foundations.vault.models import DataKey
from foundations.vault.sealing import Damaged, UnknownKey


def test_a_value_comes_back_as_it_was_set(note):
    row = note.objects.create(words="Mary Example", facts={"born": ["1980", 3]})

    row = note.objects.get(pk=row.pk)

    assert (row.words, row.facts, row.remark) == ("Mary Example", {"born": ["1980", 3]}, None)


def test_nothing_of_it_stands_in_the_table(note, column):
    row = note.objects.create(words="Mary Example", facts={"name": "Mary"})

    assert b"Mary" not in column(row, "words") + column(row, "facts")


def test_a_blank_is_sealed_as_well_so_that_nobody_sees_who_has_one(note, column):
    row = note.objects.create()

    assert column(row, "words")[:2] == b"DV"
    assert note.objects.get(pk=row.pk).words == ""


def test_a_row_that_nobody_opened_prints_nothing(note):
    note.objects.create(words="Mary Example")

    (words,) = note.objects.values_list("words", flat=True)

    assert f"{words} {words!r}" == "<sealed> <sealed>"


def test_saving_a_row_that_nobody_opened_leaves_it_as_it_is(note, column):
    row = note.objects.create(words="Mary Example")
    before = column(row, "words")

    note.objects.get(pk=row.pk).save()

    assert column(row, "words") == before


def test_a_changed_value_is_sealed_anew(note):
    row = note.objects.create(facts={"names": ["Mary"]})
    row = note.objects.get(pk=row.pk)

    row.facts["names"].append("May")
    row.save()

    assert note.objects.get(pk=row.pk).facts == {"names": ["Mary", "May"]}


def test_a_field_that_was_not_fetched_is_fetched_when_asked_for(note):
    note.objects.create(words="Mary Example")

    assert note.objects.defer("words").get().words == "Mary Example"


def test_a_value_moved_to_another_row_does_not_open(note):
    one, other = note.objects.create(words="Mary"), note.objects.create(words="John")
    with connection.cursor() as cursor:
        cursor.execute(
            "update vault_note set words = (select words from vault_note where id = %s)"
            " where id = %s",
            [one.pk, other.pk],
        )

    with pytest.raises(Damaged):
        _ = note.objects.get(pk=other.pk).words


def test_a_value_moved_to_another_field_does_not_open(note):
    row = note.objects.create(words="Mary")
    with connection.cursor() as cursor:
        cursor.execute("update vault_note set remark = words")

    with pytest.raises(Damaged):
        _ = note.objects.get(pk=row.pk).remark


def test_a_row_moved_to_another_scope_does_not_open(note):
    row = note.objects.create(words="Mary")
    note.objects.update(scope="review:2")

    with pytest.raises(Damaged):
        _ = note.objects.get(pk=row.pk).words


def test_a_copied_row_is_not_saved_with_what_would_never_open(note):
    row = note.objects.get(pk=note.objects.create(words="Mary").pk)
    row.pk, row._state.adding = "6f9619ff-8b86-d011-b42d-00c04fc964ff", True

    with pytest.raises(Damaged):
        row.save()


def test_words_in_the_clear_that_were_put_into_the_column_are_refused(note):
    row = note.objects.create(words="Mary")
    with connection.cursor() as cursor:
        cursor.execute("update vault_note set words = %s", [b"John Example, who was never sealed"])

    with pytest.raises(Damaged):
        _ = note.objects.get(pk=row.pk).words


def test_a_row_whose_key_was_destroyed_does_not_open(note, forgetful):
    row = note.objects.create(words="Mary")
    DataKey.objects.all().delete()

    with pytest.raises(UnknownKey):
        _ = note.objects.get(pk=row.pk).words


def test_two_scopes_have_keys_of_their_own(note):
    note.objects.create(scope="review:1")
    note.objects.create(scope="review:1")
    note.objects.create(scope="review:2")

    assert sorted(DataKey.objects.values_list("scope", flat=True)) == ["review:1", "review:2"]


@pytest.mark.parametrize("lookup", ["words", "words__contains", "words__in", "words__gt"])
def test_it_cannot_be_searched(note, lookup):
    with pytest.raises(FieldError):
        note.objects.filter(**{lookup: "Mary"})


def test_it_cannot_be_updated_in_bulk_past_its_row(note):
    note.objects.create(words="Mary")

    with pytest.raises(TypeError):
        note.objects.update(words="John")


def test_rows_made_in_bulk_are_sealed(note):
    note.objects.bulk_create([note(words="Mary"), note(words="John")])

    assert sorted(row.words for row in note.objects.all()) == ["John", "Mary"]


def test_it_is_not_serialised(note):
    note.objects.create(words="Mary")

    with pytest.raises(TypeError):
        serializers.serialize("json", note.objects.all())


def test_a_value_too_long_is_refused_by_the_form_and_by_the_model():
    field = EncryptedTextField(max_length=3)

    assert field.formfield().max_length == 3
    with pytest.raises(ValidationError):
        field.clean("Mary", None)


@isolate_apps("foundations.vault")
def test_a_model_that_does_not_say_whose_key_it_is_fails_the_check():
    class Loose(models.Model):
        words = EncryptedTextField()

        class Meta:
            app_label = "vault"

        def __str__(self):
            return ""

    assert [error.id for error in Loose.check()] == ["vault.E001", "vault.E002"]
