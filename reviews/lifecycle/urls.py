from django.urls import path

from reviews.lifecycle import enter_views, views
from reviews.lifecycle.tasks import list_views
from reviews.lifecycle.tasks import views as task_views

_review = "reviews/<slug:reference>/"
_list = "task-lists/<slug:partnership>/<slug:review_kind>/"

urlpatterns = [
    path("reviews/new/under-way/", enter_views.ReviewEnterView.as_view(), name="review-enter"),
    path(_review + "course/", views.CourseView.as_view(), name="course"),
    path(_review + "stage/", views.ReviewStageView.as_view(), name="review-stage"),
    path(_review + "tasks/", task_views.TasksView.as_view(), name="tasks"),
    path(_review + "tasks/<slug:code>/", task_views.TaskMarkView.as_view(), name="task-mark"),
    path(_review + "suspend/", views.SuspendView.as_view(), name="suspend-review"),
    path(_review + "resume/", views.ResumeView.as_view(), name="resume-review"),
    path(_review + "discontinue/", views.DiscontinueView.as_view(), name="discontinue-review"),
    path(_review + "merge/", views.MergeView.as_view(), name="merge-review"),
    path(_review + "close/", views.CloseView.as_view(), name="close-review"),
    path(_review + "reopen/", views.ReopenView.as_view(), name="reopen-review"),
    path("task-lists/", list_views.TaskListsView.as_view(), name="task-lists"),
    path(_list, list_views.TaskListDetailView.as_view(), name="task-list-detail"),
    path(_list + "new/", list_views.TaskListCreateView.as_view(), name="task-list-create"),
    path(
        _list + "versions/<int:pk>/",
        list_views.TaskListDetailView.as_view(),
        name="task-list-version",
    ),
]
