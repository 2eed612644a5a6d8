from django.urls import path

from reviews.intake.views import concerns, deciding, learning, notifications, scoping

_review = "reviews/<slug:reference>/"
_told = "notifications/<int:pk>/"

urlpatterns = [
    # Without an account: whoever holds the link.
    path("notify/<str:secret>/", notifications.NotifyView.as_view(), name="notify"),
    # The coordinators of a partnership.
    path("notifications/", notifications.NotificationListView.as_view(), name="notification-list"),
    path(
        "notifications/new/",
        notifications.NotificationCreateView.as_view(),
        name="notification-create",
    ),
    path("notifications/links/", notifications.LinkListView.as_view(), name="notification-links"),
    path(
        "notifications/links/new/",
        notifications.LinkSendView.as_view(),
        name="notification-link-send",
    ),
    path(
        "notifications/links/<int:pk>/end/",
        notifications.LinkEndView.as_view(),
        name="notification-link-end",
    ),
    path(
        "notifications/compare/<int:pk>/",
        notifications.DuplicateDecideView.as_view(),
        name="notification-duplicate",
    ),
    path(_told, notifications.NotificationDetailView.as_view(), name="notification-detail"),
    path(
        _told + "names/",
        notifications.NotificationRevealView.as_view(),
        name="notification-reveal",
    ),
    path(
        _told + "close/",
        notifications.NotificationCloseView.as_view(),
        name="notification-close",
    ),
    path(
        _told + "review/",
        notifications.NotificationOpenReviewView.as_view(),
        name="notification-open-review",
    ),
    # One review: its leaders, and what an agency was asked.
    path(_review + "decision/", deciding.DecisionListView.as_view(), name="decision-list"),
    path(_review + "decision/new/", deciding.DecisionCreateView.as_view(), name="decision-create"),
    path(_review + "circumstances/", deciding.CircumstancesView.as_view(), name="circumstances"),
    path(_review + "scoping/", scoping.ScopingBoardView.as_view(), name="scoping-board"),
    path(_review + "scoping/ask/", scoping.ScopingAskView.as_view(), name="scoping-ask"),
    path(_review + "scoping/<int:pk>/", scoping.ScopingDetailView.as_view(), name="scoping-detail"),
    path(
        _review + "scoping/<int:pk>/answer/",
        scoping.ScopingAnswerView.as_view(),
        name="scoping-answer",
    ),
    path(_review + "concerns/", concerns.ConcernListView.as_view(), name="concern-list"),
    path(_review + "concerns/new/", concerns.ConcernRaiseView.as_view(), name="concern-raise"),
    path(
        _review + "concerns/<int:pk>/", concerns.ConcernDetailView.as_view(), name="concern-detail"
    ),
    path(
        _review + "concerns/<int:pk>/owner/",
        concerns.ConcernGiveView.as_view(),
        name="concern-give",
    ),
    path(
        _review + "concerns/<int:pk>/close/",
        concerns.ConcernCloseView.as_view(),
        name="concern-close",
    ),
    path(_review + "learning/", learning.EarlyActionListView.as_view(), name="early-actions"),
    path(
        _review + "learning/new/",
        learning.EarlyActionCreateView.as_view(),
        name="early-action-create",
    ),
    path(
        _review + "learning/<int:pk>/day/",
        learning.EarlyActionMoveView.as_view(),
        name="early-action-move",
    ),
    path(
        _review + "learning/<int:pk>/done/",
        learning.EarlyActionDoneView.as_view(),
        name="early-action-done",
    ),
]
