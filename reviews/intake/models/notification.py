from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from foundations.dates.fields import PartialDateField
from reviews.access import access_of
from reviews.rules import Role


class Manner(models.TextChoices):
    """How the person died, as it looks when it is told. Each is an ordinary case."""

    HOMICIDE = "homicide", "Suspected homicide"
    SUICIDE = "suicide", "Suspected suicide"
    UNEXPLAINED = "unexplained", "Unexplained or not yet known"
    OTHER = "other", "Another way, for example neglect"
    SURVIVED = "survived", "Nobody died: the person survived"


class Charge(models.TextChoices):
    """Whether anybody is held to have done it."""

    CHARGED = "charged", "Somebody has been charged"
    INVESTIGATION = "investigation", "Under investigation, nobody charged"
    NO_CHARGE = "no_charge", "No charge is expected"
    NOBODY_NAMED = "nobody_named", "No perpetrator is named or suspected"
    UNKNOWN = "unknown", "Not known"


class NotificationLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = access_of(user).appointments[Role.COORDINATOR]
        return self.filter(partnership__any_of=mine)


class NotificationLink(models.Model):
    """A link by which somebody without an account tells the partnership of one death, once.

    Only the digest of its secret is stored.
    """

    partnership = models.ForeignKey("agencies.Partnership", models.PROTECT, related_name="+")
    sent_to = models.EmailField()
    for_whom = models.CharField(max_length=150, help_text="A body or a post, not a person.")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None),
                name="notification_link_is_used_or_ended",
            )
        ]

    def __str__(self):
        return f"Link {self.pk}"


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The partnership's coordinators; and, of one that led to a review, its leaders."""
        access = access_of(user)
        return self.filter(
            Q(partnership__any_of=access.appointments[Role.COORDINATOR])
            | Q(review__any_of=access.reviews_with("lead_intake")),
            ~Q(review__any_of=access.closed_reviews),
        )

    def open(self):
        return self.filter(state=Notification.State.OPEN)

    def for_display(self):
        return self.select_related("partnership", "review", "link", "received_by", "settled_by")

    def with_doubts(self):
        """`in_doubt`: it may be the death of another notification, and nobody has said yet."""
        undecided = PossibleDuplicate.objects.undecided()
        either = undecided.filter(Q(notification=OuterRef("pk")) | Q(other=OuterRef("pk")))
        return self.annotate(in_doubt=Exists(either))


class Notification(models.Model):
    """Somebody told the partnership of a death that may need a review.

    Whom it is about stands apart, encrypted, in NotifiedIdentity.
    """

    class State(models.TextChoices):
        OPEN = "open", "To look at"
        REVIEW = "review", "Led to a review"
        CLOSED = "closed", "Closed without a review"

    class Source(models.TextChoices):
        POLICE = "police", "Police"
        AGENCY = "agency", "Another agency"
        FAMILY = "family", "Family or friends"
        OTHER = "other", "Somebody else"

    class ClosedBecause(models.TextChoices):
        DUPLICATE = "duplicate", "It is the same death as in another notification"
        ELSEWHERE = "elsewhere", "Another partnership is responsible and has been told"
        OUT_OF_SCOPE = "out_of_scope", "It is not a death or incident that we review"
        MISTAKE = "mistake", "It was sent by mistake"
        OTHER = "other", "Another reason"

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, related_name="notifications"
    )
    key = models.UUIDField(unique=True)
    link = models.OneToOneField(
        NotificationLink, models.PROTECT, null=True, blank=True, related_name="notification"
    )
    source = models.CharField(max_length=10, choices=Source)
    from_whom = models.CharField(max_length=150, help_text="A body or a post, not a person.")
    told_on = models.DateField(help_text="When the death came to the partnership's attention.")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    manner = models.CharField(max_length=20, choices=Manner)
    charge = models.CharField(max_length=20, choices=Charge)
    death = PartialDateField()
    marks = ArrayField(models.CharField(max_length=64), default=list, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    review = models.ForeignKey(
        "reviews.Review", models.PROTECT, null=True, blank=True, related_name="notifications"
    )
    closed_because = models.CharField(max_length=20, choices=ClosedBecause, blank=True)
    closing_note = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [GinIndex(fields=["marks"], name="notification_marks")]
        constraints = [
            models.CheckConstraint(
                condition=Q(death_earliest=None) | Q(death_earliest__lte=F("told_on")),
                name="notification_not_before_the_death",
                violation_error_message="The death cannot be after the day you were told of it.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", review=None, closed_because="", settled_at=None)
                | Q(state="review", review__isnull=False, settled_at__isnull=False)
                | Q(state="closed", review=None, settled_at__isnull=False) & ~Q(closed_because=""),
                name="notification_is_open_or_settled",
            ),
        ]

    def __str__(self):
        return f"Notification {self.pk}"

    def get_absolute_url(self):
        return reverse("reviews:notification-detail", args=[self.pk])

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class PossibleDuplicateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Neither of the two is shown to somebody with a conflict with the review it led to."""
        access = access_of(user)
        return self.filter(
            ~Q(notification__review__any_of=access.closed_reviews),
            ~Q(other__review__any_of=access.closed_reviews),
            notification__partnership__any_of=access.appointments[Role.COORDINATOR],
        )

    def undecided(self):
        return self.filter(verdict="")

    def about(self, notification):
        """Whichever of the two it is."""
        return self.filter(Q(notification=notification) | Q(other=notification)).for_display()

    def for_display(self):
        return self.select_related(
            "notification__partnership",
            "notification__review",
            "notification__link",
            "notification__received_by",
            "notification__settled_by",
            "other__review",
            "other__link",
            "other__received_by",
            "other__settled_by",
            "decided_by",
        )


class PossibleDuplicate(models.Model):
    """Two notifications that look like the same death; a coordinator says whether they are."""

    class Verdict(models.TextChoices):
        SAME = "same", "The same death"
        DIFFERENT = "different", "Two different deaths"

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="possible_duplicates"
    )
    other = models.ForeignKey(Notification, models.CASCADE, related_name="+")
    spotted_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "other"], name="one_doubt_for_two_notifications"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None, decided_by=None)
                | ~Q(verdict="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="possible_duplicate_decided_at_and_by_go_together",
            ),
        ]

    def __str__(self):
        return f"{self.notification_id} and {self.other_id}"
