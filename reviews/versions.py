"""What a partnership keeps in versions, each from a day on: words, time limits, task lists.

A version never changes, so what was done under it can be shown as it was. The house's, which
belong to no partnership, count for every partnership that has none of its own.
"""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from agencies.models import Partnership
from audit.services import record
from reviews.access import access_of
from reviews.rules import Role


class NewerVersion(Exception):
    """Somebody made a version after the one that this one was made from."""


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The house's, and those of the partnerships that the user coordinates. No case."""
        mine = access_of(user).appointments[Role.COORDINATOR]
        if not mine:
            return self.none()
        return self.filter(Q(partnership=None) | Q(partnership__in=mine))

    def of(self, kind, partnership):
        """Every version that counts for a partnership: its own and the house's."""
        return self.filter(Q(partnership=partnership) | Q(partnership=None), kind=kind)

    def newest(self, kind, partnership):
        """What the next version is made from: the partnership's newest, even one not yet in force."""
        versions = self.of(kind, partnership).order_by("-version")
        own, house = (versions.filter(partnership=place).first() for place in (partnership, None))
        return own or house


class Version(models.Model):
    """Whose it is and its constraints stand in each model, whose migrations name them."""

    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    title = models.CharField(max_length=200)
    key = models.UUIDField(
        unique=True, null=True, blank=True, help_text="A second click finds the first one's."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.title}, version {self.version}"

    @property
    def is_house(self):
        return self.partnership_id is None

    @property
    def rank(self):
        """The highest counts: a partnership's own before the house's, then the last to begin."""
        return not self.is_house, self.effective_from, self.version


def in_force(versions, kind, partnership_id, on):
    """The one of versions at hand that counts on a day; None where none has begun."""
    begun = [
        one
        for one in versions
        if one.kind == kind
        and one.partnership_id in (None, partnership_id)
        and one.effective_from <= on
    ]
    return max(begun, key=lambda one: one.rank, default=None)


@transaction.atomic
def next_version(
    model,
    newest_for,
    event,
    *,
    kind,
    partnership,
    title,
    source,
    effective_from,
    seen,
    by,
    on,
    key,
    parts=lambda made: (),
    **words,
):
    """A partnership's next version; `seen` is the one it was made from, None where there was none.
    `kind` is None for what has no kinds.

    `newest_for` finds what is newest now, `parts` gives the rows that hang on the version made. The
    same key again gives the first one's. It begins today or later: what was in force on a past day
    has been used.
    """
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits
    if key and (found := model.objects.filter(key=key, made_by=by).first()):
        return found
    newest = newest_for(kind, partnership)
    if newest != seen:
        raise NewerVersion
    if effective_from < on:
        raise ValidationError({"effective_from": "Enter today’s date or a later one"})
    of_kind = {} if kind is None else {"kind": str(kind)}
    made = model(
        **of_kind,
        partnership=partnership,
        version=newest.version + 1 if newest and not newest.is_house else 1,
        effective_from=effective_from,
        title=" ".join(title.split()),
        source=source.strip(),
        key=key,
        made_by=by,
        **words,
    )
    _keep(made)
    for part in parts(made):
        _keep(part)
    record(
        event,
        by=by,
        target=made,
        **of_kind,
        partnership=partnership.name,
        version=made.version,
    )
    return made


def _keep(row):
    row.full_clean()
    row.save()
