"""A set from the day it is proposed to the day it is withdrawn. Each step is written once and told."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, lock_review, made_with, next_number
from reports.models import (
    CoolingOff,
    Ending,
    PlanStep,
    Release,
    Released,
    ReleasedFile,
    Side,
    SignOff,
)
from reports.release.fitness import look_through, refuse_unfit
from reports.release.house_plan import USUAL
from reports.release.locking import kept, lock_published, lock_release, made_before
from reports.services.rights import refuse_without
from reviews import rules
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held

_MAY_SIGN = {
    Side.CHAIR: rules.can_sign_as_chair,
    Side.PARTNERSHIP: rules.can_sign_for_partnership,
}
TWICE = "A document stands there twice as the same kind of file. Choose one version of it."
TOO_EARLY = "Enter today’s date or a later one"
LEAST = timedelta(days=1)
_LEAST_SAID = "A day passes after the second signature, so that everybody told can still speak up"
BOTH = "You signed for the other side. The chair and the partnership are two different people."


@transaction.atomic
def propose(review, *, renderings, not_before, by, key, note=""):
    """A set of versions, with the usual plan for publication day. The same key again gives the first."""
    seen = look_through(renderings, review)
    review = lock_review(review)
    if found := made_with(Release, key, review):
        return found
    refuse_without(rules.can_write_documents, review, by)
    if not renderings:
        raise ValidationError({"renderings": "Choose at least one file"})
    if len({(one.document_id, one.format) for one in renderings}) < len(renderings):
        raise ValidationError({"renderings": TWICE})
    refuse_unfit(renderings, review, seen=seen, field="renderings")
    if not_before < timezone.localdate():
        raise ValidationError({"not_before": TOO_EARLY})
    made = Release(
        review=review,
        number=next_number(review.releases),
        key=key,
        note=note.strip(),
        not_before=not_before,
        proposed_by=by,
    )
    made.full_clean(exclude=["review", "proposed_by"])
    made.save()
    for one in renderings:
        kept_file = ReleasedFile(
            release=made, rendering=one, title=one.values["title"], sha256=one.sha256
        )
        kept_file.save()
    PlanStep.objects.bulk_create(_usual_plan(made, by))
    tell(EventType.RELEASE_PROPOSED, made, by=by, sha256=sorted(one.sha256 for one in renderings))
    return made


def _usual_plan(release, by):
    for one in USUAL:
        yield PlanStep(
            release=release,
            audience=one.audience,
            what=one.what,
            whose=one.whose,
            days=one.days,
            key=uuid.uuid4(),
            by=by,
        )


@transaction.atomic
def move_first_day(release, *, to, reason, agreed_by, by, key):
    """Shorten the cooling-off, or make it longer."""
    release = lock_release(release, Released.PROPOSED, Released.SIGNED_OFF)
    if found := made_before(CoolingOff, key, release):
        return found
    refuse_without(rules.can_write_documents, release.review, by)
    if to == release.not_before:
        raise ValidationError({"to": "That is the day already"})
    moved = _move(release, to, reason=reason, agreed_by=agreed_by, by=by, key=key)
    is_shorter = moved.after < moved.before
    tell(EventType.RELEASE_COOLING_OFF, release, by=by, to=to.isoformat(), is_shorter=is_shorter)
    return moved


def _move(release, to, **said):
    moved = kept(CoolingOff(release=release, before=release.not_before, after=to, **said))
    release.not_before = to
    release.save(update_fields=["not_before"])
    return moved


@transaction.atomic
def sign_off(release, *, side, agreed_by, seen, by, key):
    """One of two. `seen` is the digest of the set that was read. The second makes it signed off, and a day
    passes at least before it can be published: who wants less says why, with move_first_day."""
    seen_within = look_through(renderings_of(release), release.review)
    release = lock_release(release)
    if found := made_before(SignOff, key, release):
        return found
    refuse_without(_MAY_SIGN[side], release.review, by)
    _refuse_signing(release, side, by)
    if seen != release.digest:
        raise ChangedMeanwhile
    refuse_held(release.review, Stops.PUBLICATION, by=by)
    refuse_unfit(renderings_of(release), release.review, seen=seen_within)
    files = list(release.files.all())
    signed = kept(
        SignOff(
            release=release,
            side=side,
            agreed_by=agreed_by,
            files=[[one.pk, one.sha256] for one in files],
            key=key,
            by=by,
        )
    )
    if release.sign_offs.count() == len(Side):
        move_on(release, Released.SIGNED_OFF)
        _leave_a_day(release, agreed_by=agreed_by, by=by, key=uuid.uuid5(key, "a day"))
    tell(
        EventType.RELEASE_SIGNED,
        release,
        by=by,
        side=str(side),
        sha256=sorted(one.sha256 for one in files),
    )
    return signed


def _leave_a_day(release, **said):
    first = timezone.localdate() + LEAST
    if release.not_before < first:
        _move(release, first, reason=_LEAST_SAID, **said)


def _refuse_signing(release, side, by):
    if release.state != Released.PROPOSED:
        raise ValidationError(f"This cannot be done now: {release.get_state_display().lower()}.")
    signed = {one.side: one.by_id for one in release.sign_offs.all()}
    if side in signed:
        raise ValidationError(f"{Side(side).label} has signed it off already.")
    if by.pk in signed.values():
        raise ValidationError(BOTH)


@transaction.atomic
def call_off(release, *, reason, by, key):
    """Before it went out: it never will. Its files can stand in another set."""
    release = lock_release(release)
    ended = _end(release, Released.CALLED_OFF, key, by, reason=reason, on=timezone.localdate())
    tell(EventType.RELEASE_CALLED_OFF, release, by=by)
    return ended


@transaction.atomic
def take_down(release, *, on, done, by, key):
    """It stands on no site any more. It stays in the register."""
    release = lock_published(release)
    ended = _end(release, Released.TAKEN_DOWN, key, by, on=on, done=done)
    tell(EventType.RELEASE_TAKEN_DOWN, release, by=by, on=on.isoformat())
    return ended


@transaction.atomic
def withdraw(release, *, on, reason, done, by, key):
    """It should not have gone out so. Its files are its leaders' alone from now on."""
    release = lock_published(release)
    ended = _end(release, Released.WITHDRAWN, key, by, on=on, reason=reason, done=done)
    tell(EventType.RELEASE_WITHDRAWN, release, by=by, on=on.isoformat())
    return ended


