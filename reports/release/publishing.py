"""Publication: where a signed set was put and until when, and what the review and its clock learn of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from reports.models import Kind, Publication, Released, TakeDownMove
from reports.release.fitness import look_through, refuse_unfit
from reports.release.locking import kept, lock_published, lock_release, made_before
from reports.release.services import move_on, renderings_of, tell
from reports.services.rights import refuse_without
from reviews import rules
from reviews.clock.counting import exactly
from reviews.clock.kinds import Milestone
from reviews.clock.queries import newest_of
from reviews.clock.services import reached
from reviews.lifecycle.services import goes_back, set_stage
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import refuse_held
from reviews.rules import Stage


@transaction.atomic
def publish(release, *, on, title, addresses, by, key, take_down_on=None):
    """Record that the partnership has put the set on its site, and where.

    `on` is the day, which cannot lie in the cooling-off or under a hold. The first overview report of a
    review that is published sets the clock, and moves the review on.
    """
    seen = look_through(renderings_of(release), release.review)
    release = lock_release(release)
    if found := made_before(Publication, key, release):
        return found
    refuse_without(rules.can_publish, release.review, by)
    if release.state != Released.SIGNED_OFF:
        raise ValidationError(f"This cannot be done now: {release.get_state_display().lower()}.")
    _refuse_day(release, on, take_down_on)
    for day in {on, timezone.localdate()}:
        refuse_held(release.review, Stops.PUBLICATION, by=by, on=day, field="on")
    renderings = renderings_of(release)
    refuse_unfit(renderings, release.review, seen=seen)
    published = kept(
        Publication(
            release=release,
            on=on,
            title=" ".join(title.split()),
            addresses=addresses,
            take_down_on=take_down_on,
            key=key,
            by=by,
        )
    )
    release.take_down_on = take_down_on
    move_on(release, Released.PUBLISHED)
    if _is_first_report(published, renderings):
        _tell_the_review(release.review, on, by)
    tell(
        EventType.RELEASE_PUBLISHED,
        release,
        by=by,
        on=on.isoformat(),
        sha256=sorted(one.sha256 for one in renderings),
    )
    return published


@transaction.atomic
def move_take_down(release, *, to, reason, agreed_by, by, key):
    """Set the day on which a published set is to be taken down, or another one; None where it is to stand
    until further notice."""
    release = lock_published(release, Released.PUBLISHED)
    if found := made_before(TakeDownMove, key, release):
        return found
    refuse_without(rules.can_publish, release.review, by)
    if to == release.take_down_on:
        raise ValidationError({"to": "That is the day already" if to else "Enter a day"})
    if to and to <= release.publication.on:
        raise ValidationError({"to": "Enter a day after the publication"})
    moved = kept(
        TakeDownMove(
            release=release,
            before=release.take_down_on,
            after=to,
            reason=reason,
            agreed_by=agreed_by,
            key=key,
            by=by,
        )
    )
    release.take_down_on = to
    release.save(update_fields=["take_down_on"])
    tell(EventType.RELEASE_TAKE_DOWN_DAY, release, by=by, to=to.isoformat() if to else "")
    return moved


def _refuse_day(release, on, take_down_on):
    signed = max(timezone.localdate(one.at) for one in release.sign_offs.all())
    if on > timezone.localdate():
        raise ValidationError({"on": "This cannot be in the future"})
    if on < release.not_before:
        first = f"{release.not_before:%-d %B %Y}"
        raise ValidationError({"on": f"The cooling-off lasts until {first}: not before that day"})
    if on < signed:
        raise ValidationError({"on": "This cannot be before it was signed off"})
    if take_down_on and take_down_on <= on:
        raise ValidationError({"take_down_on": "Enter a day after the publication"})


def _is_first_report(published, renderings):
    if not any(one.document.kind == Kind.OVERVIEW for one in renderings):
        return False
    before = Publication.objects.filter(
        release__review=published.release.review, pk__lt=published.pk
    )
    return not before.filter(release__files__rendering__document__kind=Kind.OVERVIEW).exists()


def _tell_the_review(review, on, by):
    """There is one day of publication, and the clock keeps it."""
    known = day_on_the_clock(review)
    if known and (known.earliest > on or known.latest < on):
        said = f"The clock says that the report was published {known}. Correct one of the two"
        raise ValidationError({"on": said})
    if not known:
        reached(review, Milestone.PUBLISHED, exactly(on), by)
    if not goes_back(review.stage, Stage.MONITORING):
        set_stage(review, stage=Stage.MONITORING, on=on, by=by)


def other_day_on_the_clock(release):
    """The day of publication that the clock was corrected to, where it is no longer that of the first
    report; else None."""
    published = getattr(release, "publication", None)
    if published is None or not _is_first_report(published, renderings_of(release)):
        return None
    known = day_on_the_clock(release.review)
    differs = known is None or known.earliest > published.on or known.latest < published.on
    return (known or "not at all") if differs else None


def day_on_the_clock(review):
    """When the report was published, as the clock has it: a PartialDate, or None."""
    found = newest_of(review.milestones.order_by("pk")).get(Milestone.PUBLISHED)
    return found.on if found else None
