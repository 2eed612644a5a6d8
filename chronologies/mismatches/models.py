"""Where chronologies disagree, and what the chair made of it."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from chronologies.mismatches.states import SETTLED, State
from foundations.dates.fields import PartialDateField, in_time_order
from reviews.access import access_of
from reviews.querying.states import State as QueryState
from reviews.rules import Material

_EVER = Value(datetime(1900, 1, 1, tzinfo=UTC), output_field=models.DateTimeField())


class Kind(models.TextChoices):
    SENT_NO_RECEIPT = "sent-no-receipt", "Sent, no matching entry at the other end"
    RECEIPT_NO_SENDING = "receipt-no-sending", "Received, no matching entry of sending"
    DIFFERING_CONTENT = "differing-content", "Two accounts differ"
    DIFFERING_DATE = "differing-date", "Two dates for one event"
    PROMISED_NOT_DONE = "promised-not-done", "Promised, no later entry"
    ATTENDED_NOT_RECORDED = "attended-not-recorded", "Attended, not recorded by another"
    IMR_NOT_IN_CHRONOLOGY = "imr-not-in-chronology", "In the IMR, not in the chronology"
    CHRONOLOGY_NOT_IN_IMR = "chronology-not-in-imr", "In the chronology, not in the IMR"


class Confidence(models.TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Verdict(models.TextChoices):
    QUERY = "query", "To be asked about"
    ACCEPTED = "accepted", "Accepted as a difference"
    NOT_MATERIAL = "not_material", "Not material"
    REOPENED = "reopened", "Opened again"


class MismatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who lead the analysis; what the entries still show also for those of the panel
        with whom mismatches are shared. Never one that an agency has part in with which they have a
        conflict of interest: neither as one of those concerned nor by an entry or a heading."""
        access = access_of(user)
        led = access.reviews_with("lead_analysis")
        shared = access.reviews_sharing(Material.MISMATCHES)
        rows = self.filter(
            Q(review__any_of=led) | Q(review__any_of=shared, gone_at__isnull=True),
            access.clear_of_conflicts("missing_from"),
        )
        if not access.conflicts:
            return rows
        for model, participation in (
            (MismatchPart, "participation"),
            (MismatchEntry, "entry__participation"),
            (MismatchPassage, "passage__file__submission__request__participation"),
        ):
            theirs = {f"{participation}__any_of": access.conflicts}
            rows = rows.filter(~Exists(model.objects.filter(mismatch=OuterRef("pk"), **theirs)))
        return rows

    def current(self):
        """What the entries as they are now still show."""
        return self.filter(gone_at=None)

    def judged(self):
        """With `verdict` and `judged_evidence` of the last judgement; null where there is none."""
        last = Judgement.objects.filter(mismatch=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            verdict=Subquery(last.values("verdict")[:1]),
            judged_evidence=Subquery(last.values("evidence")[:1]),
        )

    def with_state(self):
        """With `state`, as states.py names it. The lists, the counts and whatever asks what is
        settled all go by this one. What was asked before it was opened again counts no more."""
        reopened = Judgement.objects.filter(mismatch=OuterRef("pk"), verdict=Verdict.REOPENED)
        since = Coalesce(Subquery(reopened.order_by("-pk").values("at")[:1]), _EVER)
        asked = MismatchQuery.objects.filter(
            mismatch=OuterRef("pk"), query__raised_at__gt=OuterRef("reopened_at")
        )

        def when(state, what):
            return When(what, then=Value(state.value))

        def is_asked(*states):
            return Exists(asked.filter(query__state__in=states))

        final = Q(verdict__in=[Verdict.ACCEPTED, Verdict.NOT_MATERIAL])
        same, to_ask = Q(judged_evidence=F("evidence")), Q(verdict=Verdict.QUERY)
        return self.judged().annotate(
            reopened_at=since,
            state=Case(
                when(State.GONE, Q(gone_at__isnull=False)),
                When(final & same, then=F("verdict")),
                when(State.CHANGED, final),
                when(State.ANSWERED, to_ask & is_asked(QueryState.ANSWERED)),
                when(State.SENT, to_ask & is_asked(QueryState.OPEN)),
                when(State.ANSWERED, to_ask & is_asked(QueryState.ACCEPTED, QueryState.DISPUTED)),
                when(State.TO_ASK, to_ask & same),
                when(State.CHANGED, to_ask),
                default=Value(State.OPEN.value),
                output_field=models.CharField(),
            ),
        )

    def unsettled(self):
        """Of rows with their state: those about which somebody has still to do something."""
        return self.exclude(state__in=sorted(SETTLED))

    def in_reading_order(self):
        """Those that the finder is surest of first, then in time."""
        rank = Case(
            When(confidence=Confidence.HIGH, then=1),
            When(confidence=Confidence.MEDIUM, then=2),
            default=3,
        )
        return self.alias(rank=rank).order_by("rank", *in_time_order("date"), "pk")

    def for_display(self):
        return self.select_related("review", "missing_from__agency").prefetch_related(
            "parts__participation__agency", "entry_links", "passage_links"
        )


