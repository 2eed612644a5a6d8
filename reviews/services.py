"""Creating and running a review, giving and ending roles, sharing.

Services do not ask who may: the view asked rules.py, and a command may act without a user
(`by=None`). The exception is giving roles, which refuses a role in the wrong kind of place.
"""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from guardian.shortcuts import assign_perm, get_group_perms, remove_perm

from accounts.services import invite as invite_account
from agencies.models import Agency, Partnership, Staff
from agencies.services import CannotMerge, retire_duplicate
from audit.models import EventType
from audit.services import record
from reviews import emails
from reviews.delegation.ending import close, close_what_rests_on, close_where_two_are_needed
from reviews.delegation.models import Delegation
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Appointment, Participation, Person, Review, RoleGroup, RoleHolder, Share
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.requests.services.answering import chronology_came
from reviews.rules import (
    AGENCY_ROLES,
    GRANTS,
    PARTNERSHIP_ROLES,
    REVIEW_ROLES,
    SITE_ROLES,
    STOPPED_BY_A_HOLD,
    Role,
    needs_another_person,
)


class WrongPlace(Exception):
    """The role is not held in that kind of place; the message says where it is."""


class OwnRole(Exception):
    """Nobody gives a role to themselves: an administrator could otherwise open every case."""


class AlreadySubmitted(Exception):
    """The agency has submitted its chronology."""


class AlreadyEnded(Exception):
    """Somebody else ended the role or the share first."""


# --- Reviews ------------------------------------------------------------------------------------


@transaction.atomic
def create_review(*, partnership, reference, by, **particulars):
    """A new review, readable at once by everybody appointed in its partnership."""
    lock_appointments(partnership)
    review = Review(partnership=partnership, reference=reference, created_by=by, **particulars)
    review.full_clean()
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:  # somebody else was quicker
        raise ValidationError({"reference": "This reference cannot be used."}) from error
    record(EventType.REVIEW_CREATED, by=by, review=review, target=review, kind=review.kind)
    for appointment in partnership.appointments.select_related("user"):
        fan_out(appointment, review)
    return review


@transaction.atomic
def change_review(review, *, by, **particulars):
    review = Review.objects.select_for_update().get(pk=review.pk)
    refuse_if_ended(review)
    for name, value in particulars.items():
        setattr(review, name, value)
    review.full_clean()
    review.save()
    record(
        EventType.REVIEW_CHANGED, by=by, review=review, target=review, fields=sorted(particulars)
    )
    return review


@transaction.atomic
def add_person(review, *, pseudonym, role, by):
    waited = Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # for a first click
    refuse_if_ended(waited)
    person = Person(review=review, pseudonym=" ".join(pseudonym.split()), role=role)
    person.full_clean()
    person.save()
    record(EventType.PERSON_ADDED, by=by, review=review, target=person, role=role)
    return person


@transaction.atomic
def add_agency(review, *, agency, by, is_lead_only=False):
    """An agency's part in a review; safe to repeat.

    A body that so far only led an action becomes a contributor, never the other way round.
    """
    refuse_if_ended(review)
    agency = agency.merged_into or agency
    part, created = Participation.objects.get_or_create(
        review=review, agency=agency, defaults={"is_lead_only": is_lead_only}
    )
    if not created and part.is_lead_only and not is_lead_only:
        part.is_lead_only, created = False, True
        part.save(update_fields=["is_lead_only"])
    if created:
        record(
            EventType.AGENCY_ADDED,
            by=by,
            review=review,
            target=part,
            agency=agency.name,
            is_lead_only=part.is_lead_only,
        )
    return part


@transaction.atomic
def submit_chronology(participation, *, by, on_behalf=False):
    """From here a change to an entry is a new version with a reason, and needs saying why.

    It answers the request for the chronology, where there is one.
    """
    part = Participation.objects.select_for_update().get(pk=participation.pk)
    refuse_if_ended(part.review)
    if part.is_submitted:
        raise AlreadySubmitted(part.pk)
    part.submitted_at, part.submitted_by = timezone.now(), by
    part.full_clean()
    part.save(update_fields=["submitted_at", "submitted_by"])
    record(
        EventType.CHRONOLOGY_SUBMITTED,
        by=by,
        review=part.review,
        target=part,
        agency=part.agency.name,
    )
    chronology_came(part, by=by, on_behalf=on_behalf)
    return part


def reviews_touched(*agencies):
    """The reviews that a merge of these agencies would change."""
    return Review.objects.filter(participations__agency__in=agencies).distinct()


