"""Writing versions of the terms of reference, issuing them, and saying that they were read.

Who must look again after a later version is a question, not a change: see queries.py.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from reviews.lifecycle.ended import refuse_if_ended
from reviews.models import Review
from reviews.services import change_review
from reviews.terms import emails
from reviews.terms.difference import difference
from reviews.terms.models import Term, TermsIssue, TermsReading, TermsVersion, TermText
from reviews.terms.queries import people_of
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

_FRAME = ("purposes", "scope_from", "scope_to", "scope_reason", "why")


class NotADraft(Exception):
    """The version was issued: what is to be different is in the next one."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was opened."""


class NotReady(Exception):
    """The message says what the version still lacks."""


class NotIssued(Exception):
    """The version was not issued to them, so they cannot have read it."""


# --- Writing ------------------------------------------------------------------------------------


@transaction.atomic
def begin_version(review, *, by, on):
    """A draft: a copy of the version issued last, or the first with the purposes in force.

    Where there is a draft already, that one: a second click finds what the first one made.
    """
    refuse_if_ended(Review.objects.select_for_update(no_key=True).get(pk=review.pk))
    if draft := TermsVersion.objects.filter(review=review, issued_at=None).first():
        return draft
    last = TermsVersion.objects.filter(review=review).order_by("-number").first()
    version = _copy_of(last) if last else _first_of(review, on)
    version.made_by = by
    version.full_clean()
    version.save()
    if last:
        TermText.objects.bulk_create(
            TermText(version=version, term_id=text.term_id, position=text.position, text=text.text)
            for text in last.texts.all()
        )
    _tell(EventType.TERMS_BEGUN, version, by=by)
    return version


def _copy_of(last):
    frame = {name: getattr(last, name) for name in _FRAME if name != "why"}
    return TermsVersion(
        review=last.review, number=last.number + 1, wording_id=last.wording_id, **frame
    )


def _first_of(review, on):
    wording = wording_for(Kind.TERMS_PURPOSES, review.partnership, on)
    return TermsVersion(
        review=review,
        number=1,
        wording=wording,
        purposes=wording.text,
        scope_from=review.scope_from,
        scope_to=review.scope_to,
        scope_reason=review.scope_reason,
    )


@transaction.atomic
def change_frame(version, *, seen, by, **frame):
    """Its purposes, its timeframe with the reason, and why there is this version."""
    version = _draft(version)
    if version.changes != seen:
        raise ChangedMeanwhile
    for name in _FRAME:
        if name in frame:
            value = frame[name]
            setattr(version, name, value.strip() if isinstance(value, str) else value)
    version.changes += 1
    version.full_clean()
    version.save()
    _tell(EventType.TERMS_CHANGED, version, by=by, fields=sorted(frame))
    return version


@transaction.atomic
def add_term(version, *, kind, text, by, key):
    """At the end of its kind. The same key again gives the first one's term."""
    version = _draft(version)
    if found := TermText.objects.filter(version=version, term__key=key).first():
        return found
    last = version.texts.aggregate(last=Max("position"))["last"] or 0
    term = Term(review=version.review, kind=kind, key=key, made_by=by)
    term.full_clean()
    term.save()
    words = TermText(version=version, term=term, position=last + 1, text=text.strip())
    words.full_clean()
    words.save()
    _tell(EventType.TERM_ADDED, version, by=by, term=term.pk)
    return words


@transaction.atomic
def change_term(words, *, text, number, seen, by):
    """Other words, or another place among its kind (`number`, from 1; too high means last)."""
    version = _draft(words.version)
    words = TermText.objects.select_for_update().get(pk=words.pk)
    if words.changes != seen:
        raise ChangedMeanwhile
    words.text = text.strip()
    words.changes += 1
    words.full_clean(exclude=["position"])
    words.save(update_fields=["text", "changes"])
    _put(words, number)
    _tell(EventType.TERM_CHANGED, version, by=by, term=words.term_id)
    return words


