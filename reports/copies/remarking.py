"""Remarks on a draft: made by those who read it, settled by those who write it. No word is lost."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.services.locking import KeyOfAnother, TakenAway, need
from reports.models import Done, Paragraph, ParagraphVersion, Remark, RemarkMove
from reports.real_names import held_in
from reports.references import kept
from reports.services.locking import lock_document, lock_paragraph
from reports.services.paragraphs import change_paragraph
from reports.services.rights import refuse_without
from reviews import rules
from reviews.people.names import names_of

Kind = Remark.Kind
SUGGESTED = ParagraphVersion.Origin.SUGGESTED
SETTLED = "Somebody has settled this already."
GONE = "The paragraph was taken out. Bring it back before you accept a text for it, or decline."


@transaction.atomic
def remark(paragraph, *, version, kind, by, key, words="", suggested=""):
    """A comment, or a text instead of the one that they read: `version`, which can be an older one;
    None for what is inserted from the data, whose words are kept nowhere. The same key again gives the first
    one's remark. With a real name of the register in it, it is its authors' and its maker's alone: nobody is
    told so who might learn a name by it. Raises ValidationError and TakenAway."""
    document, paragraph = lock_paragraph(paragraph)
    if found := _made_with(key, document):
        return found
    if not document.is_shared:
        raise TakenAway
    refuse_without(rules.can_remark, document.review, by)
    version = version or _of_inserted(paragraph, by=by)
    if version.paragraph_id != paragraph.pk:
        raise ValidationError("That is what another paragraph says.")
    suggested = kept(suggested.strip(), document) if kind == Kind.SUGGESTION else ""
    if kind == Kind.SUGGESTION:
        _refuse_no_suggestion(paragraph, version, suggested)
    said = f"{words}\n{suggested}"
    made = Remark(
        paragraph=paragraph,
        version=version,
        key=key,
        kind=kind,
        words=words.strip(),
        suggested=suggested,
        is_shared=document.shows_remarks and not held_in(names_of(document.review), said),
        by=by,
    )
    made.full_clean(exclude=["paragraph", "version", "by"])
    made.save()
    _tell(EventType.REMARK_MADE, made, document, by=by, kind=str(kind))
    return made


def remark_of_answer(answer, *, suggested):
    """What an agency says is not accurate, for whoever writes; within the service that hands it in."""
    line = answer.line
    made = Remark(
        paragraph=line.paragraph,
        version=line.version,
        key=uuid.uuid5(answer.key, "remark"),
        kind=Kind.ACCURACY,
        words=answer.because,
        suggested=suggested,
        answer=answer,
        by=answer.by,
    )
    made.full_clean(exclude=["paragraph", "version", "by", "answer"])
    made.save()
    return made


@transaction.atomic
def accept(remark, *, text, seen, by, key, words=""):
    """The text, as suggested or in the author's words, goes in as a new version of the paragraph.
    `seen` as for change_paragraph. Raises ValidationError and ChangedMeanwhile."""
    remark, found = _to_settle(remark, key, by=by)
    if found:
        return found
    if remark.is_comment:
        raise ValidationError("A comment has no text that could go in. Answer it.")
    paragraph = Paragraph.objects.get(pk=remark.paragraph_id)
    try:
        changed = change_paragraph(
            paragraph, text=text, kind=paragraph.kind, seen=seen, by=by, origin=SUGGESTED
        )
    except TakenAway as gone:
        raise ValidationError(GONE) from gone
    version = changed.versions.order_by("number").last()
    return _settle(remark, Done.ACCEPTED, words=words, by=by, key=key, version=version)


@transaction.atomic
def decline(remark, *, words, by, key):
    """It stays as it is, and they are told why."""
    need(words, "words")
    remark, found = _to_settle(remark, key, by=by)
    return found or _settle(remark, Done.DECLINED, words=words, by=by, key=key)


@transaction.atomic
def reply(remark, *, words, by, key):
    """Settles a comment; whether a suggested text goes in stays open."""
    need(words, "words")
    remark, found = _to_settle(remark, key, by=by)
    return found or _settle(remark, Done.ANSWERED, words=words, by=by, key=key)


@transaction.atomic
def withdraw(remark, *, by, key):
    """By whoever made it, while it is open. It stays on record."""
    remark, found = _to_settle(remark, key, by=by, rule=rules.can_remark)
    return found or _settle(remark, Done.WITHDRAWN, words="", by=by, key=key)


def _to_settle(remark, key, *, by, rule=rules.can_write_documents):
    """(the remark, while nobody else can settle it; what a first click did)"""
    document = lock_document(remark.paragraph.section.document)
    remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    remark.paragraph.section.document = document
    if found := RemarkMove.objects.filter(key=key).first():
        if found.remark_id != remark.pk:
            raise KeyOfAnother
        return remark, found
    refuse_without(rule, document.review, by)
    if not remark.is_open:
        raise ValidationError(SETTLED)
    return remark, None


def _settle(remark, what, *, words, by, key, version=None):
    made = RemarkMove(
        remark=remark, what=what, words=words.strip(), version=version, key=key, by=by
    )
    made.full_clean(exclude=["remark", "version", "by"])
    made.save()
    type_ = EventType.REMARK_WITHDRAWN if what == Done.WITHDRAWN else EventType.REMARK_SETTLED
    _tell(type_, remark, remark.paragraph.section.document, by=by, what=str(what))
    return made


def _made_with(key, document):
    found = Remark.objects.filter(key=key).select_related("paragraph__section").first()
    if found and found.paragraph.section.document_id != document.pk:
        raise KeyOfAnother
    return found


def _of_inserted(paragraph, *, by):
    """What was inserted from a layout has no version before somebody speaks of it."""
    if not paragraph.is_block:
        raise ValidationError("Say which version you read.")
    written = ParagraphVersion.What.WRITTEN
    version, _ = ParagraphVersion.objects.get_or_create(
        paragraph=paragraph, number=1, defaults={"what": written, "kind": paragraph.kind, "by": by}
    )
    return version


def _refuse_no_suggestion(paragraph, version, suggested):
    if paragraph.is_block:
        raise ValidationError(
            "What is inserted from the data has no text to change. Comment on it."
        )
    if suggested == version.text:
        raise ValidationError({"suggested": "Change the text, or write a comment instead"})
    if not suggested:
        raise ValidationError({"suggested": "Write the text that you suggest"})


def _tell(type_, remark, document, *, by, **data):
    record(type_, by=by, review=document.review, target=remark, number=document.number, **data)
