"""Who was given a set, and what is done around the day of publication. Nothing here is ever deleted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from findings.services.locking import KeyOfAnother
from reports.models import Audience, Handed, PlanMark, PlanStep, Released
from reports.release.locking import kept, lock_published, made_before
from reports.release.services import tell
from reports.services.rights import refuse_without
from reviews import rules
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held

# What a hold stops, by who would be given the files.
_STOPPED_BY = {Audience.FAMILY: Stops.FAMILY, Audience.MEDIA: Stops.PUBLICATION}
_IN_HAND = (Released.SIGNED_OFF, Released.PUBLISHED, Released.TAKEN_DOWN)
_GOES_ON = (Released.PROPOSED, *_IN_HAND, Released.WITHDRAWN)


@transaction.atomic
def hand_over(release, *, audience, whom, how, on, files, by, key, note=""):
    """Somebody was given these files of the set, which is signed off: a family before it is published."""
    release = lock_published(release)
    if found := made_before(Handed, key, release):
        return found
    refuse_without(rules.can_write_documents, release.review, by)
    if release.state not in _IN_HAND:
        raise ValidationError(f"This cannot be done now: {release.get_state_display().lower()}.")
    if on > timezone.localdate():
        raise ValidationError({"on": "This cannot be in the future"})
    signed = max(timezone.localdate(one.at) for one in release.sign_offs.all())
    if on < signed:
        raise ValidationError({"on": "This cannot be before it was signed off"})
    if audience in _STOPPED_BY:
        refuse_held(release.review, _STOPPED_BY[audience], by=by, on=on, field="on")
    if not {one.pk for one in files} <= {one.pk for one in release.files.all()}:
        raise ValidationError({"files": "Choose files of this set"})
    handed = kept(
        Handed(
            release=release,
            audience=audience,
            whom=" ".join(whom.split()),
            how=how,
            on=on,
            files=sorted(one.pk for one in files),
            note=note.strip(),
            key=key,
            by=by,
        )
    )
    tell(
        EventType.RELEASE_HANDED,
        release,
        by=by,
        audience=str(audience),
        sha256=sorted(one.sha256 for one in files),
    )
    return handed


@transaction.atomic
def plan(release, *, audience, what, whose, days, by, key):
    """One more thing to do around publication day."""
    release = lock_published(release, *_GOES_ON)
    if found := made_before(PlanStep, key, release):
        return found
    refuse_without(rules.can_write_documents, release.review, by)
    step = kept(
        PlanStep(
            release=release,
            audience=audience,
            what=what.strip(),
            whose=" ".join(whose.split()),
            days=days,
            key=key,
            by=by,
        )
    )
    tell(EventType.RELEASE_PLANNED, release, by=by, step=step.pk)
    return step


@transaction.atomic
def mark(step, *, what, on, by, key, whose="", note=""):
    """What became of a step: planned for a day, done on a day, or not to be done, and why."""
    release = lock_published(step.release, *_GOES_ON)
    if found := PlanMark.objects.filter(key=key).first():
        if found.step_id != step.pk:
            raise KeyOfAnother
        return found
    refuse_without(rules.can_write_documents, release.review, by)
    if what != PlanMark.What.PLANNED and on > timezone.localdate():
        raise ValidationError({"on": "This cannot be in the future"})
    if what == PlanMark.What.DROPPED and not note.strip():
        raise ValidationError({"note": "Say why it is not to be done"})
    marked = PlanMark(
        step=step,
        what=what,
        on=on,
        whose=" ".join(whose.split()),
        note=note.strip(),
        key=key,
        by=by,
    )
    marked.full_clean(exclude=["by", "step"])
    marked.save()
    tell(EventType.RELEASE_PLAN_MARKED, release, by=by, step=step.pk, mark=str(what))
    return marked
