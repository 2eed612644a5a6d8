import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reviews import rules
from reviews.access import access_of


class DelegationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What one gave or was given; and for those who see who has access, all, but of an agency
        that they have a conflict of interest with."""
        access = access_of(user)
        place = {"participation__any_of": access.parts_with("delegate_role")}
        own = (Q(given_by=user.pk) | Q(user=user.pk)) & Q(**place)
        led = Q(participation__review__any_of=access.reviews_with("see_access"))
        return self.filter(own | led, access.clear_of_conflicts("participation"))

    def live(self, *, on):
        return self.filter(ended_at=None, until__gte=on, given_by__is_active=True)

    def over(self, *, on):
        """Past their last day, or of a lender whose account is closed; not yet tidied away."""
        return self.filter(Q(until__lt=on) | Q(given_by__is_active=False), ended_at=None)

    def for_display(self):
        return self.select_related("participation__agency", "user", "given_by", "ended_by")


class Delegation(models.Model):
    """Somebody lets a colleague of the same agency hold their role until a last day.

    The colleague is in the role's group meanwhile. After the last day, and from when the lender's
    account is closed, reviews.access refuses, whether or not anything has taken them out of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # of the form: a second click
    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, related_name="delegations"
    )
    role = models.CharField(
        max_length=20,
        choices=[(role.value, role.label) for role in rules.Role if role in rules.DELEGABLE],
    )
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="delegated_roles")
    begins_on = models.DateField()
    until = models.DateField(help_text="The last day.")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="delegations")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Blank: it ended by itself.",
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(rules.DELEGABLE)), name="delegation_of_a_role_for_two"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("begins_on")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("given_by")), name="delegation_is_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False),
                name="delegation_ended_by_only_once_ended",
            ),
            models.UniqueConstraint(
                fields=["participation", "role", "user"],
                condition=Q(ended_at=None),
                name="one_delegation_of_a_role_at_a_time",
            ),
        ]

    def __str__(self):
        return f"Delegation {self.pk}"

    @property
    def review(self):
        return self.participation.review

    @property
    def is_live(self):
        return (
            self.ended_at is None and self.until >= timezone.localdate() and self.given_by.is_active
        )
