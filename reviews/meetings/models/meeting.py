import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reviews.access import access_of
from reviews.meetings.models.seen import seen_by
from reviews.panel.models.pairs import together


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every meeting for those who keep them; for the panel those to which it was invited."""
        access = access_of(user)
        return self.filter(
            Q(review__any_of=access.reviews_with("keep_meetings"))
            | Q(review__any_of=access.reviews_with("read_meetings"), sent_at__isnull=False)
        )

    def upcoming(self, *, at):
        return self.exclude(state=Meeting.State.CANCELLED).filter(ends_at__gte=at)

    def for_display(self):
        return self.select_related("review__partnership", "sent_by", "made_by")


class Meeting(models.Model):
    """One meeting of a review: planned in silence, told to people when somebody says "send"."""

    class Kind(models.TextChoices):
        PANEL = "panel", "Panel meeting"
        OTHER = "other", "Another meeting"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Invitations sent"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="meetings")
    key = models.UUIDField(unique=True, help_text="A second click finds what the first one made.")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PANEL)
    title = models.CharField(max_length=150, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    uid = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="What calendars know it by, as long as it lives."
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="Rises with every change of what calendars hold, once sent."
    )
    sequence_sent = models.PositiveIntegerField(null=True, blank=True)
    wording = models.ForeignKey(
        "reviews.Wording",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The template that the agenda was taken from.",
    )
    changes = models.PositiveIntegerField(
        default=0, help_text="Counts on, so that two people do not write over each other."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agenda_given_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="meetings_are_numbered"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=together("cancelled_at", words="cancelled_because"),
                name="meeting_cancelled_with_a_reason",
                violation_error_message="Say why it is cancelled.",
            ),
        ]

    def __str__(self):
        return self.title or f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self):
        return reverse("reviews:meeting-detail", args=[self.review.reference, self.number])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_held(self):
        return self.state == self.State.HELD

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def is_open(self):
        """Still to come about: it may be moved, sent or cancelled."""
        return self.state in {self.State.DRAFT, self.State.SENT}

    @property
    def has_unsent_changes(self):
        """What people have in their calendars is not what stands here."""
        return self.sent_at is not None and self.sequence != self.sequence_sent

    @property
    def is_agenda_open(self):
        return self.is_open and self.agenda_given_at is None

    @property
    def when(self):
        """In the words of a letter: 12 May 2026, 10:00 to 12:30."""
        start, end = map(timezone.localtime, (self.starts_at, self.ends_at))
        return f"{start:%-d %B %Y, %H:%M} to {end:%H:%M}"

    @property
    def where(self):
        return " / ".join(filter(None, (self.place, self.link)))


class _OfMeetingQuerySet(models.QuerySet):
    """What stands on the page of a meeting for everybody who sees the meeting."""

    def visible_to(self, user):
        return self.filter(seen_by(user, Q()))


class MeetingMove(models.Model):
    """When and where a meeting was to be before it was changed, and why it was."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    because = models.CharField(max_length=500)
    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = _OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Move {self.pk} of {self.meeting_id}"

    when = Meeting.when
    where = Meeting.where


class AgendaLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The panel reads an agenda once it was given out."""
        return self.filter(seen_by(user, Q(meeting__agenda_given_at__isnull=False)))


class AgendaLine(models.Model):
    """One item of an agenda, in its place."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    key = models.UUIDField(unique=True, null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    objects = AgendaLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="one_item_in_each_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self):
        return f"Item {self.position} of {self.meeting_id}"


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To whom mail went, and whose came back, is for those who send it."""
        review = access_of(user).reviews_with("keep_meetings")
        return self.filter(meeting__review__any_of=review)

    def for_display(self):
        return self.select_related("member__review", "message", "returned_by")


class Invitation(models.Model):
    """One message about a meeting to one member: an invitation, a change or a cancellation."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", "Invitation or change"
        CANCEL = "CANCEL", "Cancellation"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    member = models.ForeignKey("reviews.PanelMember", models.CASCADE, related_name="+")
    method = models.CharField(max_length=10, choices=Method)
    sequence = models.PositiveIntegerField()
    message = models.OneToOneField(
        "post.Message", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    returned_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member", "sequence"], name="one_message_a_member_and_change"
            )
        ]

    def __str__(self):
        return f"Invitation {self.pk}"

    @property
    def has_failed(self):
        return self.returned_on is not None or bool(self.message and self.message.did_not_arrive)