_MAY_END = {
    Released.CALLED_OFF: rules.can_write_documents,
    Released.TAKEN_DOWN: rules.can_publish,
    Released.WITHDRAWN: rules.can_publish,
}
_ENDS_FROM = {
    Released.CALLED_OFF: {Released.PROPOSED, Released.SIGNED_OFF},
    Released.TAKEN_DOWN: {Released.PUBLISHED},
    Released.WITHDRAWN: {Released.PUBLISHED, Released.TAKEN_DOWN},
}


def _end(release, what, key, by, *, on, reason="", done=""):
    if found := made_before(Ending, key, release):
        return found
    refuse_without(_MAY_END[what], release.review, by)
    if release.state not in _ENDS_FROM[what]:
        raise ValidationError(f"This cannot be done now: {release.get_state_display().lower()}.")
    if on > timezone.localdate():
        raise ValidationError({"on": "This cannot be in the future"})
    if release.went_out and on < release.publication.on:
        raise ValidationError({"on": "This cannot be before the day of publication"})
    ended = kept(
        Ending(release=release, what=what, on=on, reason=reason, done=done, key=key, by=by)
    )
    move_on(release, what)
    return ended


# --- What all of them do --------------------------------------------------------------------------


def renderings_of(release):
    rows = release.files.select_related("rendering__document", "rendering__stored")
    rows = rows.defer("rendering__values", "rendering__stored__body")
    for one in rows:
        one.rendering.document.review = release.review
    return [one.rendering for one in rows]


def move_on(release, state):
    release.state = state
    release.save(update_fields=["state", "take_down_on"])


def tell(type_, release, *, by, **data):
    record(type_, by=by, review=release.review, target=release, number=release.number, **data)
