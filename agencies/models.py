import re
import unicodedata

from django.db import models
from django.db.models import Q
from django.urls import reverse


def name_key(name):
    """What two spellings of one body's name have in common.

    "The St. Ann's Medical Centre (GP)" and "St Anns medical centre" share "st anns medical centre".
    """
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    text = re.sub(r"\([^)]*\)", " ", text)
    text = text.replace("&", " and ").replace("'", "")
    words = [word for word in re.findall(r"[a-z0-9]+", text) if word not in {"the"}]
    return " ".join(words)


class Partnership(models.Model):
    """A Community Safety Partnership. Several may share one installation."""

    slug = models.SlugField(unique=True, max_length=50)
    name = models.CharField(max_length=150, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class AgencyQuerySet(models.QuerySet):
    def current(self):
        """Leaves out agencies that were merged into another as duplicates."""
        return self.filter(merged_into=None)

    def named(self, text):
        """The agencies that go by this name, short name or alias, merged ones followed."""
        key = name_key(text)
        found = self.filter(
            Q(key=key) | Q(short_key=key) & ~Q(short_key="") | Q(aliases__key=key)
        ).distinct()
        return [agency.merged_into or agency for agency in found.select_related("merged_into")]


class Agency(models.Model):
    """A body that knew somebody in a review, or must act on a recommendation.

    The register is shared by the partnerships of an installation: one police force works with
    many. It holds public bodies only, never case material.
    """

    class Kind(models.TextChoices):
        POLICE = "police", "Police"
        COUNCIL = "council", "Council service"
        HOUSING = "housing", "Housing"
        HEALTH = "health", "Health trust or hospital"
        PRIMARY_CARE = "primary_care", "GP or primary care"
        PROBATION = "probation", "Probation"
        AMBULANCE = "ambulance", "Ambulance service"
        EDUCATION = "education", "Education"
        SPECIALIST = "specialist", "Specialist domestic abuse service"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        PARTNERSHIP = "partnership", "Partnership or board"
        GOVERNMENT = "government", "Government department"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)
    short_name = models.CharField(max_length=30, blank=True)
    short_key = models.CharField(max_length=30, blank=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    succeeded_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=models.F("id")) | Q(successor=None),
                name="agency_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")) | Q(merged_into=None),
                name="agency_is_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agencies:agency-detail", args=[self.pk])

    @property
    def other_names(self):
        """Its aliases, and what the entries merged into it were called."""
        names = [*self.aliases.all(), *self.duplicates.all()]
        return sorted({str(name) for name in names}, key=str.casefold)

    @property
    def short(self):
        return self.short_name or self.name


class Alias(models.Model):
    """Another name a body goes by in files: a former name, an abbreviation, a misspelling."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "aliases"

    def __str__(self):
        return self.name


class Staff(models.Model):
    """Somebody works for an agency; what they may do hangs on their roles, not on this."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="posts")
    job_title = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.UniqueConstraint(fields=["agency", "user"], name="one_post_each_agency")
        ]

    def __str__(self):
        return f"{self.user_id} at {self.agency_id}"
