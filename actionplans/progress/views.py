"""Pages of one row of a plan: what was reported on it, and reporting."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from actionplans.asking.queries import open_requests
from actionplans.models import Status
from actionplans.progress import deciding, queries, services, settling
from actionplans.progress.forms import (
    DecisionForm,
    DoneForm,
    ImpactForm,
    SettleForm,
    UpdateForm,
    seen_of,
)
from actionplans.progress.mine import my_rows
from actionplans.progress.models import Answer, DateMove, EvidenceFile, ProgressNote
from actionplans.progress.settled import Impact, ImpactCheck, waiting
from actionplans.progress.showing import facts_of, tags_of
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from actionplans.views import PAGE, PlanPageMixin, RecommendationPageMixin, record_read
from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reviews import rules
from reviews.drafts import services as drafts
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, GuardedMixin

MEANWHILE = (
    "Somebody else reported on this while you were writing. Their update is shown below; yours has "
    "not been saved yet. Read theirs, then send yours if it still holds"
)

BROUGHT = "brought"  # in an address: the words come from the page before


class RowPageMixin(PlanPageMixin):
    """A page about one row. Another agency's row is as good as missing."""

    def find(self):
        super().find()
        rows = PlanRow.objects.visible_to(self.request.user).filter(review=self.review)
        rows = rows.for_display().told_whole(self.request.user)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.row.review = self.row.recommendation.review = self.review

    def may_update(self):
        return self.row.ended_at is None and rules.can_update_row(self.access, self.row)

    def get_context_data(self, **kwargs):
        row = self.row
        return super().get_context_data(**kwargs) | {
            "row": row,
            "recommendation": row.recommendation,
            "tags": list(tags_of(row, on=timezone.localdate())),
            "may_update": self.may_update() and not self.review.has_ended,
        }


class RowDetailView(RowPageMixin, TemplateView):
    template_name = "actionplans/progress/detail.html"

    def get_context_data(self, **kwargs):
        record_read(self, 1, self.row)
        user = self.request.user
        others = PlanRow.objects.visible_to(user).live().exclude(pk=self.row.pk)
        others = others.filter(recommendation=self.row.recommendation_id)
        return super().get_context_data(**kwargs) | {
            "facts": facts_of(self.row, with_owner=self.may_update()),
            "updates": queries.updates_of(self.row, user),
            "moves": DateMove.objects.visible_to(user).filter(row=self.row).select_related("by"),
            "check": ImpactCheck.objects.visible_to(user).filter(row=self.row).first(),
            "impacts": Impact.objects.visible_to(user).filter(row=self.row).select_related("by"),
            "to_settle": self.to_settle(),
            "may_report_done": self.row.is_open and self.row.status != Status.REPORTED,
            "others": list(others.select_related("action", "recommendation", "review")),
        }

    def to_settle(self):
        """The update that waits for this reader's answer."""
        if self.review.has_ended or not rules.can_run_plan(self.access, self.review):
            return None
        notes = ProgressNote.objects.visible_to(self.request.user).filter(row=self.row)
        return waiting(notes).first()


class LastUpdateMixin:
    """The page shows what was reported last, which is read with it."""

    def get(self, request, *args, **kwargs):
        record_read(self, 1, self.row)
        return super().get(request, *args, **kwargs)


