import factory

from actionplans.progress.models import DateMove, EvidenceFile
from foundations.dates import parse
from foundations.vault.services import store
from tests.factories.actionplans import ProgressNoteFactory


class EvidenceFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceFile

    class Params:
        name = "policy.pdf"

    note = factory.SubFactory(ProgressNoteFactory)
    stored = factory.LazyAttribute(
        lambda one: store(
            b"%PDF-1.7 policy", name=one.name, scope=one.note.recommendation.review.vault_scope
        )
    )


class DateMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DateMove

    note = factory.SubFactory(ProgressNoteFactory)
    row = factory.SelfAttribute("note.row")
    old = factory.LazyFunction(lambda: parse("March 2026").value)
    new = factory.LazyFunction(lambda: parse("March 2027").value)
    reason = "The trainer left"
    by = factory.SelfAttribute("note.by")
