from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actionplans import vocabulary
from findings.models import Lesson
from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.models import Participation
from reviews.rules import Material

SOON = timedelta(days=92)
# A doubt that tells of the register of people, which not every reader of a plan may know.
NAME_DOUBT = "name"


def choices_of(words):
    """What a file may claim, as choices: the file's own words are kept beside."""
    return [(str(word), str(word).capitalize()) for word in words]


class Status(models.TextChoices):
    """What is confirmed here, which is not what a file claims. Overdue is worked out, never kept."""

    UNCONFIRMED = "unconfirmed", "Not confirmed yet"
    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    SLIPPED = "slipped", "Slipped"
    REPORTED = "reported", "Reported done, not accepted yet"
    DONE = "done", "Done"
    SUPERSEDED = "superseded", "No longer right"


class Reach(models.TextChoices):
    """How many agencies a recommendation is for."""

    SINGLE = "single", "Single-agency"
    MULTI = "multi", "Multi-agency"


class Level(models.TextChoices):
    """How far a recommendation reaches; a national one is put to an owner department."""

    LOCAL = "local", "Local"
    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


CLOSED = (Status.DONE, Status.SUPERSEDED)
# What a file says of rows that nobody waits for any more.
CLAIMED_CLOSED = tuple(
    str(status)
    for status in (
        vocabulary.Status.COMPLETED,
        vocabulary.Status.DISCHARGED,
        vocabulary.Status.SUPERSEDED,
        vocabulary.Status.NOT_ACCEPTED,
    )
)
CLAIMED_DONE = str(vocabulary.Status.COMPLETED)
REJECTED = str(vocabulary.Decision.REJECTED)
COLOURS = {
    Status.UNCONFIRMED: "grey",
    Status.NOT_STARTED: "grey",
    Status.ON_TRACK: "blue",
    Status.AT_RISK: "orange",
    Status.SLIPPED: "red",
    Status.REPORTED: "turquoise",
    Status.DONE: "green",
    Status.SUPERSEDED: "grey",
}


# --- Files --------------------------------------------------------------------------------------


class PlanImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The files as they came are for whoever may bring one; they hold every agency's rows."""
        access = access_of(user)
        allowed = access.reviews_with("change_action_plan") - access.reviews_in_conflict
        return self.filter(review__in=allowed)

    def saved(self):
        return self.filter(state=PlanImport.State.SAVED)

    def for_display(self):
        return self.select_related("by", "replaces")

    def for_list(self):
        """Without the long summaries, of which a list shows only the counts."""
        return (
            self.for_display()
            .annotate(counted=models.F("summary__counts"))
            .defer("summary", "mapping")
        )


