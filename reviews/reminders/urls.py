from django.urls import path

from reviews.reminders import views

urlpatterns = [
    path("messages/", views.MessageListView.as_view(), name="message-list"),
    path("messages/tomorrow/", views.TomorrowView.as_view(), name="message-tomorrow"),
    path("messages/<int:pk>/", views.MessageDetailView.as_view(), name="message-detail"),
    path(
        "messages/days/<slug:partnership>/",
        views.ReminderStepsView.as_view(),
        name="reminder-steps",
    ),
    path(
        "messages/days/<slug:partnership>/new/",
        views.ReminderStepsCreateView.as_view(),
        name="reminder-steps-create",
    ),
    path("reminders/<int:pk>/", views.ReminderWhyView.as_view(), name="reminder-why"),
]
