"""What goes to the Home Office and to the Commissioner, and what the quality panel's letters ask for.

Every row here is evidence of what was said, sent or answered on a day. None is changed or removed: the
database sees to it, and where something was wrong a further row says so.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from reports.models.documents import reviews_led
from reports.models.paragraphs import Paragraph, ParagraphVersion
from reports.models.renderings import Rendering
from reviews.access import access_of


def reviews_submitted_to(user):
    """Ids of those in which the user reads what was submitted, and has no conflict."""
    access = access_of(user)
    return access.reviews_with("read_submitted") - access.reviews_in_conflict


class Once(models.Model):
    """Written once. A second click with the same key finds the first one's row."""

    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class FormAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=reviews_led(user))


class FormAnswer(Once):
    """What somebody said for a field of the data form. The newest of a field counts."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="form_answers")
    person = models.ForeignKey("reviews.Person", models.PROTECT, null=True, related_name="+")
    code = models.SlugField(max_length=60, help_text="Of the field: reports.homeoffice.fields.")
    value = models.CharField(max_length=200)
    why = models.CharField(max_length=500, help_text="How it is known, or why it was changed.")

    objects = FormAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(why=""), name="a_form_answer_says_what_and_why"
            )
        ]

    def __str__(self):
        return f"Answer {self.pk} of the data form"


class Recipient(models.TextChoices):
    HOME_OFFICE = "home-office", "The Home Office"
    COMMISSIONER = "commissioner", "The Domestic Abuse Commissioner"


class PackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its makers'; the Home Office's reader finds what was submitted to it, from then on."""
        submitted = Q(
            review__any_of=reviews_submitted_to(user),
            to=Recipient.HOME_OFFICE,
            pk__in=PackSent.objects.standing().values("pack"),
        )
        return self.filter(Q(review__any_of=reviews_led(user)) | submitted)


class Pack(Once):
    """Files that go out together, exactly as they went, with what was missing."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    to = models.CharField(max_length=12, choices=Recipient)
    form = models.JSONField(default=list, help_text="[(field, of whom, value, where from)]")
    missing = models.JSONField(default=list, help_text="What it does not hold, in sentences.")
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["review", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="packs_are_numbered")
        ]

    def __str__(self):
        return f"Pack {self.number}"

    def get_absolute_url(self):
        return f"{reverse('reports:home-office', args=[self.review.reference])}#pack-{self.number}"

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def last_sent(self):
        """Of its sendings at hand, the one that counts, or None."""
        return max(self.sendings.all(), key=lambda one: one.pk, default=None)

    @property
    def file_name(self):
        """References and kinds alone: nobody is named in the name of a file."""
        return f"{self.review.reference} pack {self.number} {self.to}.zip"


class PackAskedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__any_of=reviews_led(user))

    def waiting(self):
        """Those of which no pack was made, or not yet."""
        return self.filter(~Exists(Pack.objects.filter(key=OuterRef("key"))))


class PackAsked(Once):
    """That somebody asked for a pack, and of what. The worker makes the pack, which has the same key and
    number; where it cannot, the number stays empty."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="packs_asked")
    number = models.PositiveIntegerField()
    to = models.CharField(max_length=12, choices=Recipient)
    renderings = models.JSONField(help_text="Ids of the versions that were chosen.")
    papers = models.JSONField(default=list, blank=True, help_text="Ids of the action plans.")

    objects = PackAskedQuerySet.as_manager()

    class Meta:
        ordering = ["review", "-number"]
        verbose_name_plural = "packs asked for"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="packs_are_asked_for_once")
        ]

    def __str__(self):
        return f"Pack {self.number} that was asked for"

    @property
    def job_key(self):
        return f"reports.pack:{self.key}"


class PackPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pack__in=Pack.objects.visible_to(user))


