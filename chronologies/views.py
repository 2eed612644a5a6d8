"""Pages of chronologies: an agency's own, its imports, and the combined one.

The pages of an agency and of the review team's own context are the same views: the address names the
agency's part in the review, or none.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from chronologies import exports, importing, services
from chronologies.forms import (
    SMALL,
    ConfirmForm,
    EntryAddForm,
    EntryChangeForm,
    EntryWithdrawForm,
    ExportForm,
    FurtherForm,
    MappingForm,
    OwnEntryFilterForm,
    SaveForm,
    SideBySideForm,
    UploadForm,
)
from chronologies.models import ChronologyImport, Entry, Export
from chronologies.queries import (
    TEAM,
    ShownEntry,
    facts_of,
    figures_of,
    history_of,
    known_people,
    places_in,
    side_by_side,
)
from foundations.vault.downloads import attachment
from reviews import rules
from reviews.models import Participation
from reviews.services import AlreadySubmitted, submit_chronology
from reviews.views import ReviewPageMixin

PAGE = 50
# Columns of as many agencies are equally wide, also where one of them is blank.
COLUMN_WIDTHS = {1: "full", 2: "one-half", 3: "one-third", 4: "one-quarter"}
State = ChronologyImport.State


class FormPageMixin:
    """What is wrong with a form is answered with 422, so that no cache or script takes it for done."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


# --- An agency's chronology, or the review team's -------------------------------------------------


class PlacePageMixin(ReviewPageMixin):
    """A page of one agency's part in a review; without one in the address, of the review team."""

    def find(self):
        super().find()
        self.participation = None
        if "part" in self.kwargs:
            parts = Participation.objects.visible_to(self.request.user).for_display()
            self.participation = get_object_or_404(
                parts, review=self.review, pk=self.kwargs["part"], is_lead_only=False
            )
            self.participation.review = self.review

    def may_read(self):
        if self.participation:
            return rules.can_see_own_chronology(self.access, self.participation)
        return rules.can_read_combined(self.access, self.review)

    def may_import(self):
        if self.participation:
            return rules.can_import_chronology(self.access, self.participation)
        return rules.can_import_context(self.access, self.review)

    @property
    def on_behalf(self):
        """The coordinator acts for an agency, which the entry then says."""
        part = self.participation
        return bool(part) and not self.access.may("change_own_entries", part)

    def address(self, name):
        if self.participation:
            return reverse(
                f"chronologies:{name}", args=[self.review.reference, self.participation.pk]
            )
        return reverse(f"chronologies:context-{name}", args=[self.review.reference])

    def get_context_data(self, **kwargs):
        part = self.participation
        return super().get_context_data(**kwargs) | {
            "participation": part,
            "owner": part.agency.name if part else TEAM,
            "on_behalf": self.on_behalf,
            "can_import": self.may_import(),
            "can_submit": bool(part) and rules.can_submit_chronology(self.access, part),
            "urls": {
                name.replace("-", "_"): self.address(name)
                for name in ("chronology", "entry-add", "import-upload", "import-list")
            },
        }


class ChronologyView(PlacePageMixin, TemplateView):
    template_name = "chronologies/chronology.html"

    def is_allowed(self):
        return self.may_read()

    @cached_property
    def entries(self):
        rows = Entry.objects.visible_to(self.request.user)
        return rows.in_place(self.review, self.participation)

    def get_context_data(self, **kwargs):
        form = OwnEntryFilterForm(self.request.GET, people=known_people(self.review))
        form.is_valid()
        rows = form.choose(self.entries).in_time_order().for_display()
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        record_read(self, EventType.ENTRIES_READ, len(page.object_list), self.participation)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page_obj": page,
            "rows": [self.row(entry) for entry in page],
            "doubtful": self.entries.live().doubtful().count(),
            "export_form": ExportForm(),
            "chosen": form.written,
        }

    def row(self, entry):
        entry.review, entry.participation = self.review, self.participation
        can_change = rules.can_change_entry(self.access, entry)
        return ShownEntry(entry, can_change, shows_actions=self.may_import())


class EntryAddView(FormPageMixin, PlacePageMixin, FormView):
    form_class = EntryAddForm
    template_name = "chronologies/entry_add.html"

    def is_allowed(self):
        return self.may_import()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": known_people(self.review)}

    def form_valid(self, form):
        services.add_entry(
            self.review,
            self.participation,
            by=self.request.user,
            key=form.cleaned_data["key"],
            content=form.content,
            on_behalf=self.on_behalf,
        )
        messages.success(self.request, "The entry has been added.")
        return redirect(self.address("chronology"))


class SubmitView(FormPageMixin, PlacePageMixin, FormView):
    form_class = ConfirmForm
    template_name = "chronologies/submit.html"

    def is_allowed(self):
        return rules.can_submit_chronology(self.access, self.participation)

    def get_context_data(self, **kwargs):
        rows = Entry.objects.visible_to(self.request.user)
        rows = rows.in_place(self.review, self.participation).live()
        return super().get_context_data(**kwargs) | {
            "entries": rows.count(),
            "doubtful": rows.doubtful().count(),
        }

    def form_valid(self, form):
        try:
            submit_chronology(self.participation, by=self.request.user)
        except AlreadySubmitted:
            messages.info(self.request, "The chronology had already been submitted.")
        else:
            messages.success(self.request, "The chronology has been submitted.")
        return redirect(self.address("chronology"))


