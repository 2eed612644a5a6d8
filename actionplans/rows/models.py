"""What is followed until it is done: one row for each action, or for a recommendation without any."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actionplans.models import (
    CLAIMED_CLOSED,
    CLOSED,
    COLOURS,
    REJECTED,
    Recommendation,
    RecommendationLead,
    Status,
    without_join,
)
from reviews.access import access_of
from reviews.models import Review
from reviews.rules import Material

# A file calls the row's action finished; or its recommendation, where it says nothing of the action. An
# action that was added here is in no file, and nothing is claimed of it.
CLAIMS_FINISHED = Q(action__claimed_status__in=CLAIMED_CLOSED) | Q(
    Q(action=None) | Q(action__key=None, action__claimed_status=""),
    recommendation__claimed_status__in=CLAIMED_CLOSED,
)
# And nobody here has said anything of it: it waits to be confirmed.
ONLY_CLAIMED = Q(status=Status.UNCONFIRMED) & CLAIMS_FINISHED


def reads_whole(access):
    """Ids of the reviews of whose plans somebody reads more than rows of their own agencies."""
    shared = access.reviews_sharing(Material.ACTION_PLAN) | access.reviews_sharing(
        Material.ANALYSIS
    )
    return access.reviews_with("read_action_plan") | shared


def reads_parts(access):
    """Ids of the participations of which somebody reads what they lead, whatever the rest."""
    return access.parts_with("read_own_actions") | access.parts_sharing(Material.ACTION_PLAN)


class PlanRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole plan, what was shared of it, or the rows that one's own agency leads, alone or
        with others: not what another agency does about the same recommendation. What is no longer
        followed goes with the recommendation, once the agency leads nothing of that any more."""
        access = access_of(user)
        plan = access.rows_of(
            Material.ACTION_PLAN,
            review_right="read_action_plan",
            part_right="read_own_actions",
            part="leads",
        )
        told = Q(recommendation__is_draft=False)
        if leading := access.reviews_with("lead_analysis"):
            told |= Q(review__any_of=leading)
        allowed = plan & told
        if shared := access.reviews_sharing(Material.ANALYSIS):
            allowed |= Q(review__any_of=shared) & access.clear_of_conflicts("leads")
        rows = self.filter(without_join(allowed, RowLead, "row"))
        if own := reads_parts(access):
            led = RecommendationLead.objects.filter(participation__any_of=own).order_by()
            still = ArraySubquery(led.values("recommendation"))
            followed = Q(ended_at=None) | Q(recommendation__any_of=still)
            if whole := reads_whole(access):
                followed |= Q(review__any_of=whole)
            rows = rows.filter(followed)
        return rows.clear_of_conflicts(access)

    def clear_of_conflicts(self, access):
        """Without those of recommendations that an agency leads in any part with which somebody has a
        conflict of interest, or that may tell of it."""
        if not access.conflicts:
            return self
        led = RecommendationLead.objects.of(access.conflicts)
        hidden = Recommendation.objects.that_may_tell_of_conflicts(access)
        return self.exclude(recommendation__in=led).exclude(recommendation__in=hidden)

    def once_led_by(self, parts):
        """Those of which some earlier version says that one of these agencies led them, for use in a
        condition: what was said of them then may tell of it, whoever leads them now."""
        once = Q(pk__in=[])
        for part in sorted(parts):
            once |= Q(action__versions__snapshot__leads__contains=[part])
            once |= Q(recommendation__versions__snapshot__leads__contains=[part])
        return self.filter(once).order_by().values("pk")

    def told_whole(self, user):
        """Each says in `is_told_whole` whether this person reads more of its recommendation than the
        text: what a file claims of that is not told to whoever leads a part."""
        if not reads_parts(access_of(user)):
            return self
        whole = Recommendation.objects.read_as_a_whole(user).filter(pk=OuterRef("recommendation"))
        return self.annotate(is_told_whole=Exists(whole))

    def published_to(self, user):
        """What is followed of published plans, for a board: its words, who leads it and how it stands.
        Nothing that hangs on a row is seen with it."""
        access = access_of(user)
        reviews = Review.objects.published().filter(
            pk__any_of=access.reviews_with("read_published_plan")
        )
        clear = without_join(access.clear_of_conflicts("leads"), RowLead, "row")
        return self.followed().filter(clear, review__in=reviews).clear_of_conflicts(access)

    def live(self):
        return self.filter(ended_at=None)

    def followed(self):
        """In the plan, and somebody may be asked about them."""
        return self.live().filter(recommendation__is_draft=False)

    def still_open(self):
        return self.followed().exclude(status__in=CLOSED).exclude(recommendation__decision=REJECTED)

    def waited_for(self):
        """Somebody has to do them yet: what is only claimed to be finished waits to be confirmed."""
        return self.still_open().filter(~ONLY_CLAIMED)

    def overdue(self, *, on):
        return self.waited_for().filter(due__lt=on)

    def led_by(self, participation):
        return self.filter(pk__in=RowLead.objects.of([participation]))

    def for_display(self):
        return self.select_related(
            "review", "recommendation", "action", "lead__agency", "owner"
        ).prefetch_related(models.Prefetch("lead_links", RowLead.objects.for_display()))