class PlanImport(models.Model):
    """The way of one file into an action plan, from upload to saved."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Ready to check"
        SAVED = "saved", "Saved"
        DISCARDED = "discarded", "Discarded"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="plan_imports")
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's import.")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    mapping = models.JSONField(default=dict, blank=True)
    is_mapping_checked = models.BooleanField(default=False)
    is_further = models.BooleanField(
        null=True, blank=True, help_text="Blank: decided by how much of it is in the plan already."
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    summary = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = PlanImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="saved", saved_at__isnull=False)
                | ~Q(state="saved") & Q(saved_at=None),
                name="plan_import_saved_has_a_time",
            )
        ]

    def __str__(self):
        return f"Plan import {self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:import-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def colour(self):
        return {"saved": "green", "discarded": "grey"}.get(self.state, "blue")

    @property
    def counts(self):
        return self.summary.get("counts", {})

    @property
    def can_be_saved(self):
        """All or nothing: a row that cannot be taken keeps the whole file out."""
        return bool(self.counts.get("recommendations")) and not self.counts.get("rejected")


# --- Recommendations ----------------------------------------------------------------------------


# Neither confirmed as closed nor, where nobody here has looked yet, claimed to be.
STILL_OPEN = (
    ~Q(status__in=CLOSED)
    & ~Q(decision=REJECTED)
    & ~Q(status=Status.UNCONFIRMED, claimed_status__in=CLAIMED_CLOSED)
)


def _by_rows(rows, own):
    """What holds of one of these rows; where nothing is followed of it, of the recommendation itself."""
    of_it = {"recommendation": OuterRef("pk")}
    followed = Exists(PlanRow.objects.live().filter(**of_it))
    return Exists(rows.filter(**of_it)) | (~followed & own)


def overdue(*, on):
    """Something that is followed of it is past the last day that its target can mean."""
    own = STILL_OPEN & Q(target_latest__lt=on)
    return _by_rows(PlanRow.objects.overdue(on=on), own)


def claimed_without_evidence():
    """The file says completed; neither it nor anybody here shows anything that was done."""
    below = {"recommendation": OuterRef("pk")}
    return (
        Q(claimed_status=CLAIMED_DONE, outcome="", evidence="")
        & ~Exists(Action.objects.live().filter(**below))
        & ~Exists(Milestone.objects.filter(**below))
        & ~Exists(Update.objects.filter(**below))
        & ~Exists(ProgressNote.objects.filter(**below))
    )


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The only door: the whole plan, what one's own agency leads, or what was shared; of drafts,
        those of the reviews that one leads. With its analysis the panel reads all that rests on it."""
        access = access_of(user)
        plan = access.rows_of(
            Material.ACTION_PLAN,
            review_right="read_action_plan",
            part_right="read_own_actions",
            part="leads",
        )
        allowed = plan & (
            Q(is_draft=False) | Q(review__any_of=access.reviews_with("lead_analysis"))
        )
        if shared := access.reviews_sharing(Material.ANALYSIS):
            allowed |= Q(review__any_of=shared) & access.clear_of_conflicts("leads")
        rows = self.filter(without_join(allowed, RecommendationLead, "recommendation"))
        if access.conflicts:
            rows = rows.exclude(pk__in=Recommendation.objects.that_may_tell_of_conflicts(access))
        return rows

    def that_may_tell_of_conflicts(self, access):
        """Those that rest, or rested, on a lesson which a conflict of interest hides from somebody, or came
        from the report of an agency that it is with, whoever leads them now; but for what is in the
        plan for their own agency to do. Gives their ids."""
        own = RecommendationLead.objects.of(access.parts_with("read_own_actions"))
        told = Q(lesson_links__lesson__in=Lesson.objects.told_by(access.conflicts))
        came = "own_point__file__submission__request__participation__any_of"
        rows = self.filter(told | Q(**{came: access.conflicts}))
        return rows.exclude(is_draft=False, pk__in=own).order_by().values("pk")

    def once_led_by(self, parts):
        """Those of which some earlier version says that one of these agencies led them or an action of
        theirs, for use in a condition: what was said then may tell of it, whoever leads them now."""
        once = Q(pk__in=[])
        for part in sorted(parts):
            once |= Q(versions__snapshot__leads__contains=[part])
            once |= Q(actions__versions__snapshot__leads__contains=[part])
        return self.filter(once).order_by().values("pk")

    def read_as_a_whole(self, user):
        """Those of which somebody reads more than the text: not whoever leads only a part of one."""
        access = access_of(user)
        leading = access.parts_with("read_own_actions") | access.parts_sharing(Material.ACTION_PLAN)
        led = RecommendationLead.objects.filter(participation__any_of=leading, is_accountable=True)
        whole = access.reviews_with("read_action_plan")
        for material in (Material.ACTION_PLAN, Material.ANALYSIS):
            whole |= access.reviews_sharing(material)
        return self.visible_to(user).filter(
            Q(review__any_of=whole) | Q(pk__in=led.values("recommendation"))
        )

    def drafts(self):
        return self.live().filter(is_draft=True)

    def live(self):
        return self.filter(withdrawn_at=None)

    def standing(self):
        """Live, or called the same as one that is."""
        return self.filter(
            Q(withdrawn_at=None) | Q(same_as__isnull=False, same_as__withdrawn_at=None)
        )

    def led_by(self, participation):
        return self.filter(pk__in=RecommendationLead.objects.of([participation]))

    def overdue(self, *, on):
        return self.filter(overdue(on=on))

    def due_between(self, start, end):
        rows = PlanRow.objects.waited_for().filter(due__range=(start, end))
        return self.filter(_by_rows(rows, STILL_OPEN & Q(target_latest__range=(start, end))))

    def without_date(self):
        """Nobody can say whether these are late."""
        return self.filter(_by_rows(PlanRow.objects.live().filter(due=None), Q(target_latest=None)))

    def claimed_without_evidence(self):
        return self.filter(claimed_without_evidence())

    def in_plan_order(self):
        return self.order_by("review_id", "position", "pk")

    def for_display(self, user):
        """All that a list shows of each row to this person, in a constant number of queries.

        `is_read_whole` says whether that is more than its text and what their own agency does;
        `is_overdue`, what the figures count today.
        """
        actions = Action.objects.visible_to(user).live().select_related("lead__agency", "row")
        milestones = Milestone.objects.visible_to(user)
        return (
            self.select_related("review", "parent", "theme")
            .prefetch_related(
                models.Prefetch("leads", Participation.objects.select_related("agency")),
                models.Prefetch("actions", actions, to_attr="live_actions"),
                models.Prefetch("milestones", milestones, to_attr="all_milestones"),
            )
            .annotate(
                is_read_whole=Exists(
                    Recommendation.objects.read_as_a_whole(user).filter(pk=OuterRef("pk"))
                ),
                is_overdue=models.ExpressionWrapper(
                    overdue(on=timezone.localdate()), output_field=models.BooleanField()
                ),
                has_notes=Exists(ProgressNote.objects.filter(recommendation=OuterRef("pk"))),
                has_updates=Exists(Update.objects.filter(recommendation=OuterRef("pk"))),
            )
        )


