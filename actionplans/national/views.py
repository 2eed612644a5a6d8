"""Pages of national recommendations: of one review, of all that one reads, and one step more."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from actionplans.models import Level
from actionplans.national import queries, services
from actionplans.national.forms import StepForm
from actionplans.services import ChangedMeanwhile
from actionplans.views import PAGE, PlanPageMixin, RecommendationPageMixin, record_read
from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, GuardedMixin


class NationalView(PlanPageMixin, TemplateView):
    """What became of each of a review, in words that its author and the family can be given."""

    template_name = "actionplans/national/of_review.html"

    def get_context_data(self, **kwargs):
        found = queries.standings(self.request.user, on=timezone.localdate(), review=self.review)
        record_read(self, len(found))
        return super().get_context_data(**kwargs) | {
            "standings": found,
            "figures": queries.figures_of(found),
            "may_run": rules.can_run_plan(self.access, self.review) and not self.review.has_ended,
            "leads": rules.can_run_plan(self.access, self.review),
        }


class AllNationalView(GuardedMixin, TemplateView):
    """Of every review that somebody reads: what to send and to chase comes first."""

    template_name = "actionplans/national/all.html"

    def is_allowed(self):
        return True

    def get_context_data(self, **kwargs):
        user = self.request.user
        found = queries.standings(user, on=timezone.localdate())
        page = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        for review, n in Counter(one.recommendation.review for one in page).items():
            record(EventType.PLAN_READ, by=user, review=review, rows=n)
        for one in page:
            review = one.recommendation.review
            one.may_run = not review.has_ended and rules.can_run_plan(self.access, review)
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "figures": queries.figures_of(found),
        }


class StepAddView(KeepsWordsMixin, FormPageMixin, RecommendationPageMixin, FormView):
    form_class = StepForm
    template_name = "actionplans/national/step.html"

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def get_initial(self):
        return {"department": self.recommendation.addressed_to}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "is_national": self.recommendation.level == Level.NATIONAL
        }

    def form_valid(self, form):
        try:
            services.note_step(self.recommendation, **form.cleaned_data, by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            return self.overtaken()
        messages.success(self.request, "This step has been recorded.")
        return redirect("actionplans:national", self.review.reference)
