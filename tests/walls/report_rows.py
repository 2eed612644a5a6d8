"""A document of each review of a world, with a paragraph that was changed, others that were taken out,
and what it cites; one that nobody has shared; and a layout of the partnership's own."""

import uuid

from django.utils import timezone

from reports.models import Document, Layout, State
from reports.services import citing, documents, paragraphs, sections, templates
from tests.factories.reports import paragraph_in, section_in


def write_documents(rows, mark):
    """After all that can be cited. What a paragraph said the database keeps, so that those words are
    marked from the first. Drafts as such are shared by whoever asks."""
    rows.layout = _layout(rows.one.partnership, by=rows.coordinator)
    rows.document = _document(rows.one, rows.layout, by=rows.chair)
    rows.document_drafted = _document(rows.one, rows.layout, by=rows.chair, state=State.DRAFTING)
    paragraph_in(rows.document_drafted.sections.first(), _said(rows.one, mark), by=rows.chair)
    rows.section = rows.document.sections.get(code="first")
    rows.paragraph = _paragraph(rows.section, mark, by=rows.chair)
    rows.citation, *_ = citing.cite(rows.paragraph, [rows.context, rows.finding], by=rows.chair)
    rows.paragraph_other = paragraph_in(rows.section, _said(rows.one, mark), by=rows.chair)
    rows.paragraph_gone = paragraph_in(rows.section, _said(rows.one, mark), by=rows.chair)
    paragraphs.take_out_paragraph(rows.paragraph_gone, by=rows.chair)
    rows.section_gone = section_in(rows.document, "Taken out", by=rows.chair)
    sections.take_out_section(rows.section_gone, by=rows.chair)
    for row in (rows.paragraph, rows.paragraph_gone, rows.section_gone):
        row.refresh_from_db()
    elsewhere = _layout(rows.two.partnership, by=None)
    rows.foreign.document = _document(rows.two, elsewhere, by=None)
    _paragraph(rows.foreign.document.sections.get(code="first"), mark, by=None)


def _layout(partnership, *, by):
    layout, today = Layout.EXECUTIVE_SUMMARY, timezone.localdate()
    named = {"first": "What happened", "second": "What we learnt"}
    return templates.make_version(
        kind=layout,
        partnership=partnership,
        title="Our summary",
        source="Agreed by the board",
        effective_from=today,
        seen=templates.newest_for(layout, partnership),
        by=by,
        on=today,
        key=uuid.uuid4(),
        sections=[
            {
                "code": code,
                "heading": heading,
                "level": 1,
                "is_numbered": True,
                "guidance": "Tell it plainly",
                "looks_for": "Plain words",
                "block": "",
            }
            for code, heading in named.items()
        ],
    )


def _document(review, layout, *, by, state=State.WITH_PANEL):
    made = documents.begin_document(
        review, template=layout, title="Summary", by=by, key=uuid.uuid4()
    )
    Document.objects.filter(pk=made.pk).update(state=state)
    return Document.objects.get(pk=made.pk)


def _said(review, mark):
    every = frozenset(review.participations.values_list("agency", flat=True))
    return mark("As it was", review.reference, every, "report led")


def _paragraph(section, mark, *, by):
    review = section.document.review
    made = paragraph_in(section, _said(review, mark), by=by)
    return paragraphs.change_paragraph(
        made, text=_said(review, mark), kind="numbered", seen=0, by=by
    )
