"""A document read from its first paragraph to its last, on one page."""

from django.views.generic import TemplateView

from reports.empty import empty_of, with_text
from reports.queries import shown_whole
from reports.views.pages import DocumentMixin


class DocumentWholeView(DocumentMixin, TemplateView):
    """What each section's page shows, for whoever reads those; a heading with nothing under it is left out."""

    template_name = "reports/document_whole.html"

    def get_context_data(self, **kwargs):
        found = shown_whole(with_text(self.outline.sections), self.outline, self.request.user)
        rows = sum(len(shown) for _, shown in found)
        self.tell_of_reading(self.document, number=self.document.number, rows=rows)
        return super().get_context_data(**kwargs) | {
            "found": found,
            "n_empty": len(empty_of(self.outline.sections)),
        }
