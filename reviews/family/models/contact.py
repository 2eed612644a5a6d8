from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundations.dates.fields import PartialDateField
from reviews.family.models.log import OfTheLogQuerySet


class How(models.TextChoices):
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    VIDEO = "video", "Video call"
    PERSON = "person", "In person"


class ContactEntryQuerySet(OfTheLogQuerySet):
    def standing(self):
        """Without those that a later row corrects."""
        return self.filter(~Exists(ContactEntry.objects.order_by().filter(corrects=OuterRef("pk"))))

    def for_display(self):
        return self.select_related("recorded_by", "terms", "corrects", "letter__review").order_by(
            F("on_earliest").desc(nulls_last=True), "-pk"
        )


class ContactEntry(models.Model):
    """One contact: when, how, what was offered and shared, and what they answered."""

    class Direction(models.TextChoices):
        OURS = "ours", "The review wrote to or called them"
        THEIRS = "theirs", "They wrote to or called the review"
        MET = "met", "They met"

    class Leaflet(models.TextChoices):
        FAMILY = "family", "For family members"
        FRIENDS = "friends", "For friends"
        WORK = "work", "For employers and colleagues"
        OTHER = "other", "Another"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        HAS_ONE = "has_one", "Have one already"
        THINKING = "thinking", "Will think about it"
        NOT_YET = "not_yet", "No answer yet"

    class Draft(models.TextChoices):
        PART = "part", "Part of it"
        WHOLE = "whole", "The whole draft"

    class Response(models.TextChoices):
        AWAITED = "awaited", "Awaited"
        TAKES_PART = "takes_part", "Want to take part"
        LATER = "later", "Not now, perhaps later"
        DECLINED = "declined", "Do not want to take part"
        NONE = "none", "No reply came"
        REPLIED = "replied", "Replied otherwise"

    correspondent = models.ForeignKey(
        "reviews.Correspondent", models.CASCADE, related_name="entries"
    )
    key = models.UUIDField(unique=True)
    direction = models.CharField("who contacted whom", max_length=10, choices=Direction)
    on = PartialDateField()
    how = models.CharField(max_length=20, choices=How)
    by_whom = models.CharField(
        max_length=200, help_text="Who for the review, by post: the chair, with the advocate."
    )
    note = models.TextField(blank=True, max_length=8000)
    leaflet = models.CharField(max_length=10, choices=Leaflet, blank=True)
    leaflet_answer = models.CharField(max_length=10, choices=Answer, blank=True)
    advocate = models.CharField(
        max_length=200, blank=True, help_text="Which service was offered; not a person."
    )
    advocate_answer = models.CharField(max_length=10, choices=Answer, blank=True)
    terms = models.ForeignKey(
        "reviews.TermsVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft = models.CharField("draft shared", max_length=10, choices=Draft, blank=True)
    letter = models.ForeignKey(
        "reviews.Letter", models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    response = models.CharField(max_length=20, choices=Response, blank=True)
    next_on = models.DateField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    corrected_because = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = ContactEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "contact entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, corrected_because="")
                | Q(corrects__isnull=False) & ~Q(corrected_because=""),
                name="a_corrected_contact_says_why",
                violation_error_message="Say what was wrong.",
            ),
            models.CheckConstraint(
                condition=Q(leaflet_answer="") | ~Q(leaflet=""),
                name="an_answer_is_to_a_leaflet",
                violation_error_message="Say which leaflet was offered.",
            ),
            models.CheckConstraint(
                condition=Q(advocate_answer="") | ~Q(advocate=""),
                name="an_answer_is_to_an_advocate",
                violation_error_message="Say which advocacy service was offered.",
            ),
        ]

    def __str__(self):
        return f"Contact {self.pk} with correspondent {self.correspondent_id}"

    @property
    def is_corrected(self):
        return hasattr(self, "corrected_by")
