"""What others say of a draft, beside the paragraph that they read, and what became of it.

Nothing here is ever changed or deleted: the database sees to it.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reports.models.accuracy import AccuracyRound, ExtractAnswer
from reports.models.documents import Document, reviews_led
from reports.models.paragraphs import MOST, Paragraph, ParagraphVersion
from reviews import rules
from reviews.access import access_of


class Done(models.TextChoices):
    """What somebody did with a remark."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


ENDS = frozenset({Done.ACCEPTED, Done.DECLINED, Done.WITHDRAWN})


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its authors' all. Of the panel's, whoever reads the document has their own, and the others'
        where they are shared with it and were made to be read so: what somebody said while each read
        their own stays so. What was taken out is its authors' alone, and what others said of it with it.
        What an agency said of its extract is no panel's to read."""
        shared = rules.reviews_with_drafts_shared(access_of(user))
        seen = Q(
            paragraph__section__document__in=Document.objects.visible_to(user),
            paragraph__section__document__review__any_of=shared,
        )
        taken_back = RemarkMove.objects.filter(remark=OuterRef("pk"), what=Done.WITHDRAWN)
        others = Q(
            is_shared=True,
            paragraph__removed_at=None,
            paragraph__section__removed_at=None,
            paragraph__section__document__shows_remarks=True,
        )
        others &= ~Exists(taken_back)
        return self.filter(
            Q(paragraph__section__document__review__any_of=reviews_led(user))
            | ~Q(kind=Remark.Kind.ACCURACY) & seen & (Q(by=user) | others)
        )

    def of(self, document):
        return self.filter(paragraph__section__document=document)

    def open(self):
        """Nobody has settled them. A comment is settled by an answer; of a text somebody has to say
        whether it goes in."""
        ends = RemarkMove.objects.filter(remark=OuterRef("pk"))
        answered = Q(what=Done.ANSWERED, remark__kind=Remark.Kind.COMMENT)
        return self.filter(~Exists(ends.filter(Q(what__in=sorted(ENDS)) | answered)))

    def for_display(self):
        return self.select_related(
            "by", "version", "paragraph__section", "answer__line__round__participation__agency"
        ).prefetch_related("moves__by", "moves__version")


class Remark(models.Model):
    """One thing that somebody said of a paragraph, as they read it."""

    class Kind(models.TextChoices):
        COMMENT = "comment", "Comment"
        SUGGESTION = "suggestion", "Suggested text"
        ACCURACY = "accuracy", "Not accurate"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="remarks")
    version = models.ForeignKey(
        ParagraphVersion, models.PROTECT, related_name="remarks", help_text="What they read."
    )
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's remark.")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.TextField(max_length=20_000, blank=True)
    suggested = models.TextField(max_length=MOST, blank=True, help_text="Markdown.")
    is_shared = models.BooleanField(
        default=False, help_text="It was made while members read what the others say."
    )
    answer = models.OneToOneField(
        ExtractAnswer, models.PROTECT, null=True, blank=True, related_name="remark"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="remarks")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="comment", suggested="") & ~Q(words="")
                | Q(kind="suggestion") & ~Q(suggested="")
                | Q(kind="accuracy"),
                name="a_remark_says_something",
                violation_error_message="Write a comment, or change the text.",
            ),
            models.CheckConstraint(
                condition=Q(kind="accuracy", answer__isnull=False)
                | ~Q(kind="accuracy") & Q(answer=None),
                name="what_an_agency_says_of_an_extract_is_of_its_answer",
            ),
        ]

    def __str__(self):
        return f"Remark {self.pk}"

    @property
    def is_of_an_agency(self):
        return self.kind == self.Kind.ACCURACY

    @property
    def is_comment(self):
        return self.kind == self.Kind.COMMENT

    @property
    def ended(self):
        """What settled it, or None."""
        ends = ENDS | {Done.ANSWERED} if self.is_comment else ENDS
        return next((one for one in self.moves.all() if one.what in ends), None)

    @property
    def is_open(self):
        return self.ended is None


class RemarkMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the remark; and an agency what became of its own answers."""
        return self.filter(
            Q(remark__in=Remark.objects.visible_to(user))
            | Q(remark__answer__line__round__in=AccuracyRound.objects.visible_to(user))
        )


class RemarkMove(models.Model):
    """One thing that was done with a remark."""

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="moves")
    key = models.UUIDField(unique=True)
    what = models.CharField(max_length=12, choices=Done)
    words = models.TextField(max_length=20_000, blank=True)
    version = models.ForeignKey(
        ParagraphVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_from",
        help_text="What the paragraph said once the text was accepted.",
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RemarkMoveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what__in=["declined", "answered"]) | ~Q(words=""),
                name="who_declines_or_answers_a_remark_says_what",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(what="accepted", version__isnull=False)
                | ~Q(what="accepted") & Q(version=None),
                name="what_was_accepted_stands_in_a_version",
            ),
            models.UniqueConstraint(
                fields=["remark"],
                condition=Q(what__in=["accepted", "declined", "withdrawn"]),
                name="a_remark_is_settled_once",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.remark_id}"

    @property
    def is_word_for_word(self):
        return self.version_id is not None and self.version.text == self.remark.suggested
