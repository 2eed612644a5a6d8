from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Max, Q, Value, When, Window
from django.db.models.functions import LPad
from django.urls import reverse
from django.utils import timezone

from foundations.dates import PartialDate
from foundations.dates.fields import PartialDateField, in_time_order, overlapping
from reviews.access import access_of
from reviews.rules import Material

ENGLISH = "english"
KEPT = timedelta(hours=24)  # how long a made export waits for its asker
UNDATED = Q(date_earliest=None, date_latest=None)


# --- Files and imports --------------------------------------------------------------------------


class SourceFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An agency's own files, as it sent them, are for itself and for whoever acts for it."""
        access = access_of(user)
        return self.filter(
            Q(review__in=access.reviews_with("act_for_agencies"))
            | Q(participation__in=access.parts_with("change_own_entries")),
            access.clear_of_conflicts("participation"),
        )

    def in_schedule_of(self, user):
        """That they exist, for those who keep the disclosure schedule; never to read them."""
        access = access_of(user)
        return self.filter(
            access.clear_of_conflicts("participation"),
            review__any_of=access.reviews_with("lead_proceedings"),
        )

    def in_place(self, review, participation):
        """Of one agency in a review, or (participation None) of the review team."""
        return self.filter(review=review, participation=participation)

    def saved(self):
        return self.filter(imported__state=ChronologyImport.State.SAVED)


class SourceFile(models.Model):
    """A file that somebody brought, kept as it came."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="source_files")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="source_files",
        help_text="Blank: context from the review team itself.",
    )
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = SourceFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name

    @property
    def vault_scope(self):
        return self.review.vault_scope


class ChronologyImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(source_file__in=SourceFile.objects.visible_to(user))

    def for_display(self):
        return self.select_related(
            "by",
            "source_file__review",
            "source_file__participation__agency",
            "source_file__replaces",
        )

    def for_list(self):
        """Without the long summaries, of which a list shows only the counts."""
        return (
            self.select_related("by", "source_file")
            .annotate(counted=models.F("summary__counts"))
            .defer("summary", "mapping")
        )


class ChronologyImport(models.Model):
    """The way of one file into a chronology, from upload to saved."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Waiting to be read"
        PREVIEWED = "previewed", "Ready to check"
        SAVING = "saving", "Being saved"
        SAVED = "saved", "Saved"
        REFUSED = "refused", "Could not be read"
        DISCARDED = "discarded", "Discarded"

    OPEN = (State.UPLOADED, State.PREVIEWED, State.SAVING)

    source_file = models.OneToOneField(SourceFile, models.PROTECT, related_name="imported")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's import.")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    mapping = models.JSONField(default=dict, blank=True)
    is_mapping_checked = models.BooleanField(default=False)
    is_further = models.BooleanField(
        default=False, help_text="Further entries, though the file looks like a corrected one."
    )
    summary = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="Why a submitted chronology changes.")
    job_key = models.CharField(max_length=100, blank=True)
    times_queued = models.PositiveSmallIntegerField(default=0)
    on_behalf = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ChronologyImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="saved", saved_at__isnull=False)
                | ~Q(state="saved") & Q(saved_at=None),
                name="import_saved_has_a_time",
            )
        ]

    def __str__(self):
        return f"Import {self.pk}"

    def get_absolute_url(self):
        return reverse("chronologies:import-detail", args=[self.review.reference, self.pk])

    @property
    def review(self):
        return self.source_file.review

    @property
    def participation(self):
        return self.source_file.participation

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def colour(self):
        return {"saved": "green", "refused": "red", "discarded": "grey"}.get(self.state, "blue")

    @property
    def counts(self):
        return self.summary.get("counts", {})

    @property
    def is_empty(self):
        return not self.counts.get("entries") and not self.counts.get("rejected")

    @property
    def can_be_saved(self):
        """All or nothing: a row that cannot be taken keeps the whole file out."""
        return bool(self.counts.get("entries")) and not self.counts.get("rejected")


