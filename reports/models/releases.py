"""Sets of files that leave: proposed, signed off by two people, published, and at last taken down."""

import hashlib

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from actionplans.progress.models import Kept
from reports.models.documents import reviews_led
from reports.models.renderings import Rendering
from reviews.access import access_of


class Released(models.TextChoices):
    """How far a set has come."""

    PROPOSED = "proposed", "Waiting for sign-off"
    SIGNED_OFF = "signed-off", "Signed off"
    PUBLISHED = "published", "Published"
    TAKEN_DOWN = "taken-down", "Taken down"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CALLED_OFF = "called-off", "Called off"


# Everybody in the review finds these: what was published is no secret.
WENT_OUT = frozenset({Released.PUBLISHED, Released.TAKEN_DOWN, Released.WITHDRAWN})
SIGNED = WENT_OUT | {Released.SIGNED_OFF}


class Side(models.TextChoices):
    CHAIR = "chair", "The chair"
    PARTNERSHIP = "partnership", "The partnership"


def _reached(user):
    """A set speaks of every agency: nobody with a conflict in the review finds one. The Home Office's
    reader, who reaches the review once the report was submitted, finds what was signed off."""
    access = access_of(user)
    clear = access.reviews_in_conflict
    plans, reviews = access.reviews_with("read_action_plan"), access.reviews_with("view_review")
    return (
        Q(review__any_of=reviews_led(user))
        | Q(review__any_of=plans - clear, state__in=SIGNED)
        | Q(review__any_of=reviews - clear, state__in=WENT_OUT)
    )


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its leaders'; the Home Office's once signed off; everybody's in the review once it went out."""
        return self.filter(_reached(user))

    def for_display(self, user):
        """With those of their files that the user finds."""
        made = Rendering.objects.select_related("document").defer("values")
        files = ReleasedFile.objects.visible_to(user).prefetch_related(Prefetch("rendering", made))
        return self.select_related(
            "review__partnership", "proposed_by", "publication__by"
        ).prefetch_related(Prefetch("files", files), "sign_offs__by", "endings__by")

    def to_take_down(self, on):
        """Still published, although they were to be taken down by this day."""
        return self.filter(state=Released.PUBLISHED, take_down_on__lte=on)


class Release(models.Model):
    """A set of final, anonymised versions that are signed off and published together."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, help_text="A second click finds the first one's set.")
    note = models.CharField(
        max_length=500, blank=True, help_text="What this set is, for its leaders."
    )
    not_before = models.DateField(help_text="The first day after the cooling-off.")
    state = models.CharField(max_length=20, choices=Released, default=Released.PROPOSED)
    take_down_on = models.DateField(
        null=True, blank=True, help_text="As it is now; its moves are kept."
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["review", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="releases_are_numbered"),
            models.CheckConstraint(
                condition=Q(state__in=Released.values), name="a_release_is_in_a_known_state"
            ),
        ]

    def __str__(self):
        return f"Release {self.number}"

    def get_absolute_url(self):
        return reverse("reports:release-detail", args=[self.review.reference, self.pk])

    @property
    def went_out(self):
        return self.state in WENT_OUT

    @property
    def digest(self):
        """Of the whole set: by this two people know that they signed the same."""
        lines = sorted(one.sha256 for one in self.files.all())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def sides_to_come(self):
        signed = {one.side for one in self.sign_offs.all()}
        return [side for side in Side if side not in signed]


class ReleasedFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With their set. What was withdrawn is its leaders' alone from then on."""
        return self.filter(
            Q(release__review__any_of=reviews_led(user)) | ~Q(release__state=Released.WITHDRAWN),
            release__in=Release.objects.visible_to(user),
        )


class ReleasedFile(Kept):
    """One file of a set. What it is called and its digest stand here as they were when it was proposed."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    rendering = models.ForeignKey(Rendering, models.PROTECT, related_name="released")
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    objects = ReleasedFileQuerySet.as_manager()

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = "file of a release"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "rendering"], name="a_version_stands_once_in_a_release"
            )
        ]

    def __str__(self):
        return f"File {self.pk} of release {self.release_id}"

    @property
    def vault_scope(self):
        return self.release.review.vault_scope


class Act(Kept):
    """What one person did to a set, once: a second click finds it."""

    key = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class DayMove(Act):
    """A day of a set was moved: why, and who agreed to it."""

    reason = models.CharField(max_length=500)
    agreed_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")

    class Meta:
        abstract = True


class SignOff(Act):
    """One of the two: exactly these files, at this moment, by this person."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="sign_offs")
    side = models.CharField(max_length=20, choices=Side)
    agreed_by = models.CharField(max_length=200, help_text="Posts and bodies, not persons.")
    files = models.JSONField(help_text="[[id of the file, SHA-256]]")

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = "sign-off"
        constraints = [
            models.UniqueConstraint(fields=["release", "side"], name="each_side_signs_once"),
            models.UniqueConstraint(fields=["release", "by"], name="two_different_people_sign"),
        ]

    def __str__(self):
        return f"Sign-off {self.pk} of release {self.release_id}"


class CoolingOff(DayMove):
    """The first day of publication was moved."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="cooling_offs")
    before = models.DateField()
    after = models.DateField()

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = "change of the cooling-off"
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="a_cooling_off_changes_to_another_day"
            )
        ]

    def __str__(self):
        return f"Cooling-off {self.pk} of release {self.release_id}"


class TakeDownMove(DayMove):
    """The day on which a published set is to be taken down was set, changed or given up."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="take_down_moves")
    before = models.DateField(null=True, blank=True)
    after = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = "change of the day of taking down"
        constraints = [
            models.CheckConstraint(
                condition=Q(before=None, after__isnull=False)
                | Q(before__isnull=False, after=None)
                | Q(before__lt=F("after"))
                | Q(before__gt=F("after")),
                name="a_day_of_taking_down_moves_to_another",
            )
        ]

    def __str__(self):
        return f"Change {self.pk} of the day of taking down of release {self.release_id}"


class Publication(Act):
    """Where the partnership put the set, and since when."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="publication")
    on = models.DateField()
    title = models.CharField(max_length=200)
    addresses = ArrayField(models.URLField(max_length=500), help_text="Of the pages or files.")
    take_down_on = models.DateField(
        null=True, blank=True, help_text="As it was said then; the set has what holds now."
    )

    class Meta:
        verbose_name = "publication"
        constraints = [
            models.CheckConstraint(
                condition=Q(addresses__len__gt=0), name="a_publication_stands_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(take_down_on=None) | Q(take_down_on__gt=F("on")),
                name="what_is_published_is_taken_down_later",
            ),
        ]

    def __str__(self):
        return f"Publication of release {self.release_id}"


class Ending(Act):
    """A set that was called off before it went out; or was taken down, or withdrawn, after it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="endings")
    what = models.CharField(max_length=20, choices=Released)
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    done = models.CharField(max_length=500, blank=True, help_text="Where it was taken away.")

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = "end of a release"
        constraints = [
            models.UniqueConstraint(fields=["release", "what"], name="a_release_ends_so_once")
        ]

    def __str__(self):
        return f"Ending {self.pk} of release {self.release_id}"
