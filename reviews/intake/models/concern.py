from django.db import models
from django.db.models import F, Q

from reviews.access import access_of


def _leads_or_own(user, *parts):
    access = access_of(user)
    own = access.parts_with("raise_concern")
    allowed = Q(review__any_of=access.reviews_with("lead_intake"))
    for part in parts:
        allowed |= Q(**{f"{part}__any_of": own})
    return allowed & access.clear_of_conflicts(*parts)


class UrgentConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The leaders; the agency that raised it; the agency that deals with it."""
        return self.filter(_leads_or_own(user, "raised_for", "owner"))

    def open(self):
        return self.filter(closed_at=None)

    def open_first(self):
        return self.order_by(F("closed_at").desc(nulls_first=True), "-raised_at", "-pk")

    def for_display(self):
        return self.select_related("review", "raised_for__agency", "owner__agency", "raised_by")


class UrgentConcern(models.Model):
    """Somebody may be in danger now. It cannot wait for the review."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="concerns")
    key = models.UUIDField(unique=True)
    text = models.TextField()
    done_already = models.TextField(blank=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    raised_for = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_raised",
        help_text="The agency that raised it. Blank: the review team.",
    )
    owner = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_owned",
        help_text="The agency that deals with it. Blank: the review team.",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing = models.TextField(blank=True, help_text="What was done.")

    objects = UrgentConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closing="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing=""),
                name="concern_is_closed_with_what_was_done",
                violation_error_message="Say what was done.",
            )
        ]

    def __str__(self):
        return f"Urgent concern {self.pk}"

    @property
    def is_open(self):
        return self.closed_at is None


class ConcernOwner(models.Model):
    """Who was given an urgent concern to deal with, and when. The newest is its owner."""

    concern = models.ForeignKey(UrgentConcern, models.CASCADE, related_name="owners")
    owner = models.ForeignKey(
        "reviews.Participation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Owner of {self.concern_id}"
