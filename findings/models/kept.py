from django.db import models

from reviews.access import access_of
from reviews.rules import Material


def reviews_of(user):
    """Where the user leads the analysis, or has it shared with them."""
    access = access_of(user)
    return access.reviews_with("lead_analysis") | access.reviews_sharing(Material.ANALYSIS)


class Kept(models.Model):
    """Set by somebody, and taken away by somebody; never deleted."""

    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_live(self):
        return self.removed_at is None


class KeptQuerySet(models.QuerySet):
    def live(self):
        return self.filter(removed_at=None)
