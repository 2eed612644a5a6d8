from django.urls import path

from reviews.lifecycle import views

_review = "reviews/<slug:reference>/"

urlpatterns = [
    path(_review + "course/", views.CourseView.as_view(), name="course"),
    path(_review + "stage/", views.ReviewStageView.as_view(), name="review-stage"),
    path(_review + "suspend/", views.SuspendView.as_view(), name="suspend-review"),
    path(_review + "resume/", views.ResumeView.as_view(), name="resume-review"),
    path(_review + "discontinue/", views.DiscontinueView.as_view(), name="discontinue-review"),
    path(_review + "merge/", views.MergeView.as_view(), name="merge-review"),
    path(_review + "close/", views.CloseView.as_view(), name="close-review"),
    path(_review + "reopen/", views.ReopenView.as_view(), name="reopen-review"),
]
