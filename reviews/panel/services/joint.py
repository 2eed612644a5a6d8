"""Two partnerships commission one review: the second one's people reach it as the first one's do."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from reviews.models import Review, RoleHolder
from reviews.panel.models import JointCommission
from reviews.panel.services.members import refuse_the_future
from reviews.services import fan_in, fan_out, lock_appointments


class AlreadyOver(Exception):
    """Somebody else ended the joint commission first."""


@transaction.atomic
def begin_joint_commission(review, *, partnership, agreed_on, because, by):
    """Its coordinators and board readers reach the review at once. Safe to repeat."""
    lock_appointments(partnership)
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    if partnership.pk == review.partnership_id:
        raise ValidationError({"partnership": "This partnership commissions the review already."})
    live = JointCommission.objects.filter(review=review, partnership=partnership).live()
    if same := live.first():
        return same
    refuse_the_future({"agreed_on": agreed_on})
    joint = JointCommission(
        review=review,
        partnership=partnership,
        agreed_on=agreed_on,
        because=because,
        recorded_by=by,
    )
    joint.full_clean()
    joint.save()
    record(
        EventType.JOINT_COMMISSION_BEGUN,
        by=by,
        review=review,
        target=joint,
        partnership=partnership.name,
    )
    for appointment in partnership.appointments.select_related("user", "given_by"):
        fan_out(appointment, review)
    return joint


@transaction.atomic
def end_joint_commission(joint, *, on, because, by):
    """Its people no longer reach the review, but for whom the other partnership appointed too."""
    lock_appointments(joint.partnership)
    joint = JointCommission.objects.select_for_update(of=("self",)).get(pk=joint.pk)
    if not joint.is_live:
        raise AlreadyOver(joint.pk)
    refuse_the_future({"ended_on": on})
    if on < joint.agreed_on:
        raise ValidationError({"ended_on": "It cannot end before it was agreed."})
    joint.ended_on, joint.ended_because, joint.ended_by = on, because, by
    joint.full_clean()
    joint.save(update_fields=["ended_on", "ended_because", "ended_by"])
    for holder in RoleHolder.objects.filter(
        role_group__review=joint.review, appointment__partnership=joint.partnership
    ).select_related("role_group__group", "role_group__review", "user"):
        fan_in(holder)
    record(
        EventType.JOINT_COMMISSION_ENDED,
        by=by,
        review=joint.review,
        target=joint,
        partnership=joint.partnership.name,
    )
    return joint