class PackPart(models.Model):
    """One file of a pack: the stored one itself, never a copy that was made anew."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="parts")
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=200, help_text="What it is, in our words.")
    name = models.CharField(max_length=150, help_text="In the pack.")
    stored = models.ForeignKey("vault.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rendering = models.ForeignKey(Rendering, models.PROTECT, null=True, related_name="+")

    objects = PackPartQuerySet.as_manager()

    class Meta:
        ordering = ["pack", "place"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "place"], name="parts_of_a_pack_in_order")
        ]

    def __str__(self):
        return f"Part {self.place} of pack {self.pack_id}"

    @property
    def vault_scope(self):
        return self.pack.review.vault_scope


class PackSentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pack__in=Pack.objects.visible_to(user))

    def standing(self):
        """The newest of each pack, where it says that the pack was sent."""
        later = PackSent.objects.filter(pack=OuterRef("pack"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), on__isnull=False)


class PackSent(Once):
    """That a pack went to its reader on a day; or that it did not after all. The newest counts."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="sendings")
    on = models.DateField(null=True, blank=True, help_text="Empty: it was not sent after all.")
    to_whom = models.CharField(max_length=200, blank=True, help_text="A post or body, no name.")
    why = models.CharField(max_length=500, blank=True, help_text="Why an earlier row was wrong.")

    objects = PackSentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "packs sent"
        constraints = [
            models.CheckConstraint(
                condition=Q(on__isnull=False) & ~Q(to_whom="") | Q(on=None) & ~Q(why=""),
                name="a_pack_went_to_somebody_or_did_not_because",
            )
        ]

    def __str__(self):
        return f"Sending {self.pk} of pack {self.pack_id}"


# --- What comes back ----------------------------------------------------------------------------


class OfficeLetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its answerers'; and the Home Office's reader, whose panel wrote it, unless it was entered
        here by mistake: it may be of another review."""
        submitted = Q(review__any_of=reviews_submitted_to(user), withdrawal=None)
        return self.filter(Q(review__any_of=reviews_led(user)) | submitted)


class OfficeLetter(Once):
    """A letter of the Home Office's quality panel, as it came. Each letter is a round."""

    class Outcome(models.TextChoices):
        PUBLISH = "publish", "Publish, after the changes that it asks for"
        AGAIN = "again", "Send it again"
        CLEARED = "cleared", "Cleared, nothing more to change"
        UNSAID = "unsaid", "The letter does not say"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="office_letters")
    number = models.PositiveIntegerField()
    on = models.DateField(help_text="The date that stands on it.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    pack = models.ForeignKey(
        Pack, models.PROTECT, null=True, related_name="letters", help_text="What it is about."
    )
    stored = models.OneToOneField("vault.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    read = models.JSONField(
        default=dict, help_text="{proposed, beside: [text], doubts}: what may be its points."
    )

    objects = OfficeLetterQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="office_letters_are_numbered")
        ]

    def __str__(self):
        return f"Letter {self.number} of the Home Office"

    def get_absolute_url(self):
        return reverse("reports:office-letter", args=[self.review.reference, self.number])

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def is_withdrawn(self):
        return hasattr(self, "withdrawal")


class OfPointsQuerySet(models.QuerySet):
    way = "letter"

    def visible_to(self, user):
        """What is being answered is its answerers' until it goes out in a pack."""
        return self.filter(**{f"{self.way}__review__any_of": reviews_led(user)})


class LetterPointQuerySet(OfPointsQuerySet):
    def standing(self):
        """Without what was entered by mistake."""
        return self.filter(withdrawal=None, letter__withdrawal=None)

    def open(self):
        """Those that nobody has answered."""
        return self.standing().filter(answers=None)


class LetterPoint(Once):
    """One thing that a letter asks for."""

    letter = models.ForeignKey(OfficeLetter, models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=5_000)

    objects = LetterPointQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="points_are_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="a_point_says_something"),
        ]

    def __str__(self):
        return f"Point {self.number} of letter {self.letter_id}"

    @property
    def is_withdrawn(self):
        """By itself; with its letter, see there."""
        return hasattr(self, "withdrawal")


class PointAnswerQuerySet(OfPointsQuerySet):
    way = "point__letter"


class PointAnswer(Once):
    """What was done about a point: the paragraph that changed, as it was and as it became; or why not.
    The newest of a point counts, the earlier ones stay."""

    class How(models.TextChoices):
        PARAGRAPH = "paragraph", "A paragraph was changed or written"
        ELSEWHERE = "elsewhere", "Something else was changed, for example a table or the plan"
        NOT = "not", "Nothing was changed"

    point = models.ForeignKey(LetterPoint, models.PROTECT, related_name="answers")
    how = models.CharField(max_length=10, choices=How)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey(
        ParagraphVersion,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="As it was submitted. Empty: it was not there.",
    )
    after = models.ForeignKey(ParagraphVersion, models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=60, blank=True, help_text="Its number when answered.")
    words = models.TextField(max_length=5_000, blank=True)

    objects = PointAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="paragraph", paragraph__isnull=False, after__isnull=False)
                | ~Q(how="paragraph") & ~Q(words="") & Q(paragraph=None, before=None, after=None),
                name="an_answer_names_a_paragraph_or_says_why",
            )
        ]

    def __str__(self):
        return f"Answer {self.pk} to point {self.point_id}"
