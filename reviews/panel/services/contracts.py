"""What was agreed with a chair or an author, and the days they worked."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from audit.models import EventType
from audit.services import record
from reviews.panel.models import ContractTerms, DayUsed
from reviews.panel.services.members import locked, refuse_the_future

A_DAY = Decimal("1")


class NotContracted(Exception):
    """Only the chair and the author work under a contract."""


class AgreedMeanwhile(Exception):
    """Somebody else recorded terms that these were made without knowing of."""


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew it first."""


def _contracted(member):
    member = locked(member)
    if not member.is_contracted:
        raise NotContracted(member.pk)
    return member


@transaction.atomic
def agree(member, *, seen, begins_on, ends_on, agreed_days, by, because=""):
    """`seen` is the number of the newest terms that whoever agrees has read; 0 for none."""
    member = _contracted(member)
    newest = member.contract.first()
    number = newest.number if newest else 0
    terms = {
        "begins_on": begins_on,
        "ends_on": ends_on,
        "agreed_days": agreed_days,
        "because": because,
    }
    if newest and number == seen + 1 and _same(newest, terms):
        return newest  # a second click
    if number != seen:
        raise AgreedMeanwhile(member.pk)
    made = ContractTerms(member=member, number=number + 1, recorded_by=by, **terms)
    made.full_clean()
    made.save()
    record(
        EventType.CONTRACT_AGREED,
        by=by,
        review=member.review,
        target=made,
        capacity=member.capacity,
        begins=begins_on,
        ends=ends_on,
        days=_figures(agreed_days),
    )
    return made


def _same(terms, others):
    return all(getattr(terms, name) == value for name, value in others.items())


@transaction.atomic
def use_day(member, *, key, worked_on, days, what, by):
    """Safe to repeat with the same key. Nobody works more than a day on one day."""
    member = _contracted(member)
    if same := member.days.filter(key=key).first():
        return same
    refuse_the_future({"worked_on": worked_on})
    on_that_day = member.days.filter(worked_on=worked_on, withdrawn_on=None)
    already = on_that_day.aggregate(n=Sum("days"))["n"] or 0
    if already + days > A_DAY:
        raise ValidationError(
            {"days": f"With this, more than one day would be used on {worked_on:%-d %B %Y}."}
        )
    used = DayUsed(
        member=member, key=key, worked_on=worked_on, days=days, what=what, recorded_by=by
    )
    used.full_clean()
    used.save()
    record(
        EventType.DAY_USED,
        by=by,
        review=member.review,
        target=used,
        on=worked_on,
        days=_figures(days),
    )
    return used


@transaction.atomic
def withdraw_day(used, *, on, because, by):
    """It was entered by mistake; it stays to be read and counts no longer."""
    used = DayUsed.objects.select_for_update().get(pk=used.pk)
    if used.is_withdrawn:
        raise AlreadyWithdrawn(used.pk)
    refuse_the_future({"withdrawn_on": on})
    used.withdrawn_on, used.withdrawn_because, used.withdrawn_by = on, because, by
    used.full_clean()
    used.save(update_fields=["withdrawn_on", "withdrawn_because", "withdrawn_by"])
    record(
        EventType.DAY_WITHDRAWN,
        by=by,
        review=used.member.review,
        target=used,
        days=_figures(used.days),
        on=used.worked_on,
    )
    return used


def _figures(days):
    return f"{days.normalize():f}"
