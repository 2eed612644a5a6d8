"""A document taken away to work on it in Word, and brought back: compared, accepted one by one, saved."""

import hashlib
import uuid
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother
from foundations.office.marked import marked_of
from foundations.office.pdf import MARKING
from foundations.vault.services import store
from reports.models import Paragraph, ParagraphVersion, Section, Stage, WordCopy, WordReturn
from reports.outline import Outline
from reports.services.bringing import MovedOn
from reports.services.carrying import Carrying
from reports.services.locking import lock_document, lock_written
from reports.services.rights import refuse_without
from reports.values import to_written
from reports.word.back import apply, compare
from reports.word.back.comparing import OTHER
from reports.word.base import Then, copy_in
from reports.word.items import items_of
from reports.word.keys import key_of
from reports.word.out import Looks, as_word
from reviews import rules

OF_ANOTHER = (
    "This file was made from another document. Open the document that it belongs to, and bring it back "
    "there."
)
NOT_ON_RECORD = (
    "The file does not say which download it was made from, so it is compared with the document as it is "
    "now: what others changed here meanwhile cannot be told from what was changed in Word."
)


# --- Away ---------------------------------------------------------------------------------------


@transaction.atomic
def take_away(document, *, by, key):
    """A Word file of the document as it is now, on record with the version of all that it holds. The same
    key again gives the first one's."""
    document = lock_written(document)
    if found := _with_key(WordCopy, key, document):
        return found
    refuse_without(rules.can_write_documents, document.review, by)
    written = to_written(document, keeps_keys=True)
    looks = Looks((str(document.review.reference),), MARKING, is_draft=True)
    content = as_word(written, looks, made_at=timezone.now(), copy=str(key))
    stored = store(
        content, name=file_name(document), scope=document.review.vault_scope, is_ours=True
    )
    copy = WordCopy.objects.create(
        document=document, stored=stored, key=key, held=_held(document, written), by=by
    )
    record(
        EventType.DOCUMENT_TO_WORD,
        by=by,
        review=document.review,
        target=copy,
        number=document.number,
        held=len(copy.held),
        sha256=stored.sha256,
    )
    return copy


def _held(document, written):
    versions = Counter(
        ParagraphVersion.objects.filter(paragraph__section__document=document).values_list(
            "paragraph__key", flat=True
        )
    )
    changes = dict(document.sections.values_list("key", "changes"))
    found = []
    for one in map(Then.of, items_of(written)):
        key = uuid.UUID(one.uid[2:])
        version = changes[key] if one.uid.startswith("s:") else versions[key]
        found.append([one.uid, one.said, one.level, one.is_numbered, version])
    return found


def _with_key(model, key, document):
    found = model.objects.filter(key=key).first()
    if found and found.document_id != document.pk:
        raise KeyOfAnother
    return found


# --- Back ---------------------------------------------------------------------------------------


def file_name(document):
    """References alone: nobody is named in the name of a file."""
    return f"{document.review.reference}-document-{document.number}.docx"


@transaction.atomic
def bring_back(document, marked, *, content, name, by, key):
    """Keep a file that was edited in Word; `marked` is what was read of it. Raises ValidationError for a
    file of another document or review. The same file again, not yet decided, is found."""
    document = lock_written(document)
    if found := _with_key(WordReturn, key, document):
        return found
    refuse_without(rules.can_write_documents, document.review, by)
    sha256 = hashlib.sha256(content).hexdigest()
    same = document.word_returns.filter(sha256=sha256, state=Stage.PREVIEWED)
    if found := same.first():
        return found
    copy = _copy_of(marked, document)
    if compare(to_written(document, keeps_keys=True), marked, _base(copy)).is_other:
        raise ValidationError({"file": OTHER})
    stored = store(content, name=name, scope=document.review.vault_scope)
    returned = WordReturn.objects.create(
        document=document, stored=stored, name=stored.name, sha256=sha256, key=key, copy=copy, by=by
    )
    record(
        EventType.FILE_UPLOADED,
        by=by,
        review=document.review,
        target=returned,
        number=document.number,
        size=stored.size,
        sha256=sha256,
    )
    return returned


