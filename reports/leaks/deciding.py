"""What is decided of what was found: change it, or keep it and say why.

A decision stands for the same words in the same surroundings wherever they are found again in the review, in
the next version too; once the surroundings change, it is asked anew. The newest counts, and none is deleted.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother, lock_review, need
from reports.models import Hit, HitDecision, Scan, Verdict
from reports.services.rights import refuse_without
from reviews import rules

_AT_ONCE = 5000


def standing(review, signs):
    """{sign: the HitDecision that stands for it} in a review, or the one with this key."""
    signs, found = sorted(set(signs)), {}
    for at in range(0, len(signs), _AT_ONCE):
        rows = HitDecision.objects.filter(
            hit__scan__review=review, hit__sign__in=signs[at : at + _AT_ONCE]
        )
        newest = rows.order_by("hit__sign", "-pk").distinct("hit__sign")
        found |= {one.hit.sign: one for one in newest.select_related("by", "hit")}
    return found


def not_kept(review, sightings):
    """Those of Sightings that nobody decided to keep, in their order."""
    decided = standing(review, [one.sign for one in sightings])
    return [one for one in sightings if not _is_kept(decided.get(one.sign))]


def undecided(rendering):
    """How many hits of a version, however grave, nobody has decided to keep with a reason. What is to be
    changed counts as long as it is found there. None: nobody has looked through this version."""
    scan = scan_of(rendering)
    return undecided_of(scan.review_id, [scan])[scan.pk] if scan else None


def scan_of(rendering):
    """The newest look through a version, or None."""
    found = Scan.objects.finished().filter(rendering=rendering).for_display()
    return found.order_by("at", "pk").last()


def found_already(rendering, rests_on):
    """The Hits of a look through a version that rested on the same words, register and rules; None where there
    was none, so that it has to be looked through anew."""
    rows = Scan.objects.finished().filter(rendering=rendering).order_by("-at", "-pk")
    same = (one for one in rows if one.told.get("rests_on") == rests_on)
    scan = next(same, None)
    return None if scan is None else list(scan.hits.all())


def undecided_of(review, scans):
    """{scan: how many of its hits are not kept} of finished Scans of one review."""
    rows = Hit.objects.filter(scan__in=[one.pk for one in scans if one.is_over])
    hits = list(rows.values_list("scan", "sign"))
    decided = standing(review, [sign for _, sign in hits])
    left = {one.pk: 0 for one in scans if one.is_over}
    for scan, sign in hits:
        left[scan] += not _is_kept(decided.get(sign))
    return left


@transaction.atomic
def decide(scan, numbers, *, verdict, reason="", by, key, seen):
    """Decide of the hits with these numbers, all of them or none. Returns how many were decided.

    `seen` is the newest decision (its pk, or 0) that whoever decides was shown: a newer one of these hits
    raises ChangedMeanwhile, so that nobody's decision is replaced unseen. The same key again decides
    nothing twice. Raises ValidationError where what is kept has no reason.
    """
    review = lock_review(scan.review)
    done = HitDecision.objects.filter(key=key).select_related("hit")
    if done:
        if any(one.hit.scan_id != scan.pk for one in done):
            raise KeyOfAnother
        return len(done)
    refuse_without(rules.can_write_documents, review, by)
    hits = list(scan.hits.filter(number__in=numbers))
    if not hits or len(hits) != len(set(numbers)):
        raise ValidationError("Choose what you decide about")
    reason = reason.strip() if verdict == Verdict.KEEP else ""
    if verdict == Verdict.KEEP:
        need(reason)
    if any(one.pk > seen for one in standing(review, [hit.sign for hit in hits]).values()):
        raise ChangedMeanwhile
    rows = [HitDecision(hit=hit, verdict=verdict, reason=reason, key=key, by=by) for hit in hits]
    rows[0].full_clean(exclude=["hit", "by"])
    HitDecision.objects.bulk_create(rows)
    record(
        EventType.SCAN_DECIDED,
        by=by,
        review=review,
        target=scan,
        verdict=str(verdict),
        hits=len(rows),
    )
    return len(rows)


def _is_kept(decision):
    return decision is not None and decision.is_kept