def record_read(view, type_, rows, target=None):
    record(type_, by=view.request.user, review=view.review, target=target, rows=rows)


# --- One entry ----------------------------------------------------------------------------------


class EntryPageMixin(ReviewPageMixin):
    """A page about one entry. Asked for by script, it answers with the entry's row alone."""

    def find(self):
        super().find()
        rows = Entry.objects.visible_to(self.request.user).filter(review=self.review)
        self.entry = get_object_or_404(rows.for_display(), pk=self.kwargs["pk"])
        self._share_review(self.entry)

    def _share_review(self, entry):
        entry.review = self.review
        if entry.participation:
            entry.participation.review = self.review

    def may_change(self):
        return rules.can_change_entry(self.access, self.entry)

    @property
    def on_behalf(self):
        part = self.entry.participation
        return bool(part) and not self.access.may("change_own_entries", part)

    @property
    def needs_reason(self):
        part = self.entry.participation
        return bool(part) and part.is_submitted

    def list_address(self):
        part = self.entry.participation
        if part:
            return reverse("chronologies:chronology", args=[self.review.reference, part.pk])
        return reverse("chronologies:context-chronology", args=[self.review.reference])

    def get_template_names(self):
        return [self.fragment_name if self.request.htmx else self.template_name]

    def get_context_data(self, **kwargs):
        part = self.entry.participation
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "row": self.row(),
            "participation": part,
            "owner": part.agency.name if part else TEAM,
            "list_url": self.list_address(),
        }

    def row(self, said=""):
        may = self.may_change()
        return ShownEntry(self.entry, may, shows_actions=may, said=said)

    def done(self, message, entry):
        """Back to the row where there is a script, to the list where there is none."""
        if self.request.htmx:
            self.entry = Entry.objects.visible_to(self.request.user).for_display().get(pk=entry.pk)
            self._share_review(self.entry)
            return render(self.request, "chronologies/_entry_row.html", {"row": self.row(message)})
        messages.success(self.request, message)
        return redirect(self.list_address())

    def overtaken(self):
        messages.info(
            self.request, "Somebody else changed this entry first. It is shown as it is now."
        )
        where = self.entry.get_absolute_url()
        return HttpResponseClientRedirect(where) if self.request.htmx else redirect(where)


class EntryDetailView(EntryPageMixin, TemplateView):
    template_name = "chronologies/entry_detail.html"
    fragment_name = "chronologies/_entry_row.html"

    def is_allowed(self):
        if self.entry.participation:
            return rules.can_see_own_chronology(
                self.access, self.entry.participation
            ) or rules.can_read_combined(self.access, self.review)
        return rules.can_read_combined(self.access, self.review)

    def get_context_data(self, **kwargs):
        record_read(self, EventType.ENTRIES_READ, 1, self.entry)
        return super().get_context_data(**kwargs) | {
            "history": history_of(self.entry),
            "facts": facts_of(self.entry),
        }


class EntryChangeView(EntryPageMixin, FormPageMixin, FormView):
    form_class = EntryChangeForm
    template_name = "chronologies/entry_change.html"
    fragment_name = "chronologies/_entry_row_edit.html"

    def is_allowed(self):
        return self.may_change()

    def get_initial(self):
        names = ("date", "time", "persons", "text", "action", "comment", "source")
        written = {name: getattr(self.entry, name) for name in names}
        return written | {"seen": self.entry.versions.count()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "people": known_people(self.review),
            "needs_reason": self.needs_reason,
            # Several rows of one page may be open for change at once.
            "auto_id": f"entry-{self.entry.pk}-%s",
        }

    def form_valid(self, form):
        try:
            entry = services.change_entry(
                self.entry,
                by=self.request.user,
                content=form.content,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data.get("reason", ""),
                on_behalf=self.on_behalf,
            )
        except (services.ChangedMeanwhile, services.AlreadyWithdrawn):
            return self.overtaken()
        return self.done("The entry has been changed.", entry)


class EntryWithdrawView(EntryPageMixin, FormPageMixin, FormView):
    form_class = EntryWithdrawForm
    template_name = fragment_name = "chronologies/entry_withdraw.html"

    def is_allowed(self):
        return self.may_change()

    def form_valid(self, form):
        try:
            services.withdraw_entry(
                self.entry,
                by=self.request.user,
                reason=form.cleaned_data["reason"],
                on_behalf=self.on_behalf,
            )
        except services.AlreadyWithdrawn:
            messages.info(self.request, "The entry had already been withdrawn.")
        else:
            messages.success(self.request, "The entry has been withdrawn. It is kept on record.")
        return redirect(self.list_address())


