from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, FormView, ListView

from agencies import services as register
from agencies.models import Agency, name_key
from reviews import rules, services
from reviews.agency_forms import AgencyForm, MergeForm, SuccessorForm
from reviews.models import Review
from reviews.queries import staff_known_to
from reviews.views import FormPageMixin, GuardedMixin


class _RegisterMixin(GuardedMixin, FormPageMixin):
    """The register holds public bodies and no case, so all of it is open to whoever keeps it."""

    def is_allowed(self):
        return rules.can_change_agencies(self.access)

    def find(self):
        if "pk" in self.kwargs and self.is_allowed():
            self.agency = get_object_or_404(Agency, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"agency": getattr(self, "agency", None)}


class AgencyListView(_RegisterMixin, ListView):
    template_name = "agencies/agency_list.html"
    paginate_by = 50

    def get_queryset(self):
        agencies = Agency.objects.current().select_related("successor")
        agencies = agencies.prefetch_related("aliases", "duplicates")
        if self.wanted:
            key = name_key(self.wanted)
            agencies = agencies.filter(
                Q(key__contains=key)
                | Q(short_key__contains=key)
                | Q(aliases__key__contains=key)
                | Q(duplicates__key__contains=key)
            ).distinct()
        return agencies

    @property
    def wanted(self):
        return self.request.GET.get("name", "").strip()[:200]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"wanted": self.wanted}


class AgencyDetailView(_RegisterMixin, DetailView):
    template_name = "agencies/agency_detail.html"

    def get_object(self):
        return self.agency

    def get_context_data(self, **kwargs):
        reviews = Review.objects.visible_to(self.request.user)
        return super().get_context_data(**kwargs) | {
            "reviews": reviews.filter(participations__agency=self.agency),
            "staff": staff_known_to(self.access, self.agency),
        }


class AgencyCreateView(_RegisterMixin, FormView):
    form_class = AgencyForm
    template_name = "agencies/agency_form.html"

    def form_valid(self, form):
        try:
            agency = register.create_agency(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None if hasattr(refusal, "error_dict") else "name", refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"{agency} added to the register.")
        return redirect(agency)


class AgencyChangeView(AgencyCreateView):
    def get_initial(self):
        aliases = self.agency.aliases.values_list("name", flat=True)
        return {
            "name": self.agency.name,
            "short_name": self.agency.short_name,
            "kind": self.agency.kind,
            "aliases": "\n".join(aliases),
        }

    def form_valid(self, form):
        try:
            register.change_agency(self.agency, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None if hasattr(refusal, "error_dict") else "name", refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Agency saved.")
        return redirect(self.agency)


class _OtherAgencyView(_RegisterMixin, FormView):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agency": self.agency}


class AgencySuccessorView(_OtherAgencyView):
    form_class = SuccessorForm
    template_name = "agencies/agency_successor.html"

    def get_initial(self):
        return {"successor": self.agency.successor, "on": self.agency.succeeded_on}

    def form_valid(self, form):
        try:
            register.set_successor(self.agency, by=self.request.user, **form.cleaned_data)
        except register.CannotMerge as refusal:
            form.add_error("successor", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, "Successor saved.")
        return redirect(self.agency)


class AgencyMergeView(_OtherAgencyView):
    """Two entries for one body become one, in every review at once."""

    form_class = MergeForm
    template_name = "agencies/agency_merge.html"

    def form_valid(self, form):
        into = form.cleaned_data["into"]
        if not rules.can_merge_agencies(self.access, services.reviews_touched(self.agency, into)):
            form.add_error(
                "into",
                "These agencies cannot be merged here. Ask the system administrator to merge them",
            )
            return self.form_invalid(form)
        try:
            services.merge_agencies(self.agency, into=into, by=self.request.user)
        except register.CannotMerge as refusal:
            form.add_error("into", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"{self.agency} is now part of {into}.")
        return redirect(into)
