"""Who sits on the panel, what they declared, what they must not see, and for how long they work.

What somebody may have to answer for is never overwritten: a change keeps what stood before it, a
declaration that was wrong is withdrawn, a contract is followed by its next terms.
"""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from reviews.access import access_of


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


def _together(*names, words):
    """All of these are set or none; `words` is blank exactly when they are not."""
    unset = Q(**dict.fromkeys(names), **{words: ""})
    return unset | Q(**{f"{name}__isnull": False for name in names}) & ~Q(**{words: ""})


# --- Members ------------------------------------------------------------------------------------


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
                condition=_together("left_on", words="left_because"),
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


# --- Declarations -------------------------------------------------------------------------------


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
                condition=_together("withdrawn_on", words="withdrawn_because"),
                name="declaration_is_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.member_id}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None


# --- Conflicts of interest ----------------------------------------------------------------------


class ConflictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and for those who lead the panel all, but of an agency that they have a
        conflict with themselves."""
        access = access_of(user)
        own = Q(member__user_id=user.pk, member__review__any_of=access.reviews_with("read_panel"))
        led = Q(member__review__any_of=access.reviews_with("lead_panel"))
        return self.filter(own | led & access.clear_of_conflicts("participation"))

    def live(self):
        return self.filter(ended_on=None)

    def for_display(self):
        return self.select_related(
            "member__review", "participation__agency", "recorded_by", "ended_by"
        )


class Conflict(models.Model):
    """What a member must not see: one agency's part in the review, or all of it.

    It holds from when it is recorded until somebody else ends it: see reviews.access.
    """

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="conflicts")
    key = models.UUIDField(unique=True)
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conflicts",
        help_text="Blank: the whole review.",
    )
    nature = models.TextField()
    declared_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["ended_on", "-declared_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_together("ended_on", words="ended_because"),
                name="conflict_ended_with_a_reason",
                violation_error_message="Say why it has ended.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("declared_on")),
                name="conflict_ended_after_it_was_declared",
                violation_error_message="It cannot end before it was declared.",
            ),
        ]

    def __str__(self):
        return f"Conflict {self.pk}"

    @property
    def is_live(self):
        return self.ended_on is None

    @property
    def concerns(self):
        return self.participation.agency if self.participation else "The whole review"


# --- Contract and days --------------------------------------------------------------------------


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
                condition=_together("withdrawn_on", words="withdrawn_because"),
                name="day_used_is_withdrawn_with_a_reason",
                violation_error_message="Say why it is withdrawn.",
            )
        ]

    def __str__(self):
        return f"{self.days} on {self.worked_on}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None


# --- Joint commissioning ------------------------------------------------------------------------


class JointCommissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=access_of(user).reviews_with("view_review"))

    def live(self):
        return self.filter(ended_on=None)

    def for_display(self):
        return self.select_related("review", "partnership", "recorded_by", "ended_by")


class JointCommission(models.Model):
    """Another partnership commissions the review too: its people reach it as the first one's do."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="joint_commissions")
    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="joint_commissions"
    )
    agreed_on = models.DateField()
    because = models.CharField(max_length=500)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = JointCommissionQuerySet.as_manager()

    class Meta:
        ordering = ["ended_on", "partnership__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "partnership"],
                condition=Q(ended_on=None),
                name="one_joint_commission_each",
                violation_error_message="This partnership already commissions the review.",
            ),
            models.CheckConstraint(
                condition=_together("ended_on", words="ended_because"),
                name="joint_commission_ended_with_a_reason",
                violation_error_message="Say why it has ended.",
            ),
        ]

    def __str__(self):
        return f"{self.partnership} in {self.review}"

    @property
    def is_live(self):
        return self.ended_on is None
