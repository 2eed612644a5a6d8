from django.urls import path

from reviews.family import views

_family = "reviews/<slug:reference>/family/"
_one = _family + "<int:pk>/"

urlpatterns = [
    path(_family, views.CorrespondentListView.as_view(), name="family"),
    path(_family + "new/", views.CorrespondentAddView.as_view(), name="correspondent-add"),
    path(_family + "wishes/", views.WishListView.as_view(), name="wish-list"),
    path(_family + "wishes/<int:pk>/answer/", views.WishAnswerView.as_view(), name="wish-answer"),
    path(
        _family + "contacts/<int:pk>/correct/",
        views.ContactCorrectView.as_view(),
        name="contact-correct",
    ),
    path(_one, views.CorrespondentView.as_view(), name="correspondent"),
    path(_one + "contact/", views.ContactAddView.as_view(), name="contact-add"),
    path(_one + "not-before/", views.HoldView.as_view(), name="contact-hold"),
    path(_one + "engagement/", views.EngagementView.as_view(), name="engagement-decide"),
    path(_one + "wish/", views.WishAddView.as_view(), name="wish-add"),
    path(_one + "details/", views.DetailsView.as_view(), name="contact-details"),
    path(_one + "details/enter/", views.DetailsChangeView.as_view(), name="contact-details-enter"),
]