class PlanRow(models.Model):
    """One thing of a plan that somebody has to do and report on.

    Made and ended by `rows.services.follow`, never by hand; its words and its target are those of its
    action, or of its recommendation where no action was written.
    """

    review = models.ForeignKey(
        "reviews.Review", models.PROTECT, related_name="plan_rows", db_index=False
    )
    recommendation = models.ForeignKey(
        "actionplans.Recommendation", models.PROTECT, related_name="rows"
    )
    action = models.OneToOneField(
        "actionplans.Action", models.PROTECT, null=True, blank=True, related_name="row"
    )
    lead = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The one agency that answers for it. Blank: nobody was named.",
    )
    leads = models.ManyToManyField(
        "reviews.Participation", through="RowLead", related_name="plan_rows"
    )
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="owned_rows"
    )
    owner_as_written = models.TextField(
        blank=True, help_text="Whom the plan names, with an account here or without."
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.UNCONFIRMED)
    due = models.DateField(
        null=True, blank=True, help_text="The last day that its target can mean; worked out."
    )
    first_due = models.DateField(
        null=True, blank=True, help_text="The last day its target could mean before it was moved."
    )
    moves = models.PositiveIntegerField(default=0, help_text="How often its target was moved.")
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody last reported on it."
    )
    done_at = models.DateTimeField(null=True, blank=True, help_text="When it was accepted as done.")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Its action was taken away, or actions were written in its place.",
    )

    objects = PlanRowQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation__position", "action__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(action=None),
                name="one_row_for_a_recommendation_itself",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="plan_row_status_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["review", "due"], name="plan_row_due", condition=Q(ended_at=None)),
            models.Index(
                fields=["lead", "status"], name="plan_row_of_lead", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self):
        return f"Plan row {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:row-detail", args=[self.review.reference, self.pk])

    @property
    def colour(self):
        return COLOURS[self.status]

    @property
    def text(self):
        return self.action.text if self.action else self.recommendation.text

    @property
    def number(self):
        """As the plan numbers it: "3", or "3.2" of the second action below it; a number of the action's
        own is kept where nobody can take it for that of another recommendation."""
        whole = self.recommendation.number or str(self.recommendation.position)
        if self.action is None:
            return whole
        own = self.action.number or str(self.action.position)
        below = own.startswith(whole) and own[len(whole) :][:1]
        return own if below and not below.isdigit() else f"{whole}.{own}"

    @property
    def target(self):
        """Its own; of an action without one, that of its recommendation."""
        if self.action and self.action.target.precision != "none":
            return self.action.target
        return self.recommendation.target

    @property
    def target_as_written(self):
        own = self.action.target_as_written if self.action else ""
        return own or self.recommendation.target_as_written

    @property
    def is_open(self):
        return (
            self.ended_at is None
            and self.status not in CLOSED
            and self.recommendation.decision != REJECTED
        )

    @property
    def claimed_in(self):
        """What the file says how it stands of: its action, or its recommendation."""
        of_action = self.action and (self.action.claimed_status or not self.action.is_from_file)
        return self.action if of_action else self.recommendation

    @property
    def claims_finished(self):
        """As `CLAIMS_FINISHED` asks it of the database."""
        return self.claimed_in.claimed_status in CLAIMED_CLOSED

    @property
    def is_only_claimed(self):
        """As `ONLY_CLAIMED` asks it of the database."""
        return self.status == Status.UNCONFIRMED and self.claims_finished

    @property
    def is_waited_for(self):
        return self.is_open and not self.is_only_claimed

    def is_overdue(self, *, on=None):
        """Never of a row without a date, or only claimed to be finished: nobody can say that it is late."""
        return (
            self.is_waited_for and self.due is not None and self.due < (on or timezone.localdate())
        )


class RowLeadQuerySet(models.QuerySet):
    def of(self, participations):
        return self.filter(participation__in=participations).values("row")

    def for_display(self):
        return self.select_related("participation__agency")


class RowLead(models.Model):
    """An agency that leads a row, alone or with others. One of them is accountable."""

    row = models.ForeignKey(PlanRow, models.CASCADE, related_name="lead_links", db_index=False)
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="row_links", db_index=False
    )
    is_accountable = models.BooleanField(default=False)

    objects = RowLeadQuerySet.as_manager()

    class Meta:
        ordering = ["-is_accountable", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["row", "participation"], name="one_row_lead_each"),
            models.UniqueConstraint(
                fields=["row"], condition=Q(is_accountable=True), name="one_accountable_lead"
            ),
        ]
        indexes = [models.Index(fields=["participation", "row"], name="row_lead_by_participation")]

    def __str__(self):
        return f"Lead {self.participation_id} of row {self.row_id}"


class JointLead(models.Model):
    """An agency that leads an action together with the one that is accountable for it."""

    action = models.ForeignKey("actionplans.Action", models.CASCADE, related_name="joint_leads")
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="jointly_led_actions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "participation"], name="one_joint_lead_each")
        ]

    def __str__(self):
        return f"Joint lead {self.participation_id} of action {self.action_id}"
