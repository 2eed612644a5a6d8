"""Pages on which whoever runs a plan changes it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.generic import FormView

from actionplans.editing import services
from actionplans.editing.forms import FollowingForm
from actionplans.services import ChangedMeanwhile
from actionplans.views import RecommendationPageMixin
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin


class RunsPlanMixin(KeepsWordsMixin, FormPageMixin):
    """A form of whoever runs the plan."""

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def form_valid(self, form):
        try:
            self.save(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            return self.overtaken()
        messages.success(self.request, self.saved)
        return redirect(self.recommendation)


class FollowingView(RunsPlanMixin, RecommendationPageMixin, FormView):
    form_class = FollowingForm
    template_name = "actionplans/editing/following.html"
    saved = "Saved. What stood before is kept."

    def get_initial(self):
        one = self.recommendation
        return {"level": one.level, "addressed_to": one.addressed_to, "theme": one.theme}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def save(self, form):
        services.change_following(self.recommendation, **form.following, by=self.request.user)
