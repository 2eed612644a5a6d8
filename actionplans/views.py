"""Pages of the action plan: the plan, one recommendation, progress, and the way of a file into it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from actionplans import exports, importing, services
from actionplans.documents import grouped, shown_row
from actionplans.editing.queries import history_of as actions_before
from actionplans.editing.queries import prompts_by_row
from actionplans.forms import ConfirmForm, FurtherForm, MappingForm, UploadForm
from actionplans.models import PlanImport, ProgressNote, Recommendation, Update
from actionplans.progress.decided import Decision
from actionplans.queries import facts_of, figures_of, figures_of_import
from actionplans.resting.queries import called_the_same, history_of, lessons_of, told_apart_from
from actionplans.rows.models import PlanRow
from actionplans.seeing.repeats import repeats_of
from audit.models import EventType
from audit.services import record
from findings.resting import resting_on
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import attachment, attachment_of
from reviews import rules
from reviews.views import FormPageMixin, ReviewPageMixin

PAGE = 50
State = PlanImport.State


def record_read(view, rows, target=None):
    record(EventType.PLAN_READ, by=view.request.user, review=view.review, target=target, rows=rows)


# --- The plan -----------------------------------------------------------------------------------


class PlanPageMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_see_plan(self.access, self.review)

    def may_import(self):
        return rules.can_import_plan(self.access, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "can_import": self.may_import(),
            "may_write": rules.can_write_recommendations(self.access, self.review),
            "may_run": self.may_run(),
            "drafts": self.drafts_to_settle(),
        }

    def may_run(self):
        """Whether this reader may change the plan itself, now."""
        return not self.review.has_ended and rules.can_run_plan(self.access, self.review)

    def drafts_to_settle(self):
        """How many, for whoever can put them into the plan."""
        if self.review.has_ended or not rules.can_write_recommendations(self.access, self.review):
            return 0
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.drafts().count()


class PlanView(PlanPageMixin, TemplateView):
    template_name = "actionplans/plan.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        form, recommendations = exports.filtered(self.review, user, self.request.GET)
        page = Paginator(recommendations.for_display(user), PAGE).get_page(
            self.request.GET.get("page")
        )
        record_read(self, len(page.object_list))
        self.to_update = self.rows_to_update(page.object_list)
        visible = exports.visible_recommendations(self.review, user)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page_obj": page,
            "rows": grouped([self.row(one) for one in page]),
            "figures": figures_of(visible, on=timezone.localdate()),
            "is_whole": self.access.may("read_action_plan", self.review),
            "reads_papers": rules.can_read_papers(self.access, self.review),
            "query": self.request.GET.urlencode(),
        }

    def row(self, one):
        one.review = self.review
        return shown_row(one, to_update=self.to_update.get(one.pk, ()))

    def rows_to_update(self, recommendations):
        """{recommendation id: the rows that this person may report on}"""
        found = {}
        if self.review.has_ended:
            return found
        rows = PlanRow.objects.visible_to(self.request.user).live()
        rows = list(rows.filter(recommendation__in=list(recommendations)).for_display())
        prompts = prompts_by_row(rows) if self.may_run() else {}
        for row in rows:
            row.review, row.prompts = self.review, prompts.get(row.pk, ())
            if rules.can_update_row(self.access, row):
                found.setdefault(row.recommendation_id, []).append(row)
        return found


class PlanExportView(PlanPageMixin, View):
    """What is listed, as a file."""

    def get(self, request, *args, **kwargs):
        format_ = kwargs["format"]
        if format_ not in exports.MEDIA_TYPES:
            raise Http404
        try:
            made = exports.make(self.review, request.user, format_=format_, chosen=request.GET)
        except RenderFailed as refusal:
            messages.error(request, str(refusal))
            return redirect("actionplans:plan", self.review.reference)
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="the action plan",
            format=made.format,
            rows=made.rows,
            sha256=made.sha256,
        )
        return attachment(made.content, name=made.name, media_type=exports.MEDIA_TYPES[format_])


# --- One recommendation -------------------------------------------------------------------------


class RecommendationPageMixin(PlanPageMixin):
    def find(self):
        super().find()
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        self.recommendation = get_object_or_404(
            rows.for_display(self.request.user), pk=self.kwargs["pk"]
        )
        self.recommendation.review = self.review

    def get_context_data(self, **kwargs):
        one = self.recommendation
        return super().get_context_data(**kwargs) | {
            "recommendation": one,
            "tags": shown_row(one).tags,
        }

    def overtaken(self):
        self.words_stay = True
        messages.info(self.request, "Somebody else changed this first. It is shown as it is now.")
        return redirect(self.recommendation)


class RecommendationDetailView(RecommendationPageMixin, TemplateView):
    template_name = "actionplans/recommendation_detail.html"

    def get_context_data(self, **kwargs):
        one = self.recommendation
        record_read(self, 1, one)
        visible = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_context_data(**kwargs) | {
            "row": shown_row(one),
            "followed": self.followed(),
            "facts": facts_of(one) if one.is_read_whole else [],
            "decisions": Decision.objects.visible_to(self.request.user)
            .filter(recommendation=one)
            .select_related("by"),
            "whole": visible.filter(pk=one.parent_id).first() if one.parent_id else None,
            "parts": visible.live().filter(parent=one).in_plan_order(),
            "updates": Update.objects.visible_to(self.request.user).filter(recommendation=one),
            "notes": self.notes(),
            "may_write": rules.can_write_recommendations(self.access, self.review),
            "reads_analysis": rules.can_read_analysis(self.access, self.review),
            "ties": lessons_of(one, self.request.user),
            "resting": resting_on("recommendation", [one], self.request.user).get(one.pk, ()),
            **self.repeats(),
            **self.twins(),
            **self.history(),
        }

    def followed(self):
        """Its rows that this person sees, each with whether they may report on it, and what whoever
        runs the plan could still say of it."""
        rows = PlanRow.objects.visible_to(self.request.user).live().for_display()
        rows = list(rows.filter(recommendation=self.recommendation))
        prompts = prompts_by_row(rows) if self.may_run() else {}
        for row in rows:
            row.prompts = prompts.get(row.pk, ())
        return [
            (row, not self.review.has_ended and rules.can_update_row(self.access, row))
            for row in rows
        ]

    def repeats(self):
        """What the same agency reported done before, for whoever may read both."""
        review = self.review
        may = rules.can_judge_repeats(self.access, review) and not review.has_ended
        return {
            "repeats": repeats_of(self.recommendation, self.request.user),
            "judges_repeats": may,
        }

    def twins(self):
        stays, gone = called_the_same(self.recommendation, self.request.user)
        return {"same_as": stays, "called_the_same": gone}

    def notes(self):
        rows = ProgressNote.objects.visible_to(self.request.user)
        rows = rows.filter(recommendation=self.recommendation)
        return rows.select_related("by", "participation__agency", "row__action", "verdict")

    def history(self):
        """Why words were changed is for those who change them."""
        if not rules.can_write_recommendations(self.access, self.review):
            return {}
        asked = self.recommendation, self.request.user
        return {
            "history": history_of(*asked),
            "action_history": actions_before(self.recommendation.actions.all(), self.request.user),
            "apart": told_apart_from(*asked),
        }


class DoubtSettleView(RecommendationPageMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return self.may_import()

    def post(self, request, *args, **kwargs):
        try:
            services.settle_doubt(self.recommendation, kwargs["number"], by=request.user)
        except services.ChangedMeanwhile:
            return self.overtaken()
        messages.success(request, "Marked as right.")
        return redirect(self.recommendation)


# --- Imports ------------------------------------------------------------------------------------


class ImportersPageMixin(PlanPageMixin):
    """The pages of whoever may bring a plan."""

    def is_allowed(self):
        return self.may_import()


class ImportUploadView(FormPageMixin, ImportersPageMixin, FormView):
    form_class = UploadForm
    template_name = "actionplans/import_upload.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"review": self.review}

    def form_valid(self, form):
        import_ = services.upload(
            self.review,
            form.draft,
            content=form.content,
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        return redirect("actionplans:import-detail", self.review.reference, import_.pk)


class ImportListView(ImportersPageMixin, TemplateView):
    template_name = "actionplans/import_list.html"

    def get_context_data(self, **kwargs):
        rows = PlanImport.objects.visible_to(self.request.user).filter(review=self.review)
        page = Paginator(rows.for_list(), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"page_obj": page}


class ImportPageMixin(ImportersPageMixin):
    """A page about one import."""

    def find(self):
        super().find()
        rows = PlanImport.objects.visible_to(self.request.user).filter(review=self.review)
        self.import_ = get_object_or_404(rows.for_display(), pk=self.kwargs["pk"])
        self.import_.review = self.review

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"import": self.import_}

    def go_on(self):
        return redirect("actionplans:import-detail", self.review.reference, self.import_.pk)

    def not_ready(self):
        messages.info(self.request, "This file has moved on. It is shown as it is now.")
        return self.go_on()


class ImportDetailView(ImportPageMixin, TemplateView):
    """Shows whichever step the file has reached."""

    pages = {
        State.PREVIEWED: "actionplans/import_preview.html",
        State.SAVED: "actionplans/import_saved.html",
        State.DISCARDED: "actionplans/import_discarded.html",
    }

    def get(self, request, *args, **kwargs):
        if self.import_.state == State.PREVIEWED and self.must_choose_columns():
            return redirect("actionplans:import-columns", self.review.reference, self.import_.pk)
        return super().get(request, *args, **kwargs)

    def must_choose_columns(self):
        """Once of every table; again as long as nothing was found in it."""
        found = self.import_.is_mapping_checked and self.import_.counts["recommendations"]
        return bool(self.import_.summary["columns"]) and not found

    def get_template_names(self):
        return [self.pages[self.import_.state]]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = self.import_.summary.get("rows", [])
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        if self.import_.state == State.PREVIEWED:
            record_read(self, len(page.object_list), self.import_)
        return context | {"page_obj": page, "figures": figures_of_import(self.import_)}


class ImportColumnsView(FormPageMixin, ImportPageMixin, FormView):
    form_class = MappingForm
    template_name = "actionplans/import_columns.html"

    def get(self, request, *args, **kwargs):
        if self.import_.state != State.PREVIEWED:
            return self.go_on()
        record_read(self, 0, self.import_)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"columns": self.import_.summary["columns"]}

    def form_valid(self, form):
        try:
            if form.is_as_guessed and self.import_.counts["recommendations"]:
                services.accept_mapping(self.import_)
            else:
                services.set_mapping(self.import_, mapping=form.mapping)
        except services.NotReady:
            return self.not_ready()
        return self.go_on()


class ImportKindView(FormPageMixin, ImportPageMixin, FormView):
    form_class = FurtherForm
    template_name = "actionplans/import_kind.html"

    def form_valid(self, form):
        try:
            services.set_further(self.import_, is_further=form.cleaned_data["is_further"])
        except services.NotReady:
            return self.not_ready()
        return self.go_on()


class ImportSaveView(FormPageMixin, ImportPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/import_save.html"

    def form_valid(self, form):
        try:
            import_ = services.save_import(self.import_, by=self.request.user)
        except services.NotReady:
            return self.not_ready()
        except importing.CannotSave as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if import_.state == State.SAVED:
            messages.success(self.request, "The action plan has been saved.")
        return self.go_on()


class ImportDiscardView(FormPageMixin, ImportPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/import_discard.html"

    def form_valid(self, form):
        try:
            services.discard_import(self.import_, by=self.request.user)
        except services.NotReady:
            return self.not_ready()
        return self.go_on()


class ImportProblemsView(ImportPageMixin, View):
    """The author's own file with a column that says what to look at."""

    def get(self, request, *args, **kwargs):
        content = services.with_problems(self.import_)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.import_)
        return attachment(content, name=f"To check, {self.import_.name}")


class ImportFileView(ImportPageMixin, View):
    """The file as it came."""

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.import_.stored, name=self.import_.name)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.import_)
        return response
