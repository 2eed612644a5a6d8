from django.urls import path

from chronologies import views

app_name = "chronologies"

_review = "reviews/<slug:reference>/"
_part = _review + "agencies/<int:part>/chronology/"
_context = _review + "context/"
_entry = _review + "entries/<int:pk>/"
_import = _review + "imports/<int:pk>/"

urlpatterns = [
    path(_review + "chronology/", views.CombinedView.as_view(), name="combined"),
    path(
        _review + "chronology/undated/",
        views.CombinedView.as_view(undated=True),
        name="combined-undated",
    ),
    path(_review + "chronology/side-by-side/", views.SideBySideView.as_view(), name="side-by-side"),
    path(_review + "chronology/export/", views.ExportCreateView.as_view(), name="export-create"),
    path(_review + "exports/<int:pk>/", views.ExportDetailView.as_view(), name="export-detail"),
    path(
        _review + "exports/<int:pk>/file/", views.ExportDownloadView.as_view(), name="export-file"
    ),
    path(_part, views.ChronologyView.as_view(), name="chronology"),
    path(_part + "add/", views.EntryAddView.as_view(), name="entry-add"),
    path(_part + "upload/", views.ImportUploadView.as_view(), name="import-upload"),
    path(_part + "files/", views.ImportListView.as_view(), name="import-list"),
    path(_part + "submit/", views.SubmitView.as_view(), name="chronology-submit"),
    path(_part + "export/", views.ChronologyExportView.as_view(), name="chronology-export"),
    path(_context, views.ChronologyView.as_view(), name="context-chronology"),
    path(_context + "add/", views.EntryAddView.as_view(), name="context-entry-add"),
    path(_context + "upload/", views.ImportUploadView.as_view(), name="context-import-upload"),
    path(_context + "files/", views.ImportListView.as_view(), name="context-import-list"),
    path(_entry, views.EntryDetailView.as_view(), name="entry-detail"),
    path(_entry + "change/", views.EntryChangeView.as_view(), name="entry-change"),
    path(_entry + "withdraw/", views.EntryWithdrawView.as_view(), name="entry-withdraw"),
    path(
        _entry + "doubts/<int:number>/settle/",
        views.DoubtSettleView.as_view(),
        name="doubt-settle",
    ),
    path(_import, views.ImportDetailView.as_view(), name="import-detail"),
    path(_import + "columns/", views.ImportColumnsView.as_view(), name="import-columns"),
    path(_import + "kind/", views.ImportKindView.as_view(), name="import-kind"),
    path(_import + "save/", views.ImportSaveView.as_view(), name="import-save"),
    path(_import + "again/", views.ImportAgainView.as_view(), name="import-again"),
    path(_import + "discard/", views.ImportDiscardView.as_view(), name="import-discard"),
    path(_import + "problems/", views.ImportProblemsView.as_view(), name="import-problems"),
    path(_import + "file/", views.ImportFileView.as_view(), name="import-file"),
]
