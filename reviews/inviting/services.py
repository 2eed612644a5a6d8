"""Inviting many people at once, and what becomes of an invitation until it is accepted."""

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from accounts.services import invite as invite_account
from accounts.services import withdraw_invitation
from agencies.models import name_key
from audit.models import EventType
from audit.services import record
from reviews import emails, rules, services
from reviews.access import access_of
from reviews.delegation.models import Delegation
from reviews.inviting.pasting import role_named
from reviews.models import Appointment, Review, RoleHolder
from reviews.panel.models import Conflict
from reviews.rules import AGENCY_ROLES, REVIEW_ROLES, Role

MOST = 200  # people at once

NO_ADDRESS = (
    "There is no e-mail address here. Where you name an agency or a role, write one person a line."
)
WRONG_ADDRESS = "This is not an e-mail address. Write it like name@agency.gov.uk."
TOO_MUCH = "More than a name, an address, an agency and a role stands here."
NO_ROLE = "Say which role, or choose one for every line without."
NO_AGENCY = "Say for which agency, or choose one for every line without."
ONESELF = "You cannot give yourself a role. Ask another coordinator."
CLOSED = "This account is closed. An administrator can open it again."
IN_CONFLICT = "A conflict of interest is recorded here for this person."

DEPUTY = "Holds the agency’s other role by delegation: end that first. One person cannot do both."


class TooMany(Exception):
    """More people at once than anybody looks through."""


class JustSent(Exception):
    """An invitation went to them a moment ago; a second would end the first one's link."""


class HasJoined(Exception):
    """They accepted their invitation meanwhile."""


@dataclass(frozen=True)
class Row:
    """One person of a pasted list, and what sending it would do."""

    number: int
    text: str
    email: str
    name: str = ""
    role: str = ""
    part: object = None
    agency: str = ""  # as pasted, where it is none of the review
    problem: str = ""
    already: bool = False
    person: str = "new"  # or "joined", "invited"

    @property
    def role_label(self):
        return Role(self.role).label if self.role else ""

    @property
    def will_send(self):
        return not self.problem and not self.already

    @property
    def outcome(self):
        """(words of the tag, its colour)"""
        if self.problem:
            return "Not sent", "red"
        if self.already:
            return "Has it", "grey"
        return ("Has an account", "blue") if self.person == "joined" else ("New", "green")

    @property
    def said(self):
        if self.problem:
            return self.problem
        if self.already:
            return "Already has this role: nothing is sent." + (
                "" if self.person == "joined" else " Not joined yet: you can send the link again."
            )
        return {
            "new": "Gets a link to choose a password, or a message where they have an account.",
            "invited": "Was invited before and has not joined: gets a new link.",
            "joined": "Gets the role, and a message that there is something new.",
        }[self.person]


@dataclass
class Known:
    """What the rows of one review are checked against, in a constant number of queries."""

    review: Review
    by: User
    people: dict = field(default_factory=dict)

    def __post_init__(self):
        self.access = access_of(self.by)
        parts = self.review.participations.visible_to(self.by).for_display()
        self.parts = {}
        for part in parts.prefetch_related("agency__aliases", "agency__duplicates"):
            agency = part.agency
            for name in (agency.name, agency.short_name, *agency.other_names):
                if name:
                    self.parts.setdefault(name_key(name), part)
        held = RoleHolder.objects.filter(role_group__review=self.review, delegation=None)
        self.held = set(held.values_list("user", "role_group__role", "role_group__participation"))
        lent = Delegation.objects.live(on=timezone.localdate())
        self.lent = set(
            lent.filter(participation__review=self.review).values_list(
                "user", "participation", "role"
            )
        )
        self.conflicts = set(
            Conflict.objects.filter(member__review=self.review, ended_on=None).values_list(
                "member__user", "participation"
            )
        )

    def look_up(self, emails):
        """Looking sends nothing and leaves no trace: so it must not tell who has an account because
        of the reviews of others."""
        reviews = self.access.reviews_with("see_access")
        roles = RoleHolder.objects.filter(user=OuterRef("pk"), role_group__review__any_of=reviews)
        found = User.objects.filter(email__in=[email.lower() for email in emails])
        self.people = {user.email: user for user in found.annotate(is_known=Exists(roles))}


def look_through(review, pieces, *, role, participation, by):
    """Every piece with what would come of it. `role` and `participation` are for pieces without."""
    if len(pieces) > MOST:
        raise TooMany
    known = Known(review, by)
    known.look_up(piece.email for piece in pieces)
    rows, seen = [], {}
    for number, piece in enumerate(pieces, 1):
        row = _checked(_read(number, piece, role, participation, known), known)
        same = (row.email, row.role, row.part)
        if not row.problem and same in seen:
            row = replace(row, problem=f"The same as number {seen[same]} of your list.")
        seen.setdefault(same, number)
        rows.append(row)
    return rows


