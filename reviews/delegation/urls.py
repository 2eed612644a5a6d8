from django.urls import path

from reviews.delegation import views

_delegations = "reviews/<slug:reference>/delegations/"

urlpatterns = [
    path(_delegations, views.DelegationListView.as_view(), name="delegation-list"),
    path(
        _delegations + "of/<int:pk>/new/",
        views.DelegationCreateView.as_view(),
        name="delegation-create",
    ),
    path(_delegations + "<uuid:pk>/end/", views.DelegationEndView.as_view(), name="delegation-end"),
]
