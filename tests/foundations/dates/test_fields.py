# ruff: noqa: DJ008 - models of a single test
from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.state import ModelState
from django.forms import modelform_factory
from django.test.utils import isolate_apps

from foundations.dates import PartialDate, parse
from foundations.dates.fields import PartialDateField, columns_of, in_time_order, overlapping

COLUMNS = ["date_text", "date_earliest", "date_latest", "date_precision", "date_circa", "date_base"]
WRITTEN = ["No date", "12.05.2011", "since 2009", "by July 2009", "2009", "February 2009", ""]


@pytest.fixture
def note_model():
    with isolate_apps("foundations"):

        class Note(models.Model):
            date = PartialDateField("when it was")
            words = models.TextField()

            class Meta:
                app_label = "foundations"
                indexes = [models.Index(fields=["date_earliest", "date_latest"], name="note_time")]

        yield Note


@pytest.fixture
def notes(note_model, db):
    """A table of notes, one for each of the written dates. The application may make no other kind."""
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(note_model)
    with connection.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement.replace("CREATE TABLE", "CREATE TEMPORARY TABLE"))
    for text in WRITTEN:
        note_model.objects.create(date=parse(text), words=text)
    return note_model.objects


def test_the_columns_are_ordinary_fields(note_model):
    names = [field.name for field in note_model._meta.local_concrete_fields]

    assert names == ["id", "words", *COLUMNS]


def test_a_migration_sees_the_columns_and_nothing_else(note_model):
    fields = ModelState.from_model(note_model).fields

    assert list(fields) == ["id", "words", *COLUMNS]
    assert all(field.deconstruct()[1].startswith("django.db.models.") for field in fields.values())


def test_the_parts_are_read_and_written_together(note_model):
    value = parse("mid-September 2011").value

    note = note_model(date=value)

    assert (note.date_text, note.date_latest) == ("mid-September 2011", date(2011, 9, 20))
    assert note.date == value


def test_a_reading_is_taken_for_its_value_and_none_for_nothing(note_model):
    note = note_model(date=parse("2011"))
    assert note.date == parse("2011").value

    note.date = None
    assert note.date == PartialDate.none()


def test_text_must_be_parsed_first(note_model):
    with pytest.raises(TypeError, match="parse it first"):
        note_model(date="2011")


def test_a_model_starts_with_the_empty_value(note_model):
    assert note_model().date == PartialDate.none()


def test_an_heir_has_the_columns_once():
    with isolate_apps("foundations"):

        class Dated(models.Model):
            date = PartialDateField()

            class Meta:
                app_label = "foundations"
                abstract = True

        class Letter(Dated):
            class Meta:
                app_label = "foundations"

        class Signed(Letter):
            class Meta:
                app_label = "foundations"

    assert [f.name for f in Letter._meta.local_fields] == ["id", *COLUMNS]
    assert [f.name for f in Signed._meta.local_fields] == ["letter_ptr"]
    assert Signed(date=parse("2011")).date == parse("2011").value


def test_a_model_form_shows_and_keeps_the_date(note_model):
    form_class = modelform_factory(note_model, fields=["date", "words"])
    note = note_model(date=parse("circa 2008"), words="x")
    assert form_class(instance=note).initial["date"] == note.date

    form = form_class({"date_year": "2011", "words": "x"}, instance=note)

    assert form.errors == {}
    assert form.instance.date == parse("2011").value


def test_a_required_date_is_asked_for(note_model):
    field = PartialDateField(blank=False)
    field.set_attributes_from_name("date")

    assert field.formfield().required


@pytest.mark.django_db
def test_a_value_comes_back_from_the_database_as_it_was(notes):
    value = parse("the next day", above=parse("April 2011").value).value

    pk = notes.create(date=value, words="").pk

    assert notes.get(pk=pk).date == value


@pytest.mark.django_db
def test_many_rows_are_updated_by_their_columns(notes):
    notes.update(**columns_of("date", parse("2011")))

    assert {note.date for note in notes.all()} == {parse("2011").value}


@pytest.mark.django_db
def test_rows_come_in_the_order_of_the_sort_key(notes):
    rows = list(notes.order_by(*in_time_order("date"), "pk"))

    assert rows == sorted(notes.order_by("pk"), key=lambda note: note.date.sort_key)
    assert rows[0].date_text == "by July 2009"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (date(2009, 2, 28), date(2009, 3, 1)),
        (date(2011, 1, 1), None),
        (None, date(2008, 12, 31)),
        (None, None),
        (date(2011, 5, 13), date(2011, 5, 13)),
    ],
)
def test_rows_overlap_as_values_do(notes, earliest, latest):
    rows = notes.filter(overlapping("date", earliest, latest)).order_by("pk")

    asked = PartialDate("", earliest or date.min, latest or date.max, "range")
    assert list(rows) == [note for note in notes.order_by("pk") if note.date.overlaps(asked)]


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"date": "2011"}, {"date__lt": 3}, {"date__isnull": True}])
def test_a_query_must_name_a_column(notes, query):
    with pytest.raises(FieldError):
        notes.filter(**query)


@pytest.mark.django_db
def test_an_order_must_name_a_column(notes):
    with pytest.raises(FieldError, match="several columns"):
        list(notes.order_by("date"))
