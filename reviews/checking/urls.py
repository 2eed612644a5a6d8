from django.urls import path

from reviews.checking.views import checks, lists

_request = "reviews/<slug:reference>/requests/<int:pk>/check/"
_list = "checklists/<slug:partnership>/<slug:checked>/"

urlpatterns = [
    path(_request, checks.CheckView.as_view(), name="check"),
    path(_request + "earlier/<int:check>/", checks.CheckDetailView.as_view(), name="check-detail"),
    path(_request + "ask/", checks.CheckAskView.as_view(), name="check-ask"),
    path(
        _request + "asked/<int:given>/end/",
        checks.CheckAskEndView.as_view(),
        name="check-ask-end",
    ),
    path("checklists/", lists.ChecklistsView.as_view(), name="checklists"),
    path(_list, lists.ChecklistDetailView.as_view(), name="checklist-detail"),
    path(_list + "new/", lists.ChecklistCreateView.as_view(), name="checklist-create"),
    path(
        _list + "versions/<int:pk>/", lists.ChecklistDetailView.as_view(), name="checklist-version"
    ),
]
