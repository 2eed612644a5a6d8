"""The way of a file into a chronology: upload, columns, preview, save; and back to its author."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from chronologies import importing, services
from chronologies.forms import (
    SMALL,
    ConfirmForm,
    FurtherForm,
    MappingForm,
    SaveForm,
    UploadForm,
)
from chronologies.models import ChronologyImport
from chronologies.queries import figures_of
from chronologies.views.places import PAGE, PlacePageMixin, record_read
from foundations.office import Refused
from foundations.vault.downloads import attachment, attachment_of
from reviews.views import FormPageMixin, ReviewPageMixin

State = ChronologyImport.State


class ImportUploadView(FormPageMixin, PlacePageMixin, FormView):
    form_class = UploadForm
    template_name = "chronologies/import_upload.html"

    def is_allowed(self):
        return self.may_import()

    def form_valid(self, form):
        import_ = services.upload(
            self.review,
            self.participation,
            content=form.content,
            name=form.cleaned_data["file"].name,
            by=self.request.user,
            key=form.cleaned_data["key"],
            on_behalf=self.on_behalf,
        )
        return go_on(import_)


def go_on(import_):
    """A small file is dealt with while its sender waits; a long one in a worker, with progress."""
    if import_.source_file.stored.size < SMALL:
        services.run_now(import_)
    return redirect(import_.get_absolute_url())


class ImportListView(PlacePageMixin, TemplateView):
    template_name = "chronologies/import_list.html"

    def is_allowed(self):
        return self.may_import()

    def get_context_data(self, **kwargs):
        rows = ChronologyImport.objects.visible_to(self.request.user).filter(
            source_file__review=self.review, source_file__participation=self.participation
        )
        page = Paginator(rows.for_list(), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"page_obj": page}


class ImportPageMixin(PlacePageMixin):
    """A page about one import, which only those see who may import there."""

    def find(self):
        ReviewPageMixin.find(self)
        rows = ChronologyImport.objects.visible_to(self.request.user)
        self.import_ = get_object_or_404(
            rows.filter(source_file__review=self.review).for_display(), pk=self.kwargs["pk"]
        )
        self.import_.source_file.review = self.review
        self.participation = self.import_.participation
        if self.participation:
            self.participation.review = self.review

    def is_allowed(self):
        return self.may_import()

    @property
    def needs_reason(self):
        return bool(self.participation) and self.participation.is_submitted

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "import": self.import_,
            "file": self.import_.source_file,
        }

    def not_ready(self):
        messages.info(self.request, "This file has moved on. It is shown as it is now.")
        return redirect(self.import_.get_absolute_url())


class ImportDetailView(ImportPageMixin, TemplateView):
    """Shows whichever step the file has reached; asked again and again while a worker is busy."""

    pages = {
        State.UPLOADED: "chronologies/import_progress.html",
        State.SAVING: "chronologies/import_progress.html",
        State.PREVIEWED: "chronologies/import_preview.html",
        State.SAVED: "chronologies/import_saved.html",
        State.REFUSED: "chronologies/import_refused.html",
        State.DISCARDED: "chronologies/import_refused.html",
    }

    def get(self, request, *args, **kwargs):
        if request.htmx and not self.is_under_way:
            return HttpResponseClientRedirect(self.import_.get_absolute_url())
        if self.import_.state == State.PREVIEWED and not self.import_.is_mapping_checked:
            return redirect("chronologies:import-columns", self.review.reference, self.import_.pk)
        return super().get(request, *args, **kwargs)

    @property
    def is_under_way(self):
        return self.import_.state in (State.UPLOADED, State.SAVING)

    @cached_property
    def job(self):
        """How far it is, for whoever asked for it; a colleague sees only that it is under way."""
        return services.job_of(self.import_, self.request.user) if self.is_under_way else None

    def get_template_names(self):
        return [self.pages[self.import_.state]]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {
            "job": self.job,
            "figures": figures_of(self.import_),
        }
        if self.import_.state == State.PREVIEWED:
            rows = self.import_.summary["problems"] or self.import_.summary["rows"]
            record_read(self, EventType.ENTRIES_READ, len(rows), self.import_)
            context |= {
                "page_obj": Paginator(rows, PAGE).get_page(self.request.GET.get("page")),
                "save_button": self.save_button(),
                "not_entries_title": self.not_entries_title(),
                "left_out": [row for row in self.import_.summary["not_entries"] if row["doubts"]],
                "save_form": SaveForm(needs_reason=self.needs_reason),
                "further_form": FurtherForm(
                    initial={"is_further": "yes" if self.import_.is_further else "no"}
                ),
            }
        return context

    def save_button(self):
        counts = self.import_.counts
        if self.import_.source_file.replaces:
            return "Save these changes"
        return f"Save {counts['entries']:,} {'entry' if counts['entries'] == 1 else 'entries'}"

    def not_entries_title(self):
        count = self.import_.counts.get("not_entries", 0)
        said = "1 row is not an entry" if count == 1 else f"{count:,} rows are not entries"
        return f"{said}, and why"


class ImportColumnsView(FormPageMixin, ImportPageMixin, FormView):
    form_class = MappingForm
    template_name = "chronologies/import_columns.html"

    def get(self, request, *args, **kwargs):
        if self.import_.state != State.PREVIEWED:
            return redirect(self.import_.get_absolute_url())
        record_read(self, EventType.ENTRIES_READ, 0, self.import_)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.import_.state != State.PREVIEWED:
            return self.not_ready()
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"columns": self.import_.summary["columns"]}

    def form_valid(self, form):
        by = self.request.user
        try:
            if form.is_as_guessed and not self.import_.is_empty:
                services.accept_mapping(self.import_, by=by)
                return redirect(self.import_.get_absolute_url())
            return go_on(services.set_mapping(self.import_, mapping=form.mapping, by=by))
        except services.NotReady:
            return self.not_ready()


class ImportKindView(FormPageMixin, ImportPageMixin, FormView):
    form_class = FurtherForm
    template_name = "chronologies/import_kind.html"

    def form_valid(self, form):
        try:
            import_ = services.set_further(
                self.import_, is_further=form.cleaned_data["is_further"], by=self.request.user
            )
        except services.NotReady:
            return self.not_ready()
        return go_on(import_)


class ImportSaveView(FormPageMixin, ImportPageMixin, FormView):
    form_class = SaveForm
    template_name = "chronologies/import_save.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"needs_reason": self.needs_reason}

    def form_valid(self, form):
        try:
            import_ = services.begin_saving(
                self.import_,
                by=self.request.user,
                reason=form.cleaned_data.get("reason", ""),
                on_behalf=self.on_behalf,
            )
        except (services.NotReady, importing.ReasonNeeded):
            return self.not_ready()
        return go_on(import_)


class ImportAgainView(ImportPageMixin, View):
    """Start over with a file that a worker gave up on."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return go_on(services.look_again(self.import_, by=request.user))


class ImportDiscardView(FormPageMixin, ImportPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "chronologies/import_discard.html"

    def form_valid(self, form):
        try:
            services.discard_import(self.import_, by=self.request.user)
        except services.NotReady:
            return self.not_ready()
        messages.success(self.request, "Nothing was taken over from the file.")
        return redirect(self.address("import-list"))


class ImportProblemsView(ImportPageMixin, View):
    """The author's own file again, with a column that says what is wrong with each row."""

    def get(self, request, *args, **kwargs):
        file = self.import_.source_file
        try:
            content = services.with_problems(self.import_)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(self.import_.get_absolute_url())
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=file)
        return attachment(content, name=f"To check, {file.name}")


class ImportFileView(ImportPageMixin, View):
    """The file as it came."""

    def get(self, request, *args, **kwargs):
        file = self.import_.source_file
        response = attachment_of(file.stored, name=file.name)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=file)
        return response
