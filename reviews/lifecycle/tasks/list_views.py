from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from agencies.models import Partnership
from reviews import rules
from reviews.lifecycle.models import TaskList
from reviews.lifecycle.tasks import lists
from reviews.lifecycle.tasks.checks import check_choices
from reviews.lifecycle.tasks.forms import TaskListForm
from reviews.models import Review
from reviews.views import FormPageMixin, GuardedMixin


class _TaskListMixin(GuardedMixin):
    """The task lists of the partnerships that somebody coordinates. They hold no case."""

    def is_allowed(self):
        return rules.can_change_task_lists(self.access)

    def partnerships(self):
        return Partnership.objects.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])

    def task_lists(self):
        lists.install_if_missing()
        return TaskList.objects.visible_to(self.request.user).prefetch_related("tasks")

    def find(self):
        if "partnership" not in self.kwargs or not self.is_allowed():
            return
        self.partnership = get_object_or_404(self.partnerships(), slug=self.kwargs["partnership"])
        if self.kwargs["review_kind"] not in Review.Kind.values:
            raise Http404
        self.kind = Review.Kind(self.kwargs["review_kind"])
        self.versions = self.task_lists().of(self.kind, self.partnership)
        self.current = lists.in_force(
            self.versions, self.kind, self.partnership.pk, timezone.localdate()
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": getattr(self, "partnership", None),
            "kind": getattr(self, "kind", None),
            "current": getattr(self, "current", None),
            "today": timezone.localdate(),
        }


@dataclass(frozen=True)
class InForce:
    partnership: Partnership
    kind: Review.Kind
    task_list: TaskList | None


class TaskListsView(_TaskListMixin, TemplateView):
    template_name = "reviews/lifecycle/task_lists.html"

    def get_context_data(self, **kwargs):
        at_hand, on = list(self.task_lists()), timezone.localdate()
        rows = [
            InForce(place, kind, lists.in_force(at_hand, kind, place.pk, on))
            for place in self.partnerships()
            for kind in Review.Kind
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class TaskListDetailView(_TaskListMixin, TemplateView):
    """One version, the one in force unless another is asked for."""

    template_name = "reviews/lifecycle/task_list_detail.html"

    def get_context_data(self, **kwargs):
        shown = self.current
        if "pk" in self.kwargs:
            shown = get_object_or_404(self.versions, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "task_list": shown,
            "check_labels": dict(check_choices()),
            "versions": self.versions.select_related("made_by").order_by(
                "-effective_from", "-made_at"
            )[:50],
        }


class TaskListCreateView(_TaskListMixin, FormPageMixin, FormView):
    form_class = TaskListForm
    template_name = "reviews/lifecycle/task_list_create.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.newest = lists.newest_for(self.kind, self.partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"tasks": self.newest.tasks.all()}

    def get_initial(self):
        own = not self.newest.is_house
        return {
            "title": self.newest.title if own else "",
            "source": self.newest.source if own else "",
            "effective_from": timezone.localdate(),
            "seen": self.newest.pk,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"newest": self.newest}

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            lists.make_version(
                kind=self.kind,
                partnership=self.partnership,
                title=data["title"],
                source=data["source"],
                effective_from=data["effective_from"],
                tasks=form.tasks,
                seen=self.versions.filter(pk=data["seen"]).first(),
                by=self.request.user,
                on=timezone.localdate(),
                key=data["key"],
            )
        except lists.NewerVersion:
            form.add_error(
                None, "Somebody has made a newer version meanwhile. Open it and start from it"
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "New version made. What was marked in reviews stays marked.")
        return redirect("reviews:task-list-detail", self.partnership.slug, self.kind)