class ReportPageMixin(LastUpdateMixin, KeepsWordsMixin, FormPageMixin, RowPageMixin):
    """Two who report at once: the second sees the first one's words beside their own."""

    def is_allowed(self):
        return self.may_update()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"row": self.row}

    def get_context_data(self, **kwargs):
        told = queries.updates_of(self.row, self.request.user)
        return super().get_context_data(**kwargs) | {
            "last": told[0] if told else None,
            "meanwhile": kwargs.get("meanwhile", ()),
        }

    def form_valid(self, form):
        part, on_behalf = queries.reporting_for(self.access, self.row)
        try:
            services.report(
                self.row,
                **form.said,
                participation=part,
                on_behalf=on_behalf,
                by=self.request.user,
            )
        except ChangedMeanwhile:
            return self.overtaken(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return self.reported(form)

    def overtaken(self, form):
        seen = form.cleaned_data["seen"]
        self.find()
        if not self.may_update():
            self.words_stay = True
            messages.info(self.request, "This is no longer followed. What you wrote is kept.")
            return redirect(self.row)
        told = queries.updates_of(self.row, self.request.user)
        form.add_error(None, MEANWHILE + self.with_files(form))
        form.data = form.data.copy()
        form.data["seen"] = seen_of(self.row)
        since = [one for one in told if one.note and (seen is None or one.at > seen)]
        return self.render_to_response(
            self.get_context_data(form=form, meanwhile=since), status=422
        )

    def with_files(self, form):
        return ". Choose your files again" if form.cleaned_data.get("files") else ""

    def reported(self, form):
        messages.success(self.request, "Your update has been kept.")
        return redirect(self.row)


class RowUpdateView(ReportPageMixin, FormView):
    form_class = UpdateForm
    template_name = "actionplans/progress/update.html"

    def form_valid(self, form):
        if form.cleaned_data["answer"] == Answer.REPORTED:
            return self.ask_what_shows_it(form)
        return super().form_valid(form)

    def ask_what_shows_it(self, form):
        """Done needs more than this page asks: what was typed goes along."""
        to = reverse("actionplans:row-done", args=[self.review.reference, self.row.pk])
        words = {"words": [form.cleaned_data["words"]], "seen": [form.data.get("seen", "")]}
        drafts.keep(self.request.user, self.review, to, words)
        return redirect(f"{to}?{drafts.ASKED}=use&{BROUGHT}=1")


class RowDoneView(ReportPageMixin, FormView):
    form_class = DoneForm
    template_name = "actionplans/progress/done.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if BROUGHT in self.request.GET and not context["unsaved_changed"]:
            context["unsaved"] = None  # typed a moment ago: there is nothing to decide about them
        return context

    def reported(self, form):
        said = "You have reported this as done. Whoever runs the plan looks at it next."
        messages.success(self.request, said)
        return redirect(self.row)


class RowSettleView(LastUpdateMixin, FormPageMixin, RowPageMixin, FormView):
    """Whoever runs the plan accepts what was reported, or sends it back."""

    form_class = SettleForm
    template_name = "actionplans/progress/settle.html"

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def find(self):
        super().find()
        notes = ProgressNote.objects.visible_to(self.request.user).filter(row=self.row)
        self.note = waiting(notes.for_display()).select_related("recommendation__review").first()

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except ChangedMeanwhile:
            return self.settled()

    def stopped(self):
        return super().stopped() or (self.settled() if self.note is None else None)

    def settled(self):
        said = "This waits for no answer any more. It is shown as it is now."
        messages.info(self.request, said)
        return redirect(self.row)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_done": self.note.answer == Answer.REPORTED}

    def get_initial(self):
        return {"look_on": settling.usual_day(timezone.localdate())}

    def get_context_data(self, **kwargs):
        told = queries.updates_of(self.row, self.request.user)
        told = [one for one in told if one.note and one.note.pk == self.note.pk]
        return super().get_context_data(**kwargs) | {"told": told, "note": self.note}

    def form_valid(self, form):
        said, accepted = form.cleaned_data, form.cleaned_data["verdict"] == "accepted"
        try:
            settling.settle(
                self.note,
                is_accepted=accepted,
                reason=said["reason"],
                look_on=said.get("look_on") if accepted else None,
                by=self.request.user,
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        text = "Accepted." if accepted else "Sent back. The agency is told by e-mail."
        messages.success(self.request, text)
        return redirect("actionplans:to-settle", self.review.reference)


class RowImpactView(LastUpdateMixin, KeepsWordsMixin, FormPageMixin, RowPageMixin, FormView):
    form_class = ImpactForm
    template_name = "actionplans/progress/impact.html"

    def is_allowed(self):
        return self.may_update()

    def form_valid(self, form):
        try:
            settling.tell_impact(self.row, **form.cleaned_data, by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            self.words_stay = True
            messages.info(self.request, "Only what was accepted as done is asked about.")
            return redirect(self.row)
        messages.success(self.request, "Your answer has been kept.")
        return redirect(self.row)


class DecideView(KeepsWordsMixin, FormPageMixin, RecommendationPageMixin, FormView):
    """What the body that must answer decided, recorded by whoever runs the plan."""

    form_class = DecisionForm
    template_name = "actionplans/progress/decide.html"

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def form_valid(self, form):
        try:
            deciding.decide(self.recommendation, **form.cleaned_data, by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            return self.overtaken()
        messages.success(self.request, "The decision has been recorded.")
        return redirect(self.recommendation)


class ToSettleView(PlanPageMixin, TemplateView):
    """What waits for whoever runs the plan; claims that nothing backs come first of the claims."""

    template_name = "actionplans/progress/to_settle.html"

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def get_context_data(self, **kwargs):
        shown = queries.to_settle(self.review, self.request.user, on=timezone.localdate())
        page = Paginator(shown.claimed, PAGE).get_page(self.request.GET.get("page"))
        record_read(self, len(shown.waiting) + len(page.object_list) + len(shown.due))
        return super().get_context_data(**kwargs) | {"shown": shown, "page_obj": page}


class MyRowsView(GuardedMixin, TemplateView):
    """What my agencies have to do, in every review: two minutes a month."""

    template_name = "actionplans/progress/mine.html"

    def is_allowed(self):
        return True

    def get_context_data(self, **kwargs):
        user, on = self.request.user, timezone.localdate()
        rows = my_rows(user, on=on, now=timezone.now())
        rows = rows.for_display().told_whole(user)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        for reference, n in Counter(row.review for row in page).items():
            record(EventType.PLAN_READ, by=user, review=reference, rows=n)
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "requests": open_requests(user),
            "rows": [(row, list(tags_of(row, on=on))) for row in page],
        }


class RowEvidenceView(RowPageMixin, View):
    """A file that shows what was done, for whoever reads the update it came with."""

    def find(self):
        super().find()
        files = EvidenceFile.objects.visible_to(self.request.user).filter(note__row=self.row)
        files = files.select_related("stored").defer("stored__body")
        self.file = get_object_or_404(files, pk=self.kwargs["file"])

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.file.stored, name=self.file.name)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.row,
            document="evidence",
        )
        return response
