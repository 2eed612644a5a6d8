"""The register of the people in a review: who they are to one another, and, sealed, who they are.

Nothing is overwritten: what a person's row or identity said before a change is a version, and a
relationship that was entered wrongly is withdrawn.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from foundations.dates import PartialDate
from foundations.vault.fields import EncryptedJSONField, EncryptedTextField
from reviews.access import access_of


class _OfTheRegisterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever keeps the register, and nobody else."""
        return self.filter(review__any_of=access_of(user).reviews_with("keep_register"))


class RelationshipQuerySet(_OfTheRegisterQuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def about(self, person):
        return self.filter(Q(person=person) | Q(other=person))

    def for_display(self):
        return self.select_related("person", "other")


class Relationship(models.Model):
    """What one person is to another: `person` is the `kind` of `other`."""

    class Kind(models.TextChoices):
        PARTNER = "partner", "Husband, wife or partner"
        FORMER_PARTNER = "former_partner", "Former husband, wife or partner"
        PARENT = "parent", "Parent"
        STEP_PARENT = "step_parent", "Step-parent"
        GRANDPARENT = "grandparent", "Grandparent"
        SIBLING = "sibling", "Brother or sister"
        RELATIVE = "relative", "Another relative"
        CARER = "carer", "Carer"
        FRIEND = "friend", "Friend"
        COLLEAGUE = "colleague", "Employer or colleague"
        OTHER = "other", "Something else"

    # Said from the other side, where that is another word.
    _REVERSED = {
        Kind.PARENT: "Child",
        Kind.STEP_PARENT: "Stepchild",
        Kind.GRANDPARENT: "Grandchild",
        Kind.CARER: "Is cared for",
    }

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="relationships")
    person = models.ForeignKey("reviews.Person", models.CASCADE, related_name="relationships")
    other = models.ForeignKey("reviews.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("other")),
                name="relationship_is_between_two_people",
                violation_error_message="Choose two different people.",
            ),
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=Q(withdrawn_at=None),
                name="one_standing_relationship_of_a_kind",
                violation_error_message="This relationship stands in the register already.",
            ),
        ]

    def __str__(self):
        return f"Relationship {self.pk}"

    @property
    def is_same_both_ways(self):
        return self.kind not in self._REVERSED

    @property
    def reversed_label(self):
        return self._REVERSED.get(self.kind, self.get_kind_display())


class PersonVersion(models.Model):
    """What the register said of a person, in pseudonyms, before a change."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    person = models.ForeignKey("reviews.Person", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = _OfTheRegisterQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="person_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of person {self.person_id}"


class Identity(models.Model):
    """Who somebody in a review really is. Every fact is sealed with the key of the review."""

    FACTS = ("names", "born", "died", "addresses", "contact", "numbers", "note")

    person = models.OneToOneField(
        "reviews.Person", models.CASCADE, primary_key=True, related_name="identity"
    )
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    names = EncryptedJSONField(default=list, help_text="The whole name first, then every other.")
    born = EncryptedJSONField(default=dict, blank=True)
    died = EncryptedJSONField(default=dict, blank=True)
    addresses = EncryptedJSONField(default=list, blank=True)
    contact = EncryptedTextField(blank=True)
    numbers = EncryptedJSONField(default=list, blank=True)
    note = EncryptedTextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = _OfTheRegisterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self):
        return f"Identity of person {self.person_id}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"

    @property
    def birth(self):
        return PartialDate.from_json(self.born) if self.born else PartialDate.none()

    @property
    def death(self):
        return PartialDate.from_json(self.died) if self.died else PartialDate.none()


class IdentityVersion(models.Model):
    """What an identity said before a change, sealed like it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    person = models.ForeignKey("reviews.Person", models.CASCADE, related_name="identity_versions")
    number = models.PositiveIntegerField()
    snapshot = EncryptedJSONField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = _OfTheRegisterQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="identity_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of the identity of person {self.person_id}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"
