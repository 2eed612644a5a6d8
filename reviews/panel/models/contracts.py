from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from reviews.access import access_of
from reviews.panel.models.members import PanelMember
from reviews.panel.models.pairs import together


class LedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the chair and the author cost is for those who lead the panel."""
        return self.filter(member__review__any_of=access_of(user).reviews_with("lead_panel"))


class ContractTerms(models.Model):
    """What was agreed with a chair or an author. New terms follow the old; none is changed."""

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="contract")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    agreed_days = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.25"))]
    )
    because = models.CharField(
        max_length=500, blank=True, help_text="Why the terms before them no longer hold."
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "contract terms"
        constraints = [
            models.UniqueConstraint(fields=["member", "number"], name="terms_are_numbered"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="contract_ends_after_it_begins",
                violation_error_message="The contract must end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""),
                name="later_terms_say_why",
                violation_error_message="Say why the terms change.",
            ),
        ]

    def __str__(self):
        return f"Terms {self.number} of {self.member_id}"


class DayUsed(models.Model):
    """A day, or a part of one, that a chair or an author worked."""

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="days")
    key = models.UUIDField(unique=True)
    worked_on = models.DateField()
    days = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(Decimal("1"))],
    )
    what = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["-worked_on", "-pk"]
        verbose_name_plural = "days used"
        constraints = [
            models.CheckConstraint(
                condition=together("withdrawn_on", words="withdrawn_because"),
                name="day_used_is_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            )
        ]

    def __str__(self):
        return f"{self.days} on {self.worked_on}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None
