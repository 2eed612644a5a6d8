from django.urls import path

from reviews.inviting import views

_access = "reviews/<slug:reference>/access/"

urlpatterns = [
    path(_access + "invite/many/", views.InviteManyView.as_view(), name="invite-many"),
    path(_access + "invitations/", views.InvitationListView.as_view(), name="invitation-list"),
    path(
        _access + "invitations/<int:pk>/again/",
        views.InvitationAgainView.as_view(),
        name="invitation-again",
    ),
    path(
        _access + "invitations/<int:pk>/withdraw/",
        views.InvitationWithdrawView.as_view(),
        name="invitation-withdraw",
    ),
]
