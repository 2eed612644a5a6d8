"""A document that was begun by mistake is set aside: it stands in no list any more, and its number is not
given again. Nothing is deleted, and nothing that anybody wrote or was given goes with it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import EventType
from audit.services import record
from findings.services.locking import remove
from reports.models import Citation, Paragraph, Remark, Section
from reports.services.locking import lock_document
from reports.services.rights import refuse_without
from reviews import rules
from reviews.drafts.models import Draft

_WRITTEN = "Somebody has written in it, so it stays, even where the words were taken out."
_UNSAVED = (
    "Somebody has typed words on a page of it and has not saved them yet, so it stays until they are saved or "
    "thrown away."
)


@transaction.atomic
def set_aside_document(document, *, by):
    """Raises ValidationError where it is more than a mistake: why_it_stays says so."""
    document = lock_document(document)
    refuse_without(rules.can_write_documents, document.review, by)
    if said := why_it_stays(document):
        raise ValidationError(said)
    remove(document, by=by)
    record(
        EventType.DOCUMENT_SET_ASIDE,
        by=by,
        review=document.review,
        target=document,
        number=document.number,
        kind=str(document.kind),
    )
    return document


def why_it_stays(document):
    """A sentence, or "" where nobody has written, made, shared, taken, answered or said anything of it, nor
    is typing in it."""
    if document.is_shared or document.shared_at:
        return "It was shared with the panel, so it stays."
    if document.renderings.exists():
        return "A version of it was asked for, so it stays."
    if document.word_copies.exists() or document.word_returns.exists():
        return "It was taken away in Word, so it stays."
    if _has_words(document):
        return _WRITTEN
    if document.check_answers.exists():
        return "Somebody has answered what is asked before it is submitted, so it stays."
    if Remark.objects.of(document).exists():
        return "Somebody has said something of what stands in it, so it stays."
    # Whoever typed them finds them on that page alone.
    if Draft.objects.filter(page__startswith=document.get_absolute_url()).exists():
        return _UNSAVED
    return ""


def _has_words(document):
    """A paragraph, a heading that its layout does not have, something cited, or a file that it came from."""
    paragraphs = Paragraph.objects.filter(section__document=document)
    if paragraphs.exclude(kind=Paragraph.Kind.BLOCK).exists():
        return True
    if Citation.objects.filter(paragraph__in=paragraphs).exists() or document.doubts.exists():
        return True
    if hasattr(document, "brought_from"):
        return True
    layout = document.template.sections.values("heading") if document.template_id else ()
    return Section.objects.filter(document=document).exclude(heading__in=layout).exists()
