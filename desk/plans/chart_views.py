"""The charts of the actions of all reviews, or of one."""

from django.views.generic import TemplateView

from desk.plans.charts import charts_of
from desk.plans.views import OfReviewMixin, PlansMixin


class ChartsView(PlansMixin, TemplateView):
    template_name = "desk/plans/charts.html"

    def get_context_data(self, **kwargs):
        any_rows = self.seen.rows.exists()
        charts = charts_of(self.seen, self.address("list")) if any_rows else []
        return super().get_context_data(**kwargs) | {"charts": charts, "on": self.on}


class ReviewChartsView(OfReviewMixin, ChartsView):
    pass
