from django.urls import path

from reviews.clock import rule_set_views, views

_clock = "reviews/<slug:reference>/clock/"
_set = "limits/<slug:partnership>/<slug:review_kind>/"

urlpatterns = [
    path(_clock, views.ClockView.as_view(), name="clock"),
    path(_clock + "history/", views.ClockHistoryView.as_view(), name="clock-history"),
    path(_clock + "<slug:milestone>/record/", views.ReachView.as_view(), name="clock-reach"),
    path(_clock + "<slug:milestone>/put-off/", views.ExtendView.as_view(), name="clock-extend"),
    path(_clock + "pauses/new/", views.PauseView.as_view(), name="clock-pause"),
    path(_clock + "pauses/<int:pk>/end/", views.PauseEndView.as_view(), name="clock-pause-end"),
    path(_clock + "pauses/<int:pk>/told/", views.PauseToldView.as_view(), name="clock-pause-told"),
    path(
        _clock + "pauses/<int:pk>/take-back/",
        views.PauseTakeBackView.as_view(),
        name="clock-pause-take-back",
    ),
    path(
        _clock + "extensions/<int:pk>/told/",
        views.ExtensionToldView.as_view(),
        name="clock-extension-told",
    ),
    path(
        _clock + "extensions/<int:pk>/take-back/",
        views.ExtensionTakeBackView.as_view(),
        name="clock-extension-take-back",
    ),
    path("limits/", rule_set_views.RuleSetListView.as_view(), name="rule-set-list"),
    path(
        "limits/bank-holidays/", rule_set_views.BankHolidayListView.as_view(), name="bank-holidays"
    ),
    path(_set, rule_set_views.RuleSetDetailView.as_view(), name="rule-set-detail"),
    path(_set + "new/", rule_set_views.RuleSetCreateView.as_view(), name="rule-set-create"),
    path(
        _set + "versions/<int:pk>/",
        rule_set_views.RuleSetDetailView.as_view(),
        name="rule-set-version",
    ),
]
