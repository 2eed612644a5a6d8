"""Writing recommendations, taking over agencies' own, and tying them to lessons."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from actionplans.editing.meanwhile import ShowsBothMixin
from actionplans.forms import ConfirmForm
from actionplans.models import Recommendation
from actionplans.resting import queries, services
from actionplans.resting.forms import (
    DraftsForm,
    OwnPointsForm,
    RecommendationChangeForm,
    RecommendationForm,
    RemoveForm,
    RestForm,
)
from actionplans.resting.models import RecommendationLesson
from actionplans.services import ChangedMeanwhile
from actionplans.views import RecommendationPageMixin, record_read
from audit.models import EventType
from audit.services import record
from findings.models import Lesson
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, ReviewPageMixin


class ChoosesLessonsMixin:
    """The form shows lessons to choose from, which are read with it."""

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record(
            EventType.FINDINGS_READ, by=request.user, review=self.review, rows=len(self.lessons())
        )
        return response


class RecommendationCreateView(
    ChoosesLessonsMixin, KeepsWordsMixin, FormPageMixin, ReviewPageMixin, FormView
):
    form_class = RecommendationForm
    template_name = "actionplans/resting/create.html"

    def is_allowed(self):
        return rules.can_write_recommendations(self.access, self.review)

    def lessons(self):
        rows = Lesson.objects.visible_to(self.request.user).live().filter(review=self.review)
        return rows.order_by("number")

    def get_initial(self):
        """A lesson's page leads here with its number."""
        return {"lessons": self.request.GET.getlist("lesson")[:50]}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "review": self.review,
            "parts": queries.parts_of(self.review, self.request.user),
            "lessons": self.lessons(),
        }

    def form_valid(self, form):
        try:
            one = services.make_recommendation(
                self.review,
                **form.words,
                lessons=form.chosen_lessons,
                by=self.request.user,
                key=form.cleaned_data["key"],
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"Recommendation {one.number} written.")
        return redirect(one)


class DraftsView(FormPageMixin, ReviewPageMixin, FormView):
    """What was written here goes into the plan: until then it is the panel's to weigh."""

    form_class = DraftsForm
    template_name = "actionplans/resting/drafts.html"

    def is_allowed(self):
        return rules.can_write_recommendations(self.access, self.review)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_read(self, self.drafts().count())
        return response

    def drafts(self):
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.drafts().in_plan_order()

    def get_initial(self):
        return {"chosen": self.drafts()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"drafts": self.drafts()}

    def form_valid(self, form):
        n = services.put_into_plan(self.review, form.cleaned_data["chosen"], by=self.request.user)
        said = f"{n} recommendation{'' if n == 1 else 's'} put into the plan."
        messages.success(self.request, said)
        return redirect("actionplans:plan", self.review.reference)


class OwnPointsView(FormPageMixin, ReviewPageMixin, FormView):
    """Agencies' own recommendations, taken over one by one or all at once."""

    form_class = OwnPointsForm
    template_name = "actionplans/resting/own.html"

    def is_allowed(self):
        return rules.can_write_recommendations(self.access, self.review)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_read(self, len(self.rows))
        return response

    def get_form_kwargs(self):
        self.rows = queries.own_of(self.review, self.request.user)
        left = [own.point for own in self.rows if own.became is None]
        return super().get_form_kwargs() | {"points": left}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        chosen = set(self.request.POST.getlist("points"))
        return context | {
            "rows": self.rows,
            "left": sum(own.became is None for own in self.rows),
            "chosen": chosen,
        }

    def form_valid(self, form):
        try:
            made = services.take_over(self.review, form.chosen, by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        n = len(made)
        said = f"{n} recommendation{'' if n == 1 else 's'} taken over."
        messages.success(self.request, said if n else "They had been taken over already.")
        return redirect("actionplans:own-points", self.review.reference)


class WritesMixin(FormPageMixin, RecommendationPageMixin):
    """A page on which the leaders do something about one recommendation."""

    def is_allowed(self):
        return rules.can_write_recommendations(self.access, self.review)

    def stands(self, sentence):
        messages.info(self.request, sentence)
        return redirect(self.recommendation)

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except ChangedMeanwhile:
            return self.overtaken()


class RecommendationChangeView(ShowsBothMixin, WritesMixin, FormView):
    form_class = RecommendationChangeForm
    template_name = "actionplans/resting/change.html"

    def get_initial(self):
        one = self.recommendation
        leads = one.lead_links.filter(is_accountable=True).values_list("participation", flat=True)
        return {
            "text": one.text,
            "number": one.number,
            "reach": one.reach,
            "leads": [str(pk) for pk in leads],
            "seen": one.versions.count(),
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "review": self.review,
            "parts": queries.parts_of(self.review, self.request.user),
        }

    def form_valid(self, form):
        try:
            services.change_recommendation(
                self.recommendation,
                **form.words,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=self.request.user,
            )
        except services.NotMadeHere:
            return self.stands("These words are a file’s or an agency’s own, and stay as they are.")
        except services.Published:
            return self.stands("The report is published, so its recommendations stay as they are.")
        except ChangedMeanwhile:
            return self.overtaken()
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Recommendation changed. What it said before is kept.")
        return redirect(self.recommendation)


class RecommendationRestView(ChoosesLessonsMixin, WritesMixin, FormView):
    form_class = RestForm
    template_name = "actionplans/resting/rest.html"

    def get_initial(self):
        return {"lessons": self.request.GET.getlist("lesson")[:50]}

    def lessons(self):
        return queries.lessons_left(self.recommendation, self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lessons": self.lessons()}

    def form_valid(self, form):
        try:
            services.rest_on(self.recommendation, form.chosen_lessons, by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Tied to its lessons.")
        return redirect(self.recommendation)


class RecommendationRemoveView(WritesMixin, FormView):
    """Of a draft. One that is in the plan is answered for there."""

    form_class = RemoveForm
    template_name = "actionplans/resting/remove.html"

    def find(self):
        super().find()
        if not self.recommendation.is_draft:
            raise Http404

    def form_valid(self, form):
        try:
            services.take_away(
                self.recommendation, reason=form.cleaned_data["reason"], by=self.request.user
            )
        except services.InThePlan:
            return self.stands("It was put into the plan meanwhile.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Taken away. It stays on record.")
        return redirect("actionplans:plan", self.review.reference)


class RecommendationUnrestView(WritesMixin, FormView):
    form_class = ConfirmForm
    template_name = "actionplans/resting/unrest.html"

    def find(self):
        super().find()
        ties = RecommendationLesson.objects.visible_to(self.request.user).live()
        self.tie = get_object_or_404(
            ties.select_related("lesson__review", "recommendation__review"),
            recommendation=self.recommendation,
            pk=self.kwargs["tie"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"tie": self.tie}

    def form_valid(self, form):
        services.rest_no_longer(self.tie, by=self.request.user)
        messages.success(self.request, f"No longer tied to lesson {self.tie.lesson.number}.")
        return redirect(self.recommendation)