@transaction.atomic
def merge_agencies(agency, *, into, by):
    """Two entries for one body become one, in every review at once. Raises CannotMerge."""
    both = Agency.objects.select_for_update(no_key=True).filter(pk__in=[agency.pk, into.pk])
    for one in both.order_by("pk"):  # in one order, so that two merges do not wait for each other
        if one.merged_into_id:
            raise CannotMerge(f"{one} has already been merged into another agency.")
    merge_participations(agency=agency, into=into, by=by)
    retire_duplicate(agency, into=into, by=by)


@transaction.atomic
def merge_participations(*, agency, into, by):
    """Move a duplicate agency's part in every review to the agency that is kept.

    Where both took part in one review, every row that hangs on the duplicate's part is moved to
    the other, whatever room it is in, and the duplicate's people get the same roles there.
    """
    for old in agency.participations.select_for_update().select_related("review"):
        kept = Participation.objects.filter(review=old.review, agency=into).first()
        if kept is None:
            old.agency = into
            old.save(update_fields=["agency"])
            kept = old
        else:
            _move_everything(old, kept, by=by)
        record(
            EventType.PARTICIPATIONS_MERGED,
            by=by,
            review=kept.review,
            target=kept,
            agency=agency.name,
            into=into.name,
        )


def _move_everything(old, kept, *, by):
    for group in old.role_groups.all():
        for holder in group.holders.select_related("user", "delegation"):
            _carry_over(holder, kept, by=by)
        group.group.delete()
    if kept.is_lead_only and not old.is_lead_only:
        kept.is_lead_only = False
    _end_shares_that_would_widen(old, kept, by=by)
    if not kept.is_submitted:
        kept.submitted_at, kept.submitted_by = old.submitted_at, old.submitted_by
    kept.save()
    for relation in Participation._meta.get_fields(include_hidden=True):  # hidden: no way back
        if relation.name in {"role_groups", "participationgrouppermission"}:
            continue
        if relation.one_to_many or relation.one_to_one:  # a many-to-many's rows are among them
            _move_rows(relation, old, kept)
    close_where_two_are_needed(kept, by=by)
    old.delete()


def _end_shares_that_would_widen(old, kept, *, by):
    """What the chair shared of one of the two would show all that is of both; but for what is shared
    one by one."""
    live = Share.objects.live(at=timezone.localdate()).filter(
        participation__in=[old, kept], submission=None
    )
    shared = {}
    for given in live:
        terms = given.material, given.with_role, given.with_participation_id, given.until
        shared.setdefault(terms, []).append(given)
    for alike in shared.values():
        if len({given.participation_id for given in alike}) == 1:
            for given in alike:
                withdraw_share(given, by=by)


def _carry_over(holder, kept, *, by):
    """The same role in the part that is kept; a role that was lent stays lent."""
    role, lent = holder.role_group.role, holder.delegation
    if lent is None:
        _give(user=holder.user, role=role, review=kept.review, by=by, participation=kept)
        return
    place = RoleGroup(role=role, review=kept.review, participation=kept)
    there, _ = put_in_group(place, user=holder.user, by=holder.given_by, delegation=lent)
    if there.delegation_id != lent.pk:  # they hold it there already
        close(lent, by=by)


def _move_rows(relation, old, kept):
    """At once where nothing stands in the way; else row by row, dropping a link that is there."""
    field = relation.field.name
    rows = relation.related_model._base_manager.filter(**{field: old})
    try:
        with transaction.atomic():
            rows.update(**{field: kept})
    except IntegrityError:
        for row in rows:
            try:
                with transaction.atomic():
                    type(row)._base_manager.filter(pk=row.pk).update(**{field: kept})
            except IntegrityError:
                row.delete()


# --- Roles --------------------------------------------------------------------------------------


@transaction.atomic
def appoint(*, user, role, by, partnership=None):
    """A role in a whole partnership, or in the installation; safe to repeat."""
    if role not in (PARTNERSHIP_ROLES if partnership else SITE_ROLES):
        raise WrongPlace(_where(role))
    if partnership:
        lock_appointments(partnership)
    appointment, created = Appointment.objects.get_or_create(
        user=user, role=role, partnership=partnership, defaults={"given_by": by}
    )
    if created:
        record(
            EventType.ROLE_GIVEN,
            by=by,
            target=user,
            role=str(role),
            partnership=partnership.name if partnership else "",
        )
        if partnership:
            for review in Review.objects.commissioned_by(partnership):
                fan_out(appointment, review)
    return appointment


