from django.urls import path

from reviews.submissions.views import preparing, receipts

_submission = "reviews/<slug:reference>/requests/<int:pk>/submission/"
_receipt = _submission + "receipts/<int:move>/"

urlpatterns = [
    path(_submission, preparing.SubmissionPrepareView.as_view(), name="submission-prepare"),
    path(
        _submission + "hand-in/",
        preparing.SubmissionHandInView.as_view(),
        name="submission-hand-in",
    ),
    path(
        _submission + "take-back/",
        preparing.SubmissionTakeBackView.as_view(),
        name="submission-take-back",
    ),
    path(
        _submission + "files/<int:file>/remove/",
        preparing.SubmissionFileRemoveView.as_view(),
        name="submission-file-remove",
    ),
    path(_receipt, receipts.SubmissionReceiptView.as_view(), name="submission-receipt"),
    path(
        _receipt + "file/",
        receipts.SubmissionReceiptFileView.as_view(),
        name="submission-receipt-file",
    ),
]
