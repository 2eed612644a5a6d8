"""The words that entries are tied to: the house's, and what a partnership adds to them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from chronologies.marking.models import Theme


@transaction.atomic
def add_theme(partnership, *, name, group, by):
    """A partnership's own; one that it ended comes back. A second click finds the first one's."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # a second click waits
    name, group = " ".join(name.split()), " ".join(group.split())
    same = Theme.objects.filter(Q(partnership=None) | Q(partnership=partnership))
    found = same.filter(name__iexact=name).order_by("-partnership").first()
    if found and found.partnership_id is None:
        raise ValidationError({"name": "This theme is in the list of every partnership already"})
    if found and found.ended_at is None:
        return found
    theme = found or Theme(partnership=partnership, name=name)
    theme.group, theme.ended_at = group, None
    theme.full_clean()
    theme.save()
    _tell(EventType.THEME_ADDED, theme, by=by)
    return theme


@transaction.atomic
def end_theme(theme, *, by):
    """Nobody can choose it any more; entries stay tied to it. Safe to repeat."""
    theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    if theme.partnership_id is None:
        raise ValidationError("This theme is in the list of every partnership.")
    if theme.ended_at is None:
        theme.ended_at = timezone.now()
        theme.save(update_fields=["ended_at"])
        _tell(EventType.THEME_ENDED, theme, by=by)
    return theme


def _tell(type_, theme, *, by):
    record(type_, by=by, target=theme, partnership=theme.partnership.name)
