"""Said before: recommendations that repeat what the same agency reported done in an earlier review."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from actionplans.models import Recommendation
from actionplans.seeing.judging import judge_repeat
from actionplans.seeing.repeats import all_repeats, repeats_of
from actionplans.services import ChangedMeanwhile
from audit.models import EventType
from audit.services import record
from desk.plans.forms import JudgeRepeatForm
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, GuardedMixin, ReviewPageMixin

PAGE = 25


class SaidBeforeView(GuardedMixin, TemplateView):
    """In every review whose recommendations this person reads; each pair for who may read both."""

    template_name = "desk/plans/said_before.html"

    def is_allowed(self):
        return rules.can_see_repeats(self.access)

    def get_context_data(self, **kwargs):
        found = all_repeats(self.request.user)
        page = Paginator(found, PAGE).get_page(self.request.GET.get("page"))
        read = Counter(one.review for pair in page for one in (pair.later, pair.earlier))
        for review, n in read.items():
            record(EventType.PLAN_READ, by=self.request.user, review=review, rows=n)
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "pairs": [(one, self.may_judge(one)) for one in page],
        }

    def may_judge(self, one):
        review = one.later.review
        return not review.has_ended and rules.can_judge_repeats(self.access, review)


class RepeatJudgeView(KeepsWordsMixin, FormPageMixin, ReviewPageMixin, FormView):
    """Both texts beside one another; whoever runs the later plan says whether they are the same."""

    form_class = JudgeRepeatForm
    template_name = "desk/plans/judge_repeat.html"

    def is_allowed(self):
        return rules.can_judge_repeats(self.access, self.review)

    def find(self):
        super().find()
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        later = get_object_or_404(rows.select_related("review"), pk=self.kwargs["pk"])
        found = [
            one
            for one in repeats_of(later, self.request.user)
            if one.earlier.pk == self.kwargs["earlier"]
        ]
        if not found:
            raise Http404
        (self.repeat,) = found

    def get_initial(self):
        return {"seen": self.repeat.digest}

    def get_context_data(self, **kwargs):
        for one in (self.repeat.later, self.repeat.earlier):
            record(EventType.PLAN_READ, by=self.request.user, review=one.review, target=one, rows=1)
        return super().get_context_data(**kwargs) | {"repeat": self.repeat}

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            judge_repeat(
                self.repeat.later,
                self.repeat.earlier,
                is_repeat=said["verdict"] == "repeat",
                reason=said["reason"],
                seen=said["seen"],
                by=self.request.user,
                key=said["key"],
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            self.words_stay = True
            messages.info(self.request, "The words were changed. They are shown as they are now.")
            return redirect(self.request.path)
        messages.success(self.request, "Your answer has been kept.")
        return redirect(self.repeat.later)
