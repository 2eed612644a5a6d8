"""Pages for a file with the plans of many reviews."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from actionplans.forms import MappingForm
from actionplans.many import services
from actionplans.many.forms import ManyUploadForm
from actionplans.many.models import BatchPart, PlanBatch
from actionplans.models import PlanImport
from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.forms import ConfirmForm
from reviews.views import FormPageMixin, GuardedMixin

State = PlanImport.State


class BringersMixin(GuardedMixin):
    def is_allowed(self):
        return rules.can_bring_plans(self.access)


class BatchUploadView(FormPageMixin, BringersMixin, FormView):
    form_class = ManyUploadForm
    template_name = "actionplans/many/upload.html"

    def form_valid(self, form):
        batch = services.bring(
            form.split,
            content=form.content,
            name=form.cleaned_data["file"].name,
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        return redirect(batch)


class BatchPageMixin(BringersMixin):
    def find(self):
        batches = PlanBatch.objects.visible_to(self.request.user)
        self.batch = get_object_or_404(batches, pk=self.kwargs["pk"])
        parts = BatchPart.objects.visible_to(self.request.user).filter(batch=self.batch)
        self.parts = list(parts.select_related("plan_import__review", "plan_import__replaces"))

    def get_context_data(self, **kwargs):
        to_save = [part for part in self.parts if part.plan_import.state == State.PREVIEWED]
        return super().get_context_data(**kwargs) | {
            "batch": self.batch,
            "parts": self.parts,
            "to_save": to_save,
            "can_save": [part for part in to_save if part.plan_import.can_be_saved],
        }


class BatchDetailView(BatchPageMixin, TemplateView):
    template_name = "actionplans/many/detail.html"


class BatchColumnsView(FormPageMixin, BatchPageMixin, FormView):
    """Said once, for every review in the file."""

    form_class = MappingForm
    template_name = "actionplans/many/columns.html"

    def get(self, request, *args, **kwargs):
        if not self.columns():
            return redirect(self.batch)
        for part in self.parts:
            review = part.plan_import.review
            record(
                EventType.PLAN_READ, by=request.user, review=review, target=part.plan_import, rows=0
            )
        return super().get(request, *args, **kwargs)

    def columns(self):
        """Of the first part that is not saved yet, with words of its rows."""
        for part in self.parts:
            if part.plan_import.state == State.PREVIEWED:
                return part.plan_import.summary["columns"]
        return []

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"columns": self.columns()}

    def form_valid(self, form):
        services.set_columns(self.batch, mapping=form.mapping, by=self.request.user)
        messages.success(self.request, "The file was read again with these columns.")
        return redirect(self.batch)


class BatchSaveView(FormPageMixin, BatchPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/many/save.html"

    def form_valid(self, form):
        saved, refused = services.save_all(self.batch, by=self.request.user)
        if saved:
            plans = "1 plan was" if saved == 1 else f"{saved} plans were"
            messages.success(self.request, f"{plans} saved.")
        for reference, why in refused.items():
            messages.error(self.request, f"{reference} was not saved. {why}")
        return redirect(self.batch)