def _copy_of(marked, document):
    """What the file was made as, or None where it does not say. Raises ValidationError for a file of
    another document."""
    copy = WordCopy.objects.filter(key__in=_uuids([copy_in(marked)])).first()
    if copy is not None:
        if copy.document_id != document.pk:
            raise ValidationError({"file": OF_ANOTHER})
        return copy
    keys = _uuids(found[1] for found in map(key_of, _bookmarks(marked)) if found)
    for model, own in ((Paragraph, "section__document"), (Section, "document")):
        rows = model.objects.filter(key__in=keys)
        if rows.exists():
            if rows.filter(**{own: document}).exists():
                return None
            raise ValidationError({"file": OF_ANOTHER})
    return None


def _bookmarks(marked):
    for block in marked.blocks:
        if hasattr(block, "pieces"):
            yield from block.bookmarks
            continue
        for row in block.rows:
            for cell in row:
                for _, pieces in cell.items:
                    yield from (one.text for one in pieces if one.kind == "bookmark")


def _uuids(keys):
    found = []
    for key in keys:
        try:
            found.append(uuid.UUID(key))
        except ValueError:
            continue
    return found


def _base(copy):
    return None if copy is None else {row[0]: Then(*row[:4]) for row in copy.held}


def compared(returned):
    """What its file says beside the document as it is now. Raises NotReleased, Refused."""
    marked = marked_of(returned.stored.content, returned.name)
    return compare(to_written(returned.document, keeps_keys=True), marked, _base(returned.copy))


@transaction.atomic
def save(returned, accepted, *, by):
    """Make of the document what was accepted: ids of changes as `compared` tells them. All of it or
    nothing; a second time finds that it is done. Raises ChangedMeanwhile where the document no longer
    says what was shown, so that nobody's words are written over unseen."""
    marked = marked_of(returned.stored.content, returned.name)
    document = lock_document(returned.document)
    rows = WordReturn.objects.select_for_update(of=("self",)).select_related("copy")
    returned = rows.get(pk=returned.pk)
    if returned.is_saved:
        return returned
    refuse_without(rules.can_write_documents, document.review, by)
    if not returned.is_open:
        raise MovedOn
    outline = Outline(document, texts=True)
    before = to_written(document, outline, keeps_keys=True)
    found = compare(before, marked, _base(returned.copy))
    try:
        wanted = apply(before, found, accepted)
    except KeyError as unknown:
        raise ChangedMeanwhile from unknown
    chosen = [one for one in found.changes if one.id in set(accepted)]
    Carrying(outline, before, wanted, chosen, key=returned.key, by=by).carry_out()
    returned.decided = [
        [one.what, list(one.uids), "accepted" if one in chosen else "left"] for one in found.changes
    ]
    returned.state, returned.saved_by, returned.saved_at = Stage.SAVED, by, timezone.now()
    returned.save()
    record(
        EventType.DOCUMENT_FROM_WORD,
        by=by,
        review=document.review,
        target=returned,
        number=document.number,
        accepted=len(chosen),
        left=len(found.changes) - len(chosen),
        sha256=returned.sha256,
    )
    return returned


@transaction.atomic
def discard(returned, *, by):
    """Nothing of it is taken over; the file itself stays on record."""
    document = lock_document(returned.document)
    returned = WordReturn.objects.select_for_update(of=("self",)).get(pk=returned.pk)
    refuse_without(rules.can_write_documents, document.review, by)
    if not returned.is_open:
        raise MovedOn
    returned.state = Stage.DISCARDED
    returned.save(update_fields=["state"])
    record(EventType.IMPORT_DISCARDED, by=by, review=document.review, target=returned)
    return returned
