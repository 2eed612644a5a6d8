from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path(
        "invitation/<str:secret>/", views.InvitationAcceptView.as_view(), name="invitation-accept"
    ),
]
