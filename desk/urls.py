from django.urls import path

from desk import board_views, thread_views, views

app_name = "desk"

urlpatterns = [
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
