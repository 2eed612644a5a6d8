import uuid

import factory

from chronologies.models import (
    ChronologyImport,
    ColumnMapping,
    Entry,
    EntryVersion,
    Export,
    SourceFile,
)
from foundations.dates import parse
from foundations.vault.services import store
from tests.factories.accounts import UserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory


class SourceFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceFile

    participation = factory.SubFactory(ParticipationFactory)
    review = factory.SelfAttribute("participation.review")
    name = factory.Sequence(lambda n: f"chronology-{n}.csv")
    stored = factory.LazyAttribute(lambda file: store(b"Date,Event\n2009,A call\n", name=file.name))


class ChronologyImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChronologyImport

    source_file = factory.SubFactory(SourceFileFactory)
    key = factory.LazyFunction(uuid.uuid4)
    by = factory.SubFactory(UserFactory)


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    class Params:
        on = "12.03.2011"

    participation = factory.SubFactory(ParticipationFactory)
    review = factory.SelfAttribute("participation.review")
    position = factory.Sequence(lambda n: n + 1)
    date = factory.LazyAttribute(lambda entry: parse(entry.on).value)
    text = factory.Sequence(lambda n: f"Officers attended, {n}")
    created_by = factory.SubFactory(UserFactory)


class EntryVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryVersion

    entry = factory.SubFactory(EntryFactory)
    number = 1
    snapshot = factory.LazyFunction(dict)


class ColumnMappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ColumnMapping

    agency = factory.SubFactory(AgencyFactory)
    headings = factory.Sequence(lambda n: f"{n:064}")
    mapping = factory.LazyFunction(dict)


class ExportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Export

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    format = Export.Format.EXCEL
    job_key = factory.Sequence(lambda n: f"chronologies.export:{n}")
    by = factory.SubFactory(UserFactory)
