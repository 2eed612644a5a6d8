"""A PartialDate on a model.

`date = PartialDateField()` gives the model the ordinary columns date_text, date_earliest,
date_latest, date_precision, date_circa and date_base, and the attribute `date` that reads and
writes them together. Migrations, indexes, constraints and queries name the columns.
"""

from datetime import date

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Case, F, Q, Value, When

from foundations.dates.forms import PartialDateFormField
from foundations.dates.value import PRECISIONS, PartialDate, Reading


class PartialDateField(models.Field):
    description = "A date as written, with the days it can mean"
    empty_values = [None, PartialDate.none()]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs["serialize"] = False  # the columns are written out, not this
        super().__init__(*args, **kwargs)

    def get_attname_column(self):
        return self.name, None

    def db_type(self, connection):
        return None

    def contribute_to_class(self, cls, name, private_only=True):
        super().contribute_to_class(cls, name, private_only=True)
        setattr(cls, name, _TogetherAttribute(name))
        inherited = {
            field.name
            for model in (cls, *cls._meta.get_parent_list())
            for field in model._meta.local_fields
        }
        for column, field in _columns(name).items():
            if column not in inherited:
                cls.add_to_class(column, field)

    def to_python(self, value):
        return _as_value(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})

    def get_col(self, alias, output_field=None):
        raise FieldError(
            f"“{self.name}” is several columns: use {self.name}_earliest and the like, or overlapping()."
        )

    @property
    def cached_col(self):
        return self.get_col(None)


def _columns(name):
    return {
        f"{name}_text": models.TextField(blank=True, default=""),
        f"{name}_earliest": models.DateField(null=True, blank=True),
        f"{name}_latest": models.DateField(null=True, blank=True),
        f"{name}_precision": models.CharField(
            max_length=10, choices=[(p, p) for p in PRECISIONS], default="none"
        ),
        f"{name}_circa": models.BooleanField(default=False),
        f"{name}_base": models.TextField(blank=True, default=""),
    }


def columns_of(name, value):
    """The columns of a value, for update(), bulk work and COPY."""
    value = _as_value(value)
    return {
        f"{name}_text": value.text,
        f"{name}_earliest": value.earliest,
        f"{name}_latest": value.latest,
        f"{name}_precision": value.precision,
        f"{name}_circa": value.circa,
        f"{name}_base": value.base or "",
    }


def _as_value(value):
    if value is None:
        return PartialDate.none()
    if isinstance(value, Reading):
        return value.value
    if isinstance(value, PartialDate):
        return value
    raise TypeError(f"Expected a PartialDate, not {type(value).__name__}: parse it first.")


class _TogetherAttribute:
    """Reads the columns as one value and writes one value to the columns."""

    def __init__(self, name):
        self.names = tuple(_columns(name))
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        text, earliest, latest, precision, circa, base = (
            getattr(instance, name) for name in self.names
        )
        return PartialDate(text, earliest, latest, precision, circa, base or None)

    def __set__(self, instance, value):
        for name, part in columns_of(self.name, value).items():
            setattr(instance, name, part)


def overlapping(field: str, earliest: date | None, latest: date | None) -> Q:
    """Rows whose date can mean a day between the two, either of which may be open.

    As PartialDate.overlaps has it: what has no bounds overlaps nothing.
    """
    condition = ~Q(**{f"{field}_earliest": None, f"{field}_latest": None})
    if earliest is not None:
        condition &= Q(**{f"{field}_latest": None}) | Q(**{f"{field}_latest__gte": earliest})
    if latest is not None:
        condition &= Q(**{f"{field}_earliest": None}) | Q(**{f"{field}_earliest__lte": latest})
    return condition


def in_time_order(field: str):
    """For order_by(): as PartialDate.sort_key, with what has no date at the end."""
    undated = Q(**{f"{field}_earliest": None, f"{field}_latest": None})
    return (
        Case(When(undated, then=Value(1)), default=Value(0), output_field=models.IntegerField()),
        F(f"{field}_earliest").asc(nulls_first=True),
        F(f"{field}_latest").asc(nulls_last=True),
    )
