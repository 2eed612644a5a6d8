import uuid

import factory
from django.utils import timezone

from findings.models import (
    Count,
    CountReading,
    Evidence,
    Finding,
    FindingVersion,
    Lesson,
    LessonFinding,
    LessonVersion,
    TermAnswer,
    TermPassage,
)
from findings.services.writing import make_finding
from reviews.terms.models import TermsVersion
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory
from tests.factories.reviews_family import CorrespondentFactory, contact
from tests.factories.reviews_meetings import MeetingFactory, MinutesFactory
from tests.factories.reviews_submissions import PassageFactory, sent
from tests.factories.reviews_terms import issued_terms


def a_term(review):
    """The first term of the newest issued version, issued now where there is none."""
    issued = TermsVersion.objects.issued().filter(review=review).order_by("-number").first()
    return (issued or issued_terms(review)).texts.order_by("position").first().term


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    review = factory.SubFactory(ReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    term = factory.LazyAttribute(lambda finding: a_term(finding.review))
    kind = Finding.Kind.MISSED
    text = factory.Sequence(lambda n: f"Nobody asked why, {n}")
    made_by = factory.SubFactory(UserFactory)


class FindingVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FindingVersion

    finding = factory.SubFactory(FindingFactory)
    number = 1
    snapshot = factory.LazyFunction(dict)


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    finding = factory.SubFactory(FindingFactory)
    entry = factory.LazyAttribute(
        lambda one: EntryFactory(
            review=one.finding.review,
            participation=ParticipationFactory(review=one.finding.review),
        )
    )


class TermAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TermAnswer

    participation = factory.SubFactory(ParticipationFactory)
    term = factory.LazyAttribute(lambda answer: a_term(answer.participation.review))
    key = factory.LazyFunction(uuid.uuid4)
    verdict = TermAnswer.Verdict.PARTLY


class TermPassageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TermPassage

    passage = factory.LazyFunction(lambda: a_heading())
    term = factory.LazyAttribute(
        lambda link: a_term(link.passage.file.submission.request.participation.review)
    )


class CountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Count

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    title = "Calls with alcohol"
    question = factory.LazyFunction(lambda: {"words": "alcohol", "count": "entries"})


class CountReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CountReading

    count = factory.SubFactory(CountFactory)
    value = 0
    rows = "0" * 64


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    review = factory.SubFactory(ReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    text = factory.Sequence(lambda n: f"Ask, and ask again, {n}")
    made_by = factory.SubFactory(UserFactory)


class LessonVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonVersion

    lesson = factory.SubFactory(LessonFactory)
    number = 1
    snapshot = factory.LazyFunction(dict)


class LessonFindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonFinding

    lesson = factory.SubFactory(LessonFactory)
    finding = factory.LazyAttribute(lambda tie: FindingFactory(review=tie.lesson.review))


# --- The way the pages do -----------------------------------------------------------------------


def finding_in(review, text="Nobody asked why", *, term=None, by=None, **said):
    return make_finding(
        review,
        term=term or a_term(review),
        text=text,
        by=by or UserFactory(),
        key=uuid.uuid4(),
        **{"kind": "missed"} | said,
    )


def a_heading(part=None, **said):
    """A heading of a report that was sent."""
    version = sent(part or ParticipationFactory())
    said = {"position": 900, "heading": "Information sharing", "text": "We did not ask."} | said
    blocks = [{"kind": "paragraph", "position": 2, "text": said["text"]}]
    return PassageFactory(file=version.main, blocks=blocks, **said)


def minutes_in(review, **said):
    meeting = MeetingFactory(review=review, held=True)
    return MinutesFactory(meeting=meeting, **{"sent_at": timezone.now()} | said)


def contact_in(review, note="She asked us to write"):
    return contact(CorrespondentFactory(review=review), note=note)
