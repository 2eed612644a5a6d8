"""The register of agencies. Its pages ask rules.py, which the room of agencies lies below."""

from django.urls import path

from reviews import agency_views as views

app_name = "agencies"

urlpatterns = [
    path("", views.AgencyListView.as_view(), name="agency-list"),
    path("new/", views.AgencyCreateView.as_view(), name="agency-create"),
    path("<int:pk>/", views.AgencyDetailView.as_view(), name="agency-detail"),
    path("<int:pk>/change/", views.AgencyChangeView.as_view(), name="agency-change"),
    path("<int:pk>/successor/", views.AgencySuccessorView.as_view(), name="agency-successor"),
    path("<int:pk>/merge/", views.AgencyMergeView.as_view(), name="agency-merge"),
]
