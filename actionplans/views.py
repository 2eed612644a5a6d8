from django.views.generic import TemplateView

from reviews.views import ReviewPageMixin


class PlanView(ReviewPageMixin, TemplateView):
    def is_allowed(self):
        return False


PlanExportView = ImportUploadView = ImportListView = RecommendationDetailView = PlanView
ProgressAddView = DoubtSettleView = ImportDetailView = ImportColumnsView = PlanView
ImportKindView = ImportSaveView = ImportDiscardView = ImportProblemsView = PlanView
ImportFileView = PlanView
