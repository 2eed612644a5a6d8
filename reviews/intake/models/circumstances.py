from django.db import models
from django.db.models import Q

from reviews.access import access_of
from reviews.intake.models.notification import Charge, Manner


class CircumstancesQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with("lead_intake"))


class Circumstances(models.Model):
    """What kind of case a review is. A suicide, a case without a charge or without a named
    perpetrator, and somebody who survived are ordinary values, not exceptions."""

    class Consent(models.TextChoices):
        NOT_ASKED = "not_asked", "Not asked yet"
        GIVEN = "given", "Agrees to the review"
        LIMITED = "limited", "Agrees, within limits"
        REFUSED = "refused", "Does not agree"
        WITHDRAWN = "withdrawn", "Agreed before, and no longer does"
        UNABLE = "unable", "Cannot be asked, or cannot decide at present"

    review = models.OneToOneField("reviews.Review", models.CASCADE, related_name="circumstances")
    manner = models.CharField(max_length=20, choices=Manner, default=Manner.UNEXPLAINED)
    charge = models.CharField(max_length=20, choices=Charge, default=Charge.UNKNOWN)
    survivor_consent = models.CharField(
        max_length=10, choices=Consent, blank=True, help_text="Only where the victim survived."
    )
    consent_on = models.DateField(null=True, blank=True)
    consent_note = models.TextField(blank=True, help_text="How they were asked; the limits.")

    changes = models.PositiveIntegerField(default=0, editable=False)

    objects = CircumstancesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "circumstances"
        constraints = [
            models.CheckConstraint(
                condition=Q(survivor_consent="", consent_on=None, consent_note="")
                | Q(manner="survived"),
                name="consent_is_asked_of_a_survivor",
                violation_error_message="Only somebody who survived can be asked for consent.",
            ),
            models.CheckConstraint(
                condition=~Q(survivor_consent__in=["given", "limited", "refused", "withdrawn"])
                | Q(consent_on__isnull=False),
                name="consent_has_a_day",
                violation_error_message="Enter the day on which they said so.",
            ),
        ]

    def __str__(self):
        return f"Circumstances of {self.review_id}"

    @property
    def survived(self):
        return self.manner == Manner.SURVIVED


class ConsentWord(models.Model):
    """What somebody who survived said of the review, each time; nothing is overwritten."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="consent_words")
    consent = models.CharField(max_length=10, choices=Circumstances.Consent)
    on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CircumstancesQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Consent {self.pk} in {self.review_id}"
