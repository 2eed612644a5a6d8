"""Pictures of the panel that are not rows: who declared what, which days are left."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum

from accounts.models import User
from agencies.models import Agency
from reviews import rules
from reviews.access import access_of
from reviews.models import Participation
from reviews.panel.models import (
    Conflict,
    ContractTerms,
    DayUsed,
    Declaration,
    PanelMember,
)


def with_declarations(members, user):
    """Adds when each last declared what, as far as this person may see it."""
    standing = Declaration.objects.visible_to(user).standing().filter(member=OuterRef("pk"))
    live = Conflict.objects.visible_to(user).live().filter(member=OuterRef("pk"))

    def last(kind):
        return Subquery(standing.filter(kind=kind).values("made_on")[:1])

    return members.annotate(
        independent_on=last(Declaration.Kind.INDEPENDENCE),
        confidential_on=last(Declaration.Kind.CONFIDENTIALITY),
        has_conflict=Exists(live),
    )


def agencies_for(user, review):
    """Those of the register for its keepers; for a chair, those that are in the review already."""
    current = Agency.objects.current()
    if rules.can_see_agencies(access_of(user)):
        return current
    here = Participation.objects.visible_to(user).filter(review=review)
    on_panel = PanelMember.objects.visible_to(user).filter(review=review)
    return current.filter(Q(pk__in=here.values("agency")) | Q(pk__in=on_panel.values("agency")))


def accounts_for(review, member=None):
    """The accounts with a role in the review that belong to nobody else on its panel."""
    taken = PanelMember.objects.filter(review=review, left_on=None, user=OuterRef("pk"))
    free = Q(roles__role_group__review=review) & ~Exists(taken)
    own = Q(pk=member.user_id) if member and member.user_id else Q(pk__in=[])
    return User.objects.filter(free | own).distinct().order_by(F("name"), "email")


@dataclass(frozen=True)
class Contract:
    """What stands between a chair or an author and the partnership."""

    terms: ContractTerms | None
    used: Decimal

    @property
    def left(self):
        return self.terms.agreed_days - self.used if self.terms else None

    @property
    def is_overrun(self):
        return self.terms is not None and self.used > self.terms.agreed_days


def contract_of(member, user):
    terms = ContractTerms.objects.visible_to(user).filter(member=member)
    counted = DayUsed.objects.visible_to(user).filter(member=member, withdrawn_on=None)
    newest = terms.first()
    return Contract(
        terms=newest,
        used=counted.aggregate(n=Sum("days"))["n"] or Decimal(0),
    )
