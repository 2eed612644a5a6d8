from django.urls import path

from reviews.intake.views import deciding, scoping

_review = "reviews/<slug:reference>/"

urlpatterns = [
    path(_review + "decision/", deciding.DecisionListView.as_view(), name="decision-list"),
    path(_review + "decision/new/", deciding.DecisionCreateView.as_view(), name="decision-create"),
    path(_review + "circumstances/", deciding.CircumstancesView.as_view(), name="circumstances"),
    path(_review + "scoping/", scoping.ScopingBoardView.as_view(), name="scoping-board"),
    path(_review + "scoping/ask/", scoping.ScopingAskView.as_view(), name="scoping-ask"),
    path(_review + "scoping/<int:pk>/", scoping.ScopingDetailView.as_view(), name="scoping-detail"),
    path(
        _review + "scoping/<int:pk>/answer/",
        scoping.ScopingAnswerView.as_view(),
        name="scoping-answer",
    ),
]
