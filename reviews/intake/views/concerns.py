from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, FormView, ListView

from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.intake.forms.concerns import CloseConcernForm, ConcernForm, GiveConcernForm
from reviews.intake.models import UrgentConcern
from reviews.intake.services import concerns
from reviews.intake.views.leading import IntakePageMixin, KeyedMixin


class _ConcernsMixin(IntakePageMixin):
    """For the agencies of the review and its leaders; each sees those that concern it."""

    def is_allowed(self):
        return rules.can_raise_concern(self.access, self.review)

    def concerns(self):
        rows = UrgentConcern.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "leads": self.leads,
            "access_parts": self.access.parts_with("raise_concern"),
        }

    @property
    def leads(self):
        return rules.can_lead_intake(self.access, self.review)

    def own_parts(self):
        parts = self.review.participations.visible_to(self.request.user).for_display()
        return parts.filter(pk__in=self.access.parts_with("raise_concern"))


class ConcernListView(_ConcernsMixin, ListView):
    template_name = "reviews/intake/concern_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.concerns().open_first()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs)


class ConcernRaiseView(KeepsWordsMixin, KeyedMixin, _ConcernsMixin, FormView):
    form_class = ConcernForm
    template_name = "reviews/intake/concern_raise.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"parts": self.own_parts(), "leads": self.leads}

    def form_valid(self, form):
        told = dict(form.cleaned_data)
        part = told.pop("participation", None)
        if part is None and not self.leads:
            part = self.own_parts().first()
        concern = concerns.raise_concern(
            self.review, participation=part, by=self.request.user, **told
        )
        messages.success(
            self.request, "Concern raised. The coordinator and the chair have been told."
        )
        return redirect("reviews:concern-detail", self.review.reference, concern.pk)


class _ConcernMixin(_ConcernsMixin):
    def find(self):
        super().find()
        self.concern = get_object_or_404(self.concerns(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "concern": self.concern,
            "from_us": self.leads
            or self.concern.raised_for_id in self.access.parts_with("raise_concern"),
        }

    def back(self):
        return redirect("reviews:concern-detail", self.review.reference, self.concern.pk)


class ConcernDetailView(_ConcernMixin, DetailView):
    template_name = "reviews/intake/concern_detail.html"

    def get_object(self):
        self.tell_of_reading()
        return self.concern

    def get_context_data(self, **kwargs):
        owners = self.concern.owners.select_related("owner__agency", "given_by")
        owners = owners.filter(self.access.clear_of_conflicts("owner"))
        return super().get_context_data(**kwargs) | {
            "owners": owners if self.leads else [],
            "may_close": rules.can_close_concern(self.access, self.concern),
        }


class ConcernGiveView(_ConcernMixin, FormView):
    form_class = GiveConcernForm
    template_name = "reviews/intake/concern_give.html"

    def is_allowed(self):
        return self.leads and self.concern.is_open

    def get_initial(self):
        return {"owner": self.concern.owner}

    def get_form_kwargs(self):
        parts = self.review.participations.visible_to(self.request.user).for_display()
        return super().get_form_kwargs() | {"parts": parts}

    def form_valid(self, form):
        try:
            concerns.give_concern(
                self.concern, owner=form.cleaned_data["owner"], by=self.request.user
            )
        except concerns.AlreadyClosed:
            messages.info(self.request, "Somebody else has closed this concern.")
        else:
            messages.success(self.request, "Concern given. They have been told.")
        return self.back()


class ConcernCloseView(KeepsWordsMixin, _ConcernMixin, FormView):
    form_class = CloseConcernForm
    template_name = "reviews/intake/concern_close.html"

    def is_allowed(self):
        return rules.can_close_concern(self.access, self.concern)

    def form_valid(self, form):
        try:
            concerns.close_concern(self.concern, by=self.request.user, **form.cleaned_data)
        except concerns.AlreadyClosed:
            messages.info(self.request, "Somebody else has closed this concern.")
        else:
            messages.success(self.request, "Concern closed.")
        return self.back()
