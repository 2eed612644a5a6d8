from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from reviews.access import access_of


class TermsVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every version for those who write them, what was issued for the panel, and for an agency
        what was issued to that agency."""
        access = access_of(user)
        to_own_agency = TermsIssue.objects.filter(
            version=OuterRef("pk"), participation__any_of=access.parts_with("read_own_terms")
        )
        return self.filter(
            Q(review__any_of=access.reviews_with("write_terms"))
            | Q(review__any_of=access.reviews_with("read_issued_terms"), issued_at__isnull=False)
            | Q(Exists(to_own_agency), issued_at__isnull=False)
        )

    def issued(self):
        return self.filter(issued_at__isnull=False)

    def for_display(self):
        return self.select_related("review", "made_by", "issued_by", "wording")


class TermsVersion(models.Model):
    """One version of the terms of reference: a draft until it is issued, then as it is for ever.

    The database refuses a change of an issued version, or of its terms. What is to be different is
    in the next version, which starts as a copy.
    """

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="terms_versions")
    number = models.PositiveSmallIntegerField()
    wording = models.ForeignKey(
        "reviews.Wording",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The words that the purposes were first taken from.",
    )
    purposes = models.TextField(max_length=20_000)
    scope_from = PartialDateField()
    scope_to = PartialDateField()
    scope_reason = models.TextField(blank=True, max_length=4000)
    why = models.TextField(
        blank=True, max_length=2000, help_text="What this version changes, and who agreed it."
    )
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TermsVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"], name="versions_of_terms_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(issued_at=None),
                name="one_draft_of_the_terms",
                violation_error_message="There is a draft already.",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=False) | Q(issued_by=None),
                name="terms_issued_by_somebody_at_some_time",
            ),
        ]

    def __str__(self):
        return f"Terms of reference, version {self.number}"

    def get_absolute_url(self):
        return reverse("reviews:terms-version", args=[self.review.reference, self.number])

    @property
    def is_draft(self):
        return self.issued_at is None

    @property
    def timeframe(self):
        """In words, without a day that nobody said."""
        if self.scope_from and self.scope_to:
            return f"From {self.scope_from} to {self.scope_to}"
        if self.scope_from:
            return f"From {self.scope_from}, no end agreed yet"
        return f"Up to {self.scope_to}, no start agreed yet" if self.scope_to else ""


class TermQuerySet(models.QuerySet):
    def visible_to(self, user):
        texts = TermText.objects.visible_to(user).filter(term=OuterRef("pk"))
        return self.filter(Exists(texts))


class Term(models.Model):
    """What a term is, whatever its number and words in one version or another.

    Findings and readings hang on this, so that a term that becomes number 8 stays itself.
    """

    class Kind(models.TextChoices):
        TERM = "term", "Term"
        LINE = "line", "Key line of enquiry"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TERM)
    key = models.UUIDField(
        unique=True, null=True, blank=True, help_text="A second click finds the first one's term."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"


class TermTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(version__in=TermsVersion.objects.visible_to(user))

    def numbered(self):
        """With the `number` that each has in its version; terms and lines count apart."""
        return self.select_related("term").annotate(
            number=Window(
                RowNumber(),
                partition_by=[F("version"), F("term__kind")],
                order_by=F("position").asc(),
            )
        )


class TermText(models.Model):
    """The words and the place of a term in one version."""

    version = models.ForeignKey(TermsVersion, models.CASCADE, related_name="texts")
    term = models.ForeignKey(Term, models.PROTECT, related_name="texts")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=4000)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )

    objects = TermTextQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "term"], name="a_term_once_in_a_version"),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="one_term_in_each_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"Term {self.term_id} in version {self.version_id}"

    @property
    def name(self):
        """“Term 3”; of rows that are `numbered`."""
        return f"{self.term.get_kind_display()} {self.number}"

    is_left_out = False  # by the newest version; `newest_texts` tells

    @property
    def title(self):
        """With its version where the newest no longer has it."""
        return f"{self.name} of version {self.version.number}" if self.is_left_out else self.name


class _OfReaderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To whom terms went is for those who write them; an agency learns only of itself."""
        access = access_of(user)
        return self.filter(
            Q(version__review__any_of=access.reviews_with("write_terms"))
            | Q(participation__any_of=access.parts_with("read_own_terms"))
            | Q(
                participation=None,
                version__review__any_of=access.reviews_with("read_issued_terms"),
            ),
            access.clear_of_conflicts("participation"),
        )


class TermsIssue(models.Model):
    """A version went to one agency, or (without an agency) to the panel."""

    version = models.ForeignKey(TermsVersion, models.CASCADE, related_name="issues")
    participation = models.ForeignKey(
        "reviews.Participation", models.CASCADE, null=True, blank=True, related_name="terms_issues"
    )
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = _OfReaderQuerySet.as_manager()

    class Meta:
        ordering = ["participation__agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participation"],
                name="terms_issued_once_to_each",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"Version {self.version_id} to {self.participation_id or 'the panel'}"


class TermsReading(models.Model):
    """Somebody said that they have read a version, for their agency or as a panel member."""

    version = models.ForeignKey(TermsVersion, models.CASCADE, related_name="readings")
    participation = models.ForeignKey(
        "reviews.Participation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="terms_readings",
    )
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = _OfReaderQuerySet.as_manager()

    class Meta:
        ordering = ["read_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participation", "read_by"],
                name="terms_read_once_by_each",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"Version {self.version_id} read by {self.read_by_id}"
