import uuid

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from foundations.vault.fields import EncryptedTextField
from reviews.family.models.contact import ContactEntry, How
from reviews.family.models.log import OfTheLogQuerySet
from reviews.family.models.wishes import Wish


class CorrespondentQuerySet(OfTheLogQuerySet):
    way = "review"

    def for_display(self):
        """With all that a list says of each, in a constant number of queries."""
        return self.select_related("review", "person").prefetch_related(
            "holds",
            "decisions",
            Prefetch("entries", ContactEntry.objects.standing().for_display()),
            Prefetch("wishes", Wish.objects.for_display()),
        )


class Correspondent(models.Model):
    """Somebody outside the agencies whom the review is, or wants to be, in touch with."""

    class Standing(models.TextChoices):
        FAMILY = "family", "Family of the person who died or was harmed"
        FRIEND = "friend", "Friend"
        WORK = "work", "Employer or colleague"
        NEIGHBOUR = "neighbour", "Neighbour"
        SURVIVOR = "survivor", "The person who survived"
        PERPETRATOR = "perpetrator", "Perpetrator"
        OTHER_FAMILY = "other_family", "Family of the perpetrator"
        OTHER = "other", "Somebody else"

    class Through(models.TextChoices):
        DIRECTLY = "directly", "Directly"
        ADVOCATE = "advocate", "An advocate"
        LIAISON = "liaison", "A police family liaison officer"
        GOVERNOR = "governor", "The prison governor"
        CARER = "carer", "A carer or social worker"
        OTHER = "other", "Somebody else"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="correspondents")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    person = models.ForeignKey(
        "reviews.Person", models.PROTECT, null=True, blank=True, related_name="correspondence"
    )
    relation = models.CharField(
        max_length=200, blank=True, help_text="To whom, by pseudonym: mother of FA 1."
    )
    standing = models.CharField(max_length=20, choices=Standing)
    through = models.CharField(max_length=20, choices=Through, default=Through.DIRECTLY)
    prefers = models.CharField(max_length=20, choices=How, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(relation=""),
                name="correspondent_is_somebody",
                violation_error_message="Choose the person, or say what they are to whom.",
            ),
            models.UniqueConstraint(
                fields=["review", "person"],
                condition=Q(person__isnull=False),
                name="one_log_for_a_person",
                violation_error_message="There is a log for this person already.",
            ),
        ]

    def __str__(self):
        if self.person_id and self.relation:
            return f"{self.person.pseudonym}, {self.relation}"
        return self.person.pseudonym if self.person_id else self.relation

    def get_absolute_url(self):
        return reverse("reviews:correspondent", args=[self.review.reference, self.pk])

    @property
    def hold(self):
        """The day before which nobody may contact them, as it stands now; None without one."""
        newest = max(self.holds.all(), key=lambda hold: hold.pk, default=None)
        return newest if newest and newest.not_before else None

    def hold_on(self, day):
        """Only while it lasts."""
        return self.hold if self.hold and self.hold.not_before > day else None

    @property
    def decision(self):
        return max(self.decisions.all(), key=lambda one: one.pk, default=None)

    @property
    def is_left_alone(self):
        return self.decision is not None and self.decision.is_stop


class ContactHold(models.Model):
    """From when they may be contacted; without a day, the hold before it is lifted."""

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="holds")
    key = models.UUIDField(unique=True)
    not_before = models.DateField(null=True, blank=True)
    set_on = models.DateField()
    agreed_with = models.CharField(max_length=200, blank=True, help_text="Posts, not persons.")
    why = models.CharField(max_length=500)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_before=None) | Q(not_before__gt=F("set_on")),
                name="contact_hold_ends_after_it_was_set",
                violation_error_message="Contact must become possible after the hold was agreed.",
            )
        ]

    def __str__(self):
        return f"Hold {self.pk} of correspondent {self.correspondent_id}"


class EngagementDecision(models.Model):
    """Whether the review goes on writing to somebody. A later decision is a further row."""

    class Outcome(models.TextChoices):
        STOP = "stop", "Make no further contact for now"
        RESUME = "resume", "Contact them again"

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="decisions")
    key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    reasons = models.TextField(max_length=4000)
    revisit_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="resume", revisit_on=None)
                | Q(outcome="stop", revisit_on__isnull=False, revisit_on__gt=F("decided_on")),
                name="no_further_contact_is_looked_at_again",
                violation_error_message="Say on which later day this will be looked at again.",
            )
        ]

    def __str__(self):
        return f"Decision {self.pk} on correspondent {self.correspondent_id}"

    @property
    def is_stop(self):
        return self.outcome == self.Outcome.STOP


class ContactDetails(models.Model):
    """How to reach somebody, sealed with the key of the review. The newest row counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="details")
    text = EncryptedTextField(max_length=2000)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name_plural = "contact details"

    def __str__(self):
        return f"Details of correspondent {self.correspondent_id}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"
