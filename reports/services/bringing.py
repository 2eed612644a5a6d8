"""An existing report brought in from Word: kept as it came, read, and saved as a document of the review."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import lock_review, made_with
from foundations.vault.services import store
from reports.layouts.fitting import fitting
from reports.models import MOST, BroughtReport, Doubt, Kind, Section, Stage
from reports.outline import Outline
from reports.services.documents import take_document
from reports.services.templates import layouts_for
from reports.word.existing import read_report
from reports.word.existing.ready import TooLong, ready_of

PRINTED = "In the file its number is {number}."
UNNUMBERED = "In the file its number is {number}; here it has none."


class MovedOn(Exception):
    """It is saved or discarded already."""


@transaction.atomic
def bring(review, *, content, name, by, key):
    """Keep a report that could be read, as it came. The same key gives the first one's, and the same
    file that which was brought in, or is being looked at."""
    review = lock_review(review)
    if found := made_with(BroughtReport, key, review):
        return found
    sha256 = hashlib.sha256(content).hexdigest()
    same = review.brought_reports.filter(sha256=sha256).exclude(state=Stage.DISCARDED)
    if found := same.order_by("-saved_at", "pk").first():
        return found
    stored = store(content, name=name, scope=review.vault_scope)
    brought = BroughtReport.objects.create(
        review=review, stored=stored, name=stored.name, sha256=sha256, key=key, by=by
    )
    record(
        EventType.FILE_UPLOADED,
        by=by,
        review=review,
        target=brought,
        size=stored.size,
        sha256=stored.sha256,
    )
    return brought


def read(brought):
    """What stands in its file. Raises Refused, or NotReleased while it waits for the scanner."""
    return read_report(brought.stored.content, brought.name)


def made_ready(found):
    """A ReadReport as it is saved. Raises ValidationError where a paragraph cannot be held."""
    try:
        return ready_of(found, most=MOST)
    except TooLong as refusal:
        raise ValidationError(refusal.message) from refusal


@transaction.atomic
def save(brought, *, by):
    """A document of its sections and paragraphs, in the layout that fits, with every doubt beside what
    it is about. A second click finds the document that is there."""
    ready = made_ready(read(brought))
    review = lock_review(brought.review)
    brought = BroughtReport.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    if brought.is_saved:
        return brought
    if not brought.is_open:
        raise MovedOn
    document = take_document(review, ready.document, kind=Kind.OVERVIEW, by=by, key=brought.key)
    _follow_layout(document, ready.document, review)
    _keep_doubts(document, ready)
    brought.document, brought.state = document, Stage.SAVED
    brought.saved_by, brought.saved_at = by, timezone.now()
    brought.save()
    record(
        EventType.DOCUMENT_BROUGHT,
        by=by,
        review=review,
        target=document,
        number=document.number,
        sections=len(ready.document.sections),
        paragraphs=len(ready.document.paragraphs),
        doubts=document.doubts.count(),
        sha256=brought.sha256,
    )
    return brought


@transaction.atomic
def discard(brought, *, by):
    """Nothing of it is taken over; the file itself stays on record."""
    review = lock_review(brought.review)
    brought = BroughtReport.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    if not brought.is_open:
        raise MovedOn
    brought.state = Stage.DISCARDED
    brought.save(update_fields=["state"])
    record(EventType.IMPORT_DISCARDED, by=by, review=review, target=brought)
    return brought


def layout_of(document, review):
    """(layout, {place of a section: code}) for a WrittenDocument, or (None, {})."""
    layouts = [
        one
        for one in layouts_for(review.partnership, timezone.localdate())
        if one.document_kind == Kind.OVERVIEW
    ]
    return fitting([one.heading for one in document.sections], layouts)


def _follow_layout(document, written, review):
    template, codes = layout_of(written, review)
    if template is None:
        return
    sections = [placed.section for placed in Outline(document).sections]
    document.template = template
    document.save(update_fields=["template"])
    for at, code in codes.items():
        sections[at].code = code
    Section.objects.bulk_update([sections[at] for at in codes], ["code"])


# --- Doubts -------------------------------------------------------------------------------------


def _keep_doubts(document, ready):
    """Beside what each is about; and one wherever a number is counted otherwise than it was printed."""
    placed = Outline(document).sections
    doubts = []
    for one in ready.told:
        doubts.append(_doubt(document, placed, one))
    for section, written in zip(placed, ready.document.sections, strict=True):
        doubts += _numbers(document, section, written)
    Doubt.objects.bulk_create(doubts)


def _doubt(document, placed, told):
    if told.section is None:
        return Doubt(document=document, kind=Doubt.Kind.WHOLE, text=told.text)
    section = placed[told.section]
    if told.paragraph is None:
        about = {"section": section.section}
    else:
        about = {"paragraph": section.paragraphs[told.paragraph].paragraph}
    return Doubt(document=document, kind=Doubt.Kind.PLACE, text=told.text, **about)


def _numbers(document, placed, written):
    if placed.number != written.number:
        yield _other_number(document, written.number, placed.number, section=placed.section)
    for one, printed in zip(placed.paragraphs, written.paragraphs, strict=True):
        if one.number != printed.number:
            yield _other_number(document, printed.number, one.number, paragraph=one.paragraph)


def _other_number(document, printed, counted, **about):
    said = PRINTED if counted else UNNUMBERED
    text = said.format(number=printed) if printed else "In the file it has no number."
    return Doubt(
        document=document, kind=Doubt.Kind.NUMBER, printed=printed[:60], text=text, **about
    )


@transaction.atomic
def settle(doubts, document, *, by):
    """Somebody has looked at these (a queryset) and needs them no more. Returns how many were open."""
    review = lock_review(document.review)
    n = doubts.filter(document=document, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    )
    if n:
        record(
            EventType.DOCUMENT_DOUBT_SETTLED,
            by=by,
            review=review,
            target=document,
            number=document.number,
            doubts=n,
        )
    return n