def _read(number, piece, role, participation, known):
    row = Row(number, piece.text, piece.email.lower(), piece.name[:150])
    if not row.email:
        return replace(row, problem=NO_ADDRESS)
    try:
        validate_email(row.email)
    except ValidationError:
        return replace(row, problem=WRONG_ADDRESS)
    if not row.email.isascii():
        return replace(row, problem="Use only letters without accents in an e-mail address.")
    if piece.too_much:
        return replace(row, problem=TOO_MUCH)
    return _placed(row, piece, role, participation, known)


def _placed(row, piece, role, participation, known):
    role = role_named(piece.role) if piece.role else role
    if piece.role and not role:
        return replace(row, problem=f"“{piece.role}” is no role that can be given here.")
    if not role:
        return replace(row, problem=NO_ROLE)
    row = replace(row, role=str(role))
    part = known.parts.get(name_key(piece.agency)) if piece.agency else None
    if piece.agency and part is None:
        problem = (
            f"No agency of this review is called “{piece.agency}”. Add it to the review first."
        )
        return replace(row, agency=piece.agency, problem=problem)
    if role in AGENCY_ROLES:
        part = part or participation
        return replace(row, part=part) if part else replace(row, problem=NO_AGENCY)
    if part:
        problem = f"“{Role(role).label}” is not held for an agency: take the agency out."
        return replace(row, part=part, problem=problem)
    return row


def _checked(row, known):
    if row.problem:
        return row
    user = known.people.get(row.email)
    part_id = row.part.pk if row.part else None
    if row.email == known.by.email:
        return replace(row, problem=ONESELF)
    if not rules.can_invite(known.access, known.review, row.role):
        return replace(row, problem="You cannot give this role.")
    if user is None:
        return row
    if user.is_known:
        row = replace(row, person="joined" if user.joined_at else "invited")
    if not user.is_active:
        return replace(row, problem=CLOSED)
    if (user.pk, None) in known.conflicts or (part_id and (user.pk, part_id) in known.conflicts):
        return replace(row, problem=IN_CONFLICT)
    lent = {role for who, at, role in known.lent if (who, at) == (user.pk, part_id)}
    if rules.needs_another_person(row.role, lent):
        return replace(row, problem=DEPUTY)
    return replace(row, already=(user.pk, row.role, part_id) in known.held)


@transaction.atomic
def invite_many(review, pieces, *, role, participation, by):
    """Each line is sent whole or not at all; what is already there is not sent twice.

    Returns the rows as they were found, the problem of a line that was refused among them.
    """
    Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a second click waits
    rows = look_through(review, pieces, role=role, participation=participation, by=by)
    return [_sent(row, review, by) if row.will_send else row for row in rows]


def _sent(row, review, by):
    try:
        with transaction.atomic():
            services.invite(
                email=row.email,
                name=row.name,
                role=row.role,
                review=review,
                participation=row.part,
                by=by,
            )
    except services.OwnRole:
        return replace(row, problem=ONESELF)
    except (ValidationError, services.WrongPlace) as refusal:
        return replace(row, problem=" ".join(getattr(refusal, "messages", [str(refusal)])))
    return row


@transaction.atomic
def send_again(holders, *, by):
    """A new link; the older one ends. `holders` are the rows of one person in one review, of which
    the first is the reason. Raises HasJoined or JustSent."""
    held = holders[0]
    user, secret = invite_account(email=held.user.email, by=by)
    if user.joined_at:
        raise HasJoined
    if secret is None:
        raise JustSent
    emails.send_invitation(user, secret=secret, because=held)
    record(EventType.INVITATION_REPEATED, by=by, review=held.role_group.review, target=user)


@transaction.atomic
def withdraw(holders, *, by):
    """These roles of one person end, and with the last role of all the link that they were sent.

    What the partnership gave stays, and what `by` may not see is not among them."""
    user = User.objects.select_for_update(no_key=True).get(pk=holders[0].user_id)
    if user.joined_at:
        raise HasJoined
    given = [holder.pk for holder in holders if holder.appointment_id is None]
    for holder in RoleHolder.objects.filter(pk__in=given):
        services.end_role(holder, by=by)
    if not _is_expected_anywhere(user):
        withdraw_invitation(user, by=by)


def _is_expected_anywhere(user):
    return (
        RoleHolder.objects.filter(user=user).exists()
        or Appointment.objects.filter(user=user).exists()
    )


ROLES_TO_GIVE = REVIEW_ROLES | AGENCY_ROLES
