from django.urls import path

from desk import board_views, thread_views, views
from desk.plans import (
    change_views,
    chart_views,
    filter_views,
    published_views,
    repeat_views,
)
from desk.plans import views as plans

app_name = "desk"

_of_review = "reviews/<slug:reference>/actions/"
_filter = "plans/filters/<int:pk>/"

urlpatterns = [
    path("plans/", plans.PlansView.as_view(), name="plans"),
    path("plans/export/", plans.PlansExportView.as_view(), name="plans-export"),
    path("plans/changes/", change_views.ChangesView.as_view(), name="plans-changes"),
    path(
        "plans/changes/export/",
        change_views.ChangesExportView.as_view(),
        name="plans-changes-export",
    ),
    path("plans/charts/", chart_views.ChartsView.as_view(), name="plans-charts"),
    path("plans/published/", published_views.PublishedView.as_view(), name="plans-published"),
    path(
        "plans/published/export/",
        published_views.PublishedExportView.as_view(),
        name="plans-published-export",
    ),
    path("plans/said-before/", repeat_views.SaidBeforeView.as_view(), name="said-before"),
    path("plans/filters/new/", filter_views.FilterSaveView.as_view(), name="filter-save"),
    path(_filter + "name/", filter_views.FilterRenameView.as_view(), name="filter-rename"),
    path(_filter + "first/", filter_views.FilterFirstView.as_view(), name="filter-first"),
    path(_filter + "remove/", filter_views.FilterRemoveView.as_view(), name="filter-remove"),
    path(_of_review, plans.ReviewPlansView.as_view(), name="review-plans"),
    path(_of_review + "export/", plans.ReviewPlansExportView.as_view(), name="review-plans-export"),
    path(
        _of_review + "changes/",
        change_views.ReviewChangesView.as_view(),
        name="review-plans-changes",
    ),
    path(
        _of_review + "changes/export/",
        change_views.ReviewChangesExportView.as_view(),
        name="review-plans-changes-export",
    ),
    path(
        _of_review + "charts/", chart_views.ReviewChartsView.as_view(), name="review-plans-charts"
    ),
    path(
        "reviews/<slug:reference>/recommendations/<int:pk>/said-before/<int:earlier>/",
        repeat_views.RepeatJudgeView.as_view(),
        name="repeat-judge",
    ),
    path("", views.HomeView.as_view(), name="home"),
    path("reviews/<slug:reference>/", views.ReviewHomeView.as_view(), name="review-home"),
    path(
        "reviews/<slug:reference>/agencies/",
        views.ParticipationListView.as_view(),
        name="participation-list",
    ),
    path(
        "reviews/<slug:reference>/recommendations/<int:pk>/thread/",
        thread_views.ThreadView.as_view(),
        name="thread",
    ),
    path(
        "reviews/<slug:reference>/broken-links/",
        thread_views.BrokenLinksView.as_view(),
        name="broken-links",
    ),
    path(
        "reviews/<slug:reference>/broken-links/<int:first>/<int:second>/",
        thread_views.ToldApartView.as_view(),
        name="told-apart",
    ),
    path(
        "reviews/<slug:reference>/broken-links/<int:first>/<int:second>/one/",
        thread_views.CalledOneView.as_view(),
        name="called-one",
    ),
    path("board/", board_views.BoardView.as_view(), name="board"),
    path("board/export/", board_views.BoardExportView.as_view(), name="board-export"),
    path("figures/", board_views.FiguresView.as_view(), name="figures"),
    path("accounts/", views.AccountListView.as_view(), name="account-list"),
    path("accounts/<int:pk>/close/", views.AccountCloseView.as_view(), name="account-close"),
    path("accounts/<int:pk>/reopen/", views.AccountReopenView.as_view(), name="account-reopen"),
]
