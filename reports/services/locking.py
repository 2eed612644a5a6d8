"""What every change of a document asks first: the review, then the document, then the row."""

from django.core.exceptions import ValidationError

from findings.services.locking import TakenAway, lock_review, locked
from reports.models import Document
from reviews.models import Review


def lock_document(document):
    """The document as it is now, while nobody else can change anything in it."""
    review = document.review
    document = locked(document, review)
    document.review = review
    return document


def lock_written(document):
    """The same, of a document that somebody writes."""
    document = lock_document(document)
    if document.is_from_data:
        raise ValidationError(
            "Nobody writes this document: what stands in it comes from its own pages. Make a version of it."
        )
    return document


def lock_to_take_back(document):
    """The same, also after the review: whoever was let read something can always be stopped."""
    review = Review.objects.select_for_update(no_key=True).get(pk=document.review_id)
    document = _live(document)
    document.review = review
    return document


def lock_section(section):
    """(document, section), neither of them taken out, nor anything that it stands in."""
    document = lock_document(section.document)
    section = _live(section)
    section.document = document
    if section.parent_id:
        _live(section.parent)
    return document, section


def lock_paragraph(paragraph):
    """(document, paragraph), neither of them taken out, nor the section that it stands in."""
    document, section = lock_section(paragraph.section)
    paragraph = _live(paragraph)
    paragraph.section = section
    return document, paragraph


def lock_removed(row, document):
    """A row that was taken out, so that it can be brought back. What is there already is refused."""
    document = lock_document(document)
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.is_live:
        raise ValidationError("Somebody has brought this back already.")
    return document, row


def lock_shelf(review):
    """The documents of a review, so that each is numbered once."""
    review = lock_review(review)
    return review, Document.objects.filter(review=review)


def _live(row):
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not row.is_live:
        raise TakenAway
    return row