def lock_appointments(partnership):
    """Whoever opens a review and whoever appoints in its partnership wait for each other: else the
    review would be opened without the one who was appointed meanwhile."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def fan_out(appointment, review):
    """Where two partnerships commission a review, the first appointment of a person counts."""
    put_in_group(
        RoleGroup(role=appointment.role, review=review, participation=None),
        user=appointment.user,
        by=appointment.given_by,
        appointment=appointment,
    )


def fan_in(holder):
    """Take back a role that an appointment gave, unless another partnership's gives it too."""
    place = holder.role_group
    other = (
        Appointment.objects.filter(user=holder.user, role=place.role)
        .exclude(pk=holder.appointment_id)
        .filter(partnership__in=place.review.commissioners)
        .first()
    )
    if other is None:
        _take_out(holder)
    else:
        holder.appointment = other
        holder.save(update_fields=["appointment"])


@transaction.atomic
def end_appointment(appointment, *, by):
    """Take the role back in every review of the partnership, and the appointment itself."""
    if appointment.partnership:
        lock_appointments(appointment.partnership)
    if not Appointment.objects.select_for_update(no_key=True).filter(pk=appointment.pk).exists():
        raise AlreadyEnded(appointment.pk)
    for holder in appointment.fanned_out.select_related("role_group__group", "role_group__review"):
        fan_in(holder)
    record(
        EventType.ROLE_ENDED,
        by=by,
        target=appointment.user,
        role=appointment.role,
        partnership=appointment.partnership.name if appointment.partnership else "",
    )
    appointment.delete()


@transaction.atomic
def give_role(*, user, role, review, by, participation=None):
    """Let somebody act in a review, or for one agency in it; safe to repeat."""
    if role not in (AGENCY_ROLES if participation else REVIEW_ROLES):
        raise WrongPlace(_where(role))
    if participation and participation.review_id != review.pk:
        raise WrongPlace("That agency's part belongs to another review.")
    _refuse_deputy(user, role, participation)
    return _give(user=user, role=role, review=review, by=by, participation=participation)


def _refuse_deputy(user, role, participation):
    """Whoever signs off by delegation does not become the author meanwhile, nor the reverse."""
    lent = Delegation.objects.live(on=timezone.localdate())
    lent = lent.filter(user=user, participation=participation) if participation else lent.none()
    if needs_another_person(role, set(lent.values_list("role", flat=True))):
        raise ValidationError(
            "They hold the agency’s other role by delegation, and one person cannot do both: "
            "end the delegation first."
        )


def _give(*, user, role, review, by, participation):
    holder, created = put_in_group(
        RoleGroup(role=role, review=review, participation=participation), user=user, by=by
    )
    if holder.delegation:  # theirs from now on, and no longer lent
        lent, created = holder.delegation, True
        holder.delegation, holder.given_by = None, by
        holder.save(update_fields=["delegation", "given_by"])
        close(lent, by=by)
    if participation:
        Staff.objects.get_or_create(agency=participation.agency, user=user)
    if created:
        record(
            EventType.ROLE_GIVEN,
            by=by,
            review=review,
            target=user,
            role=str(role),
            agency=participation.agency.name if participation else "",
        )
    return holder


def put_in_group(place, *, user, by, appointment=None, delegation=None):
    """For services that say why somebody gets a role; `place` is a RoleGroup not yet fetched."""
    group = _group_of(place) or _new_group(place)
    reason = {"given_by": by, "appointment": appointment, "delegation": delegation}
    holder, created = RoleHolder.objects.get_or_create(role_group=group, user=user, defaults=reason)
    user.groups.add(group.group)
    return holder, created


def _group_of(place):
    return RoleGroup.objects.filter(
        role=place.role, review=place.review, participation=place.participation
    ).first()


def _new_group(place):
    Review.objects.select_for_update(no_key=True).get(pk=place.review_id)
    if group := _group_of(place):  # made while we waited
        return group
    place.group = Group.objects.create(
        name=f"{place.role}:{place.review_id}:{place.participation_id or ''}"
    )
    place.save()
    sync(place)
    return place


@transaction.atomic
def end_role(holder, *, by):
    """Somebody may no longer act in this role here; it takes effect at once."""
    holder = (
        RoleHolder.objects.select_for_update(of=("self",))
        .select_related("role_group__group", "role_group__review", "user", "delegation")
        .filter(pk=holder.pk)
        .first()
    )
    if holder is None:
        raise AlreadyEnded
    if holder.appointment_id:
        raise WrongPlace("This role comes from the partnership: end it there.")
    if holder.delegation:
        close(holder.delegation, by=by)
        return
    place = holder.role_group
    close_what_rests_on(holder, by=by)
    record(
        EventType.ROLE_ENDED,
        by=by,
        review=place.review,
        target=holder.user,
        role=place.role,
        agency=place.participation.agency.name if place.participation else "",
    )
    _take_out(holder)


