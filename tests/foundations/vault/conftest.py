import uuid

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from foundations.vault import keys, rotation
from foundations.vault.fields import EncryptedJSONField, EncryptedTextField


@pytest.fixture
def forgetful():
    """Nothing remembered from another test, nor left for the next."""
    keys._known.clear()
    yield
    keys._known.clear()


@pytest.fixture
def note(db, forgetful, monkeypatch):
    """A model with sealed fields, on a table that lasts as long as the test."""
    with isolate_apps("foundations.vault"):

        class Note(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            scope = models.CharField(max_length=20, default="review:1")
            words = EncryptedTextField(blank=True)
            facts = EncryptedJSONField(default=dict)
            remark = EncryptedTextField(null=True)

            class Meta:
                app_label = "vault"
                db_table = "vault_note"

            def __str__(self):
                return str(self.pk)

            @property
            def vault_scope(self):
                return self.scope

    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table vault_note (id uuid primary key, scope varchar(20),"
            " words bytea, facts bytea, remark bytea)"
        )
    fields = [(Note, "words"), (Note, "facts"), (Note, "remark")]
    monkeypatch.setattr(rotation, "sealed_fields", lambda: fields)
    return Note


@pytest.fixture
def column(note):
    """What stands in a column, as anybody with the tables or a backup of them sees it."""

    def of(row, name):
        with connection.cursor() as cursor:
            cursor.execute(f"select {name} from vault_note where id = %s", [row.pk])  # noqa: S608
            (content,) = cursor.fetchone()
        return None if content is None else bytes(content)

    return of
