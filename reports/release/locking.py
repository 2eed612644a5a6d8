"""What every change of a set asks first: the review, then the set."""

from django.core.exceptions import ValidationError

from findings.services.locking import KeyOfAnother, lock_review
from reports.models import Release
from reviews.models import Review


def lock_release(release, *states):
    """The set as it is now, while nobody else can change it; in one of these states. Refuses a review
    that has ended."""
    return _locked(release, lock_review(release.review), states)


def lock_published(release, *states):
    """The same, also after the review: what was published is taken down long after it."""
    review = Review.objects.select_for_update(no_key=True).get(pk=release.review_id)
    return _locked(release, review, states)


def _locked(release, review, states):
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    row.review = review
    if states and row.state not in states:
        raise ValidationError(f"This cannot be done now: {row.get_state_display().lower()}.")
    return row


def made_before(model, key, release):
    """What a first click with this key made, or None."""
    found = model.objects.filter(key=key).first()
    if found and getattr(found, "release_id", release.pk) != release.pk:
        raise KeyOfAnother
    return found


def kept(row):
    """Checked and saved once."""
    row.full_clean(exclude=["by", "release"])
    row.save()
    return row
