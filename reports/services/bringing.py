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
from reports.models import FROM_DATA, MOST, BroughtReport, Doubt, Kind, Section, Stage
from reports.outline import Outline
from reports.real_names import held_in
from reports.services.documents import take_document
from reports.services.referring import told_beside, told_of_references
from reports.services.rights import refuse_without
from reports.services.templates import layouts_for
from reports.word.existing import read_report
from reports.word.existing.ready import Told, TooLong, ready_of
from reviews import rules
from reviews.people.names import names_of

PRINTED = "In the file its number is {number}."
BLANK = "Nothing of a report is written in this file. Check that it is the right one"
NOBODY_WRITES = "That document is made from the data. Choose one that people write"
UNNUMBERED = "In the file its number is {number}; here it has none."


class MovedOn(Exception):
    """It is saved or discarded already."""


@transaction.atomic
def bring(review, *, content, name, by, key, kind=Kind.OVERVIEW):
    """Keep a report that could be read, as it came; `kind` is what it is to be. The same key gives the
    first one's, and the same file that which was brought in, or is being looked at; where that was to be
    of another kind and is not saved, it is discarded, and what was said last counts. `by` is nobody
    where the operator of this server brings it in from the command line."""
    _refuse_from_data(kind)
    review = lock_review(review)
    if found := made_with(BroughtReport, key, review):
        return found
    _refuse_without_right(review, by)
    sha256 = hashlib.sha256(content).hexdigest()
    same = review.brought_reports.filter(sha256=sha256).exclude(state=Stage.DISCARDED)
    if found := same.order_by("-saved_at", "pk").first():
        if found.is_saved or found.kind == kind:
            return found
        _end(found, by=by)
    stored = store(content, name=name, scope=review.vault_scope)
    brought = BroughtReport.objects.create(
        review=review, stored=stored, name=stored.name, sha256=sha256, key=key, by=by, kind=kind
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


def _refuse_without_right(review, by):
    if by is not None:
        refuse_without(rules.can_write_documents, review, by)


def _refuse_from_data(kind):
    if kind in FROM_DATA:
        raise ValidationError({"kind": NOBODY_WRITES})


def read(brought):
    """What stands in its file. Raises Refused, or NotReleased while it waits for the scanner."""
    return read_report(brought.stored.content, brought.name)


def made_ready(found, kind=Kind.OVERVIEW):
    """A ReadReport as it is saved; `kind` is its title where the file has none. Raises ValidationError
    where a paragraph cannot be held, and where nothing is written in the file."""
    written = found.document
    if not (written.paragraphs or found.front or any(one.heading for one in written.sections)):
        raise ValidationError(BLANK)
    try:
        return ready_of(found, most=MOST, untitled=str(Kind(kind).label))
    except TooLong as refusal:
        raise ValidationError(refusal.message) from refusal


@transaction.atomic
def save(brought, *, by):
    """A document of its sections and paragraphs, in the layout that fits, with every doubt beside what
    it is about. A second click finds the document that is there. `by` as for bring."""
    found = read(brought)
    review = lock_review(brought.review)
    brought = BroughtReport.objects.select_for_update(of=("self",)).get(pk=brought.pk)
    if brought.is_saved:
        return brought
    _refuse_without_right(review, by)
    if not brought.is_open:
        raise MovedOn
    ready = made_ready(found, brought.kind)
    document = take_document(review, ready.document, kind=brought.kind, by=by, key=brought.key)
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
    refuse_without(rules.can_write_documents, review, by)
    if not brought.is_open:
        raise MovedOn
    brought.review = review
    return _end(brought, by=by)


def _end(brought, *, by):
    brought.state = Stage.DISCARDED
    brought.save(update_fields=["state"])
    record(EventType.IMPORT_DISCARDED, by=by, review=brought.review, target=brought)
    return brought


def names_told(review, written):
    """How many places of a WrittenDocument hold a real name of the register."""
    return len(list(_told_of_names(review, written)))


def layout_of(document, review, kind):
    """(layout of this kind, {place of a section: code}) for a WrittenDocument, or (None, {})."""
    layouts = [
        one
        for one in layouts_for(review.partnership, timezone.localdate())
        if one.document_kind == kind
    ]
    return fitting([one.heading for one in document.sections], layouts)


def _follow_layout(document, written, review):
    template, codes = layout_of(written, review, document.kind)
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
    referred = [Told(text) for text in told_of_references(document, ready.document)]
    referred += [Told(*said) for said in told_beside(document, ready.document)]
    for one in [*ready.told, *referred, *_told_of_names(document.review, ready.document)]:
        doubts.append(_doubt(document, placed, one))
    for section, written in zip(placed, ready.document.sections, strict=True):
        doubts += _numbers(document, section, written)
    Doubt.objects.bulk_create(doubts)


def _told_of_names(review, written):
    """A doubt wherever a real name of the register stands in what was taken over."""
    names = names_of(review)
    if held := held_in(names, written.title):
        yield Told(f"The title: {held}")
    for at, section in enumerate(written.sections):
        if held := held_in(names, section.heading):
            yield Told(held, at)
        for place, one in enumerate(section.paragraphs):
            if held := held_in(names, one.text):
                yield Told(held, at, place)


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
