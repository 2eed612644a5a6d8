"""What somebody makes of a mismatch. Each judgement is a row more; none is ever changed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from chronologies.mismatches.models import Judgement, Mismatch, Verdict
from reviews.lifecycle.ended import refuse_if_ended
from reviews.requests.services.moving import KeyOfAnother


class JudgedMeanwhile(ValidationError):
    """Somebody else was quicker, or the evidence changed: whoever judges has not seen that yet."""


def locked(mismatch):
    """The mismatch for as long as the transaction, with its last judgement; a second person, or
    click, waits here."""
    Mismatch.objects.select_for_update().get(pk=mismatch.pk)
    mismatch = Mismatch.objects.judged().select_related("review__partnership").get(pk=mismatch.pk)
    refuse_if_ended(mismatch.review)
    return mismatch


def seen_of(mismatch):
    """What somebody who looks at a mismatch has before them: its evidence and its last judgement."""
    last = Judgement.objects.filter(mismatch=mismatch.pk).order_by("-pk").first()
    return f"{mismatch.evidence[:16]}-{last.pk if last else 0}"


def possible(mismatch):
    """The verdicts that can be given now on a mismatch with its last judgement."""
    if mismatch.gone_at:
        return []
    judged = mismatch.verdict not in {None, Verdict.REOPENED}
    same = judged and mismatch.judged_evidence == mismatch.evidence
    return [
        verdict
        for verdict in Verdict
        if (verdict != Verdict.REOPENED or judged) and not (same and verdict == mismatch.verdict)
    ]


@transaction.atomic
def judge(mismatch, *, verdict, by, key, seen, reason=""):
    """The same key again gives the first one's judgement. Raises JudgedMeanwhile."""
    mismatch = locked(mismatch)
    if found := made_with(key, mismatch):
        return found
    if seen != seen_of(mismatch):
        raise JudgedMeanwhile(
            "Somebody judged this, or its evidence changed, since you opened the page. It is shown "
            "as it is now: what you wrote is still here."
        )
    if verdict not in possible(mismatch):
        raise ValidationError({"verdict": "Choose another: that is how it stands, or it is gone"})
    return write(mismatch, verdict=verdict, by=by, key=key, reason=reason)


def made_with(key, mismatch):
    found = Judgement.objects.filter(key=key).first()
    if found and found.mismatch_id != mismatch.pk:
        raise KeyOfAnother
    return found


def write(mismatch, *, verdict, by, key, reason=""):
    """Of a mismatch that is locked."""
    made = Judgement(
        mismatch=mismatch,
        key=key,
        verdict=verdict,
        reason=reason.strip(),
        evidence=mismatch.evidence,
        explanation=mismatch.explanation,
        by=by,
    )
    made.full_clean()
    made.save()
    record(
        EventType.MISMATCH_JUDGED,
        by=by,
        review=mismatch.review,
        target=mismatch,
        kind=str(mismatch.kind),
        verdict=str(verdict),
    )
    return made
