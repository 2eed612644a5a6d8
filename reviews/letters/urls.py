from django.urls import path

from reviews.letters import views

_letters = "reviews/<slug:reference>/letters/"
_letter = _letters + "<int:pk>/"

urlpatterns = [
    path(_letters, views.LetterListView.as_view(), name="letter-list"),
    path(_letters + "new/", views.LetterChooseView.as_view(), name="letter-choose"),
    path(_letters + "new/<slug:kind>/", views.LetterCreateView.as_view(), name="letter-create"),
    path(
        _letters + "elsewhere/",
        views.LetterFromElsewhereView.as_view(),
        name="letter-from-elsewhere",
    ),
    path(_letter, views.LetterDetailView.as_view(), name="letter-detail"),
    path(_letter + "change/", views.LetterChangeView.as_view(), name="letter-change"),
    path(_letter + "finish/", views.LetterFinishView.as_view(), name="letter-finish"),
    path(_letter + "set-aside/", views.LetterSetAsideView.as_view(), name="letter-set-aside"),
    path(_letter + "register/", views.RegisterLineView.as_view(), name="letter-register"),
    path(
        _letter + "register/<int:line>/correct/",
        views.RegisterLineView.as_view(),
        name="letter-correct",
    ),
    path(_letter + "word/", views.LetterFileView.as_view(file="word"), name="letter-word-file"),
    path(_letter + "pdf/", views.LetterFileView.as_view(file="pdf"), name="letter-pdf-file"),
]
