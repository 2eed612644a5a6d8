from django.urls import path

from reviews.proceedings.disclosure import views

_all = "reviews/<slug:reference>/proceedings/disclosure/"
_one = _all + "<int:pk>/"

urlpatterns = [
    path(_all, views.DisclosureView.as_view(), name="disclosure"),
    path(_all + "mark/<slug:source>/<int:pk>/", views.MarkView.as_view(), name="disclosure-mark"),
    path(_all + "freeze/", views.FreezeView.as_view(), name="disclosure-freeze"),
    path(_one, views.ScheduleView.as_view(), name="disclosure-schedule"),
    path(_one + "download/", views.ScheduleDownloadView.as_view(), name="disclosure-download"),
    path(_one + "pdf/", views.SchedulePdfView.as_view(), name="disclosure-pdf-file"),
    path(_one + "hand-over/", views.HandOverView.as_view(), name="disclosure-hand-over"),
    path(_all + "handed/<int:pk>/", views.HandedDownloadView.as_view(), name="disclosure-handed"),
]
