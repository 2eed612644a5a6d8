"""Changing what is followed of a plan: its recommendations' level, addressee and theme.

The caller asked rules.py; state is asked again here, under the plan's lock.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.models import Level
from actionplans.resting.services import keep_version, locked, snapshot_of, tell
from audit.models import EventType
from chronologies.marking.models import Theme

LONGEST_ADDRESSEE = 200


@transaction.atomic
def change_following(recommendation, *, level, theme, addressed_to, by):
    """How far it reaches, what it is about, who must answer it: of any recommendation, a file's too.

    What stood before is kept; its words are not touched, so that this needs no reason.
    """
    one = locked(recommendation)
    addressed_to = " ".join((addressed_to or "").split())
    if (one.level, one.theme_id, one.addressed_to) == (level, theme and theme.pk, addressed_to):
        return one
    _refuse(one, level, theme, addressed_to)
    keep_version(one, snapshot_of(one), reason="", by=by)
    one.level, one.theme, one.addressed_to = level, theme, addressed_to
    one.save(update_fields=["level", "theme", "addressed_to"])
    tell(EventType.RECOMMENDATION_FOLLOWED, one, by=by)
    return one


def _refuse(one, level, theme, addressed_to):
    problems = {}
    if level and level not in Level.values:
        problems["level"] = "Choose local, regional or national, or leave it open"
    offered = Theme.objects.for_reviews_of(one.review.partnership)
    if theme and theme.pk != one.theme_id and not offered.filter(pk=theme.pk).exists():
        problems["theme"] = "Choose a theme of this partnership"
    if len(addressed_to) > LONGEST_ADDRESSEE:
        problems["addressed_to"] = f"Write {LONGEST_ADDRESSEE} characters or fewer"
    if problems:
        raise ValidationError(problems)
