from django.db import models
from django.db.models import F, Q

from reviews.access import access_of
from reviews.meetings.models.minutes import minutes_were_sent
from reviews.meetings.models.seen import seen_by


class MeetingActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the minutes for the panel, one's own at once, and for an agency what it has to do."""
        access = access_of(user)
        sits = access.reviews_with("read_meetings") | access.reviews_with("keep_meetings")
        return self.filter(
            seen_by(user, minutes_were_sent())
            | Q(member__user_id=user.pk, meeting__review__any_of=sits)
            | Q(participation__any_of=access.parts_with("read_own_actions")),
            access.clear_of_conflicts("participation"),
        )

    def open(self):
        return self.filter(done_at=None)

    def owed_by(self, user):
        """Open, and this person's own or their agency's to do."""
        access = access_of(user)
        return self.open().filter(
            Q(member__user_id=user.pk)
            | Q(participation__any_of=access.parts_with("update_own_actions"))
        )

    def open_first(self):
        return self.order_by(F("done_at").desc(nulls_first=True), "due", "pk")

    def for_display(self):
        return self.select_related(
            "meeting__review", "member", "participation__agency", "done_by"
        ).prefetch_related("moves", "chases")


class MeetingAction(models.Model):
    """What somebody promised at a meeting, by when, and what came of it."""

    meeting = models.ForeignKey("reviews.Meeting", models.CASCADE, related_name="actions")
    key = models.UUIDField(unique=True)
    text = models.TextField(max_length=2000)
    member = models.ForeignKey(
        "reviews.PanelMember", models.PROTECT, null=True, blank=True, related_name="meeting_actions"
    )
    participation = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_actions",
    )
    post = models.CharField(max_length=200, blank=True)
    first_due = models.DateField(help_text="As first agreed; it is never changed.")
    due = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    done = models.TextField(blank=True, max_length=2000, help_text="What was done.")

    objects = MeetingActionQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, participation=None, post="")
                | Q(member=None, participation__isnull=False, post="")
                | Q(member=None, participation=None) & ~Q(post=""),
                name="meeting_action_has_one_owner",
                violation_error_message="Choose one member, one agency or one post.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, done="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done=""),
                name="meeting_action_is_done_with_what_was_done",
                violation_error_message="Say what was done.",
            ),
        ]

    def __str__(self):
        return f"Action {self.pk}"

    @property
    def review(self):
        return self.meeting.review

    @property
    def is_done(self):
        return self.done_at is not None

    @property
    def owner(self):
        if self.member_id:
            return str(self.member)
        return str(self.participation.agency) if self.participation_id else self.post

    def is_overdue(self, *, on):
        return not self.is_done and self.due < on


class _OfActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(action__in=MeetingAction.objects.visible_to(user))


class MeetingActionMove(models.Model):
    """A day that was put off, with the reason. The first day stays with the action."""

    action = models.ForeignKey(MeetingAction, models.CASCADE, related_name="moves")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(max_length=500)
    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = _OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Move of {self.action_id}"


class ActionChase(models.Model):
    """Somebody was asked how an action stands: by mail from here, or otherwise as the note says."""

    action = models.ForeignKey(MeetingAction, models.CASCADE, related_name="chases")
    key = models.UUIDField(unique=True)
    mails = models.PositiveSmallIntegerField(default=0, help_text="How many messages went out.")
    note = models.CharField(max_length=500, blank=True)
    chased_at = models.DateTimeField(auto_now_add=True)
    chased_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = _OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Chase of {self.action_id}"
