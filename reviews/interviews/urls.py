from django.urls import path

from reviews.interviews import views

_all = "reviews/<slug:reference>/requests/<int:pk>/interviews/"

urlpatterns = [
    path(_all, views.InterviewListView.as_view(), name="interview-list"),
    path(_all + "new/", views.InterviewAddView.as_view(), name="interview-add"),
    path(_all + "print/", views.InterviewFileView.as_view(), name="interview-file"),
    path(
        _all + "<int:interview>/correct/",
        views.InterviewCorrectView.as_view(),
        name="interview-correct",
    ),
]
