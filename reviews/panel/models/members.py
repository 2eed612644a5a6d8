from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.panel.models.pairs import together


class Capacity(models.TextChoices):
    """What somebody is on the panel as."""

    CHAIR = "chair", "Independent chair"
    AUTHOR = "author", "Author of the report"
    CHAIR_AND_AUTHOR = "chair_and_author", "Independent chair and author"
    MEMBER = "member", "Panel member"
    ADVISER = "adviser", "Adviser to the panel"
    SUPPORT = "support", "Supports the panel"


CHAIRS = frozenset({Capacity.CHAIR, Capacity.CHAIR_AND_AUTHOR})
AUTHORS = frozenset({Capacity.AUTHOR, Capacity.CHAIR_AND_AUTHOR})
CONTRACTED = CHAIRS | AUTHORS


class PanelMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The panel knows who sits on it."""
        return self.filter(review__any_of=access_of(user).reviews_with("read_panel"))

    def sitting(self):
        return self.filter(left_on=None)

    def chairs(self):
        return self.filter(capacity__in=CHAIRS)

    def in_order(self):
        """The chair and the author first, as a report names them; who has left comes last."""
        first = models.Case(
            *(
                models.When(capacity=capacity, then=place)
                for place, capacity in enumerate(
                    (Capacity.CHAIR_AND_AUTHOR, Capacity.CHAIR, Capacity.AUTHOR)
                )
            ),
            default=3,
        )
        return self.order_by(F("left_on").asc(nulls_first=True), first, "name", "pk")

    def for_display(self):
        return self.select_related("review", "agency__merged_into", "user")


class PanelMember(models.Model):
    """Somebody on the panel of a review, with an account or without one."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="panel")
    key = models.UUIDField(unique=True, help_text="A second click finds what the first one made.")
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="panel_seats"
    )
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField(
        max_length=200, blank=True, help_text="Where the body is not in the register of agencies."
    )
    position = models.CharField(max_length=200, blank=True)
    specialism = models.CharField(max_length=300, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.MEMBER)
    joined = PartialDateField()
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="Whose work this chair took over.",
    )
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None) & ~Q(organisation="")
                | Q(agency__isnull=False, organisation=""),
                name="panel_member_is_of_one_body",
                violation_error_message="Choose an agency, or name another body: not both.",
            ),
            models.CheckConstraint(
                condition=together("left_on", words="left_because"),
                name="panel_member_left_with_a_reason",
                violation_error_message="Say why they left.",
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(left_on=None, capacity__in=sorted(CHAIRS)),
                name="one_chair_at_a_time",
                violation_error_message="The review has a chair: hand over from them.",
            ),
            models.UniqueConstraint(
                fields=["review", "user"],
                condition=Q(left_on=None),
                name="one_seat_for_an_account",
                violation_error_message="This account belongs to another member of the panel.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reviews:panel-member-detail", args=[self.review.reference, self.pk])

    @property
    def body(self):
        return (self.agency.merged_into or self.agency) if self.agency else self.organisation

    @property
    def has_left(self):
        return self.left_on is not None

    @property
    def is_chair(self):
        return self.capacity in CHAIRS

    @property
    def is_contracted(self):
        return self.capacity in CONTRACTED


class EarlierParticulars(models.Model):
    """How a member stood on the list before a change."""

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="earlier")
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    specialism = models.CharField(max_length=300, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity)
    user = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.CharField(max_length=500)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "earlier particulars"

    def __str__(self):
        return f"Before change {self.pk} of {self.member_id}"

    @property
    def body(self):
        return (self.agency.merged_into or self.agency) if self.agency else self.organisation
