import uuid

import factory
from django.utils import timezone

from chronologies.mismatches.models import (
    Judgement,
    Mismatch,
    MismatchEntry,
    MismatchPart,
    MismatchPassage,
    MismatchQuery,
    Verdict,
)
from chronologies.mismatches.services import asking, judging
from foundations.dates import parse
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.reviews_querying import QueryFactory, in_days


class MismatchFactory(factory.django.DjangoModelFactory):
    """The row alone; `mismatch` below makes one as the finder leaves it."""

    class Meta:
        model = Mismatch

    class Params:
        on = "12.03.2011"

    review = factory.SubFactory(ReviewFactory)
    key = factory.Sequence(lambda n: f"{n:064}")
    evidence = factory.Sequence(lambda n: f"{n:032x}{n:032x}")
    kind = "sent-no-receipt"
    confidence = "high"
    explanation = factory.Sequence(lambda n: f"No matching entry was supplied, {n}.")
    date = factory.LazyAttribute(lambda one: parse(one.on).value)


class MismatchPartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MismatchPart

    mismatch = factory.SubFactory(MismatchFactory)
    participation = factory.SubFactory(
        "tests.factories.reviews.ParticipationFactory",
        review=factory.SelfAttribute("..mismatch.review"),
    )


class MismatchEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MismatchEntry

    mismatch = factory.SubFactory(MismatchFactory)
    entry = factory.SubFactory(EntryFactory)
    position = 0


class MismatchPassageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MismatchPassage

    mismatch = factory.SubFactory(MismatchFactory)
    position = 0


class MismatchQueryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MismatchQuery

    mismatch = factory.SubFactory(MismatchFactory)
    query = factory.SubFactory(QueryFactory)


class JudgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Judgement

    mismatch = factory.SubFactory(MismatchFactory)
    key = factory.LazyFunction(uuid.uuid4)
    verdict = Verdict.NOT_MATERIAL
    reason = "It changes nothing"
    evidence = factory.SelfAttribute("mismatch.evidence")


def mismatch(*entries, missing=None, passages=(), review=None, **more):
    """Between the agencies of these entries and headings, and the one that supplied nothing."""
    parts = [entry.participation for entry in entries if entry.participation]
    parts += [one.file.submission.request.participation for one in passages]
    parts += [missing] if missing else []
    review = review or (entries[0].review if entries else parts[0].review)
    made = MismatchFactory(review=review, missing_from=missing, **more)
    for part in {part.pk: part for part in parts}.values():
        MismatchPartFactory(mismatch=made, participation=part)
    for number, entry in enumerate(entries):
        MismatchEntryFactory(mismatch=made, entry=entry, position=number)
    for number, passage in enumerate(passages):
        MismatchPassageFactory(mismatch=made, passage=passage, position=number)
    return made


def judged(row, verdict="not_material", *, by=None, reason="It changes nothing", **more):
    row.refresh_from_db()
    return judging.judge(
        row,
        verdict=verdict,
        reason="" if verdict == "query" else reason,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        seen=judging.seen_of(row),
        **more,
    )


def asked_about(row, part, *, by=None, send=True, text="Was it received?"):
    return asking.ask(
        row,
        part,
        text=text,
        due=in_days() if send else None,
        by=by or UserFactory(),
        key=uuid.uuid4(),
    )


def evidence_changed(row):
    """As the finder leaves a mismatch whose entries say something else now."""
    type(row).objects.filter(pk=row.pk).update(evidence=uuid.uuid4().hex, changed_at=timezone.now())
    row.refresh_from_db()


def gone(row):
    type(row).objects.filter(pk=row.pk).update(gone_at=timezone.now())
    row.refresh_from_db()