class ColumnMapping(models.Model):
    """What an agency said the columns of its files are, for the next file with the same headings."""

    agency = models.ForeignKey("agencies.Agency", models.CASCADE, related_name="column_mappings")
    headings = models.CharField(max_length=64, help_text="Digest of the headings of every part.")
    mapping = models.JSONField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "headings"], name="one_mapping_a_layout")
        ]

    def __str__(self):
        return f"Mapping {self.pk}"


# --- Entries ------------------------------------------------------------------------------------


# 9:05, 09.05 or 0905 at the start of a time as written, and no half of a day after it.
_A_TIME = r"^\s*((?:[01]?\d|2[0-3])[:.][0-5]\d|(?:[01]\d|2[0-3])[0-5]\d)(?!\d)(?!\s*[aApP]\.?[mM])"
_FIGURES = Func(
    Func(F("time"), Value(_A_TIME), function="substring"),
    Value("[:.]"),
    Value(""),
    function="regexp_replace",
    output_field=models.TextField(),
)
_BY_THE_CLOCK = Window(
    Max(Case(When(date_earliest=F("date_latest"), then=LPad(_FIGURES, 4, Value("0"))))),
    partition_by=["participation", "date_earliest", "date_latest"],
    order_by=["position", "pk"],
)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The only door: every chronology of a review, one's own agency's, or what was shared.

        Context from the review team belongs to no agency, so only whole-review rights reach it.
        What was withdrawn is no longer part of what was shared.
        """
        return self.filter(
            access_of(user).rows_of(
                Material.CHRONOLOGY,
                review_right="read_chronologies",
                part_right="read_own_entries",
                shared_only=Q(withdrawn_at=None),
            )
        )

    def in_place(self, review, participation):
        return self.filter(review=review, participation=participation)

    def live(self):
        return self.filter(withdrawn_at=None)

    def withdrawn(self):
        return self.exclude(withdrawn_at=None)

    def dated(self):
        return self.exclude(UNDATED)

    def undated(self):
        return self.filter(UNDATED)

    def between(self, earliest, latest):
        """Those that can have happened between the two days; either may be None."""
        return self.filter(overlapping("date", earliest, latest))

    def by_person(self, pseudonym):
        return self.filter(persons__contains=[pseudonym])

    def matching(self, words):
        return self.filter(search=SearchQuery(words, search_type="websearch", config=ENGLISH))

    def doubtful(self):
        return self.filter(doubts__contains=[{"settled": False}])

    def in_time_order(self):
        """By earliest day, then latest, then as the file has them; as PartialDate.sort_key has it,
        an open start stands first and what has no date at all stands last."""
        return self.order_by(*in_time_order("date"), "position", "pk")

    def merged_in_time(self):
        """As in_time_order, and on one day by the clock, whichever agency an entry is from.

        Each agency's own order stays: an entry without a time of day, or with one in words, stands
        with what its own file has before it.
        """
        order = F("by_the_clock").asc(nulls_first=True)
        rows = self.alias(by_the_clock=_BY_THE_CLOCK)
        return rows.order_by(*in_time_order("date"), order, "position", "pk")

    def for_display(self):
        return self.select_related(
            "participation__agency", "source_file", "created_by", "changed_by"
        ).defer("search")


class Entry(models.Model):
    """One thing that an agency's records say happened."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="entries")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        help_text="Blank: context from the review team itself.",
    )
    source_file = models.ForeignKey(
        SourceFile, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    part_kind = models.CharField(max_length=10, blank=True)
    part = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(help_text="Its place in the order of its file.")

    date = PartialDateField()
    is_date_inherited = models.BooleanField(default=False)
    time = models.TextField(blank=True, help_text="As written: it may be in words.")
    persons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    persons_as_written = models.TextField(blank=True)
    text = models.TextField(blank=True)
    action = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    source = models.TextField(blank=True)
    other = models.JSONField(default=dict, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=32, blank=True, help_text="Of the row as imported.")

    key = models.UUIDField(null=True, blank=True, help_text="A second click finds the first's.")
    on_behalf = models.BooleanField(
        default=False, help_text="Added by the coordinator; a version says so of a change."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_by = models.ForeignKey(
        SourceFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dropped_entries",
        help_text="The corrected file that no longer has it.",
    )
    search = models.GeneratedField(
        expression=SearchVector("text", "action", "comment", "source", config=ENGLISH),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(
                fields=["review", "date_earliest", "date_latest", "position", "id"],
                name="entry_review_in_time",
            ),
            models.Index(
                fields=["participation", "date_earliest", "date_latest", "position", "id"],
                name="entry_part_in_time",
            ),
            GinIndex(fields=["search"], name="entry_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_by=None) | Q(withdrawn_at__isnull=False),
                name="entry_dropped_is_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(key__isnull=False), name="entry_key_once"
            ),
        ]

    def __str__(self):
        return f"Entry {self.pk}"

    def get_absolute_url(self):
        return reverse("chronologies:entry-detail", args=[self.review.reference, self.pk])

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def time_apart(self):
        """The time to show beside the date, unless the date as written already says it."""
        says_it = self.date.precision == "minute" and self.time in str(self.date)
        return "" if says_it else self.time

    @property
    def is_from_file(self):
        return self.source_file_id is not None

    @property
    def where(self):
        """Where it stands in the file: "sheet “Contacts”, row 12"."""
        if not self.is_from_file:
            return ""
        part = {
            "sheet": f"sheet “{self.part}”, ",
            "table": f"table {self.part}, ",
        }.get(self.part_kind, "")
        unit = {"paragraphs": "paragraph", "csv": "record"}.get(self.part_kind, "row")
        return f"{part}{unit} {self.row}"

    @property
    def open_doubts(self):
        return [doubt for doubt in self.doubts if not doubt["settled"]]


def date_of(row):
    """The date in a row of columns, such as a version keeps or a comparison brings."""
    return PartialDate.from_json(
        {
            name: row[f"date_{name}"]
            for name in ("text", "earliest", "latest", "precision", "circa", "base")
        }
    )


class EntryVersion(models.Model):
    """What an entry said before a change. Never changed, never removed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    reason = models.TextField(blank=True)
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")
        ]

    def __str__(self):
        return f"Version {self.number} of entry {self.entry_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise ValidationError("A version is never changed.")
        super().save(*args, **kwargs)


# --- Exports ------------------------------------------------------------------------------------


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its maker's alone, for a day, while they still reach the review."""
        return self.exclude(pk__in=self.expired(at=timezone.now())).filter(
            by_id=user.pk, review__in=access_of(user).reviews_with("view_review")
        )

    def expired(self, *, at):
        return self.filter(asked_at__lt=at - KEPT)


class Export(models.Model):
    """A long chronology that a worker writes to a file for one person."""

    class Format(models.TextChoices):
        EXCEL = "xlsx", "Excel"
        PDF = "pdf", "PDF"

    class What(models.TextChoices):
        CHRONOLOGY = "chronology", "Chronology"
        TIMELINE = "timeline", "Timeline"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="exports")
    key = models.UUIDField(unique=True)
    format = models.CharField(max_length=4, choices=Format)
    what = models.CharField(max_length=10, choices=What, default=What.CHRONOLOGY)
    chosen = models.JSONField(default=dict, blank=True, help_text="The filters it was made with.")
    places = models.JSONField(
        default=list, blank=True, help_text="Whose entries it holds; null is the review team's."
    )
    rows = models.PositiveIntegerField(default=0)
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, null=True, related_name="+")
    job_key = models.CharField(max_length=100)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = ExportQuerySet.as_manager()

    def __str__(self):
        return f"Export {self.pk}"

    def get_absolute_url(self):
        return reverse("chronologies:export-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope


# --- The packages of the room -------------------------------------------------------------------

import chronologies.marking.models  # noqa: E402
import chronologies.mismatches.models  # noqa: E402
import chronologies.querying.models  # noqa: E402, F401
