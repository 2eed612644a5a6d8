from django.urls import path

from reviews.wording import views

_one = "templates/<slug:partnership>/<slug:kind>/"

urlpatterns = [
    path("templates/", views.WordingListView.as_view(), name="wording-list"),
    path(_one, views.WordingDetailView.as_view(), name="wording-detail"),
    path(_one + "new/", views.WordingCreateView.as_view(), name="wording-create"),
    path(_one + "versions/<int:pk>/", views.WordingDetailView.as_view(), name="wording-version"),
]
