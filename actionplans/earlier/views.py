"""Bringing in an earlier report: upload, look, choose, save."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from actionplans.earlier import services, undoing
from actionplans.earlier.forms import (
    BodiesForm,
    EarlierUploadForm,
    PointsForm,
    SaveForm,
    UndoForm,
    term_choices,
)
from actionplans.earlier.models import EarlierPoint, EarlierReport
from actionplans.forms import ConfirmForm
from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reviews import rules
from reviews.views import FormPageMixin, ReviewPageMixin

PAGE = 25
LINES = 200
Kind = EarlierPoint.Kind


class BringMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_bring_report(self.access, self.review)

    def reports(self):
        return EarlierReport.objects.visible_to(self.request.user).filter(review=self.review)


class EarlierUploadView(FormPageMixin, BringMixin, FormView):
    form_class = EarlierUploadForm
    template_name = "actionplans/earlier/upload.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"review": self.review}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"reports": self.reports().for_display()[:50]}

    def form_valid(self, form):
        report = services.upload(
            self.review,
            form.reading,
            content=form.content,
            name=form.cleaned_data["file"].name,
            sha256=form.sha256,
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        if report.state == EarlierReport.State.SAVED:
            messages.info(
                self.request, "This file was brought in before, so nothing was added. Here it is."
            )
        return redirect(report)


class ReportMixin(BringMixin):
    """A page about one report."""

    def find(self):
        super().find()
        self.report = get_object_or_404(self.reports().for_display(), pk=self.kwargs["pk"])
        self.report.review = self.review

    def points(self):
        rows = EarlierPoint.objects.visible_to(self.request.user).filter(report=self.report)
        return rows.select_related(
            "finding__review", "lesson__review", "recommendation__review", "rests_on", "report"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"report": self.report}

    def what_is_missing(self):
        """How many findings have no term yet, and where the first of them is chosen one."""
        missing = [place for place, one in enumerate(self.points()) if one.needs_a_term]
        if not missing:
            return {"without_term": 0}
        first = self.points()[missing[0]]
        page = missing[0] // PAGE + 1
        where = f"{self.report.get_absolute_url()}?page={page}#point-{first.position}"
        return {"without_term": len(missing), "first_without_term": where}

    def moved_on(self):
        messages.info(self.request, "This report has moved on. It is shown as it is now.")
        return redirect(self.report)

    def record_read(self, rows):
        record(
            EventType.EARLIER_REPORT_READ,
            by=self.request.user,
            review=self.review,
            target=self.report,
            rows=rows,
        )


class EarlierDetailView(FormPageMixin, ReportMixin, FormView):
    """What was found in it, and what each point is to be; once it is saved, what each became."""

    form_class = PointsForm

    def get_template_names(self):
        name = "preview" if self.report.is_open else "done"
        return [f"actionplans/earlier/{name}.html"]

    def page(self):
        return Paginator(self.points(), PAGE).get_page(self.request.GET.get("page"))

    def get_initial(self):
        return {"seen": self.report.changes}

    def get_form_kwargs(self):
        self.page_obj = self.page()
        self.terms = term_choices(self.request.user, self.review)
        return super().get_form_kwargs() | {"points": self.page_obj, "terms": self.terms}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.method == "GET":
            self.record_read(len(self.page_obj.object_list))
        bodies = self.report.bodies
        return context | {
            "page_obj": self.page_obj,
            "terms": self.terms,
            "figures": figures_of(self.points()),
            "bodies": bodies,
            "bodies_to_check": sum(bool(doubt) for _, _, doubt in bodies),
            "without_lead": sum(not whom and not doubt for _, whom, doubt in bodies),
            **self.what_is_missing(),
        }

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            services.choose(
                self.report,
                form.chosen,
                seen=data["seen"],
                term_for_all=int(data["term_for_all"]) if data.get("term_for_all") else None,
                leave_out_findings=data.get("leave_out_findings", False),
            )
        except services.NotReady:
            return self.moved_on()
        except services.ChangedMeanwhile as refusal:
            form.add_error(None, services.must_be(refusal))
            return self.form_invalid(form)
        messages.success(self.request, "Your choices were kept. Nothing was brought in yet.")
        here = self.request.GET.get("page", "")
        at = f"?page={here}" if here.isdecimal() else ""
        return redirect(f"{self.report.get_absolute_url()}{at}")


def figures_of(points):
    """How much of each there is, and how much was left out."""
    counted = Counter("out" if one.is_left_out else one.kind for one in points)
    return [
        {"label": "Findings", "value": counted[Kind.FINDING]},
        {"label": "Lessons", "value": counted[Kind.LESSON]},
        {"label": "Recommendations", "value": counted[Kind.RECOMMENDATION]},
        {"label": "Left out", "value": counted["out"]},
    ]


class EarlierLinesView(ReportMixin, TemplateView):
    """Every paragraph of the file, and what became of it."""

    template_name = "actionplans/earlier/lines.html"

    def get_context_data(self, **kwargs):
        lines = self.reports().values_list("lines", flat=True).get(pk=self.report.pk)
        points = {one.position: one for one in self.points()}
        only = self.request.GET.get("only", "")
        rows = [
            {"position": position, "text": text, "point": points.get(at), "why": why}
            for position, text, at, why in lines
            if only not in {"taken", "not-taken"} or (at is not None) == (only == "taken")
        ]
        page = Paginator(rows, LINES).get_page(self.request.GET.get("page"))
        self.record_read(len(page.object_list))
        taken = sum(at is not None for _, _, at, _ in lines)
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "only": only,
            "all": len(lines),
            "taken": taken,
            "not_taken": len(lines) - taken,
        }


class EarlierBodiesView(FormPageMixin, ReportMixin, FormView):
    form_class = BodiesForm
    template_name = "actionplans/earlier/bodies.html"

    def get(self, request, *args, **kwargs):
        if not self.report.is_open:
            return redirect(self.report)
        self.record_read(0)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"seen": self.report.changes}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.report}

    def form_valid(self, form):
        try:
            services.choose_bodies(self.report, form.chosen, seen=form.cleaned_data["seen"])
        except services.NotReady:
            return self.moved_on()
        except services.ChangedMeanwhile as refusal:
            form.add_error(None, services.must_be(refusal))
            return self.form_invalid(form)
        messages.success(self.request, "Who leads was kept. Nothing was brought in yet.")
        return redirect(self.report)


class EarlierSaveView(FormPageMixin, ReportMixin, FormView):
    form_class = SaveForm
    template_name = "actionplans/earlier/save.html"

    def get(self, request, *args, **kwargs):
        if not self.report.is_open:
            return redirect(self.report)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"seen": self.report.changes}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "figures": figures_of(self.points()),
            "leads_nothing": [name for name, whom, _ in self.report.bodies if not whom],
            **self.what_is_missing(),
        }

    def form_valid(self, form):
        try:
            services.bring_in(self.report, seen=form.cleaned_data["seen"], by=self.request.user)
        except services.NotReady:
            return self.moved_on()
        except (
            services.NeedsTerms,
            services.NothingTaken,
            services.ChangedMeanwhile,
        ) as refusal:
            form.add_error(None, services.must_be(refusal))
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "The report has been brought in.")
        return redirect(self.report)


class EarlierDiscardView(FormPageMixin, ReportMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/earlier/discard.html"

    def form_valid(self, form):
        try:
            services.discard(self.report, by=self.request.user)
        except services.NotReady:
            return self.moved_on()
        messages.success(self.request, "Nothing of this report was brought in.")
        return redirect("actionplans:earlier-upload", self.review.reference)


class EarlierUndoView(FormPageMixin, ReportMixin, FormView):
    """What goes, what stays and why, before anything is taken away."""

    form_class = UndoForm
    template_name = "actionplans/earlier/undo.html"

    def get(self, request, *args, **kwargs):
        if self.report.state != EarlierReport.State.SAVED:
            return redirect(self.report)
        self.record_read(len(self.fates))
        return super().get(request, *args, **kwargs)

    @cached_property
    def fates(self):
        return undoing.fates_of(self.report)

    def get_initial(self):
        return {"seen": undoing.sign_of(self.fates)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "going": [fate for fate in self.fates if fate.goes],
            "staying": [fate for fate in self.fates if not fate.goes],
        }

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            undoing.undo(
                self.report, reason=data["reason"], seen=data["seen"], by=self.request.user
            )
        except services.NotReady:
            return self.moved_on()
        except (services.ChangedMeanwhile, undoing.NothingGoes):
            messages.info(
                self.request, "Somebody has worked with it meanwhile. Look again at what would go."
            )
            return redirect("actionplans:earlier-undo", self.review.reference, self.report.pk)
        messages.success(self.request, "Taken out again. What it said stays on record.")
        return redirect(self.report)


class EarlierFileView(ReportMixin, View):
    """The file as it came."""

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.report.stored, name=self.report.name)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.report)
        return response