class Mismatch(models.Model):
    """Something that two accounts do not agree about, as the finder explains it.

    `key` is what it is about, and stays when words change; `evidence` is a digest of the words and
    dates that it rests on, and says whether a judgement was about the same.
    """

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="mismatches")
    key = models.CharField(max_length=64)
    evidence = models.CharField(max_length=64)
    kind = models.CharField(max_length=30, choices=Kind)
    also_kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    explanation = models.TextField()
    date = PartialDateField()
    missing_from = models.ForeignKey(
        "reviews.Participation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = MismatchQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "mismatches"
        constraints = [
            models.UniqueConstraint(fields=["review", "key"], name="a_mismatch_once_in_a_review")
        ]

    def __str__(self):
        return f"Mismatch {self.pk}"

    def get_absolute_url(self):
        return reverse("chronologies:mismatch-detail", args=[self.review.reference, self.pk])

    @property
    def is_of_a_number(self):
        """A report says how often; the entries are those that were counted."""
        if not self.passage_links.all():
            return False
        return self.kind == Kind.CHRONOLOGY_NOT_IN_IMR or bool(self.entry_links.all())


class OfMismatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(mismatch__in=Mismatch.objects.visible_to(user))


class LedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the leaders made of it is theirs, also where the mismatch itself is shared."""
        led = access_of(user).reviews_with("lead_analysis")
        mismatches = Mismatch.objects.visible_to(user).filter(review__any_of=led)
        return self.filter(mismatch__in=mismatches)


class MismatchPart(models.Model):
    """An agency that a mismatch concerns, also the one from which nothing was supplied."""

    mismatch = models.ForeignKey(Mismatch, models.CASCADE, related_name="parts")
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, related_name="mismatch_parts"
    )

    objects = OfMismatchQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mismatch", "participation"], name="an_agency_once_in_a_mismatch"
            )
        ]

    def __str__(self):
        return f"Agency {self.participation_id} in mismatch {self.mismatch_id}"


class MismatchEntry(models.Model):
    """An entry that a mismatch rests on. Which entries somebody reads is asked by Entry."""

    mismatch = models.ForeignKey(Mismatch, models.CASCADE, related_name="entry_links")
    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="mismatch_links")
    position = models.PositiveSmallIntegerField()

    objects = OfMismatchQuerySet.as_manager()

    class Meta:
        ordering = ["mismatch", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["mismatch", "entry"], name="an_entry_once_in_a_mismatch"
            )
        ]

    def __str__(self):
        return f"Entry {self.entry_id} in mismatch {self.mismatch_id}"


class MismatchPassage(models.Model):
    """A heading of an IMR that a mismatch rests on."""

    mismatch = models.ForeignKey(Mismatch, models.CASCADE, related_name="passage_links")
    passage = models.ForeignKey("reviews.Passage", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    objects = OfMismatchQuerySet.as_manager()

    class Meta:
        ordering = ["mismatch", "position"]

    def __str__(self):
        return f"Passage {self.passage_id} in mismatch {self.mismatch_id}"


class MismatchQuery(models.Model):
    """A query that was raised about a mismatch; its answer comes back by it."""

    mismatch = models.ForeignKey(Mismatch, models.PROTECT, related_name="query_links")
    query = models.OneToOneField("reviews.Query", models.CASCADE, related_name="+")
    quoted = models.PositiveSmallIntegerField(
        default=0, help_text="How many entries of others it quoted when it was raised."
    )

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "mismatch queries"

    def __str__(self):
        return f"Query {self.query_id} about mismatch {self.mismatch_id}"


class Judgement(models.Model):
    """What somebody made of a mismatch. The database refuses to change or delete it."""

    mismatch = models.ForeignKey(Mismatch, models.PROTECT, related_name="judgements")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's.")
    verdict = models.CharField(max_length=15, choices=Verdict)
    reason = models.TextField(max_length=2000, blank=True)
    evidence = models.CharField(max_length=64, help_text="What the mismatch rested on then.")
    explanation = models.TextField(blank=True, help_text="What the finder said of it then.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="query") | ~Q(reason=""),
                name="a_judgement_says_why",
                violation_error_message="Say why.",
            )
        ]

    def __str__(self):
        return f"{self.get_verdict_display()} {self.mismatch_id}"
