"""The documents of a review, beginning one, its contents, and whom it is shared with."""

from django.db.models import Count, Q
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from foundations.gov.forms import GovForm
from reports.checks.summary import summary_of
from reports.forms import BeginForm, RenameForm, ShareForm
from reports.models import Document, Doubt, Paragraph, Remark, Section
from reports.services import documents
from reports.services.templates import layouts_for
from reports.views.pages import DocumentMixin, DocumentsMixin, WriteMixin
from reviews import rules
from reviews.models import Share
from reviews.rules import Material


class DocumentListView(DocumentsMixin, TemplateView):
    template_name = "reports/document_list.html"

    def get_context_data(self, **kwargs):
        standing = Q(sections__removed_at=None, sections__paragraphs__removed_at=None)
        rows = self.documents().annotate(
            written=Count(
                "sections__paragraphs", filter=standing & Q(sections__paragraphs__block="")
            )
        )
        found = list(rows.order_by("number"))
        self.tell_of_reading(rows=len(found))
        return super().get_context_data(**kwargs) | {
            "documents": found,
            "may_change_layouts": rules.can_change_document_templates(self.access),
        }


class DocumentBeginView(WriteMixin, DocumentsMixin, FormView):
    form_class = BeginForm
    heading, button = "Begin a document", "Begin the document"
    intro = (
        "Its sections come from the layout that your partnership uses today, each with a word on what "
        "to write. You can add, move and take out sections afterwards."
    )
    done = "Document begun. Open a section and write its first paragraph."

    def back(self):
        return self.to("document-list"), "Documents"

    def get_form_kwargs(self):
        layouts = layouts_for(self.review.partnership, timezone.localdate())
        return super().get_form_kwargs() | {"layouts": layouts}

    def save(self, form):
        made = documents.begin_document(self.review, by=self.request.user, **form.cleaned_data)
        return made.get_absolute_url()


class DocumentDetailView(DocumentMixin, TemplateView):
    """Its contents; each section with how much is written in it."""

    template_name = "reports/document_detail.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {
            "lines": self.outline.sections,
            "reaches_panel": self.document.is_shared and self.drafts_are_shared(),
            "removed": self.writes and self.has_removed(),
            "remarks": Remark.objects.visible_to(self.request.user)
            .of(self.document)
            .open()
            .count(),
            "checked": summary_of(self.document) if self.writes else None,
            "doubts": Doubt.objects.visible_to(self.request.user)
            .open()
            .filter(document=self.document)
            .count(),
        }

    def drafts_are_shared(self):
        if not self.writes:
            return True  # it is how they came here
        live = Share.objects.visible_to(self.request.user).live(at=timezone.localdate())
        return live.filter(review=self.review, material=Material.DOCUMENTS).exists()

    def has_removed(self):
        user, here = self.request.user, self.document
        gone = Paragraph.objects.visible_to(user).filter(section__document=here)
        sections = Section.objects.visible_to(user).filter(document=here)
        return any(rows.exclude(removed_at=None).exists() for rows in (gone, sections))


class _OfDocumentView(WriteMixin, DocumentMixin, FormView):
    form_class = GovForm

    def back(self):
        return self.document.get_absolute_url(), self.document.title

    def after_it_is_gone(self):
        return self.to("document-list")


class DocumentRenameView(_OfDocumentView):
    form_class = RenameForm
    heading, done = "Change the title", "Title saved."

    def get_initial(self):
        return {"title": self.document.title, "seen": self.document.changes}

    def as_it_is(self):
        now = Document.objects.visible_to(self.request.user).get(pk=self.document.pk)
        return now.changes, (("Title", now.title),)

    def save(self, form):
        documents.rename_document(self.document, by=self.request.user, **form.cleaned_data)


class DocumentShareView(_OfDocumentView):
    form_class = ShareForm
    heading, button = "Share with the panel", "Share this document with the panel"
    intro = (
        "The members of the panel then read it as it stands at any time. They do not see its history, "
        "nor evidence that is not shared with them. You can take it back."
    )
    done = "The panel can read it now."

    def get_initial(self):
        return {"shows_remarks": self.document.shows_remarks}

    def save(self, form):
        documents.share_document(self.document, by=self.request.user, **form.cleaned_data)


class DocumentUnshareView(_OfDocumentView):
    heading, button, tone = "Take back from the panel", "Take back", "warning"
    intro = "The members of the panel no longer find it from now on."
    done = "The panel can no longer read it."

    def save(self, form):
        documents.unshare_document(self.document, by=self.request.user)


class RemovedView(DocumentMixin, TemplateView):
    """What was taken out of it, for those who write."""

    template_name = "reports/removed.html"

    def is_allowed(self):
        return self.writes

    def get_context_data(self, **kwargs):
        user, here = self.request.user, self.document
        sections = Section.objects.visible_to(user).filter(document=here).exclude(removed_at=None)
        gone = Paragraph.objects.visible_to(user).filter(
            section__document=here, section__removed_at=None
        )
        gone = gone.exclude(removed_at=None).select_related("section", "removed_by")
        self.tell_of_reading(here, number=here.number)
        return super().get_context_data(**kwargs) | {
            "sections": sections.select_related("removed_by", "parent").order_by(
                "-removed_at", "pk"
            ),
            "paragraphs": gone.order_by("-removed_at", "-pk"),
        }
