from django.urls import path

from chronologies.marking.urls import urlpatterns as marking
from chronologies.mismatches.views import pages as mismatches
from chronologies.mismatches.views import steps as mismatch_steps
from chronologies.querying import views as querying
from chronologies.timeline import views as timeline
from chronologies.views import beside, combined, entries, imports, people, places

app_name = "chronologies"

_review = "reviews/<slug:reference>/"
_part = _review + "agencies/<int:part>/chronology/"
_context = _review + "context/"
_entry = _review + "entries/<int:pk>/"
_import = _review + "imports/<int:pk>/"
_mismatches = _review + "mismatches/"
_mismatch = _mismatches + "<int:pk>/"

urlpatterns = [
    path(_review + "chronology/", combined.CombinedView.as_view(), name="combined"),
    path(
        _review + "chronology/undated/",
        combined.CombinedView.as_view(undated=True),
        name="combined-undated",
    ),
    path(_review + "chronology/export/", combined.ExportCreateView.as_view(), name="export-create"),
    path(_review + "timeline/", timeline.TimelineView.as_view(), name="timeline"),
    path(_review + "timeline/density/", timeline.DensityView.as_view(), name="density"),
    path(_review + "timeline/around/", timeline.AroundView.as_view(), name="around"),
    path(
        _review + "timeline/export/", timeline.TimelineExportView.as_view(), name="timeline-export"
    ),
    path(_review + "exports/<int:pk>/", combined.ExportDetailView.as_view(), name="export-detail"),
    path(
        _review + "exports/<int:pk>/file/",
        combined.ExportDownloadView.as_view(),
        name="export-file",
    ),
    path(
        _review + "requests/<int:pk>/versions/<int:number>/beside/",
        beside.BesideView.as_view(),
        name="beside",
    ),
    path(_part, places.ChronologyView.as_view(), name="chronology"),
    path(_part + "add/", places.EntryAddView.as_view(), name="entry-add"),
    path(_part + "upload/", imports.ImportUploadView.as_view(), name="import-upload"),
    path(_part + "files/", imports.ImportListView.as_view(), name="import-list"),
    path(_part + "submit/", places.SubmitView.as_view(), name="chronology-submit"),
    path(_part + "complete/", places.CompleteView.as_view(), name="chronology-complete"),
    path(_part + "export/", combined.ChronologyExportView.as_view(), name="chronology-export"),
    path(_context, places.ChronologyView.as_view(), name="context-chronology"),
    path(_context + "add/", places.EntryAddView.as_view(), name="context-entry-add"),
    path(_context + "upload/", imports.ImportUploadView.as_view(), name="context-import-upload"),
    path(_context + "files/", imports.ImportListView.as_view(), name="context-import-list"),
    path(_entry, entries.EntryDetailView.as_view(), name="entry-detail"),
    path(_entry + "change/", entries.EntryChangeView.as_view(), name="entry-change"),
    path(_entry + "withdraw/", entries.EntryWithdrawView.as_view(), name="entry-withdraw"),
    path(_entry + "query/", querying.EntryQueryView.as_view(), name="entry-query"),
    path(
        _review + "queries/<int:pk>/found/", querying.QueryFoundView.as_view(), name="query-found"
    ),
    path(_entry + "names/", people.NamesReplaceView.as_view(), name="names-replace"),
    path(
        _review + "people/<int:pk>/pseudonym/",
        people.PersonRenameView.as_view(),
        name="person-rename",
    ),
    path(
        _entry + "doubts/<int:number>/settle/",
        entries.DoubtSettleView.as_view(),
        name="doubt-settle",
    ),
    path(_mismatches, mismatches.MismatchListView.as_view(), name="mismatch-list"),
    path(_mismatches + "look/", mismatches.LookAgainView.as_view(), name="mismatch-look"),
    path(_mismatches + "export/", mismatches.MismatchExportView.as_view(), name="mismatch-export"),
    path(_mismatch, mismatches.MismatchDetailView.as_view(), name="mismatch-detail"),
    path(_mismatch + "judge/", mismatch_steps.MismatchJudgeView.as_view(), name="mismatch-judge"),
    path(
        _mismatch + "agencies/<int:part>/ask/",
        mismatch_steps.MismatchQueryView.as_view(),
        name="mismatch-query",
    ),
    path(_import, imports.ImportDetailView.as_view(), name="import-detail"),
    path(_import + "columns/", imports.ImportColumnsView.as_view(), name="import-columns"),
    path(_import + "kind/", imports.ImportKindView.as_view(), name="import-kind"),
    path(_import + "save/", imports.ImportSaveView.as_view(), name="import-save"),
    path(_import + "again/", imports.ImportAgainView.as_view(), name="import-again"),
    path(_import + "discard/", imports.ImportDiscardView.as_view(), name="import-discard"),
    path(_import + "problems/", imports.ImportProblemsView.as_view(), name="import-problems"),
    path(_import + "file/", imports.ImportFileView.as_view(), name="import-file"),
    *marking,
]