def _take_out(holder):
    holder.user.groups.remove(holder.role_group.group)
    holder.delete()


def _where(role):
    places = [
        (SITE_ROLES, "in the whole installation: name no review and no partnership"),
        (PARTNERSHIP_ROLES, "in a partnership: name the partnership"),
        (REVIEW_ROLES, "in a review: name the review, and no agency"),
        (AGENCY_ROLES, "for an agency in a review: name the review and the agency"),
    ]
    return next(
        f"The role “{Role(role).label}” is held {place}."
        for roles, place in places
        if role in roles
    )


def sync(place):
    """Give a role's group exactly what GRANTS says. Returns the codenames that changed."""
    grant = GRANTS[Role(place.role)]
    wanted = [(place.review, grant.review)]
    if place.participation:
        wanted.append((place.participation, grant.participation))
    changed = set()
    for thing, codenames in wanted:
        held = set(get_group_perms(place.group, thing))
        for codename in codenames - held:
            assign_perm(codename, place.group, thing)
        for codename in held - codenames:
            remove_perm(codename, place.group, thing)
        changed |= codenames ^ held
    return changed


def strays():
    """Drift that no service can cause: people in a role's group without a reason, or the reverse;
    and, until a night has passed, those whose delegation is over.

    Returns (role group id, user id) pairs.
    """
    reasons = set(RoleHolder.objects.values_list("role_group", "user"))
    members = set(
        RoleGroup.objects.filter(group__user__isnull=False).values_list("pk", "group__user")
    )
    over = Delegation.objects.over(on=timezone.localdate())
    ended = Q(delegation__ended_at__isnull=False) | Q(delegation__in=over)
    lent = set(RoleHolder.objects.filter(ended).values_list("role_group", "user"))
    return sorted((reasons ^ members) | lent)


@transaction.atomic
def invite(*, email, role, by, name="", review=None, participation=None, partnership=None):
    """An account where there is none, the role, and a message with the link. Safe to repeat.

    Returns (user, secret); secret is None for somebody who has already joined. Raises OwnRole.
    """
    if by and by.email.casefold() == email.strip().casefold():
        raise OwnRole
    user, secret = invite_account(email=email, by=by, name=name)
    if by and user.pk == by.pk:  # whatever the spelling of the address
        raise OwnRole
    if review:
        given = give_role(user=user, role=role, review=review, participation=participation, by=by)
    else:
        given = appoint(user=user, role=role, partnership=partnership, by=by)
    emails.send_invitation(user, secret=secret, because=given)
    return user, secret


# --- Sharing ------------------------------------------------------------------------------------


@transaction.atomic
def share(
    review,
    *,
    material,
    with_role,
    by,
    participation=None,
    submission=None,
    with_participation=None,
    until=None,
):
    """Let the people of a role see material that is not theirs; it takes effect at once.

    Safe to repeat: what is already shared in the same words is not shared twice.
    """
    # A second click waits here for the first.
    refuse_if_ended(Review.objects.select_for_update().get(pk=review.pk))
    if material in STOPPED_BY_A_HOLD:
        refuse_held(review, Stops.SHARING, by=by, field="material")
    if submission:
        participation = submission.participation
        if not submission.is_sent:
            raise ValidationError({"submission": "Only a version that was sent can be shared."})
    for part in (participation, with_participation):
        if part and part.review_id != review.pk:
            raise WrongPlace("That agency's part belongs to another review.")
    if until and until < timezone.localdate():
        raise ValidationError({"until": "Enter today's date or a later one."})
    terms = {
        "review": review,
        "material": material,
        "participation": participation,
        "submission": submission,
        "with_role": with_role,
        "with_participation": with_participation,
        "until": until,
    }
    if same := Share.objects.live(at=timezone.localdate()).filter(**terms).first():
        return same
    given = Share(**terms, shared_by=by)
    given.full_clean()
    given.save()
    record(
        EventType.SHARED,
        by=by,
        review=review,
        target=given,
        material=str(material),
        agency=participation.agency.name if participation else "",
        version=submission.number if submission else None,
        role=str(with_role),
        with_agency=with_participation.agency.name if with_participation else "",
        until=until,
    )
    return given


@transaction.atomic
def withdraw_share(given, *, by):
    given = Share.objects.select_for_update().get(pk=given.pk)
    if given.withdrawn_at:
        raise AlreadyEnded(given.pk)
    given.withdrawn_at, given.withdrawn_by = timezone.now(), by
    given.full_clean()
    given.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        EventType.UNSHARED,
        by=by,
        review=given.review,
        target=given,
        material=given.material,
        role=given.with_role,
        agency=given.participation.agency.name if given.participation else "",
    )
    return given
