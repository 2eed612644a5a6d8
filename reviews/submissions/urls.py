from django.urls import path

from reviews.submissions.views import preparing, receipts, signing, versions

_one = "reviews/<slug:reference>/requests/<int:pk>/"
_submission = _one + "submission/"
_receipt = _submission + "receipts/<int:move>/"
_version = _one + "versions/<int:number>/"

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
    path(_submission + "sign-off/", signing.SignOffView.as_view(), name="submission-sign-off"),
    path(
        _submission + "files/<int:file>/",
        versions.SubmissionFileView.as_view(),
        name="submission-file",
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
    path(_version, versions.SubmissionDetailView.as_view(), name="submission-detail"),
    path(
        _version + "changes/", versions.SubmissionChangesView.as_view(), name="submission-changes"
    ),
    path(
        _version + "files/<int:file>/",
        versions.SubmissionDownloadView.as_view(),
        name="submission-download",
    ),
]
