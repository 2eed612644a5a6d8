import uuid

import factory

from actionplans.models import Status
from actionplans.progress.decided import Decision
from actionplans.progress.models import DateMove, EvidenceFile
from actionplans.progress.settled import Impact, Verdict
from foundations.dates import parse
from foundations.vault.services import store
from tests.factories.actionplans import ProgressNoteFactory, RecommendationFactory


class EvidenceFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceFile

    note = factory.SubFactory(ProgressNoteFactory)
    name = "policy.pdf"
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


class VerdictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verdict

    note = factory.SubFactory(ProgressNoteFactory)
    is_accepted = False
    reason = "The register is missing"
    status = Status.ON_TRACK
    by = factory.SelfAttribute("note.by")


class ImpactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Impact

    key = factory.LazyFunction(uuid.uuid4)
    changed = Impact.Changed.PARTLY
    how = "An audit of forty files"
    by_whom = "Quality assurance group"


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    recommendation = factory.SubFactory(RecommendationFactory)
    key = factory.LazyFunction(uuid.uuid4)
    answer = Decision.Answer.ACCEPTED
    rationale = "It can be done"
    body = "Cabinet"
    post = "Cabinet member for adults"
    on = factory.LazyFunction(lambda: parse("March 2026").value)