def _put(words, number):
    rows = list(words.version.texts.select_related("term").order_by("position"))
    mine = [row for row in rows if row.term.kind == words.term.kind and row.pk != words.pk]
    others = [row for row in rows if row.term.kind != words.term.kind]
    mine.insert(max(0, number - 1), words)
    for position, row in enumerate([*mine, *others], start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def withdraw_term(words, *, by):
    """Out of the draft. In the versions that were issued with it, it stays."""
    version = _draft(words.version)
    gone, _ = TermText.objects.filter(pk=words.pk).delete()
    if gone:
        _tell(EventType.TERM_WITHDRAWN, version, by=by, term=words.term_id)


# --- Issuing ------------------------------------------------------------------------------------


@transaction.atomic
def issue(version, *, participations, panel, by):
    """To chosen agencies and the panel: at the first time the version is settled for good.

    Its timeframe becomes that of the review. A version may go to further agencies later; whoever
    has it already is not written to again.
    """
    refuse_if_ended(Review.objects.select_for_update(no_key=True).get(pk=version.review_id))
    version = _locked(version)
    if not participations and not panel:
        raise NotReady("Choose at least one agency, or the panel")
    if version.is_draft:
        _settle(version, by)
    for part in [*participations, *([None] if panel else [])]:
        _issue_to(version, part, by)
    return version


def _settle(version, by):
    _refuse_unready(version)
    version.issued_at, version.issued_by = timezone.now(), by
    version.full_clean()
    version.save(update_fields=["issued_at", "issued_by"])
    change_review(
        version.review,
        by=by,
        scope_from=version.scope_from,
        scope_to=version.scope_to,
        scope_reason=version.scope_reason,
    )


def what_is_missing(version):
    """Why a draft cannot be issued yet, in a sentence; nothing where it can."""
    if not version.texts.filter(term__kind=Term.Kind.TERM).exists():
        return "Add at least one term first"
    if not version.scope_from or not version.scope_reason:
        return "Enter the timeframe and its reason first"
    before = TermsVersion.objects.issued().filter(review=version.review).order_by("-number").first()
    if before and not difference(before, version):
        return f"Nothing is different from version {before.number} yet"
    if before and not version.why:
        return "Say first why there is a new version"
    return ""


def _refuse_unready(version):
    if missing := what_is_missing(version):
        raise NotReady(missing)


def _issue_to(version, part, by):
    if part and part.review_id != version.review_id:
        raise ValidationError("That agency's part belongs to another review.")
    issued, created = TermsIssue.objects.get_or_create(
        version=version, participation=part, defaults={"issued_by": by}
    )
    if not created:
        return
    _tell(
        EventType.TERMS_ISSUED,
        version,
        by=by,
        agency=part.agency.name if part else "",
        panel=part is None,
    )
    for user in people_of(version.review, part):
        emails.say_that_terms_wait(user, because=issued)


@transaction.atomic
def confirm_reading(version, *, participation, by):
    """Somebody has read it, for their agency or (without one) as a panel member; safe to repeat."""
    refuse_if_ended(Review.objects.get(pk=version.review_id))
    if not TermsIssue.objects.filter(version=version, participation=participation).exists():
        raise NotIssued
    reading, created = TermsReading.objects.get_or_create(
        version=version, participation=participation, read_by=by
    )
    if created:
        _tell(
            EventType.TERMS_CONFIRMED,
            version,
            by=by,
            agency=participation.agency.name if participation else "",
        )
    return reading


# --- Beneath ------------------------------------------------------------------------------------


def _locked(version):
    return (
        TermsVersion.objects.select_for_update(of=("self",))
        .select_related("review__partnership")
        .get(pk=version.pk)
    )


def _draft(version):
    version = _locked(version)
    refuse_if_ended(version.review)
    if not version.is_draft:
        raise NotADraft
    return version


def _tell(type_, version, *, by, **data):
    record(type_, by=by, review=version.review, target=version, version=version.number, **data)
