import uuid

import factory

from reviews.checking.lists import checklist_for, install_if_missing
from reviews.checking.models import (
    AskedToCheck,
    Checklist,
    ChecklistItem,
    CheckMark,
    QualityCheck,
)
from reviews.checking.queries import receipts_of
from reviews.checking.services import asking, marking
from reviews.checking.services.marking import Marked
from reviews.rules import Role
from tests.conftest import with_role
from tests.factories.accounts import UserFactory
from tests.factories.reviews_panel import PanelMemberFactory
from tests.factories.reviews_requests import RequestMoveFactory, submitted


class ChecklistFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Checklist

    kind = "imr"
    version = 1
    effective_from = "2026-01-01"
    title = "Local checklist"
    source = "Our protocol"


class ChecklistItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChecklistItem

    checklist = factory.SubFactory(ChecklistFactory)
    code = factory.Sequence(lambda n: f"item-{n}")
    position = factory.Sequence(lambda n: n + 1)
    question = "Is it complete?"


class QualityCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QualityCheck

    receipt = factory.SubFactory(RequestMoveFactory)
    request = factory.SelfAttribute("receipt.request")
    checklist = factory.SubFactory(ChecklistFactory)


class CheckMarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CheckMark

    quality_check = factory.SubFactory(QualityCheckFactory)
    item = factory.SubFactory(ChecklistItemFactory)
    outcome = "met"


class AskedToCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AskedToCheck

    request = None
    member = factory.SubFactory(PanelMemberFactory)
    key = factory.LazyFunction(uuid.uuid4)


def items_of(request):
    install_if_missing()
    checklist = checklist_for(request.kind, request.review.partnership, on=request.due)
    return list(checklist.items.all())


def marked(request=None, *, by=None, outcome="met", note="", only=None, finish=False, at=None):
    """What came last for a request, with every item (or the first `only`) marked alike."""
    request = request or submitted(kind="imr")
    receipt = receipts_of(request).first()
    items = items_of(request)[:only]
    return marking.mark(
        receipt,
        [Marked(item.pk, outcome, note, 0) for item in items],
        by=by or UserFactory(),
        finish=finish,
        at=at,
    )


def panel_member(review, **more):
    """Somebody of the panel with the account and the role that go with it."""
    user = with_role(Role.PANEL_MEMBER, review)
    return PanelMemberFactory(review=review, user=user, **more)


def asked_to_check(request, *, member=None, by=None):
    return asking.ask_to_check(
        request,
        member=member or panel_member(request.review),
        by=by or UserFactory(),
        key=uuid.uuid4(),
    )
