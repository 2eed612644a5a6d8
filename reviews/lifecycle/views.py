from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.lifecycle import services
from reviews.lifecycle.forms import (
    CloseForm,
    DiscontinueForm,
    MergeForm,
    ReopenForm,
    ResumeForm,
    StageForm,
    SuspendForm,
)
from reviews.lifecycle.models import StageMove, StateChange
from reviews.lifecycle.open_things import still_open
from reviews.models import Review
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for
from reviews.views import FormPageMixin, ReviewPageMixin


class CourseView(ReviewPageMixin, TemplateView):
    """How the review went from stage to stage, and when it stood still or ended."""

    template_name = "reviews/lifecycle/course.html"

    def is_allowed(self):
        return rules.can_keep_course(self.access, self.review)

    def get_context_data(self, **kwargs):
        user = self.request.user
        record(EventType.COURSE_READ, by=user, review=self.review)
        changes = StateChange.objects.visible_to(user).filter(review=self.review)
        return super().get_context_data(**kwargs) | {
            "on_hold": banner_for(user, self.review, Stops.PUBLICATION),
            "moves": StageMove.objects.visible_to(user)
            .filter(review=self.review)
            .select_related("recorded_by"),
            "changes": changes.select_related("recorded_by", "into").prefetch_related("left_open"),
            "within_reach": set(
                Review.objects.visible_to(user)
                .filter(merged_here__in=changes)
                .values_list("pk", flat=True)
            ),
            "came_here": Review.objects.visible_to(user).filter(
                state=rules.State.MERGED, state_changes__into=self.review
            ),
            "may_change": rules.can_change_course(self.access, self.review),
        }


class _ChangeCourseMixin(ReviewPageMixin, FormPageMixin):
    """What the service refuses stands beside the field it is about; nothing typed is lost."""

    template_name = "reviews/lifecycle/change.html"
    heading = button = done = before = ""
    warning = False

    def is_allowed(self):
        return rules.can_change_course(self.access, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "before": self.before,
            "button": self.button or self.heading,
            "warning": self.warning,
        }

    def save(self, data):
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.save(dict(form.cleaned_data))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect("reviews:course", self.review.reference)


class ReviewStageView(_ChangeCourseMixin, FormView):
    form_class = StageForm
    heading = "Move to another stage"
    button = "Save"
    before = (
        "The stage is shown to everybody with a role in the review. From “With the Home Office” "
        "on, its QA reader can see the review and its action plan."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"stage": self.review.stage}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "on_hold": banner_for(self.request.user, self.review, Stops.PUBLICATION)
        }

    def get_initial(self):
        return {"stage": self.review.stage, "seen": self.review.stage}

    def form_valid(self, form):
        try:
            services.set_stage(self.review, by=self.request.user, **form.cleaned_data)
        except services.MovedMeanwhile:
            self.review.refresh_from_db(fields=["stage"])
            form.data = form.data.copy()
            form.data["seen"] = self.review.stage
            form.add_error(
                None,
                f"Somebody has moved the review to “{self.review.get_stage_display()}” meanwhile. "
                "If yours still stands, send it again",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Stage saved.")
        return redirect(self.review)


class SuspendView(_ChangeCourseMixin, FormView):
    form_class = SuspendForm
    heading = "Suspend the review"
    before = "The review stays as it is and can still be worked on; everybody in it sees that it is suspended."
    done = "The review is suspended."

    def save(self, data):
        services.suspend(self.review, by=self.request.user, **data)


class ResumeView(_ChangeCourseMixin, FormView):
    form_class = ResumeForm
    heading = "Resume the review"
    before = "If the clock was paused by the suspension, that pause ends on the day before."
    done = "The review is under way again."

    def save(self, data):
        services.resume(self.review, by=self.request.user, **data)


class DiscontinueView(_ChangeCourseMixin, FormView):
    form_class = DiscontinueForm
    heading = "Discontinue the review"
    before = "It can still be read, and takes no more work. Its clock stops."
    done = "The review is discontinued."
    warning = True

    def save(self, data):
        services.discontinue(self.review, by=self.request.user, **data)


class MergeView(_ChangeCourseMixin, FormView):
    form_class = MergeForm
    heading = "Merge it into another review"
    before = (
        "The work goes on in the other review. Nothing is copied: this one can still be read by "
        "the same people, and takes no more work."
    )
    done = "The review is merged into the other one."
    warning = True

    def get_form_kwargs(self):
        mine = Review.objects.visible_to(self.request.user).filter(
            pk__any_of=self.access.reviews_with("run_review"),
            state__in=[rules.State.RUNNING, rules.State.SUSPENDED],
        )
        return super().get_form_kwargs() | {"reviews": mine.exclude(pk=self.review.pk)}

    def save(self, data):
        services.merge_into(self.review, by=self.request.user, **data)


class ReopenView(_ChangeCourseMixin, FormView):
    form_class = ReopenForm
    heading = "Open the review again"
    before = "It goes on at the stage at which it stood."
    done = "The review is open again."

    def save(self, data):
        services.reopen(self.review, by=self.request.user, **data)


class CloseView(_ChangeCourseMixin, FormView):
    form_class = CloseForm
    template_name = "reviews/lifecycle/close.html"
    heading = "Close the review"
    done = "The review is closed. It can still be read."
    warning = True

    def find(self):
        super().find()
        if self.is_allowed():
            self.things = still_open(self.request.user, self.review)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"things": self.things}

    def get_context_data(self, **kwargs):
        links = [
            (thing.words, reverse(thing.kind.page, args=[self.review.reference]))
            for thing in self.things
        ]
        return super().get_context_data(**kwargs) | {"things": links}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except services.StillOpen:  # something was opened between the page's look and ours
            form.add_error(None, "More is open now than the page said. Look again")
            return self.form_invalid(form)

    def save(self, data):
        reasons = {thing.code: data.pop(f"why_{thing.code}") for thing in self.things}
        services.close(self.review, by=self.request.user, reasons=reasons, **data)
