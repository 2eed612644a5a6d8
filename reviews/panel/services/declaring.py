"""What members declare: that they are independent, that they keep silent, where they may not look."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.panel.models import Conflict, Declaration
from reviews.panel.services.members import locked, refuse_the_future


class AlreadyWithdrawn(Exception):
    """Somebody else withdrew it first."""


class AlreadyOver(Exception):
    """Somebody else ended the conflict first."""


class OwnConflict(Exception):
    """Nobody lets themselves see again what they said they must not see."""


@transaction.atomic
def declare(member, *, key, kind, made_on, by, statement=""):
    """Safe to repeat with the same key."""
    member = locked(member)
    if same := member.declarations.filter(key=key).first():
        return same
    refuse_the_future({"made_on": made_on})
    made = Declaration(
        member=member, key=key, kind=kind, made_on=made_on, statement=statement, recorded_by=by
    )
    made.full_clean()
    made.save()
    record(
        EventType.DECLARED,
        by=by,
        review=member.review,
        target=made,
        kind=str(kind),
        on=made_on,
    )
    return made


@transaction.atomic
def withdraw_declaration(declaration, *, on, because, by):
    """It was wrong, or holds no longer; it stays to be read."""
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.is_withdrawn:
        raise AlreadyWithdrawn(declaration.pk)
    refuse_the_future({"withdrawn_on": on})
    if on < declaration.made_on:
        raise ValidationError({"withdrawn_on": "It cannot be withdrawn before it was made."})
    declaration.withdrawn_on, declaration.withdrawn_because = on, because
    declaration.withdrawn_by = by
    declaration.full_clean()
    declaration.save(update_fields=["withdrawn_on", "withdrawn_because", "withdrawn_by"])
    record(
        EventType.DECLARATION_WITHDRAWN,
        by=by,
        review=declaration.member.review,
        target=declaration,
        kind=declaration.kind,
    )
    return declaration


@transaction.atomic
def record_conflict(member, *, key, nature, declared_on, by, participation=None):
    """From now on they see nothing of that agency, or (participation None) of the review.

    Safe to repeat with the same key.
    """
    member = locked(member)
    if same := member.conflicts.filter(key=key).first():
        return same
    refuse_the_future({"declared_on": declared_on})
    if participation and participation.review_id != member.review_id:
        raise ValidationError({"participation": "That agency’s part belongs to another review."})
    if member.conflicts.live().filter(participation=participation).exists():
        raise ValidationError({"participation": "This conflict is recorded already."})
    conflict = Conflict(
        member=member,
        key=key,
        participation=participation,
        nature=nature,
        declared_on=declared_on,
        recorded_by=by,
    )
    conflict.full_clean()
    conflict.save()
    record(
        EventType.CONFLICT_RECORDED,
        by=by,
        review=member.review,
        target=conflict,
        agency=participation.agency.name if participation else "",
    )
    return conflict


@transaction.atomic
def end_conflict(conflict, *, on, because, by):
    """They may see again what their roles let them see, at once."""
    conflict = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if not conflict.is_live:
        raise AlreadyOver(conflict.pk)
    if by and by.pk == conflict.member.user_id:
        raise OwnConflict(conflict.pk)
    refuse_the_future({"ended_on": on})
    conflict.ended_on, conflict.ended_because, conflict.ended_by = on, because, by
    conflict.full_clean()
    conflict.save(update_fields=["ended_on", "ended_because", "ended_by"])
    record(
        EventType.CONFLICT_ENDED,
        by=by,
        review=conflict.member.review,
        target=conflict,
        agency=conflict.participation.agency.name if conflict.participation else "",
        on=on,
    )
    return conflict
