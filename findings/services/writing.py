"""Findings: written, changed with a reason, taken away with a reason. Nothing is lost of any."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.models import Finding
from findings.services.locking import (
    ChangedMeanwhile,
    keep_version,
    lock_review,
    locked,
    made_with,
    need,
    next_number,
    remove,
)
from reviews.terms.models import TermText


@transaction.atomic
def make_finding(review, *, term, kind, text, by, key):
    """The same key again gives the first one's finding."""
    review = lock_review(review)
    if found := made_with(Finding, key, review):
        return found
    _refuse_other_terms(review, term)
    finding = Finding(
        review=review,
        number=next_number(review.findings),
        key=key,
        term=term,
        kind=kind,
        text=text.strip(),
        made_by=by,
    )
    finding.full_clean(exclude=["made_by"])
    finding.save()
    _tell(EventType.FINDING_MADE, finding, by=by, kind=str(kind))
    return finding


@transaction.atomic
def change_finding(finding, *, term, kind, text, reason, seen, by):
    """Other words, another kind or under another term. What it said is kept with the reason."""
    finding = locked(finding, finding.review)
    if finding.changes != seen:
        raise ChangedMeanwhile
    need(reason)
    if term.pk != finding.term_id:
        _refuse_other_terms(finding.review, term)
    before = finding.snapshot
    version_of = Finding.objects.get(pk=finding.pk)
    finding.term, finding.kind, finding.text = term, kind, text.strip()
    if finding.snapshot == before:
        return finding
    keep_version(version_of, reason=reason, by=by)
    finding.changes += 1
    finding.full_clean(exclude=["made_by"])
    finding.save(update_fields=["term", "kind", "text", "changes"])
    _tell(EventType.FINDING_CHANGED, finding, by=by)
    return finding


@transaction.atomic
def take_away_finding(finding, *, reason, by):
    """It stays on record with its evidence; the lessons that rest on it then say so."""
    finding = locked(finding, finding.review)
    need(reason)
    keep_version(finding, reason=reason, by=by)
    remove(finding, by=by)
    _tell(EventType.FINDING_REMOVED, finding, by=by)
    return finding


def _refuse_other_terms(review, term):
    """A finding begins under a term that was issued, in whatever version."""
    texts = TermText.objects.filter(term=term, version__issued_at__isnull=False)
    if term.review_id != review.pk or not texts.exists():
        raise ValidationError({"term": "Choose a term of the terms of reference that were issued"})


def _tell(type_, finding, *, by, **data):
    record(type_, by=by, review=finding.review, target=finding, number=finding.number, **data)
