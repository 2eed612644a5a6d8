"""The log of contact with family, friends and others, and what they asked of the review.

Nothing here is overwritten: a correction, a moved date, a further decision and a further answer are
rows of their own. Whom it is about stands here by pseudonym or relation; how to reach them is sealed.
"""

import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from foundations.vault.fields import EncryptedTextField
from reviews.access import access_of


class _OfTheLogQuerySet(models.QuerySet):
    """Rows that hang on a correspondent; for those who keep the log, and nobody else."""

    way = "correspondent__review"

    def visible_to(self, user):
        return self.filter(
            **{f"{self.way}__any_of": access_of(user).reviews_with("keep_family_log")}
        )


class CorrespondentQuerySet(_OfTheLogQuerySet):
    way = "review"

    def for_display(self):
        """With all that a list says of each, in a constant number of queries."""
        return self.select_related("review", "person").prefetch_related(
            "holds",
            "decisions",
            Prefetch("entries", ContactEntry.objects.standing().for_display()),
            Prefetch("wishes", Wish.objects.for_display()),
        )


class How(models.TextChoices):
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    VIDEO = "video", "Video call"
    PERSON = "person", "In person"


class Correspondent(models.Model):
    """Somebody outside the agencies whom the review is, or wants to be, in touch with."""

    class Standing(models.TextChoices):
        FAMILY = "family", "Family of the person who died or was harmed"
        FRIEND = "friend", "Friend"
        WORK = "work", "Employer or colleague"
        NEIGHBOUR = "neighbour", "Neighbour"
        SURVIVOR = "survivor", "The person who survived"
        PERPETRATOR = "perpetrator", "Perpetrator"
        OTHER_FAMILY = "other_family", "Family of the perpetrator"
        OTHER = "other", "Somebody else"

    class Through(models.TextChoices):
        DIRECTLY = "directly", "Directly"
        ADVOCATE = "advocate", "An advocate"
        LIAISON = "liaison", "A police family liaison officer"
        GOVERNOR = "governor", "The prison governor"
        CARER = "carer", "A carer or social worker"
        OTHER = "other", "Somebody else"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="correspondents")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's row.")
    person = models.ForeignKey(
        "reviews.Person", models.PROTECT, null=True, blank=True, related_name="correspondence"
    )
    relation = models.CharField(
        max_length=200, blank=True, help_text="To whom, by pseudonym: mother of FA 1."
    )
    standing = models.CharField(max_length=20, choices=Standing)
    through = models.CharField(max_length=20, choices=Through, default=Through.DIRECTLY)
    prefers = models.CharField(max_length=20, choices=How, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = CorrespondentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(relation=""),
                name="correspondent_is_somebody",
                violation_error_message="Choose the person, or say what they are to whom.",
            ),
            models.UniqueConstraint(
                fields=["review", "person"],
                condition=Q(person__isnull=False),
                name="one_log_for_a_person",
                violation_error_message="There is a log for this person already.",
            ),
        ]

    def __str__(self):
        if self.person_id and self.relation:
            return f"{self.person.pseudonym}, {self.relation}"
        return self.person.pseudonym if self.person_id else self.relation

    def get_absolute_url(self):
        return reverse("reviews:correspondent", args=[self.review.reference, self.pk])

    @property
    def hold(self):
        """The day before which nobody may contact them, as it stands now; None without one."""
        newest = max(self.holds.all(), key=lambda hold: hold.pk, default=None)
        return newest if newest and newest.not_before else None

    @property
    def decision(self):
        return max(self.decisions.all(), key=lambda one: one.pk, default=None)

    @property
    def is_left_alone(self):
        return self.decision is not None and self.decision.is_stop


