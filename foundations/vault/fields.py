"""Model fields that are ciphertext in the database, in every dump and in every backup.

A model with such fields says whose key seals them (`vault_scope`), and knows its primary key
before it is first saved: a value is bound to its scope, model, field and row, and opens nowhere else.
A value is opened when somebody asks for it on a row, not when the row is fetched. It cannot be
searched, compared, updated in bulk or serialised; where two values must be compared, store a
`keyed_digest` beside it.
"""

import json

from django import forms
from django.core import checks
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from foundations.vault.keys import open_from, seal_for
from foundations.vault.sealing import KEY_ID_BYTES, KEY_ID_FROM


class Sealed:
    """What stands in the column. It prints as nothing else than that."""

    __slots__ = ("content",)

    def __init__(self, content):
        self.content = content

    def __repr__(self):
        return "<sealed>"


class _OpenedWhenRead(DeferredAttribute):
    def __get__(self, instance, owner=None):
        value = super().__get__(instance, owner)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(value, instance)
        return value

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    descriptor_class = _OpenedWhenRead
    _LOOKUPS = frozenset({"isnull", "sealed_with"})

    def to_bytes(self, value):
        raise NotImplementedError

    def from_bytes(self, content):
        raise NotImplementedError

    def get_internal_type(self):
        return "BinaryField"

    # --- in and out ----------------------------------------------------------------------------

    def seal(self, value, instance):
        return Sealed(
            seal_for(instance.vault_scope, self.to_bytes(value), place=self._place(instance))
        )

    def open(self, sealed, instance):
        return self.from_bytes(
            open_from(instance.vault_scope, sealed.content, place=self._place(instance))
        )

    def _place(self, instance):
        return f"{self.model._meta.label_lower}.{self.attname} {instance.pk}"

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if not add:
                return value  # nobody opened it, so nobody changed it
            value = getattr(model_instance, self.attname)  # a copied row does not open here
        return None if value is None else self.seal(value, model_instance)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed for its row: set it on the row and save that.")
        return connection.Database.Binary(value.content)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(bytes(value))

    # --- what must not work --------------------------------------------------------------------

    def get_lookup(self, lookup_name):
        if lookup_name not in self._LOOKUPS:
            raise FieldError(f"{self.name} is sealed and cannot be searched by its content.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj):
        raise TypeError(f"{self.name} is sealed and does not leave the database in clear.")

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_place()]

    def _check_place(self):
        if not hasattr(self.model, "vault_scope"):
            yield checks.Error(
                "A model with sealed fields says whose key seals them: define `vault_scope`.",
                obj=self,
                id="vault.E001",
            )
        if isinstance(self.model._meta.pk, models.AutoField):
            yield checks.Error(
                "A sealed field is bound to its row: use a UUID or a one-to-one primary key.",
                obj=self,
                id="vault.E002",
            )


@SealedField.register_lookup
class SealedWith(models.Lookup):
    """`field__sealed_with=[id, …]`: sealed with one of these keys. For rotation."""

    lookup_name = "sealed_with"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [[connection.Database.Binary(pk.bytes) for pk in value]]

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        key_id = f"substring({left} from {KEY_ID_FROM} for {KEY_ID_BYTES})"
        return f"{key_id} = any({right}::bytea[])", [*left_params, *right_params]


class EncryptedTextField(SealedField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def to_bytes(self, value):
        return str(value).encode()

    def from_bytes(self, content):
        return content.decode()

    def to_python(self, value):
        return value if value is None or isinstance(value, str) else str(value)

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": forms.CharField, "max_length": self.max_length} | kwargs
        )


class EncryptedBytesField(SealedField):
    def to_bytes(self, value):
        return bytes(value)

    def from_bytes(self, content):
        return content

    def formfield(self, **kwargs):
        """Bytes are typed by nobody."""


class EncryptedJSONField(SealedField):
    """Give it a callable default: `dict` or `list`."""

    empty_strings_allowed = False

    def to_bytes(self, value):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()

    def from_bytes(self, content):
        return json.loads(content)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.JSONField} | kwargs)
