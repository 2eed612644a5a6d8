from django.urls import path

from actionplans import views
from actionplans.asking import coordinator_views as coordinating
from actionplans.asking import views as asking
from actionplans.earlier import views as earlier
from actionplans.editing import views as editing
from actionplans.many import views as many
from actionplans.national import views as national
from actionplans.papers import views as papers
from actionplans.progress import views as progress
from actionplans.resting import views as resting
from actionplans.sheet import views as sheet

app_name = "actionplans"

_plan = "reviews/<slug:reference>/plan/"
_recommendation = _plan + "<int:pk>/"
_import = _plan + "imports/<int:pk>/"
_row = _plan + "rows/<int:pk>/"
_sheets = _plan + "sheets/"
_sheet = _sheets + "<int:pk>/"

_recommendations = "reviews/<slug:reference>/recommendations/"
_one = _recommendations + "<int:pk>/"
_batch = "action-plans/import/<int:pk>/"
_papers = _plan + "papers/"
_papers_of_all = "plan-papers/of/<slug:partnership>/"
_request = "actions/requests/<int:pk>/"
_asking = "actions/asking/<slug:partnership>/"
_earlier = "reviews/<slug:reference>/earlier-report/"

urlpatterns = [
    path(_plan, views.PlanView.as_view(), name="plan"),
    path(_plan + "export/<str:format>/", views.PlanExportView.as_view(), name="plan-export"),
    path(_plan + "upload/", views.ImportUploadView.as_view(), name="import-upload"),
    path(_plan + "files/", views.ImportListView.as_view(), name="import-list"),
    path(_recommendation, views.RecommendationDetailView.as_view(), name="recommendation-detail"),
    path(
        _recommendation + "doubts/<int:number>/settle/",
        views.DoubtSettleView.as_view(),
        name="doubt-settle",
    ),
    path(_row, progress.RowDetailView.as_view(), name="row-detail"),
    path(_row + "update/", progress.RowUpdateView.as_view(), name="row-update"),
    path(_row + "done/", progress.RowDoneView.as_view(), name="row-done"),
    path(_row + "settle/", progress.RowSettleView.as_view(), name="row-settle"),
    path(_row + "impact/", progress.RowImpactView.as_view(), name="row-impact"),
    path(_recommendation + "decide/", progress.DecideView.as_view(), name="decision-add"),
    path(_plan + "to-settle/", progress.ToSettleView.as_view(), name="to-settle"),
    path(_plan + "national/", national.NationalView.as_view(), name="national"),
    path(_recommendation + "national/", national.StepAddView.as_view(), name="national-step-add"),
    path("national/", national.AllNationalView.as_view(), name="national-all"),
    path("actions/", progress.MyRowsView.as_view(), name="my-rows"),
    path(_request, asking.RequestDetailView.as_view(), name="request-detail"),
    path(_request + "sheet/", asking.RequestSheetView.as_view(), name="request-sheet"),
    path(_request + "return/", asking.RequestReturnView.as_view(), name="request-return"),
    path(_asking, coordinating.AskingView.as_view(), name="asking"),
    path(_asking + "rows/", coordinating.AskingRowsView.as_view(), name="asking-rows"),
    path(_asking + "tomorrow/", coordinating.AskingTomorrowView.as_view(), name="asking-tomorrow"),
    path(_asking + "schedule/", coordinating.ScheduleView.as_view(), name="asking-schedule"),
    path(
        _asking + "agencies/<int:agency>/",
        coordinating.AskAgencyView.as_view(),
        name="asking-agency",
    ),
    path(
        _asking + "agencies/<int:agency>/hand-over/",
        coordinating.HandOverView.as_view(),
        name="asking-hand-over",
    ),
    path(_row + "files/<int:file>/", progress.RowEvidenceView.as_view(), name="row-evidence-file"),
    path(_import, views.ImportDetailView.as_view(), name="import-detail"),
    path(_import + "columns/", views.ImportColumnsView.as_view(), name="import-columns"),
    path(_import + "kind/", views.ImportKindView.as_view(), name="import-kind"),
    path(_import + "save/", views.ImportSaveView.as_view(), name="import-save"),
    path(_import + "discard/", views.ImportDiscardView.as_view(), name="import-discard"),
    path(_import + "problems/", views.ImportProblemsView.as_view(), name="import-problems"),
    path(_import + "file/", views.ImportFileView.as_view(), name="import-file"),
    path(
        _recommendations + "new/",
        resting.RecommendationCreateView.as_view(),
        name="recommendation-create",
    ),
    path(_recommendations + "drafts/", resting.DraftsView.as_view(), name="recommendation-drafts"),
    path(_recommendations + "own/", resting.OwnPointsView.as_view(), name="own-points"),
    path(
        _one + "change/", resting.RecommendationChangeView.as_view(), name="recommendation-change"
    ),
    path(
        _one + "remove/", resting.RecommendationRemoveView.as_view(), name="recommendation-remove"
    ),
    path(_one + "lessons/", resting.RecommendationRestView.as_view(), name="recommendation-rest"),
    path(
        _one + "lessons/<int:tie>/untie/",
        resting.RecommendationUnrestView.as_view(),
        name="recommendation-unrest",
    ),
    path(_one + "follow/", editing.FollowingView.as_view(), name="recommendation-follow"),
    path(_one + "actions/new/", editing.ActionAddView.as_view(), name="action-add"),
    path(
        _one + "actions/<int:action>/change/",
        editing.ActionChangeView.as_view(),
        name="action-change",
    ),
    path(
        _one + "actions/<int:action>/remove/",
        editing.ActionRemoveView.as_view(),
        name="action-remove",
    ),
    path(
        _one + "milestones/",
        editing.MilestonesView.as_view(),
        name="recommendation-milestones",
    ),
    path(_row + "owner/", editing.RowOwnerView.as_view(), name="row-owner"),
    path(_plan + "order/", editing.PlanOrderView.as_view(), name="plan-order"),
    path(_plan + "many/", sheet.ManyRowsView.as_view(), name="sheet-rows"),
    path(_sheets, sheet.SheetBringView.as_view(), name="sheet-bring"),
    path(_sheets + "download/", sheet.SheetDownloadView.as_view(), name="sheet-download"),
    path(_sheets + "paste/", sheet.SheetPasteView.as_view(), name="sheet-paste"),
    path(_sheet, sheet.SheetDetailView.as_view(), name="sheet-detail"),
    path(_sheet + "choices/", sheet.SheetChoicesView.as_view(), name="sheet-choices"),
    path(_sheet + "save/", sheet.SheetSaveView.as_view(), name="sheet-save"),
    path(_sheet + "discard/", sheet.SheetDiscardView.as_view(), name="sheet-discard"),
    path(_sheet + "file/", sheet.SheetFileView.as_view(), name="sheet-file"),
    path("action-plans/import/", many.BatchUploadView.as_view(), name="batch-upload"),
    path(_batch, many.BatchDetailView.as_view(), name="batch-detail"),
    path(_batch + "columns/", many.BatchColumnsView.as_view(), name="batch-columns"),
    path(_batch + "save/", many.BatchSaveView.as_view(), name="batch-save"),
    path(_earlier, earlier.EarlierUploadView.as_view(), name="earlier-upload"),
    path(_earlier + "<int:pk>/", earlier.EarlierDetailView.as_view(), name="earlier-detail"),
    path(_earlier + "<int:pk>/lines/", earlier.EarlierLinesView.as_view(), name="earlier-lines"),
    path(_earlier + "<int:pk>/bodies/", earlier.EarlierBodiesView.as_view(), name="earlier-bodies"),
    path(_earlier + "<int:pk>/save/", earlier.EarlierSaveView.as_view(), name="earlier-save"),
    path(
        _earlier + "<int:pk>/discard/", earlier.EarlierDiscardView.as_view(), name="earlier-discard"
    ),
    path(_earlier + "<int:pk>/undo/", earlier.EarlierUndoView.as_view(), name="earlier-undo"),
    path(_earlier + "<int:pk>/file/", earlier.EarlierFileView.as_view(), name="earlier-file"),
    path(_papers, papers.ReviewPapersView.as_view(), name="paper-list"),
    path(_papers + "draft/", papers.ReviewDraftView.as_view(), name="paper-draft"),
    path(_papers + "new/", papers.ReviewFinalView.as_view(), name="paper-create"),
    path(_papers_of_all, papers.PartnershipPapersView.as_view(), name="papers-list"),
    path(_papers_of_all + "draft/", papers.PartnershipDraftView.as_view(), name="papers-draft"),
    path(_papers_of_all + "new/", papers.PartnershipFinalView.as_view(), name="papers-create"),
    path("plan-papers/<int:pk>/", papers.PaperDetailView.as_view(), name="paper-detail"),
    path("plan-papers/<int:pk>/<str:format>/", papers.PaperFileView.as_view(), name="paper-file"),
]
