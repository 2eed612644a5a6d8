"""The documents of a review, beginning one, its contents, and whom it is shared with."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from foundations.gov.forms import GovForm
from foundations.gov.prose import html_of
from reports.checks.summary import summary_of
from reports.forms import BeginForm, RenameForm, ShareForm
from reports.models import FROM_DATA, Document, Doubt, Kind, Paragraph, Remark, Section
from reports.real_names import named_in
from reports.release.of_documents import sets_of
from reports.services import documents
from reports.services.setting_aside import set_aside_document, why_it_stays
from reports.services.taking import taken
from reports.services.templates import layouts_for
from reports.views.pages import DocumentMixin, DocumentsMixin, WriteMixin
from reviews import rules
from reviews.models import Share
from reviews.people.free_text import names_for
from reviews.rules import Material


class DocumentListView(DocumentsMixin, TemplateView):
    template_name = "reports/document_list.html"

    def get_context_data(self, **kwargs):
        standing = Q(sections__removed_at=None, sections__paragraphs__removed_at=None)
        inserted = ~Q(sections__paragraphs__block="")
        rows = self.documents().annotate(
            written=Count("sections__paragraphs", filter=standing & ~inserted),
            inserted=Count("sections__paragraphs", filter=standing & inserted),
        )
        found = list(rows.order_by("number"))
        self.tell_of_reading(rows=len(found))
        sets = sets_of(found, self.request.user)
        return super().get_context_data(**kwargs) | {
            "documents": [(one, sets.get(one.pk, ())) for one in found],
            "today": timezone.localdate(),
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
        written = self.documents().exclude(kind__in=FROM_DATA).order_by("number")
        return super().get_form_kwargs() | {"layouts": layouts, "documents": list(written)}

    def save(self, form):
        said = dict(form.cleaned_data)
        if isinstance(said["template"], Kind):
            kind = said.pop("template")
            said.pop("words_from", None)
            made = documents.begin_from_data(self.review, kind=kind, by=self.request.user, **said)
        else:
            made = documents.begin_document(self.review, by=self.request.user, **said)
            if source := said.get("words_from"):
                self.done = _done(taken(made, source), source)
        return made.get_absolute_url()


def _done(told, source):
    """How much was taken from another document, and what still waits for words."""
    said = (
        f"Document begun. Paragraphs taken from document {source.number}: {told.many} of {told.of}."
    )
    if told.without:
        said += f" Nothing stands yet under {', '.join(f'“{one}”' for one in told.without)}."
    if n := len(told.frozen):
        said += f" References became plain words in {n} of them, and a doubt stands beside each: {', '.join(told.frozen)}."
    return said


class DocumentDetailView(DocumentMixin, TemplateView):
    """Its contents; each section with how much is written in it."""

    is_of_every_kind = True

    def get_template_names(self):
        name = "from_data" if self.document.is_from_data else "document_detail"
        return [f"reports/{name}.html"]

    def get_context_data(self, **kwargs):
        self.tell_of_reading(self.document, number=self.document.number)
        context = super().get_context_data(**kwargs)
        context["may_set_aside"] = self.may_write and not why_it_stays(self.document)
        context["releases"] = sets_of([self.document], self.request.user).get(self.document.pk, ())
        context["today"] = timezone.localdate()
        if self.document.is_from_data:
            return context
        reaches_panel = self.document.is_shared and self.drafts_are_shared()
        return context | {
            "lines": self.outline.sections,
            "is_written": bool(self.outline.paragraphs),
            "reaches_panel": reaches_panel,
            "named": self.named() if self.writes and reaches_panel else [],
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

    def named(self):
        """Real names that came in since it was shared: what is inserted from the data is read at once."""
        return named_in(self.outline, names_for(self.access, self.review))

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
    is_of_every_kind = True
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
    intro = (
        "The members of the panel then read it as it stands at any time. They do not see its history, "
        "nor the evidence that paragraphs cite unless it is shared with them. Entries inserted from the data they "
        "read in full, whatever else is shared with them, also those that are cited later. You can take it back."
    )
    done = "The panel can read it now."

    @property
    def heading(self):
        return "What the panel reads of it" if self.document.is_shared else "Share with the panel"

    @property
    def button(self):
        return "Save" if self.document.is_shared else "Share this document with the panel"

    def get_initial(self):
        return {"shows_remarks": self.document.shows_remarks}

    template_name = "reports/share.html"

    @cached_property
    def named(self):
        if documents.panel_reads(self.document):
            return []
        return named_in(self.outline, names_for(self.access, self.review))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"named": self.named}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"named": self.named}

    def save(self, form):
        documents.share_document(self.document, by=self.request.user, **form.cleaned_data)


class DocumentUnshareView(_OfDocumentView):
    heading, button, tone = "Take back from the panel", "Take back", "warning"
    intro = "The members of the panel no longer find it from now on."
    done = "The panel can no longer read it."

    def save(self, form):
        documents.unshare_document(self.document, by=self.request.user)


class DocumentSetAsideView(_OfDocumentView):
    """For what was begun by mistake; of anything else it says why it stays."""

    is_of_every_kind = True
    heading, button, tone = "Remove this document", "Remove it", "warning"
    intro = (
        "For a document that was begun by mistake. Nothing was written in it, and nobody was given it. It stands in no "
        "list from then on, and is not brought back: begin another one. That it was begun and removed stays on record."
    )
    done = "The document is removed."

    def get(self, request, *args, **kwargs):
        if said := why_it_stays(self.document):
            messages.info(request, said)
            return redirect(self.document)
        return super().get(request, *args, **kwargs)

    def save(self, form):
        set_aside_document(self.document, by=self.request.user)
        return self.to("document-list")


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
            "paragraphs": [
                (one, html_of(one.text, refer=self.outline.refer, footnotes=f"p{one.pk}"))
                for one in gone.order_by("-removed_at", "-pk")
            ],
        }
