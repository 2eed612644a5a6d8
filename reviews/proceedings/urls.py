from django.urls import path

from reviews.proceedings import views

_all = "reviews/<slug:reference>/proceedings/"
_one = _all + "<int:pk>/"
_post = _all + "contacts/<uuid:pk>/"

urlpatterns = [
    path(_all, views.ProceedingListView.as_view(), name="proceedings"),
    path(_all + "new/", views.ProceedingAddView.as_view(), name="proceeding-add"),
    path(_one, views.ProceedingView.as_view(), name="proceeding"),
    path(_one + "date/", views.EventAddView.as_view(), name="proceeding-date-add"),
    path(_all + "dates/<int:pk>/move/", views.EventMoveView.as_view(), name="proceeding-date-move"),
    path(_one + "status/", views.StatusView.as_view(), name="proceeding-status"),
    path(_one + "contact/", views.PostAddView.as_view(), name="proceeding-post-add"),
    path(_post, views.PostRevealView.as_view(), name="proceeding-post"),
    path(_post + "end/", views.PostEndView.as_view(), name="proceeding-post-end"),
    path(_one + "hold/", views.HoldBeginView.as_view(), name="hold-begin"),
    path(_all + "holds/<int:pk>/release/", views.HoldReleaseView.as_view(), name="hold-release"),
]
