"""A document of review one that was begun by mistake: nobody wrote in it."""

import uuid

from reports.services.documents import begin_document


def begin_by_mistake(rows):
    rows.document_begun = begin_document(
        rows.one, template=rows.layout, title="Summary", by=rows.chair, key=uuid.uuid4()
    )
