from django.urls import path

from reviews.people import views

_people = "reviews/<slug:reference>/people/"
_person = _people + "<int:pk>/"

urlpatterns = [
    path(_people, views.RegisterView.as_view(), name="register"),
    path(_person, views.PersonDetailView.as_view(), name="person-detail"),
    path(_person + "change/", views.PersonChangeView.as_view(), name="person-change"),
    path(_person + "reveal/", views.PersonRevealView.as_view(), name="person-reveal"),
    path(_person + "identity/", views.IdentityView.as_view(), name="person-identity"),
    path(_people + "genogram/", views.GenogramView.as_view(), name="genogram"),
    path(_people + "genogram/picture/", views.GenogramPictureView.as_view(), name="genogram-file"),
    path(
        _people + "relationships/add/",
        views.RelationshipAddView.as_view(),
        name="relationship-add",
    ),
    path(
        _people + "relationships/<int:pk>/withdraw/",
        views.RelationshipWithdrawView.as_view(),
        name="relationship-withdraw",
    ),
]
