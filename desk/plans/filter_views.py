"""Saved filters: each person's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import FormView

from actionplans.seeing import keeping
from actionplans.seeing.listing import Seen
from actionplans.seeing.models import SavedFilter
from desk.plans.forms import PlansForm, RenameFilterForm, SaveFilterForm
from reviews.forms import ConfirmForm
from reviews.views import FormPageMixin, GuardedMixin


class _FilterMixin(GuardedMixin, FormPageMixin):
    def is_allowed(self):
        return True

    def back(self, chosen):
        return redirect(f"{reverse('desk:plans')}?{urlencode(chosen or {'show': 'all'})}")


class FilterSaveView(_FilterMixin, FormView):
    """The filters of the address, under a name."""

    form_class = SaveFilterForm
    template_name = "desk/plans/filter_save.html"

    def find(self):
        user = self.request.user
        seen = Seen(user, on=timezone.localdate(), now=timezone.now())
        self.asked = PlansForm(self.request.GET, seen=seen)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "chosen": self.asked.in_words,
            "query": urlencode(self.asked.written),
        }

    def form_valid(self, form):
        chosen = self.asked.written
        try:
            keeping.save_filter(self.request.user, chosen=chosen, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Filter saved. Only you see it.")
        return self.back(chosen)


class OwnFilterMixin(_FilterMixin):
    def find(self):
        mine = SavedFilter.objects.visible_to(self.request.user).select_related("user")
        self.saved = get_object_or_404(mine, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"saved": self.saved}


class FilterRenameView(OwnFilterMixin, FormView):
    form_class = RenameFilterForm
    template_name = "desk/plans/filter_rename.html"

    def get_initial(self):
        return {"name": self.saved.name}

    def form_valid(self, form):
        try:
            keeping.rename_filter(self.saved, name=form.cleaned_data["name"])
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Filter renamed.")
        return self.back(self.saved.chosen)


class FilterFirstView(OwnFilterMixin, FormView):
    """Begin with it, or no longer."""

    form_class = ConfirmForm
    http_method_names = ["post"]

    def form_valid(self, form):
        first = not self.saved.is_default
        keeping.use_first(self.saved, is_default=first)
        said = "Your actions begin with this filter." if first else "You begin with all actions."
        messages.success(self.request, said)
        return self.back(self.saved.chosen)


class FilterRemoveView(OwnFilterMixin, FormView):
    form_class = ConfirmForm
    template_name = "desk/plans/filter_remove.html"

    def form_valid(self, form):
        keeping.remove_filter(self.saved)
        messages.success(self.request, "Filter removed.")
        return self.back({})
