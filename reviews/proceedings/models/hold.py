from django.db import models
from django.db.models import F, Q

from reviews.proceedings.models.proceeding import LedQuerySet


class Stops(models.TextChoices):
    """What a hold stops."""

    PUBLICATION = "publication", "Publication"
    FAMILY = "family", "Sharing material with the family"
    CONTACT = "contact", "Contact with named people"
    STAFF = "staff", "Interviews with staff"
    SHARING = "sharing", "Sharing what agencies gave with others"


class HoldQuerySet(LedQuerySet):
    def for_display(self):
        return self.select_related(
            "proceeding__review", "until_event__moved_by", "release", "recorded_by"
        ).prefetch_related("people")

    def can_stop(self, earliest, latest):
        """Those in force on some day of a time; an open end of it is None."""
        rows = self
        if latest is not None:
            rows = rows.filter(starts_on__lte=latest)
        if earliest is not None:
            rows = rows.filter(
                Q(last_day=None) | Q(last_day__gte=earliest),
                Q(release=None) | Q(release__on__gt=earliest),
            )
        return rows.filter(Q(release=None) | Q(release__on__gt=F("starts_on")))


class Hold(models.Model):
    """Something that the review does not do for a while, because of a proceeding.

    It lasts to its last day or until somebody releases it. That an event has passed releases
    nothing by itself: a verdict can be followed by an appeal, and somebody has to say so.
    """

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="holds")
    proceeding = models.ForeignKey("reviews.Proceeding", models.PROTECT, related_name="holds")
    key = models.UUIDField(unique=True)
    stops = models.CharField(max_length=20, choices=Stops)
    people = models.ManyToManyField("reviews.Person", blank=True, related_name="held")
    asked_by = models.CharField(max_length=200, help_text="A post, not a person.")
    starts_on = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    until_event = models.ForeignKey(
        "reviews.ProceedingEvent", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=1000)
    agreed_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(until_event=None),
                name="a_hold_ends_one_way",
                violation_error_message="Choose a day or an event, not both.",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("starts_on")),
                name="a_hold_ends_after_it_began",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self):
        return f"Hold {self.pk} of {self.review_id}"

    @property
    def is_released(self):
        return hasattr(self, "release")

    def in_force(self, day):
        return (
            self.starts_on <= day
            and (self.last_day is None or self.last_day >= day)
            and (not self.is_released or self.release.on > day)
        )

    @property
    def until(self):
        """In words, after "until": a day, the event with its day as it stands now, or open."""
        if self.last_day:
            return f"the end of {self.last_day:%-d %B %Y}"
        if self.until_event_id is None:
            return "further notice"
        event = self.until_event
        while event.is_moved:
            event = event.moved_by
        when = f" ({event.on})" if event.on else ""
        return f"“{event.get_what_display()}”{when} and its release"

    @property
    def whom(self):
        """The people by pseudonym, for a sentence."""
        return ", ".join(sorted(person.pseudonym for person in self.people.all()))

    @property
    def stopped(self):
        """What it stops, in words."""
        if self.stops == Stops.CONTACT:
            return f"contact with {self.whom}"
        return self.get_stops_display().lower()

    @property
    def sentence(self):
        return f"A hold stops {self.stopped} until {self.until}. Asked for by: {self.asked_by}."

    def state(self, day):
        """(in words, colour of its tag)"""
        if self.is_released:
            return "Released", "grey"
        if self.in_force(day):
            return "On hold", "red"
        return ("Over", "grey") if self.starts_on <= day else ("To come", "yellow")


class HoldRelease(models.Model):
    """From this day on the thing may be done again."""

    hold = models.OneToOneField(Hold, models.CASCADE, related_name="release")
    key = models.UUIDField(unique=True)
    on = models.DateField()
    because = models.CharField(max_length=500)
    agreed_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    def __str__(self):
        return f"Release of hold {self.hold_id}"
