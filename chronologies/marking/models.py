"""What the review says about an agency's entries. The entries themselves stay as they are."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from chronologies.models import Entry
from reviews.access import access_of
from reviews.rules import Material, Role


def _on_entries(user, way="entry"):
    """The Q of what hangs on entries: for those who lead the analysis or with whom it is shared,
    on entries that they see."""
    access = access_of(user)
    reviews = access.reviews_with("lead_analysis") | access.reviews_sharing(Material.ANALYSIS)
    if not reviews:
        return Q(pk__in=[])
    seen = Entry.objects.visible_to(user)
    return Q(**{f"{way}__review__any_of": reviews, f"{way}__in": seen})


class OnEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(_on_entries(user))

    def live(self):
        return self.filter(removed_at=None)


class OnEntry(models.Model):
    """Set by somebody, and taken away by somebody; never changed, never deleted."""

    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OnEntryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_live(self):
        return self.removed_at is None


# --- Marks --------------------------------------------------------------------------------------


class MarkQuerySet(OnEntryQuerySet):
    def visible_to(self, user):
        """Nor what names an agency with which they have a conflict of interest."""
        return super().visible_to(user).filter(access_of(user).clear_of_conflicts("counterpart"))

    def for_display(self):
        return self.select_related("person", "counterpart__agency", "made_by")


class Mark(OnEntry):
    """One thing that the review says an entry shows. What a kind does not speak of stays blank."""

    class Kind(models.TextChoices):
        KEY = "key", "Key event"
        MISSED = "missed", "Missed opportunity"
        GOOD = "good", "Good practice"
        POLICY = "policy", "Policy not followed"
        RISK = "risk", "Risk assessment"
        SEEN = "seen", "Seen or heard"
        CONTACT = "contact", "Contact with another body"
        DISPUTED = "disputed", "Disputed"

    class Grade(models.TextChoices):
        STANDARD = "standard", "Standard or low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"
        VERY_HIGH = "very_high", "Very high"

    class Seen(models.TextChoices):
        SEEN = "seen", "Seen"
        ALONE = "alone", "Seen alone"
        HEARD = "heard", "Spoken to, not seen"
        NOT_SEEN = "not_seen", "Neither seen nor spoken to"

    class Direction(models.TextChoices):
        SENT = "sent", "Sent to"
        RECEIVED = "received", "Received from"
        TOLD_BY = "told_by", "Told by"
        ATTENDED = "attended", "Attended with"

    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's mark.")
    note = models.TextField(max_length=2000, blank=True)
    person = models.ForeignKey(
        "reviews.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose risk it is, or who was seen.",
    )
    tool = models.CharField(max_length=60, blank=True)
    score = models.CharField(max_length=30, blank=True, help_text="As written.")
    grade = models.CharField(max_length=10, choices=Grade, blank=True)
    seen = models.CharField(max_length=10, choices=Seen, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, blank=True)
    counterpart = models.ForeignKey(
        "reviews.Participation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="With whom there was contact, who assessed the risk, or who disputes the entry.",
    )
    counterpart_name = models.CharField(
        max_length=200, blank=True, help_text="A body that takes no part in the review."
    )
    is_suggested = models.BooleanField(default=False, help_text="Confirmed from a suggestion.")

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="risk") | Q(tool="", score="", grade=""),
                name="only_a_risk_assessment_has_a_tool_and_grade",
            ),
            models.CheckConstraint(
                condition=Q(kind="seen") & ~Q(seen="") | ~Q(kind="seen") & Q(seen=""),
                name="seen_or_heard_says_which",
            ),
            models.CheckConstraint(
                condition=Q(kind="contact") & ~Q(direction="")
                | ~Q(kind="contact") & Q(direction=""),
                name="contact_has_a_direction",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False),
                name="mark_removed_by_somebody_at_some_time",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def body(self):
        return self.counterpart.agency.name if self.counterpart else self.counterpart_name

    @property
    def words(self):
        """As it stands beside the entry: "Risk assessment: DASH, 14/24, high, by Housing"."""
        if self.kind == self.Kind.CONTACT:
            return f"{self.get_direction_display()} {self.body}"
        if self.kind == self.Kind.DISPUTED:
            return f"Disputed by {self.body}"
        if self.kind == self.Kind.SEEN:
            return ": ".join(filter(None, [self.get_seen_display(), str(self.person or "")]))
        details = [self.tool, self.score, self.get_grade_display().lower()]
        details += [
            f"of {self.person}" if self.person else "",
            f"by {self.body}" if self.body else "",
        ]
        said = ", ".join(filter(None, details))
        return f"{self.get_kind_display()}: {said}" if said else self.get_kind_display()

    @property
    def colour(self):
        return _COLOURS[self.kind]


_COLOURS = {
    Mark.Kind.KEY: "red",
    Mark.Kind.MISSED: "orange",
    Mark.Kind.GOOD: "green",
    Mark.Kind.POLICY: "yellow",
    Mark.Kind.RISK: "purple",
    Mark.Kind.SEEN: "light-blue",
    Mark.Kind.CONTACT: "turquoise",
    Mark.Kind.DISPUTED: "pink",
}


class DeclinedSuggestion(models.Model):
    """A suggestion that somebody looked at and did not take: it is not made again."""

    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="+")
    suggestion = models.CharField(max_length=64, help_text="A digest of what was suggested.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "suggestion"], name="a_suggestion_declined_once"
            )
        ]

    def __str__(self):
        return f"Declined {self.pk}"


# --- Themes and terms ---------------------------------------------------------------------------


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The house's are known to whoever reads an analysis; a partnership's own to those too, in
        its reviews, and to its coordinators."""
        access = access_of(user)
        reviews = access.reviews_with("lead_analysis") | access.reviews_sharing(Material.ANALYSIS)
        coordinated = access.appointments.get(Role.COORDINATOR, ())
        own = Q(partnership__in=coordinated) | Q(partnership__reviews__pk__in=reviews)
        house = Q(partnership=None) if reviews or coordinated else Q(pk__in=[])
        return self.filter(house | Q(pk__in=Theme.objects.filter(own).values("pk")))

    def for_reviews_of(self, partnership):
        """The house's, and the partnership's own."""
        return self.filter(Q(partnership=None) | Q(partnership=partnership), ended_at=None)

    def in_use_in(self, review, ties):
        """Those that can be chosen, and what was chosen before it ended; `ties`: the EntryThemes that
        whoever asks may know of."""
        used = ties.filter(entry__review=review)
        return (
            self.filter(Q(partnership=None) | Q(partnership=review.partnership_id))
            .filter(Q(ended_at=None) | Q(pk__in=used.values("theme")))
            .order_by(models.F("partnership").asc(nulls_first=True), "position", "name")
        )