class ContactHold(models.Model):
    """From when they may be contacted; without a day, the hold before it is lifted."""

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="holds")
    key = models.UUIDField(unique=True)
    not_before = models.DateField(null=True, blank=True)
    set_on = models.DateField()
    agreed_with = models.CharField(max_length=200, blank=True, help_text="Posts, not persons.")
    why = models.CharField(max_length=500)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = _OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_before=None) | Q(not_before__gt=F("set_on")),
                name="contact_hold_ends_after_it_was_set",
                violation_error_message="Contact must become possible after the hold was agreed.",
            )
        ]

    def __str__(self):
        return f"Hold {self.pk} of correspondent {self.correspondent_id}"


class EngagementDecision(models.Model):
    """Whether the review goes on writing to somebody. A later decision is a further row."""

    class Outcome(models.TextChoices):
        STOP = "stop", "Make no further contact for now"
        RESUME = "resume", "Contact them again"

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="decisions")
    key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    reasons = models.TextField(max_length=4000)
    revisit_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = _OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="resume", revisit_on=None)
                | Q(outcome="stop", revisit_on__isnull=False, revisit_on__gt=F("decided_on")),
                name="no_further_contact_is_looked_at_again",
                violation_error_message="Say on which later day this will be looked at again.",
            )
        ]

    def __str__(self):
        return f"Decision {self.pk} on correspondent {self.correspondent_id}"

    @property
    def is_stop(self):
        return self.outcome == self.Outcome.STOP


class ContactEntryQuerySet(_OfTheLogQuerySet):
    def standing(self):
        """Without those that a later row corrects."""
        return self.filter(~Exists(ContactEntry.objects.order_by().filter(corrects=OuterRef("pk"))))

    def for_display(self):
        return self.select_related("recorded_by", "terms", "corrects").order_by(
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

    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="entries")
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


class WishQuerySet(_OfTheLogQuerySet):
    way = "review"

    def for_display(self):
        return self.select_related(
            "correspondent__person", "review", "recorded_by"
        ).prefetch_related("answers__recorded_by")


class Wish(models.Model):
    """What somebody wants of the review, or asks; the report must answer it."""

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        WISH = "wish", "A wish"
        TERMS = "terms", "A comment on the terms of reference"
        DRAFT = "draft", "A comment on the draft report"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="wishes")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="wishes")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=4000)
    raised = PartialDateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "wishes"

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def answer(self):
        """The one that counts; None while it is open."""
        newest = max(self.answers.all(), key=lambda answer: answer.pk, default=None)
        return newest if newest and newest.outcome != WishAnswer.Outcome.REOPENED else None

    @property
    def state(self):
        """(in words, colour of its tag)"""
        answer = self.answer
        if answer is None:
            return "Not answered yet", "red"
        return ("Answered", "green") if answer.told_on else ("Answered, not told yet", "yellow")


class WishAnswerQuerySet(_OfTheLogQuerySet):
    way = "wish__review"


class WishAnswer(models.Model):
    """How a wish or question was answered. A further answer is a further row."""

    class Outcome(models.TextChoices):
        REPORT = "report", "Answered in the report"
        DIRECTLY = "directly", "Answered to them, not in the report"
        CANNOT = "cannot", "The review cannot answer it"
        REOPENED = "reopened", "Not answered after all"

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="answers")
    key = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    where = models.CharField(
        max_length=100, blank=True, help_text="The paragraph of the report: 5.3.2"
    )
    text = models.TextField(max_length=4000)
    told_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = WishAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="report") | ~Q(where=""),
                name="an_answer_in_the_report_says_where",
                violation_error_message="Say where in the report the answer stands.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="reopened") | Q(told_on=None),
                name="nobody_is_told_of_no_answer",
                violation_error_message="What is open has not been told.",
            ),
        ]

    def __str__(self):
        return f"Answer {self.pk} to wish {self.wish_id}"


class ContactDetails(models.Model):
    """How to reach somebody, sealed with the key of the review. The newest row counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="details")
    text = EncryptedTextField(max_length=2000)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = _OfTheLogQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name_plural = "contact details"

    def __str__(self):
        return f"Details of correspondent {self.correspondent_id}"

    @property
    def vault_scope(self):
        return f"review:{self.review_id}"
