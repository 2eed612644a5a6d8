"""Paragraphs: written, changed, moved, taken out and brought back. No word that stood in one is lost."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile, KeyOfAnother, next_number, remove
from reports.models import MOST, Paragraph, ParagraphVersion
from reports.references import kept
from reports.services.locking import lock_paragraph, lock_removed, lock_section
from reports.services.places import LAST, place_after

What = ParagraphVersion.What
TOO_LONG = "It has {n:,} characters, and a paragraph has at most {most:,}. Divide it"


@transaction.atomic
def add_paragraph(section, *, kind, by, key, text="", block="", after=LAST, origin=""):
    """`after`: a paragraph of the section, None for the first place, or LAST; one that was taken out
    or moved away meanwhile puts it last. The same key again gives the first one's paragraph."""
    document, section = lock_section(section)
    if found := Paragraph.objects.filter(key=key).select_related("section").first():
        if found.section.document_id != document.pk:
            raise KeyOfAnother
        return found
    neighbours = section.paragraphs.live()
    if after not in (None, LAST) and not neighbours.filter(pk=after.pk).exists():
        after = LAST
    one = Paragraph(
        section=section,
        key=key,
        kind=kind,
        block=block if kind == Paragraph.Kind.BLOCK else "",
        text="" if kind == Paragraph.Kind.BLOCK else _fit(text, document),
        made_by=by,
        position=0,
    )
    one.full_clean(exclude=["section", "made_by"])
    one.position = place_after(neighbours, after)
    one.save()
    _keep_version(one, What.WRITTEN, origin, by=by)
    _tell(EventType.PARAGRAPH_ADDED, one, by=by, kind=str(kind))
    return one


@transaction.atomic
def change_paragraph(paragraph, *, text, kind, seen, by, origin=""):
    """Other words, or with or without a number. `seen` is its `changes` as the writer had them: where
    somebody was quicker, ChangedMeanwhile, and nothing is written over theirs."""
    document, paragraph = lock_paragraph(paragraph)
    if paragraph.changes != seen:
        raise ChangedMeanwhile
    if paragraph.is_block or kind == Paragraph.Kind.BLOCK:
        raise ValidationError("What is inserted from the data is changed where the data are.")
    text = _fit(text, document)
    if (paragraph.text.replace("\r\n", "\n"), paragraph.kind) == (text, kind):
        return paragraph
    paragraph.text, paragraph.kind = text, kind
    paragraph.changes += 1
    paragraph.full_clean(exclude=["section", "made_by"], validate_unique=False)
    paragraph.save(update_fields=["text", "kind", "changes"])
    _keep_version(paragraph, What.CHANGED, origin, by=by)
    _tell(EventType.PARAGRAPH_CHANGED, paragraph, by=by)
    return paragraph


@transaction.atomic
def move_paragraph(paragraph, *, section, after, by):
    """To another place, in the same section or another of the document. What refers to it still does."""
    document, paragraph = lock_paragraph(paragraph)
    _, section = lock_section(section)
    if section.document_id != document.pk:
        raise ValidationError("That section is of another document.")
    if after == paragraph:
        return paragraph
    neighbours = section.paragraphs.live().exclude(pk=paragraph.pk)
    if after not in (None, LAST) and not neighbours.filter(pk=after.pk).exists():
        raise ValidationError("That place is not there any more. Choose another one.")
    paragraph.position = place_after(neighbours, after)
    paragraph.section = section
    paragraph.save(update_fields=["section", "position"])
    _tell(EventType.PARAGRAPH_MOVED, paragraph, by=by, section=section.pk)
    return paragraph


@transaction.atomic
def take_out_paragraph(paragraph, *, by, origin=""):
    """It stays on record with its history and what it cites, and can be brought back."""
    _, paragraph = lock_paragraph(paragraph)
    _keep_version(paragraph, What.REMOVED, origin, by=by)
    remove(paragraph, by=by)
    _tell(EventType.PARAGRAPH_REMOVED, paragraph, by=by)
    return paragraph


@transaction.atomic
def bring_back_paragraph(paragraph, *, by):
    """Where it stood, or at the end of its section where that has become shorter."""
    document, paragraph = lock_removed(paragraph, paragraph.section.document)
    section = paragraph.section
    if not section.is_live:
        raise ValidationError("Bring the section back first, in which it stood.")
    section.document = document
    paragraph.position = place_after(section.paragraphs.live(), _before(paragraph))
    paragraph.removed_at = paragraph.removed_by = None
    paragraph.save(update_fields=["position", "removed_at", "removed_by"])
    _keep_version(paragraph, What.BROUGHT_BACK, "", by=by)
    _tell(EventType.PARAGRAPH_BROUGHT_BACK, paragraph, by=by)
    return paragraph


def _fit(text, document):
    """The text as it is kept. A form asks the same; what comes from a file passes no form."""
    text = kept(text.strip(), document)
    if len(text) > MOST:
        raise ValidationError({"text": TOO_LONG.format(n=len(text), most=MOST)})
    return text


def _before(paragraph):
    rows = paragraph.section.paragraphs.live().filter(position__lt=paragraph.position)
    return rows.order_by("position", "pk").last()


def _keep_version(paragraph, what, origin, *, by):
    ParagraphVersion.objects.create(
        paragraph=paragraph,
        number=next_number(paragraph.versions),
        what=what,
        kind=paragraph.kind,
        text=paragraph.text,
        origin=origin,
        by=by,
    )


def _tell(type_, paragraph, *, by, **data):
    document = paragraph.section.document
    record(type_, by=by, review=document.review, target=paragraph, number=document.number, **data)
