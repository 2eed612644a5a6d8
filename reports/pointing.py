"""The paragraphs that rest on an entry, a heading, minutes, a contact, a finding, a lesson or a
recommendation, for the pages of those."""

from django.urls import reverse

from findings import resting
from reports.models import Citation
from reports.outline import Outline
from reviews import citing

TITLE = "Paragraphs that rest on it"


def sentences_on(source, rows, user):
    """{id of the row: [(words, address)]}, of documents that this person may read."""
    standing = (
        Citation.objects.visible_to(user)
        .live()
        .filter(paragraph__removed_at=None, paragraph__section__removed_at=None)
    )
    cited = standing.filter(**{f"{source}__in": rows}).select_related(
        "paragraph__section__document__review"
    )
    numbers, found = _Numbers(), {}
    for one in cited.order_by("paragraph__section__document", "pk"):
        link = numbers.link_to(one.paragraph)
        if link:
            found.setdefault(getattr(one, f"{source}_id"), []).append(link)
    return found


class _Numbers:
    """Of the paragraphs of several documents; each of these is counted through once."""

    def __init__(self):
        self._outlines = {}

    def link_to(self, paragraph):
        """(words, address), or () where what it stands in was taken out."""
        document = paragraph.section.document
        if document.pk not in self._outlines:
            self._outlines[document.pk] = Outline(document)
        placed, one = self._outlines[document.pk].placed_paragraph(paragraph)
        if placed is None:
            return ()
        number = one.number or f"under {placed.title}"
        where = [document.review.reference, document.number, placed.section.pk]
        href = f"{reverse('reports:section-detail', args=where)}#p-{paragraph.key}"
        return f"{document.title}, paragraph {number}", href


def uses_in_documents(source, rows, review, user):
    found = sentences_on(source, rows, user)
    return {pk: citing.Uses(TITLE, tuple(links)) for pk, links in found.items()}


def _resting_on(source):
    def find(rows, user):
        found = sentences_on(source, rows, user)
        return {
            pk: resting.Resting(TITLE, tuple(resting.Link(*link) for link in links))
            for pk, links in found.items()
        }

    return find


def point_at_documents():
    citing.register(uses_in_documents)
    for source in ("finding", "lesson", "recommendation"):
        resting.register(source, _resting_on(source))
