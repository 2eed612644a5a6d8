from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

LEASE = timedelta(seconds=120)
MOST_TRIES = 5


class JobQuerySet(models.QuerySet):
    def due(self, *, at):
        """Waiting, or left by a worker that died."""
        return self.filter(
            Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=at)
        )

    def belonging_to(self, user):
        return self.filter(actor_id=user.pk)


class Job(models.Model):
    """Work to be done once, however often the bell rings.

    The row is the truth and Celery only carries its number: a worker claims the row for a time,
    does the slow part, and saves the effect together with "done" only if the claim is still its
    own (`fence`). `payload` holds ids only.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=50)
    key = models.CharField(max_length=100, unique=True)
    actor_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    steps_done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["lease_until", "queued_at"],
                name="job_due",
                condition=Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self):
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self):
        return min(100, self.steps_done * 100 // self.steps) if self.steps else 0

    def tell(self, steps_done, steps):
        """Say how far the slow part is, and keep the claim alive."""
        type(self).objects.filter(pk=self.pk, fence=self.fence).update(
            steps_done=steps_done, steps=steps, lease_until=timezone.now() + LEASE
        )


class Message(models.Model):
    """One e-mail to one address, sent at least once and never lost.

    A mail server that dies at the worst moment may get the same Message-ID twice. The words of a
    message that carries a secret are forgotten once it is sent.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        BOUNCED = "bounced", "Came back"

    key = models.CharField(max_length=100, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True, help_text="A calendar file (RFC 5545) to go with it.")
    calendar_method = models.CharField(max_length=10, blank=True)
    holds_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="Since somebody last asked for it to be sent."
    )
    lease_until = models.DateTimeField(
        null=True, blank=True, help_text="Nobody tries before: it is being sent, or was put off."
    )
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["lease_until", "queued_at"],
                name="message_due",
                condition=Q(state="queued"),
            )
        ]

    def __str__(self):
        return f"Message {self.pk}"

    @property
    def did_not_arrive(self):
        return self.state in NOT_ARRIVED

    @property
    def is_forgotten(self):
        """It carried a secret, and its words are gone: nobody can send it again."""
        return self.holds_secret and not self.body


NOT_ARRIVED = frozenset({Message.State.FAILED, Message.State.BOUNCED})


class Delivery(models.Model):
    """One attempt to hand a message to the mail server, and what came of it."""

    class Outcome(models.TextChoices):
        STARTED = "started", "Being sent"
        ACCEPTED = "accepted", "Accepted by the mail server"
        PUT_OFF = "put_off", "Put off by the mail server"
        REFUSED = "refused", "Refused by the mail server"
        AWAY = "away", "The mail server could not be reached, or broke off"
        UNKNOWN = "unknown", "Broken off by us: it may or may not have been sent"
        BOUNCED = "bounced", "Came back"

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.STARTED)
    code = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the mail server answered: 4xx later, 5xx never."
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"

    def __str__(self):
        return f"Delivery {self.pk} of {self.message_id}"


class Heartbeat(models.Model):
    """When a worker last proved that it works through the whole chain: beat, broker, worker."""

    at = models.DateTimeField()

    def __str__(self):
        return self.at.isoformat()
