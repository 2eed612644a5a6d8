"""What a board reads of published plans: recommendations, who leads them, and how they stand."""

import io
from collections import Counter

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView, View

from actionplans.documents import NO_DATE, Tag
from actionplans.progress.showing import standing_of
from actionplans.seeing.figures import broken_down
from actionplans.seeing.listing import Published
from audit.models import EventType
from audit.services import record
from desk.plans import exports
from desk.plans.forms import PublishedForm
from desk.plans.showing import Shown, linked
from desk.plans.views import PAGE, papers_of
from foundations.vault.downloads import XLSX, attachment
from reviews import rules
from reviews.views import GuardedMixin


class PublishedMixin(GuardedMixin):
    def is_allowed(self):
        return rules.can_read_published(self.access)

    @cached_property
    def seen(self):
        return Published(self.request.user, on=timezone.localdate(), now=timezone.now())

    @cached_property
    def form(self):
        return PublishedForm(self.request.GET, seen=self.seen)

    def rows(self):
        return self.seen.in_order(self.seen.chosen(self.form.asked), "plan")

    def shown(self, row):
        tags = [standing_of(row)]
        if row.is_overdue(on=self.seen.on):
            tags.append(Tag("Overdue", "red"))
        return Shown(
            row=row,
            leads=", ".join(link.participation.agency.name for link in row.lead_links.all()),
            target=row.target_as_written or str(row.target) or NO_DATE,
            tags=tags,
            slipped="",
        )


class PublishedView(PublishedMixin, TemplateView):
    template_name = "desk/plans/published.html"

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows().for_display(), PAGE).get_page(self.request.GET.get("page"))
        for review, n in Counter(row.review for row in page).items():
            record(EventType.PLAN_READ, by=self.request.user, review=review, rows=n)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "page_obj": page,
            "rows": [self.shown(row) for row in page],
            "figures": self.figures(),
            "query": urlencode(self.form.written),
            "papers_of": papers_of(self.access),
        }

    def figures(self):
        """How many stand where, each the length of a list on this page."""
        address, written = reverse("desk:plans-published"), self.form.written
        of = self.seen.chosen({name: v for name, v in self.form.asked.items() if name != "status"})
        lines = broken_down(self.seen, of, "status", columns=("all",))
        return [
            {
                "label": line.label,
                "value": linked(
                    line.counts["all"],
                    f"{address}?{urlencode({**written, 'status': line.key})}",
                    line.label,
                ),
            }
            for line in lines
        ]


class PublishedExportView(PublishedMixin, View):
    """Exactly the rows of the list, in its order."""

    def get(self, request, *args, **kwargs):
        stream = io.BytesIO()
        written = exports.write_published(
            (self.shown(row) for row in exports.fetched(self.rows())), stream
        )
        record(
            EventType.EXPORTED,
            by=request.user,
            document="published actions",
            format="xlsx",
            rows=written.rows,
        )
        return attachment(stream.getvalue(), name="published actions.xlsx", media_type=XLSX)
