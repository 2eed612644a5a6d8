"""An existing report brought in: uploaded, looked at, saved or discarded; and its doubts settled."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from audit.models import EventType
from audit.services import record
from foundations.gov.forms import GovForm
from foundations.office.tables import Refused
from foundations.vault.downloads import DOCX, attachment_of
from reports.models import BroughtReport, Doubt
from reports.services import bringing
from reports.views.pages import DocumentMixin, DocumentsMixin, WriteMixin
from reports.word_forms import BringForm, DoubtsForm
from reviews import rules
from reviews.views import FormPageMixin

RECENT = 20
MOVED_ON = "This file has moved on. It is shown as it is now."


class _BringMixin(FormPageMixin, DocumentsMixin):
    def is_allowed(self):
        return rules.can_write_documents(self.access, self.review)

    def reports(self):
        rows = BroughtReport.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.for_display()


class BroughtUploadView(_BringMixin, FormView):
    form_class = BringForm
    template_name = "reports/word/upload.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"recent": self.reports()[:RECENT]}

    def form_valid(self, form):
        try:
            brought = bringing.bring(
                self.review,
                content=form.content,
                name=form.cleaned_data["file"].name,
                by=self.request.user,
                key=form.cleaned_data["key"],
                kind=form.cleaned_data["kind"],
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        if brought.is_saved:
            messages.info(
                self.request, "This file was brought in before, so nothing was added. Here it is."
            )
        return redirect(brought)


class _OfBroughtMixin(_BringMixin):
    def dispatch(self, request, *args, **kwargs):
        """A file that could be read when it came may meet a limit later: it is said, and stays."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(self.to("brought-upload"))

    def find(self):
        super().find()
        self.brought = get_object_or_404(self.reports(), pk=self.kwargs["pk"])
        self.brought.review = self.review

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"brought": self.brought}

    def moved_on(self):
        messages.info(self.request, MOVED_ON)
        return redirect(self.brought)


class BroughtDetailView(_OfBroughtMixin, FormView):
    """What would be made of it, and what was passed over; saved from here."""

    form_class = GovForm
    template_name = "reports/word/brought.html"

    @cached_property
    def found(self):
        return bringing.read(self.brought)

    def get_context_data(self, **kwargs):
        kind, found = self.brought.kind, self.found
        document = bringing.made_ready(found, kind).document
        layout, _ = bringing.layout_of(document, self.review, kind)
        if self.request.method == "GET":
            self.tell_of_reading(self.brought, rows=len(document.paragraphs))
        return super().get_context_data(**kwargs) | {
            "written": document,
            "found": found,
            "layout": layout,
            "n_named": bringing.names_told(self.review, document) if self.brought.is_open else 0,
            "numbered": sum(bool(one.number) for _, one in document.paragraphs),
        }

    def form_valid(self, form):
        try:
            saved = bringing.save(self.brought, by=self.request.user)
        except bringing.MovedOn:
            return self.moved_on()
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "The report is a document of this review now.")
        return redirect(saved.document)


class BroughtDiscardView(WriteMixin, _OfBroughtMixin, FormView):
    form_class = GovForm
    heading, button, tone = "Discard this file", "Discard it", "warning"
    intro = (
        "Nothing of it is taken over. The file itself stays on record, and can be brought again."
    )
    done = "Nothing of the file was taken over."

    def back(self):
        return self.brought.get_absolute_url(), "Back to the file"

    def save(self, form):
        try:
            bringing.discard(self.brought, by=self.request.user)
        except bringing.MovedOn as refusal:
            raise ValidationError(MOVED_ON) from refusal
        return self.to("brought-upload")


class BroughtFileView(_OfBroughtMixin, View):
    """The file as it came."""

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.brought.stored, name=self.brought.name, media_type=DOCX)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.brought)
        return response


class DoubtsView(WriteMixin, DocumentMixin, FormView):
    """What a file, or taking the words of another document, left to be looked at: ticked off one by one, or many at once."""

    form_class = DoubtsForm
    template_name = "reports/word/doubts.html"
    heading, button = "Doubts about what was taken over", "Mark what is ticked as settled"
    done = "Settled. It stays on record."

    def back(self):
        return self.document.get_absolute_url(), self.document.title

    def doubts(self):
        rows = Doubt.objects.visible_to(self.request.user).filter(document=self.document)
        return rows.open().select_related("section", "paragraph__section").order_by("pk")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"doubts": self.doubts(), "called": self.called}

    def called(self, doubt):
        """ "5.3.4: In the file its number is 5.3.5." """
        key = ("p", str(doubt.paragraph.key)) if doubt.paragraph_id else None
        if doubt.section_id:
            key = ("s", str(doubt.section.key))
        where = self.outline.words_of(*key) if key else ""
        return f"{where}: {doubt.text}" if where else doubt.text

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {"open": self.doubts().count()}

    def save(self, form):
        chosen = form.cleaned_data["chosen"]
        one = chosen[0] if len(chosen) == 1 else None
        bringing.settle(
            Doubt.objects.visible_to(self.request.user).filter(pk__in=[row.pk for row in chosen]),
            self.document,
            by=self.request.user,
        )
        if one and "here" in self.request.POST:
            section = one.section or (one.paragraph and one.paragraph.section)
            if section:
                section.document = self.document
                return section.get_absolute_url()
        return self.to_here("doubts") if self.doubts().exists() else None
