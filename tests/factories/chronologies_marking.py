import uuid

import factory

from chronologies.marking.models import (
    DeclinedSuggestion,
    EntryComment,
    EntryTerm,
    EntryTheme,
    EventAccount,
    EventGroup,
    Mark,
    NotOneEvent,
    Theme,
)
from reviews.terms.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.chronologies import EntryFactory
from tests.factories.reviews import ReviewFactory


class _OnEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    entry = factory.SubFactory(EntryFactory)
    made_by = factory.SubFactory(UserFactory)


class MarkFactory(_OnEntryFactory):
    class Meta:
        model = Mark

    kind = Mark.Kind.KEY
    key = factory.LazyFunction(uuid.uuid4)


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    group = "Systems"
    name = factory.Sequence(lambda n: f"Theme {n}")


class EntryThemeFactory(_OnEntryFactory):
    class Meta:
        model = EntryTheme

    theme = factory.SubFactory(ThemeFactory)


class EntryTermFactory(_OnEntryFactory):
    class Meta:
        model = EntryTerm

    term = factory.LazyAttribute(lambda tie: Term.objects.create(review=tie.entry.review))


class EntryCommentFactory(_OnEntryFactory):
    class Meta:
        model = EntryComment

    key = factory.LazyFunction(uuid.uuid4)
    text = factory.Sequence(lambda n: f"Ask the housing officer, {n}")


class EventGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventGroup

    review = factory.SubFactory(ReviewFactory)
    key = factory.LazyFunction(uuid.uuid4)
    made_by = factory.SubFactory(UserFactory)


class EventAccountFactory(_OnEntryFactory):
    class Meta:
        model = EventAccount

    group = factory.LazyAttribute(lambda account: EventGroupFactory(review=account.entry.review))


class DeclinedSuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeclinedSuggestion

    entry = factory.SubFactory(EntryFactory)
    suggestion = factory.Sequence(lambda n: f"{n:064}")


class NotOneEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NotOneEvent

    first = factory.SubFactory(EntryFactory)
    second = factory.SubFactory(EntryFactory)
