from django.urls import reverse

from reviews import rules
from reviews.lifecycle.models import TaskList
from reviews.lifecycle.tasks import lists
from reviews.lifecycle.tasks.checks import check_choices
from reviews.lifecycle.tasks.forms import TaskListForm
from reviews.version_views import VersionCreateView, VersionDetailView, VersionListView


class _TaskListMixin:
    """The task lists of the partnerships that somebody coordinates."""

    def is_allowed(self):
        return rules.can_change_task_lists(self.access)

    def at_hand(self):
        lists.install_if_missing()
        return TaskList.objects.visible_to(self.request.user).prefetch_related("tasks")


class TaskListsView(_TaskListMixin, VersionListView):
    template_name = "reviews/lifecycle/task_lists.html"


class TaskListDetailView(_TaskListMixin, VersionDetailView):
    template_name = "reviews/lifecycle/task_list_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"check_labels": dict(check_choices())}


class TaskListCreateView(_TaskListMixin, VersionCreateView):
    form_class = TaskListForm
    template_name = "reviews/lifecycle/task_list_create.html"
    done = "New version made. What was marked in reviews stays marked."

    def newest_for(self, kind, partnership):
        return lists.newest_for(kind, partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"listed": self.newest.tasks.all()}

    def make(self, form, **more):
        lists.make_version(tasks=form.tasks, **more)

    def made(self):
        return reverse("reviews:task-list-detail", args=[self.partnership.slug, self.kind])
