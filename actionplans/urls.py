from django.urls import path

from actionplans import views

app_name = "actionplans"

_plan = "reviews/<slug:reference>/plan/"
_recommendation = _plan + "<int:pk>/"
_import = _plan + "imports/<int:pk>/"

urlpatterns = [
    path(_plan, views.PlanView.as_view(), name="plan"),
    path(_plan + "export/<str:format>/", views.PlanExportView.as_view(), name="plan-export"),
    path(_plan + "upload/", views.ImportUploadView.as_view(), name="import-upload"),
    path(_plan + "files/", views.ImportListView.as_view(), name="import-list"),
    path(_recommendation, views.RecommendationDetailView.as_view(), name="recommendation-detail"),
    path(_recommendation + "progress/", views.ProgressAddView.as_view(), name="progress-add"),
    path(
        _recommendation + "doubts/<int:number>/settle/",
        views.DoubtSettleView.as_view(),
        name="doubt-settle",
    ),
    path(_import, views.ImportDetailView.as_view(), name="import-detail"),
    path(_import + "columns/", views.ImportColumnsView.as_view(), name="import-columns"),
    path(_import + "kind/", views.ImportKindView.as_view(), name="import-kind"),
    path(_import + "save/", views.ImportSaveView.as_view(), name="import-save"),
    path(_import + "discard/", views.ImportDiscardView.as_view(), name="import-discard"),
    path(_import + "problems/", views.ImportProblemsView.as_view(), name="import-problems"),
    path(_import + "file/", views.ImportFileView.as_view(), name="import-file"),
]
