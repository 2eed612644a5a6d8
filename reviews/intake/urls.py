from django.urls import path

from reviews.intake.views import deciding

_review = "reviews/<slug:reference>/"

urlpatterns = [
    path(_review + "decision/", deciding.DecisionListView.as_view(), name="decision-list"),
    path(_review + "decision/new/", deciding.DecisionCreateView.as_view(), name="decision-create"),
    path(_review + "circumstances/", deciding.CircumstancesView.as_view(), name="circumstances"),
]