def without_join(allowed, links, led_by):
    """A join to the leads would count a row twice that two agencies of one person lead.

    `links` is the model that ties agencies to such rows, `led_by` its way to the row.
    """
    rewritten = Q(_connector=allowed.connector, _negated=allowed.negated)
    for child in allowed.children:
        if isinstance(child, Q):
            rewritten.children.append(without_join(child, links, led_by))
        elif child[0] == "leads__any_of":
            led = links.objects.filter(participation__any_of=child[1])
            rewritten.children.append(("pk__in", led.values(led_by)))
        else:
            rewritten.children.append(child)
    return rewritten


class Recommendation(models.Model):
    """One recommendation, as written and as read. A part of one has it as its parent."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="recommendations")
    plan_import = models.ForeignKey(
        PlanImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        help_text="The file that last said what it says.",
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    position = models.PositiveIntegerField(help_text="Its place in the order of its file.")
    part_kind = models.CharField(max_length=10, blank=True)
    part = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)

    number = models.CharField(max_length=40, blank=True)
    number_as_written = models.TextField(blank=True)
    text = models.TextField()
    group = models.TextField(blank=True)
    scope = models.TextField(blank=True)

    reach = models.CharField(max_length=10, choices=Reach, blank=True)
    level = models.CharField(
        max_length=10, choices=Level, blank=True, help_text="As the scope is read. Blank: not said."
    )
    addressed_to = models.CharField(
        max_length=200, blank=True, help_text="The body or department that must answer."
    )
    theme = models.ForeignKey(
        "chronologies.Theme", models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    is_draft = models.BooleanField(
        default=False, help_text="Weighed by the panel: not in the plan yet."
    )
    own_point = models.ForeignKey(
        "reviews.OwnPoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        help_text="The recommendation of an agency’s own report that it came from.",
    )
    key = models.UUIDField(
        unique=True, null=True, blank=True, help_text="A second click finds the first one's."
    )
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    lead_as_written = models.TextField(blank=True)
    lead_role = models.TextField(blank=True)
    lead_people = ArrayField(models.TextField(), default=list, blank=True)
    leads = models.ManyToManyField(
        "reviews.Participation", through="RecommendationLead", related_name="led_recommendations"
    )

    decision = models.CharField(max_length=20, blank=True, choices=choices_of(vocabulary.Decision))
    decision_as_written = models.TextField(blank=True)
    decision_condition = models.TextField(blank=True)
    target = PartialDateField()
    target_as_written = models.TextField(blank=True)
    targets = models.JSONField(default=list, blank=True)
    claimed_status = models.CharField(
        max_length=20, blank=True, choices=choices_of(vocabulary.Status)
    )
    status_as_written = models.TextField(blank=True)
    claimed_completed = PartialDateField()
    outcome = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    other = models.JSONField(default=dict, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    flags = models.JSONField(
        default=list, blank=True, help_text="What the plan itself leaves open or contradicts."
    )
    digest = models.CharField(max_length=32, blank=True, help_text="Of the row as imported.")
    own_milestones = models.BooleanField(
        default=False, help_text="Its milestones were changed here: a corrected file leaves them."
    )

    status = models.CharField(max_length=20, choices=Status, default=Status.UNCONFIRMED)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        PlanImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dropped",
        help_text="The corrected file that no longer has it.",
    )

    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="called_the_same",
        help_text="The one that stays, where somebody said that the two are one.",
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "position", "pk"]
        indexes = [
            models.Index(
                fields=["review", "position", "id"],
                name="recommendation_in_order",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["review", "target_latest"],
                name="recommendation_due",
                condition=Q(withdrawn_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
                name="recommendation_is_not_its_own_part",
            ),
            models.CheckConstraint(
                condition=Q(dropped_by=None) | Q(withdrawn_at__isnull=False),
                name="recommendation_dropped_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None)
                | Q(withdrawn_at__isnull=False) & ~Q(same_as=models.F("id")),
                name="recommendation_of_two_that_are_one_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="recommendation_status_is_known"
            ),
        ]

    def __str__(self):
        return f"Recommendation {self.number or self.pk}"

    def get_absolute_url(self):
        return reverse("actionplans:recommendation-detail", args=[self.review.reference, self.pk])

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def claims_done(self):
        return self.claimed_status == CLAIMED_DONE

    @property
    def open_doubts_for_readers(self):
        """Without those that tell who is on the register of people, which its keepers alone see."""
        return [doubt for _, doubt in self.open_doubts if doubt.get("kind") != NAME_DOUBT]

    @property
    def open_doubts(self):
        return [(number, doubt) for number, doubt in enumerate(self.doubts) if not doubt["settled"]]

    @property
    def is_made_here(self):
        """Written here, so that its words can be changed here: not those of a file or an agency."""
        return self.plan_import_id is None and self.own_point_id is None

    @property
    def where(self):
        """Where it stands in the file: "table 1, row 12"."""
        if not self.part_kind:
            return ""
        part = {"sheet": f"sheet “{self.part}”, ", "table": f"table {self.part}, "}
        unit = "paragraph" if self.part_kind == "paragraphs" else "row"
        return f"{part.get(self.part_kind, '')}{unit} {self.row}"


class RecommendationLeadQuerySet(models.QuerySet):
    def of(self, participations):
        """The recommendations that these agencies lead, for use in a condition."""
        return self.filter(participation__in=participations).values("recommendation")


class RecommendationLead(models.Model):
    """An agency that has to see to a recommendation, or to one of its actions."""

    # Both keys have an index of both columns below, which answers without the table.
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="lead_links", db_index=False
    )
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="lead_links", db_index=False
    )
    is_accountable = models.BooleanField(
        default=True, help_text="Named to lead the recommendation itself, not only a part of it."
    )

    objects = RecommendationLeadQuerySet.as_manager()

    class Meta:
        ordering = ["-is_accountable", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "participation"], name="one_lead_each_agency"
            )
        ]
        indexes = [
            models.Index(fields=["participation", "recommendation"], name="lead_by_participation")
        ]

    def __str__(self):
        return f"Lead {self.participation_id} of {self.recommendation_id}"


class ChildQuerySet(models.QuerySet):
    """What hangs on a recommendation is seen by whoever sees more of that than its text."""

    def visible_to(self, user):
        return self.filter(recommendation__in=Recommendation.objects.read_as_a_whole(user))


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its row: who leads one action learns nothing of the others."""
        return self.filter(row__in=PlanRow.objects.visible_to(user))

    def live(self):
        return self.filter(withdrawn_at=None)


