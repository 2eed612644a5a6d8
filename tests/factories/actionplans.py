import uuid

import factory
from django.utils import timezone

from actionplans.models import (
    Action,
    Milestone,
    PlanImport,
    ProgressNote,
    Recommendation,
    RecommendationLead,
    Status,
    Update,
)
from actionplans.progress.models import Answer
from actionplans.resting.models import RecommendationLesson
from actionplans.rows.services import follow
from foundations.dates import PartialDate, parse
from foundations.vault.services import store
from tests.factories.accounts import UserFactory
from tests.factories.findings import LessonFactory
from tests.factories.reviews import ParticipationFactory, ReviewFactory


def follow_as_it_stands(recommendation):
    """Make its rows, each with the status that the recommendation was given."""
    status = recommendation.status
    follow(recommendation.review, [recommendation])
    recommendation.rows.update(status=status)
    recommendation.status = status
    recommendation.save(update_fields=["status"])


class PlanImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanImport

    review = factory.SubFactory(ReviewFactory)
    name = factory.Sequence(lambda n: f"plan-{n}.csv")
    stored = factory.LazyAttribute(
        lambda one: store(b"Recommendation,Lead\nTrain staff,Police\n", name=one.name)
    )
    key = factory.LazyFunction(uuid.uuid4)
    summary = factory.LazyFunction(lambda: {"counts": {}, "columns": []})

    class Params:
        saved = factory.Trait(
            state=PlanImport.State.SAVED, saved_at=factory.LazyFunction(timezone.now)
        )


class RecommendationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recommendation
        skip_postgeneration_save = True

    class Params:
        due = ""

    review = factory.SubFactory(ReviewFactory)
    position = factory.Sequence(lambda n: n + 1)
    number = factory.Sequence(lambda n: str(n + 1))
    text = factory.Sequence(lambda n: f"Train every officer in risk assessment, {n}")
    target_as_written = factory.SelfAttribute("due")
    target = factory.LazyAttribute(
        lambda one: parse(one.due).value if one.due else PartialDate.none()
    )

    @factory.post_generation
    def followed(self, create, extracted, **kwargs):
        if create:
            follow_as_it_stands(self)


class RecommendationLeadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RecommendationLead
        skip_postgeneration_save = True

    recommendation = factory.SubFactory(RecommendationFactory)
    participation = factory.SubFactory(
        ParticipationFactory, review=factory.SelfAttribute("..recommendation.review")
    )

    @factory.post_generation
    def followed(self, create, extracted, **kwargs):
        if create:
            follow_as_it_stands(self.recommendation)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action
        skip_postgeneration_save = True

    recommendation = factory.SubFactory(RecommendationFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Write a course, {n}")

    @factory.post_generation
    def followed(self, create, extracted, **kwargs):
        if create:
            follow_as_it_stands(self.recommendation)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    recommendation = factory.SubFactory(RecommendationFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Course agreed by the board, {n}")


class UpdateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Update

    recommendation = factory.SubFactory(RecommendationFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"The first course was held, {n}")


class ProgressNoteFactory(factory.django.DjangoModelFactory):
    """Of a recommendation’s first row, or of one given."""

    class Meta:
        model = ProgressNote

    recommendation = factory.SubFactory(RecommendationFactory)
    row = factory.LazyAttribute(lambda note: note.recommendation.rows.live().first())
    key = factory.LazyFunction(uuid.uuid4)
    answer = Answer.ON_TRACK
    note = factory.Sequence(lambda n: f"Forty officers attended, {n}")
    status = Status.ON_TRACK
    status_before = Status.UNCONFIRMED
    by = factory.SubFactory(UserFactory)


class RecommendationLessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RecommendationLesson

    recommendation = factory.SubFactory(RecommendationFactory)
    lesson = factory.LazyAttribute(lambda tie: LessonFactory(review=tie.recommendation.review))
