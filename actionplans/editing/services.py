"""Changing what is followed of a plan: actions, who leads and owns them, and how far it reaches.

The caller asked rules.py; state is asked again here, under the plan's lock. Everything is safe inside
a transaction of the caller's, and raises ValidationError with what to say beside which field.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.editing import moving
from actionplans.editing.models import ActionVersion
from actionplans.editing.words import (
    ActionWords,
    refuse,
    snapshot_of,
    words_of,
    wrong_with_owner,
)
from actionplans.models import Action, Level, RecommendationLead
from actionplans.resting import services as resting
from actionplans.resting.services import keep_version, locked, tell
from actionplans.rows.models import JointLead, PlanRow
from actionplans.rows.services import follow
from actionplans.services import ChangedMeanwhile
from audit.models import EventType
from audit.services import record
from chronologies.marking.models import Theme

__all__ = [
    "ActionWords",
    "add_action",
    "change_action",
    "change_following",
    "keep_action",
    "remove_action",
    "set_row_owner",
    "words_of",
]
LONGEST_ADDRESSEE = 200
SAY_WHY = {"reason": "Say why"}


# --- Actions ------------------------------------------------------------------------------------


@transaction.atomic
def add_action(recommendation, words, *, by, key):
    """The same key again gives the first one's action, as it stands by now."""
    one = locked(recommendation)
    is_new = not Action.objects.filter(key=key).exists()
    if is_new:
        refuse(words, one, on=timezone.localdate())
    action = resting.add_action(
        one, text=words.text, lead=words.lead, target=words.target, by=by, key=key
    )
    if is_new:
        _write(action, words)
        _follow(action, words)
    return action


@transaction.atomic
def change_action(action, words, *, reason, by, seen=None):
    """Other words, another lead, owner or date. What it said is kept with the reason.

    `seen` is how many versions there were as its writer saw it: raises ChangedMeanwhile where somebody
    changed it since. A target that somebody follows moves, and what it was first stays.
    """
    action = _locked(action, seen)
    before, reason, on = words_of(action), reason.strip(), timezone.localdate()
    if words == before:
        return action
    refuse(words, action.recommendation, before=before, on=on)
    if not reason:
        raise ValidationError(SAY_WHY)
    keep_action(action, before, reason=reason, by=by)
    action.keep_file_words()
    moving.move(action, words, reason=reason, by=by)
    _write(action, words)
    _leave(action, set(before.leads) - set(words.leads))
    _follow(action, words)
    _tell(EventType.ACTION_CHANGED, action, by=by)
    return action


@transaction.atomic
def remove_action(action, *, reason, by):
    """It stays on record with the reason, and so does what was reported on it."""
    action = _locked(action)
    if not reason.strip():
        raise ValidationError(SAY_WHY)
    before = words_of(action)
    keep_action(action, before, reason=reason.strip(), by=by)
    action.keep_file_words()
    action.withdrawn_at, action.removed_by = timezone.now(), by
    action.save(update_fields=["withdrawn_at", "removed_by", "file_words"])
    _leave(action, set(before.leads))
    follow(action.recommendation.review, [action.recommendation])
    _tell(EventType.ACTION_REMOVED, action, by=by)
    return action


def _locked(action, seen=None):
    one = locked(action.recommendation)
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("lead__agency", "row__owner")
        .get(pk=action.pk)
    )
    action.recommendation = one
    if action.withdrawn_at or (seen is not None and action.versions.count() != seen):
        raise ChangedMeanwhile(one.pk)
    return action


def keep_action(action, before, *, reason, by):
    ActionVersion.objects.create(
        action=action,
        number=action.versions.count() + 1,
        snapshot=snapshot_of(before),
        reason=reason,
        by=by,
    )


def _write(action, words):
    action.text, action.number, action.lead = words.text, words.number, words.lead
    action.target, action.target_as_written = words.target, words.target_as_written
    action.full_clean()
    action.save()
    JointLead.objects.filter(action=action).exclude(participation__in=words.joint_leads).delete()
    for part in words.joint_leads:
        JointLead.objects.get_or_create(action=action, participation=part)
    for part in words.leads:
        RecommendationLead.objects.get_or_create(
            recommendation=action.recommendation,
            participation=part,
            defaults={"is_accountable": False},
        )


def _leave(action, parts):
    """Whoever leads nothing of a recommendation any more does not read it any more either."""
    one = action.recommendation
    others = one.actions.live().exclude(pk=action.pk)
    still = set(others.values_list("lead", flat=True))
    still |= set(
        JointLead.objects.filter(action__in=others).values_list("participation", flat=True)
    )
    gone = [part.pk for part in parts if part.pk not in still]
    RecommendationLead.objects.filter(
        recommendation=one, participation__in=gone, is_accountable=False
    ).delete()


def _follow(action, words):
    one = action.recommendation
    row = follow(one.review, [one])[one.pk, action.pk]
    _own(row, words.owner, words.owner_as_written)
    action.row = row


def _own(row, owner, as_written):
    if (row.owner_id, row.owner_as_written) == (owner and owner.pk, as_written):
        return False
    row.owner, row.owner_as_written = owner, as_written
    row.save(update_fields=["owner", "owner_as_written"])
    return True


def _tell(type_, action, *, by):
    agency = action.lead.agency.name if action.lead else ""
    tell(type_, action.recommendation, by=by, agency=agency, action=action.pk)


# --- What has no action -------------------------------------------------------------------------


@transaction.atomic
def set_row_owner(row, *, owner, owner_as_written="", by):
    """Who sees to a row: somebody of an agency that leads it, or a name or post as it is written."""
    one = locked(row.recommendation)
    row = PlanRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ended_at is not None:
        raise ChangedMeanwhile(one.pk)
    words = ActionWords(text="", owner=owner, owner_as_written=owner_as_written)
    if problems := wrong_with_owner(words, list(row.leads.all())):
        raise ValidationError(problems)
    if _own(row, words.owner, words.owner_as_written):
        record(EventType.ROW_OWNER_SET, by=by, review=one.review, target=row)
    return row


@transaction.atomic
def change_following(recommendation, *, level, theme, addressed_to, by):
    """How far it reaches, what it is about, who must answer it: of any recommendation, a file's too.

    What stood before is kept; its words are not touched, so that this needs no reason.
    """
    one = locked(recommendation)
    addressed_to = " ".join((addressed_to or "").split())
    if (one.level, one.theme_id, one.addressed_to) == (level, theme and theme.pk, addressed_to):
        return one
    _refuse_following(one, level, theme, addressed_to)
    keep_version(one, resting.snapshot_of(one), reason="", by=by)
    one.level, one.theme, one.addressed_to = level, theme, addressed_to
    one.save(update_fields=["level", "theme", "addressed_to"])
    tell(EventType.RECOMMENDATION_FOLLOWED, one, by=by)
    return one


def _refuse_following(one, level, theme, addressed_to):
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
