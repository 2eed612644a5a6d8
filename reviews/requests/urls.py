from django.urls import path

from reviews.requests.views import answering, asking, files, leading, pages

_review = "reviews/<slug:reference>/requests/"
_one = _review + "<int:pk>/"
_receipt = _one + "receipts/<int:receipt>/"

urlpatterns = [
    # What a message leads to: it names no review.
    path("requests/<uuid:key>/", pages.RequestLinkView.as_view(), name="request-link"),
    path(_review, leading.RequestBoardView.as_view(), name="request-board"),
    path(_review + "ask/", asking.RequestAskView.as_view(), name="request-ask"),
    path(_review + "chase/", asking.RequestChaseView.as_view(), name="request-chase"),
    path(_review + "print/", files.BoardFileView.as_view(), name="request-board-file"),
    path(_one, pages.RequestDetailView.as_view(), name="request-detail"),
    path(_one + "what-is-asked/", files.AskedFileView.as_view(), name="request-asked-file"),
    path(_one + "template/", files.TemplateFileView.as_view(), name="request-template-file"),
    path(_one + "chronology/", files.ChronologyFileView.as_view(), name="request-chronology-file"),
    path(_one + "answer/", answering.RequestAnswerView.as_view(), name="request-answer"),
    path(_one + "draft/", answering.RequestDraftView.as_view(), name="request-draft"),
    path(_one + "nil/", answering.RequestNilView.as_view(), name="request-nil"),
    path(_one + "more-time/", answering.ExtensionAskView.as_view(), name="request-extension"),
    path(
        _one + "more-time/answer/",
        leading.ExtensionAnswerView.as_view(),
        name="request-extension-answer",
    ),
    path(_one + "return/", leading.RequestReturnView.as_view(), name="request-return"),
    path(_one + "accept/", leading.RequestAcceptView.as_view(), name="request-accept"),
    path(_one + "withdraw/", leading.RequestWithdrawView.as_view(), name="request-withdraw"),
    path(_one + "register/", leading.RequestRegisterView.as_view(), name="request-register"),
    path(_receipt, pages.ReceiptView.as_view(), name="request-receipt"),
    path(_receipt + "file/", files.ReceiptFileView.as_view(), name="request-receipt-file"),
]
