from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from reviews.access import access_of
from reviews.letters.kinds import Recipient, letter_choices


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For whoever writes the letters of a review, and nobody else: not even whom it is to."""
        access = access_of(user)
        return self.filter(
            access.clear_of_conflicts("participation"),
            review__any_of=access.reviews_with("write_letters"),
        )

    def drafts(self):
        return self.filter(finished_at=None, set_aside_at=None)

    def came_back(self):
        """Returned, and not sent again since: somebody must do something."""
        lines = RegisterLine.objects.filter(letter=OuterRef("pk"), corrected_by=None)
        sent = lines.filter(what=RegisterLine.What.SENT).order_by("-on", "-pk").values("on")[:1]
        returned = lines.filter(what=RegisterLine.What.RETURNED, on__gte=OuterRef("sent_last_on"))
        return self.annotate(sent_last_on=Subquery(sent)).filter(Exists(returned))

    def for_display(self):
        return self.select_related(
            "review", "person", "participation__agency", "made_by", "finished_by", "wording"
        ).prefetch_related("register__recorded_by", "register__corrected_by")


class Letter(models.Model):
    """A letter of a review, from its wording to what became of it.

    Its text may change until it is finished. Then its files are made and kept, and the database
    refuses any change of them or of the text; what is wrong with it is set aside, with the reason.
    """

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="letters")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's letter.")
    kind = models.CharField(max_length=40, choices=letter_choices)
    wording = models.ForeignKey(
        "reviews.Wording", models.PROTECT, null=True, blank=True, related_name="letters"
    )
    is_from_elsewhere = models.BooleanField(
        default=False, help_text="Written and sent outside this service: no text and no files."
    )
    recipient = models.CharField(max_length=20, choices=Recipient)
    person = models.ForeignKey(
        "reviews.Person", models.PROTECT, null=True, blank=True, related_name="letters"
    )
    participation = models.ForeignKey(
        "reviews.Participation", models.PROTECT, null=True, blank=True, related_name="letters"
    )
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    word = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf = models.OneToOneField(
        "vault.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside_because = models.CharField(max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient="family", person__isnull=False, participation=None)
                | Q(recipient="agency", person=None, participation__isnull=False)
                | Q(recipient__in=("home_office", "commissioner"), person=None, participation=None),
                name="letter_is_to_one_reader",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None, word=None, pdf=None)
                | Q(finished_at__isnull=False, is_from_elsewhere=True, word=None, pdf=None)
                | Q(finished_at__isnull=False, word__isnull=False, pdf__isnull=False),
                name="letter_is_finished_with_its_files",
            ),
            models.CheckConstraint(
                condition=Q(is_from_elsewhere=True, wording=None, text="")
                | Q(is_from_elsewhere=False, wording__isnull=False),
                name="letter_has_a_wording_or_is_from_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by=None, set_aside_because="")
                | Q(set_aside_at__isnull=False) & ~Q(set_aside_because=""),
                name="letter_set_aside_at_and_why_go_together",
            ),
        ]

    def __str__(self):
        return f"Letter {self.pk} of {self.review_id}"

    def get_absolute_url(self):
        return reverse("reviews:letter-detail", args=[self.review.reference, self.pk])

    @property
    def vault_scope(self):
        return self.review.vault_scope

    @property
    def to(self):
        """Whom it goes to, as the register says it."""
        if self.person_id:
            return f"{self.person.pseudonym} ({self.person.get_role_display().lower()})"
        return (
            str(self.participation.agency)
            if self.participation_id
            else (self.get_recipient_display())
        )

    @property
    def file_name(self):
        """Says nothing of whom it is to: it stands in folders and in the lists of a browser."""
        return f"{self.review.reference} letter {self.pk}"

    @property
    def is_finished(self):
        return self.finished_at is not None

    @property
    def is_set_aside(self):
        return self.set_aside_at is not None

    @property
    def is_draft(self):
        return not self.is_finished and not self.is_set_aside

    # --- What the register says ---------------------------------------------------------------

    def last(self, what):
        """The newest line of this kind that no later line corrects."""
        lines = [
            line
            for line in self.register.all()
            if line.what == what and not hasattr(line, "corrected_by")
        ]
        return max(lines, key=lambda line: (line.on, line.pk), default=None)

    @property
    def sent(self):
        return self.last(RegisterLine.What.SENT)

    @property
    def acknowledged(self):
        return self.last(RegisterLine.What.ACKNOWLEDGED)

    @property
    def came_back(self):
        """It was returned and has not been sent again since."""
        returned, sent = self.last(RegisterLine.What.RETURNED), self.sent
        return returned if returned and sent and returned.on >= sent.on else None

    @property
    def state(self):
        """(in words, colour of its tag)"""
        if self.is_set_aside:
            return "Set aside", "grey"
        if self.is_draft:
            return "Draft", "blue"
        if not self.sent:
            return "Finished, not sent", "yellow"
        if self.came_back:
            return "Came back", "red"
        return ("Acknowledged", "green") if self.acknowledged else ("Sent", "turquoise")


class RegisterLine(models.Model):
    """What happened to a finished letter. A line is never changed: a further line corrects it."""

    class What(models.TextChoices):
        SENT = "sent", "Sent"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        RETURNED = "returned", "Came back undelivered"

    class How(models.TextChoices):
        POST = "post", "Post"
        EMAIL = "email", "E-mail"
        SECURE = "secure", "Secure e-mail or portal"
        HAND = "hand", "By hand"
        THROUGH = "through", "Through somebody else, for example an advocate"
        TELEPHONE = "telephone", "Telephone"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="register")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's line.")
    what = models.CharField(max_length=20, choices=What)
    on = models.DateField()
    how = models.CharField(max_length=20, choices=How)
    note = models.CharField(max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_what_display()}, letter {self.letter_id}"