class Action(models.Model):
    """One thing that somebody is to do about a recommendation."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    key = models.UUIDField(
        unique=True, null=True, blank=True, help_text="Of one added by hand, which no file removes."
    )
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_actions",
        help_text="Where somebody said who. Blank: whoever leads the recommendation.",
    )
    lead_as_written = models.TextField(blank=True)
    target = PartialDateField()
    target_as_written = models.TextField(blank=True)
    claimed_status = models.CharField(
        max_length=20, blank=True, choices=choices_of(vocabulary.Status)
    )
    status_as_written = models.TextField(blank=True)
    claimed_completed = PartialDateField()
    outcome = models.TextField(blank=True)
    file_words = models.JSONField(
        null=True, blank=True, help_text="What the file last said, where that was changed here."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who took it away here. Blank: in the plan, or a corrected file no longer has it.",
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation_id", "position", "pk"]

    def __str__(self):
        return f"Action {self.number or self.pk}"

    @property
    def is_from_file(self):
        """A corrected version of its file speaks of it too."""
        return self.key is None

    def keep_file_words(self):
        """Before a first change here, so that a corrected file is compared with what it said."""
        if self.is_from_file and self.file_words is None:
            self.file_words = {
                "number": self.number,
                "text": self.text,
                "target_as_written": self.target_as_written,
                "target": self.target.to_json(),
            }


class Milestone(models.Model):
    """A step on the way, as the plan sets it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="milestones")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    target = PartialDateField()

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation_id", "position", "pk"]

    def __str__(self):
        return f"Milestone {self.pk}"


class Update(models.Model):
    """What a file reported, under the label that stood before it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="updates")
    position = models.PositiveIntegerField()
    label = models.TextField(blank=True)
    date = PartialDateField()
    text = models.TextField()

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation_id", "position", "pk"]

    def __str__(self):
        return f"Update {self.pk}"


# --- The packages of the room -------------------------------------------------------------------

import actionplans.asking.models  # noqa: E402
import actionplans.earlier.models  # noqa: E402
import actionplans.editing.models  # noqa: E402
import actionplans.many.models  # noqa: E402
import actionplans.national.models  # noqa: E402
import actionplans.papers.models  # noqa: E402
import actionplans.progress.decided  # noqa: E402
import actionplans.progress.settled  # noqa: E402
import actionplans.resting.models  # noqa: E402
import actionplans.seeing.models  # noqa: E402
import actionplans.sheet.models  # noqa: E402, F401
from actionplans.progress.models import ProgressNote  # noqa: E402
from actionplans.rows.models import PlanRow  # noqa: E402
