"""Changing keys. Each step is its own transaction and looks at what is there, so that a run which
died half-way is finished by running it again, while people read and write."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from foundations.vault.fields import SealedField
from foundations.vault.keyring import keyring
from foundations.vault.models import DataKey
from foundations.vault.sealing import Unreadable

# A transaction that began before a key was retired may still seal with it.
_GRACE = timedelta(days=1)
_ROWS_AT_ONCE = 200


@dataclass
class Rotation:
    """What a run did; `unreadable` names the rows it had to leave, by model and key."""

    rewrapped: int = 0
    retired: int = 0
    resealed: int = 0
    removed: int = 0
    unreadable: list = field(default_factory=list)


def rotate(*, renew_data_keys=False):
    """Wrap every data key with the newest key-encryption key.

    With `renew_data_keys`, everything sealed gets a new data key too, unless an earlier run left
    some of that to do: then this one finishes it.
    """
    done = Rotation()
    _rewrap(done)
    if renew_data_keys and not any(True for _ in _left_to_reseal()):
        keys = DataKey.objects.filter(use=DataKey.Use.SEAL, retired_at=None)
        done.retired = keys.update(retired_at=timezone.now())
    for model, name, pks in _left_to_reseal():
        for at in range(0, len(pks), _ROWS_AT_ONCE):
            _reseal(model, name, pks[at : at + _ROWS_AT_ONCE], done)
    _remove_unused(done)
    return done


def wrapped_with_older_keys():
    """How many data keys still need a key-encryption key other than the newest."""
    ring = keyring()
    return sum(not ring.is_current(bytes(wrapped)) for wrapped in _all_wrapped())


def _all_wrapped():
    return DataKey.objects.values_list("wrapped", flat=True)


def _rewrap(done):
    ring = keyring()
    for pk in list(DataKey.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            data_key = DataKey.objects.select_for_update().filter(pk=pk).first()
            if data_key is None or ring.is_current(bytes(data_key.wrapped)):
                continue
            try:
                key = ring.unwrap(bytes(data_key.wrapped), place=data_key.place)
            except Unreadable:
                done.unreadable.append(f"{data_key._meta.label_lower} {pk}")
                continue
            data_key.wrapped = ring.wrap(key, place=data_key.place)
            data_key.save(update_fields=["wrapped"])
            done.rewrapped += 1


def sealed_fields():
    for model in apps.get_models(include_auto_created=True):
        for field_ in model._meta.local_concrete_fields:
            if isinstance(field_, SealedField):
                yield model, field_.attname


def _left_to_reseal():
    """(model, field, keys of the rows) still sealed with a retired key."""
    retired = list(DataKey.objects.exclude(retired_at=None).values_list("pk", flat=True))
    for model, name in sealed_fields():
        rows = model._base_manager.filter(**{f"{name}__sealed_with": retired})
        if pks := list(rows.order_by("pk").values_list("pk", flat=True)):
            yield model, name, pks


@transaction.atomic
def _reseal(model, name, pks, done):
    field_ = model._meta.get_field(name)
    for row in model._base_manager.select_for_update(of=("self",)).filter(pk__in=pks):
        try:
            sealed = field_.seal(getattr(row, name), row)
        except Unreadable:
            done.unreadable.append(f"{model._meta.label_lower} {row.pk}")
            continue
        model._base_manager.filter(pk=row.pk).update(**{name: sealed})
        done.resealed += 1


def _remove_unused(done):
    for data_key in DataKey.objects.filter(retired_at__lt=timezone.now() - _GRACE):
        if not any(
            model._base_manager.filter(**{f"{name}__sealed_with": [data_key.pk]}).exists()
            for model, name in sealed_fields()
        ):
            data_key.delete()
            done.removed += 1
