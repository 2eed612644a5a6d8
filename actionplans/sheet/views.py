"""Changing many rows of a plan at once: chosen on a page, edited in Excel, or pasted from it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from actionplans import exports
from actionplans.forms import ConfirmForm
from actionplans.resting.queries import parts_of
from actionplans.rows.models import PlanRow
from actionplans.services import NotReady
from actionplans.sheet import services, workbook
from actionplans.sheet.forms import (
    ChoicesForm,
    ManyRowsForm,
    SheetPasteForm,
    SheetUploadForm,
    label_of,
)
from actionplans.sheet.models import Kind, PlanSheet, SheetLine
from actionplans.sheet.reading import NotASheet
from actionplans.sheet.standing import Plan
from actionplans.views import PAGE, ImportersPageMixin, record_read
from audit.models import EventType
from audit.services import record
from chronologies.marking.models import Theme
from foundations.vault.downloads import attachment, attachment_of
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin

RECENT = 20
Source = PlanSheet.Source
# Where to put right what a sheet says: (page, its query, what the button says).
AGAIN = {
    Source.FILE: ("actionplans:sheet-bring", "", "Bring the corrected sheet"),
    Source.PASTE: ("actionplans:sheet-paste", "?_draft=use", "Correct what you pasted"),
    Source.FORM: ("actionplans:sheet-rows", "", "Choose again"),
}


# --- Bringing changes ---------------------------------------------------------------------------


class RowsFoundMixin(ImportersPageMixin):
    """The rows that the filters of the plan find, as its own page finds recommendations."""

    def found(self):
        """(the filters, the rows)"""
        user = self.request.user
        form, recommendations = exports.filtered(self.review, user, self.request.GET)
        rows = PlanRow.objects.visible_to(user).followed().filter(review=self.review)
        rows = rows.filter(recommendation__in=recommendations.order_by().values("pk"))
        return form, rows.order_by("recommendation__position", "action__position", "pk")


class SheetDownloadView(RowsFoundMixin, View):
    def get(self, request, *args, **kwargs):
        _, rows = self.found()
        made = workbook.make(Plan(self.review, request.user, only=rows.order_by().values("pk")))
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="the action plan, to be edited",
            format=made.format,
            rows=made.rows,
            sha256=made.sha256,
        )
        return attachment(made.content, name=made.name, media_type=exports.MEDIA_TYPES["xlsx"])


class SheetBringView(FormPageMixin, ImportersPageMixin, FormView):
    form_class = SheetUploadForm
    template_name = "actionplans/sheet/bring.html"

    def get_context_data(self, **kwargs):
        sheets = PlanSheet.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_context_data(**kwargs) | {"recent": sheets.for_display()[:RECENT]}

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            sheet = services.bring(
                self.review,
                form.returned,
                source=PlanSheet.Source.FILE,
                name=said["file"].name,
                content=form.content,
                reason=said["reason"],
                by=self.request.user,
                key=said["key"],
            )
        except NotASheet as refusal:
            form.add_error("file", refusal.message)
            return self.form_invalid(form)
        return redirect(sheet)


class SheetPasteView(KeepsWordsMixin, FormPageMixin, ImportersPageMixin, FormView):
    form_class = SheetPasteForm
    template_name = "actionplans/sheet/paste.html"

    def form_valid(self, form):
        sheet = services.bring(
            self.review,
            form.returned,
            source=PlanSheet.Source.PASTE,
            name="Pasted rows",
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        self.words_stay = not sheet.can_be_saved
        return redirect(sheet)


class ManyRowsView(KeepsWordsMixin, FormPageMixin, RowsFoundMixin, FormView):
    """Choose rows, and say once what holds for all of them."""

    form_class = ManyRowsForm
    template_name = "actionplans/sheet/choose.html"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_read(self, len(self.page.object_list))
        return response

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "parts": parts_of(self.review, self.request.user),
            "themes": Theme.objects.visible_to(self.request.user).for_reviews_of(
                self.review.partnership
            ),
            "rows_of": self.chosen,
        }

    def get_context_data(self, **kwargs):
        filters, rows = self.found()
        rows = rows.for_display()
        self.page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        ticked = set(self.request.POST.getlist("rows"))
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "page_obj": self.page,
            "rows": [(row, label_of(row), str(row.pk) in ticked) for row in self.page],
            "query": self.request.GET.urlencode(),
        }

    def form_valid(self, form):
        sheet = services.set_for_all(
            self.review,
            form.rows,
            form.values,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        return redirect(sheet)

    def chosen(self, which):
        """Ticked rows, less any that this person does not find."""
        _, rows = self.found()
        if which == "chosen":
            ticked = [pk for pk in self.request.POST.getlist("rows")[:PAGE] if pk.isdecimal()]
            rows = rows.filter(pk__in=[int(pk) for pk in ticked if len(pk) < 19])
        return list(rows.only("pk"))


# --- One sheet ----------------------------------------------------------------------------------


class SheetPageMixin(ImportersPageMixin):
    def find(self):
        super().find()
        rows = PlanSheet.objects.visible_to(self.request.user).filter(review=self.review)
        self.sheet = get_object_or_404(rows.for_display(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"sheet": self.sheet}

    def not_ready(self):
        messages.info(self.request, "This has moved on. It is shown as it is now.")
        return redirect(self.sheet)


class SheetDetailView(SheetPageMixin, TemplateView):
    """What it would change, row by row; afterwards, what it changed."""

    template_name = "actionplans/sheet/detail.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and not self.is_being_saved:
            return HttpResponseClientRedirect(self.sheet.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_template_names(self):
        return ["actionplans/sheet/saving.html" if self.is_being_saved else self.template_name]

    @property
    def is_being_saved(self):
        return self.sheet.state == PlanSheet.State.SAVING

    def get_context_data(self, **kwargs):
        lines = SheetLine.objects.visible_to(self.request.user).filter(sheet=self.sheet).shown()
        kind = self.request.GET.get("show")
        if kind in Kind.values:
            lines = lines.filter(kind=kind)
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("page"))
        record_read(self, len(page.object_list), self.sheet)
        counts = self.sheet.counts
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "shown": kind if kind in Kind.values else "",
            "kinds": [(kind, kind.label, counts[kind]) for kind in Kind if counts.get(kind)],
            "must_choose": self.must_choose(),
            "again": self.again(),
            "job": services.job_of(self.sheet) if self.is_being_saved else None,
        }

    def again(self):
        """(address, words) of the page on which it is put right."""
        page, query, words = AGAIN[self.sheet.source]
        return reverse(page, args=[self.review.reference]) + query, words

    def must_choose(self):
        """Whether there is something that only a person can say."""
        counts = self.sheet.counts
        missing = counts.get(Kind.LEFT_OUT, 0) + counts.get(Kind.REMOVED, 0)
        return self.sheet.is_open and bool(counts.get("conflicts") or self.sheet.keep or missing)


class SheetChoicesView(FormPageMixin, SheetPageMixin, FormView):
    form_class = ChoicesForm
    template_name = "actionplans/sheet/choices.html"

    def get_initial(self):
        return {"keep": self.sheet.keep, "removes": "yes" if self.sheet.removes else "no"}

    def get_form_kwargs(self):
        counts = self.sheet.counts
        return super().get_form_kwargs() | {
            "has_conflicts": bool(counts.get("conflicts") or self.sheet.keep),
            "is_missing_some": bool(counts.get(Kind.LEFT_OUT) or counts.get(Kind.REMOVED)),
        }

    def form_valid(self, form):
        try:
            services.choose(self.sheet, **form.chosen, by=self.request.user)
        except NotReady:
            return self.not_ready()
        return redirect(self.sheet)


class SheetSaveView(FormPageMixin, SheetPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/sheet/save.html"

    def form_valid(self, form):
        try:
            sheet = services.save(self.sheet, by=self.request.user)
        except NotReady:
            return self.not_ready()
        if sheet.state == PlanSheet.State.SAVED:
            messages.success(self.request, "The changes have been saved.")
        return redirect(sheet)


class SheetDiscardView(FormPageMixin, SheetPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/sheet/discard.html"

    def form_valid(self, form):
        try:
            services.discard(self.sheet, by=self.request.user)
        except NotReady:
            return self.not_ready()
        return redirect(self.sheet)


class SheetFileView(SheetPageMixin, View):
    """The workbook as it came."""

    def get(self, request, *args, **kwargs):
        if self.sheet.stored is None:
            raise Http404
        response = attachment_of(self.sheet.stored, name=self.sheet.name)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.sheet)
        return response