class DoubtSettleView(EntryPageMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return self.may_change()

    def post(self, request, *args, **kwargs):
        try:
            entry = services.settle_doubt(
                self.entry, kwargs["number"], by=request.user, on_behalf=self.on_behalf
            )
        except (services.ChangedMeanwhile, services.AlreadyWithdrawn):
            return self.overtaken()
        return self.done("Marked as right.", entry)


# --- Imports ------------------------------------------------------------------------------------


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
        content = services.with_problems(self.import_)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=file)
        return attachment(content, name=file.name)


class ImportFileView(ImportPageMixin, View):
    """The file as it came."""

    def get(self, request, *args, **kwargs):
        file = self.import_.source_file
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=file)
        return attachment(bytes(file.stored.content), name=file.name)


# --- The combined chronology --------------------------------------------------------------------


class CombinedPageMixin(ReviewPageMixin):
    """Every entry of the review that this person may see, whichever agency it came from."""

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    @cached_property
    def filtered(self):
        return exports.filtered(self.review, self.request.user, self.request.GET)

    def get_context_data(self, **kwargs):
        form, chosen = self.filtered
        return super().get_context_data(**kwargs) | {
            "form": form,
            "export_form": ExportForm(),
            "chosen": form.written,
            "undated": chosen.undated().count(),
        }


class CombinedView(CombinedPageMixin, TemplateView):
    template_name = "chronologies/combined.html"
    undated = False

    def get_context_data(self, **kwargs):
        _, chosen = self.filtered
        rows = chosen.undated() if self.undated else chosen.dated()
        rows = rows.in_time_order().for_display()
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        record_read(self, EventType.COMBINED_READ, len(page.object_list))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "shows_undated": self.undated,
        }


class SideBySideView(CombinedPageMixin, TemplateView):
    template_name = "chronologies/side_by_side.html"

    def get_context_data(self, **kwargs):
        visible = exports.visible_entries(self.review, self.request.user)
        places = places_in(visible, self.review)
        form = SideBySideForm(self.request.GET or None, places=places)
        context = {"side_form": form, "shows_side_by_side": True}
        if form.is_valid() and form.keys:
            named = {place.key: place for place in places}
            shown = [named[key] for key in form.keys]
            rows = form.choose(visible).dated().in_time_order().for_display()
            page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
            record_read(self, EventType.COMBINED_READ, len(page.object_list))
            context |= {
                "places": shown,
                "column_width": COLUMN_WIDTHS[len(shown)],
                "page_obj": page,
                "moments": side_by_side(page.object_list, shown),
            }
        return super().get_context_data(**kwargs) | context


# --- Exports ------------------------------------------------------------------------------------


class ExportCreateView(ReviewPageMixin, View):
    """What is listed, as a file: at once when it is short, by a worker when it is long."""

    http_method_names = ["post"]

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    def chosen(self):
        return self.request.POST

    def post(self, request, *args, **kwargs):
        form = ExportForm(request.POST)
        if not form.is_valid():
            raise Http404
        format_ = form.cleaned_data["format"]
        filters, entries = exports.filtered(self.review, request.user, self.chosen())
        if entries.count() > exports.DIRECTLY[format_]:
            export = services.ask_for_export(
                self.review,
                format_=format_,
                chosen=filters.written,
                by=request.user,
                key=form.cleaned_data["key"],
            )
            return redirect(export)
        made = exports.make(self.review, request.user, format_=format_, chosen=self.chosen())
        services.record_export(made, self.review, by=request.user)
        return attachment(made.content, name=made.name, media_type=exports.MEDIA_TYPES[format_])


class ChronologyExportView(ExportCreateView):
    """The same of one agency's entries, for the agency itself too."""

    def find(self):
        super().find()
        parts = Participation.objects.visible_to(self.request.user).for_display()
        self.participation = get_object_or_404(parts, review=self.review, pk=self.kwargs["part"])

    def is_allowed(self):
        return rules.can_see_own_chronology(self.access, self.participation)

    def chosen(self):
        chosen = self.request.POST.copy()
        chosen["place"] = str(self.participation.pk)
        return chosen


class ExportPageMixin(ReviewPageMixin):
    """A file that a worker made for this person; for everybody else it does not exist."""

    def find(self):
        super().find()
        rows = Export.objects.visible_to(self.request.user).filter(review=self.review)
        self.export = get_object_or_404(rows.select_related("review"), pk=self.kwargs["pk"])

    def is_allowed(self):
        """Asked again: what they could see when it was made they may no longer."""
        return exports.may_still_have(self.export, self.request.user)


class ExportDetailView(ExportPageMixin, TemplateView):
    template_name = "chronologies/export_detail.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and self.export.stored_id:
            return HttpResponseClientRedirect(self.export.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "export": self.export,
            "job": services.job_of(self.export, self.request.user),
        }


class ExportDownloadView(ExportPageMixin, View):
    def get(self, request, *args, **kwargs):
        if not self.export.stored_id:
            raise Http404
        stored = self.export.stored
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.export)
        return attachment(
            bytes(stored.content),
            name=stored.name,
            media_type=exports.MEDIA_TYPES[self.export.format],
        )
