from django.urls import path

from reviews.querying.views import answering, deciding, pages, raising

_review = "reviews/<slug:reference>/queries/"
_one = _review + "<int:pk>/"
_request = "reviews/<slug:reference>/requests/<int:pk>/queries/"

urlpatterns = [
    # What a message leads to: it names no review.
    path("queries/<uuid:key>/", pages.QueryLinkView.as_view(), name="query-link"),
    path(_review, pages.QueryListView.as_view(), name="query-list"),
    path(_one, pages.QueryDetailView.as_view(), name="query-detail"),
    path(_one + "words/", raising.QueryRewordView.as_view(), name="query-reword"),
    path(_one + "send/", raising.QuerySendView.as_view(), name="query-send"),
    path(_one + "answer/", answering.QueryAnswerView.as_view(), name="query-answer"),
    path(
        _one + "answers/<int:answer>/file/",
        pages.AnswerFileView.as_view(),
        name="query-answer-file",
    ),
    path(_one + "accept/", deciding.QueryAcceptView.as_view(), name="query-accept"),
    path(_one + "dispute/", deciding.QueryDisputeView.as_view(), name="query-dispute"),
    path(_one + "again/", deciding.QueryAgainView.as_view(), name="query-again"),
    path(_one + "withdraw/", deciding.QueryWithdrawView.as_view(), name="query-withdraw"),
    path(_request + "raise/", raising.QueryRaiseView.as_view(), name="query-raise"),
    path(_request + "send/", answering.AnswersSendView.as_view(), name="query-answers-send"),
]
