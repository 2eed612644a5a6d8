from django.db import models
from django.db.models import Q

from reviews.access import access_of
from reviews.panel.models.members import PanelMember
from reviews.panel.models.pairs import together


class _OfMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who lead the panel; and to each member what is theirs."""
        access = access_of(user)
        return self.filter(
            Q(member__review__any_of=access.reviews_with("lead_panel"))
            | Q(member__user_id=user.pk, member__review__any_of=access.reviews_with("read_panel"))
        )


class DeclarationQuerySet(_OfMemberQuerySet):
    def standing(self):
        return self.filter(withdrawn_on=None)

    def for_display(self):
        return self.select_related("member", "recorded_by", "withdrawn_by")


class Declaration(models.Model):
    """A member declared that they are independent, or that they keep what they learn to themselves.

    Each time is a row; one that turned out to be wrong is withdrawn, and stays.
    """

    class Kind(models.TextChoices):
        INDEPENDENCE = "independence", "Independence"
        CONFIDENTIALITY = "confidentiality", "Confidentiality"

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="declarations")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    made_on = models.DateField()
    statement = models.TextField(blank=True, help_text="In their words, as the report can give it.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=together("withdrawn_on", words="withdrawn_because"),
                name="declaration_is_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.member_id}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None