class Theme(models.Model):
    """A word of a thematic vocabulary. The house's belong to no partnership. No case material."""

    partnership = models.ForeignKey(
        "agencies.Partnership", models.PROTECT, null=True, blank=True, related_name="themes"
    )
    group = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], name="one_theme_a_name", nulls_distinct=False
            )
        ]

    def __str__(self):
        return self.name


class EntryTheme(OnEntry):
    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="theme_links")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "theme"],
                condition=Q(removed_at=None),
                name="a_theme_once_on_an_entry",
            )
        ]

    def __str__(self):
        return f"Theme {self.theme_id} of entry {self.entry_id}"


class EntryTerm(OnEntry):
    """An entry that bears on a term of reference, in whatever version of the terms."""

    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="term_links")
    term = models.ForeignKey("reviews.Term", models.PROTECT, related_name="entry_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "term"],
                condition=Q(removed_at=None),
                name="a_term_once_on_an_entry",
            )
        ]

    def __str__(self):
        return f"Term {self.term_id} of entry {self.entry_id}"


# --- Comments -----------------------------------------------------------------------------------


class EntryCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every one for those who lead the analysis; what is for the panel for its members; what is
        for the agency for its own people; each only on entries that they see."""
        access = access_of(user)
        lead = Q(entry__review__any_of=access.reviews_with("lead_analysis"))
        panel = Q(audience="panel", entry__review__any_of=access.reviews_with("read_panel"))
        agency = Q(
            audience="agency", entry__participation__any_of=access.parts_with("read_own_entries")
        )
        return self.filter(lead | panel | agency, entry__in=Entry.objects.visible_to(user))

    def live(self):
        return self.filter(removed_at=None)

    def for_display(self):
        return self.select_related("made_by")


class EntryComment(OnEntry):
    """A remark beside an entry, for those whom it is for."""

    class Audience(models.TextChoices):
        CHAIR = "chair", "Chair and coordinator only"
        PANEL = "panel", "The panel"
        AGENCY = "agency", "The agency whose entry it is"

    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="comments")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's comment.")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.CHAIR)
    text = models.TextField(max_length=4000)

    objects = EntryCommentQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")
        ]

    def __str__(self):
        return f"Comment {self.pk}"


# --- One event, several accounts ----------------------------------------------------------------


class EventGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Which of its accounts somebody sees is asked by the entries."""
        access = access_of(user)
        reviews = access.reviews_with("lead_analysis") | access.reviews_sharing(Material.ANALYSIS)
        seen = EventAccount.objects.visible_to(user).live()
        return self.filter(
            review__any_of=reviews,
            pk__in=seen.values("group"),
        )

    def live(self):
        return self.filter(dissolved_at=None)


class EventGroup(models.Model):
    """Entries that the chair says describe one event: shown once, with each account."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="event_groups")
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's group.")
    note = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    dissolved_at = models.DateTimeField(null=True, blank=True)
    dissolved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EventGroupQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Event {self.pk}"

    def get_absolute_url(self):
        return reverse("chronologies:event-detail", args=[self.review.reference, self.pk])


class EventAccountQuerySet(OnEntryQuerySet):
    def visible_to(self, user):
        """To whom one account of an event alone is visible, it is an entry like any other: that there
        is another is not told."""
        rows = super().visible_to(user)
        others = self.model.objects.filter(_on_entries(user)).live().exclude(pk=OuterRef("pk"))
        return rows.filter(Exists(others.filter(group=OuterRef("group"))))


class EventAccount(OnEntry):
    """One entry's place in a group; an entry stands in one group at a time."""

    group = models.ForeignKey(EventGroup, models.PROTECT, related_name="accounts")
    entry = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="event_accounts")

    objects = EventAccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(removed_at=None), name="an_entry_in_one_group"
            )
        ]

    def __str__(self):
        return f"Entry {self.entry_id} in event {self.group_id}"


class NotOneEvent(models.Model):
    """Two entries of which somebody said that they are not one event: not suggested again."""

    first = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="+")
    second = models.ForeignKey("chronologies.Entry", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_one_event_said_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="not_one_event_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.first_id} is not {self.second_id}"
