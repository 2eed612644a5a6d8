from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.lifecycle.models import TaskMark
from reviews.lifecycle.tasks import services
from reviews.lifecycle.tasks.checks import page_for
from reviews.lifecycle.tasks.forms import MarkForm
from reviews.lifecycle.tasks.queries import tasks_of
from reviews.views import FormPageMixin, ReviewPageMixin


class _TasksMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_keep_course(self.access, self.review)

    @cached_property
    def tasks(self):
        return tasks_of(self.review, self.request.user, on=timezone.localdate())


class TasksView(_TasksMixin, TemplateView):
    """Every task of the review, stage by stage, with what is next."""

    template_name = "reviews/lifecycle/tasks.html"

    def get_context_data(self, **kwargs):
        record(EventType.COURSE_READ, by=self.request.user, review=self.review)
        return super().get_context_data(**kwargs) | {
            "tasks": self.tasks,
            "may_change_lists": rules.can_change_task_lists(self.access),
        }


class TaskMarkView(_TasksMixin, FormPageMixin, FormView):
    form_class = MarkForm
    template_name = "reviews/lifecycle/task_mark.html"

    def find(self):
        super().find()
        if not self.is_allowed():
            return
        self.line = self.tasks.line(self.kwargs["code"])
        if self.line is None:
            raise Http404

    def marks(self):
        marks = TaskMark.objects.visible_to(self.request.user).filter(review=self.review)
        return marks.filter(code=self.kwargs["code"]).select_related("recorded_by")

    def get_initial(self):
        newest = self.line.mark
        return {"seen": newest.pk if newest else 0, "state": self.line.state}

    def get_context_data(self, **kwargs):
        record(EventType.COURSE_READ, by=self.request.user, review=self.review)
        return super().get_context_data(**kwargs) | {
            "line": self.line,
            "page_url": page_for(self.line.task.check_key, self.review),
            "marks": self.marks().order_by("-pk"),
        }

    def form_valid(self, form):
        try:
            services.mark(
                self.review, code=self.kwargs["code"], by=self.request.user, **form.cleaned_data
            )
        except services.MarkedMeanwhile:
            form.data = form.data.copy()
            form.data["seen"] = self.marks().last().pk
            form.add_error(
                None,
                "Somebody has marked this task meanwhile: see below. If yours still stands, send "
                "it again",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Task marked.")
        return redirect("reviews:tasks", self.review.reference)
