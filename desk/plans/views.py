"""The actions of plans, of all reviews or of one: figures, breakdowns, the list and its file."""

import io
from collections import Counter

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView, View

from actionplans.seeing.figures import figures_of
from actionplans.seeing.listing import Seen
from actionplans.seeing.models import SavedFilter
from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from desk.plans import exports
from desk.plans.forms import PlansForm
from desk.plans.showing import HEADS, linked_figures, linked_lines, shown, without_standing
from foundations.vault.downloads import XLSX, attachment
from reviews import rules
from reviews.views import GuardedMixin, ReviewPageMixin

PAGE = 50
EVERYTHING = "show"  # asked for all, so that one's own default filter is not used


def papers_of(access):
    """The partnerships whose papers somebody may look for, by name."""
    return Partnership.objects.filter(pk__in=rules.partnerships_with_papers(access))


class PlansMixin(GuardedMixin):
    """Of all reviews: each person finds the rows that `visible_to` gives them, and no count more."""

    review = None
    names = {
        "list": "desk:plans",
        "export": "desk:plans-export",
        "changes": "desk:plans-changes",
        "changes_export": "desk:plans-changes-export",
        "charts": "desk:plans-charts",
    }

    def is_allowed(self):
        return True

    def stopped(self):
        """Whoever only reads for a board finds nothing here, and what is theirs on a page of its own."""
        reads = self.request.method in ("GET", "HEAD") and rules.can_read_published(self.access)
        return redirect("desk:plans-published") if reads and not self.seen.reads_plans else None

    @cached_property
    def on(self):
        return timezone.localdate()

    @cached_property
    def seen(self):
        return Seen(self.request.user, on=self.on, now=timezone.now(), review=self.review)

    def address(self, name):
        return reverse(self.names[name], args=[self.review.reference] if self.review else [])

    def record_read(self, reviews):
        """One event in the trail of each review whose rows are shown."""
        for review, n in Counter(reviews).items():
            record(EventType.PLAN_READ, by=self.request.user, review=review, rows=n)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "addresses": {name: self.address(name) for name in self.names},
            "review": self.review,
            "may_read_published": rules.can_read_published(self.access),
            "may_see_repeats": rules.can_see_repeats(self.access),
            "papers_of": papers_of(self.access),
            "asking_of": Partnership.objects.filter(
                pk__in=self.access.appointments[rules.Role.COORDINATOR]
            ),
        }


class OfReviewMixin(ReviewPageMixin):
    """The same of one review; stands before the mixin or view of all reviews."""

    names = {
        "list": "desk:review-plans",
        "export": "desk:review-plans-export",
        "changes": "desk:review-plans-changes",
        "changes_export": "desk:review-plans-changes-export",
        "charts": "desk:review-plans-charts",
    }

    def is_allowed(self):
        return rules.can_see_plan(self.access, self.review)


class ListMixin(PlansMixin):
    @cached_property
    def form(self):
        return PlansForm(self.request.GET, seen=self.seen)

    def rows(self):
        asked = self.form.asked
        rows = self.seen.in_order(self.seen.chosen(asked), asked.get("order", ""))
        return rows.told_whole(self.request.user)


class PlansView(ListMixin, TemplateView):
    template_name = "desk/plans/list.html"

    def get(self, request, *args, **kwargs):
        return self.used_first() or super().get(request, *args, **kwargs)

    def used_first(self):
        """Where nothing was asked: the filter that this person wants to begin with."""
        if self.review or self.request.GET:
            return None
        mine = SavedFilter.objects.visible_to(self.request.user)
        first = mine.filter(is_default=True).first()
        if first is None or not first.chosen:
            return None
        return redirect(f"{self.address('list')}?{urlencode(first.chosen)}")

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows().for_display(), PAGE).get_page(self.request.GET.get("page"))
        self.record_read(row.review for row in page)
        written = self.form.written
        of = self.seen.chosen(without_standing(self.form.asked))
        by = written.get("by") or "agency"
        address = self.address("list")
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "page_obj": page,
            "rows": [shown(row, on=self.on, now=self.seen.now) for row in page],
            "figures": linked_figures(figures_of(self.seen, of), address, written),
            "by": self.seen.groups[by],
            "heads": HEADS.values(),
            "lines": linked_lines(self.seen, of, by, address, written),
            "query": urlencode(written),
            "is_filtered": bool(written),
            "saved": self.saved(),
        }

    def saved(self):
        if self.review:
            return []
        mine = SavedFilter.objects.visible_to(self.request.user)
        return [
            (one, f"{self.address('list')}?{urlencode(one.chosen or {EVERYTHING: 'all'})}")
            for one in mine
        ]


class ReviewPlansView(OfReviewMixin, PlansView):
    pass


class PlansExportView(ListMixin, View):
    """Exactly the rows of the list, in its order."""

    def get(self, request, *args, **kwargs):
        rows, stream = self.rows(), io.BytesIO()
        shown_rows = (shown(row, on=self.on, now=self.seen.now) for row in exports.fetched(rows))
        written = exports.write_rows(shown_rows, stream)
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="the actions of plans",
            format="xlsx",
            rows=written.rows,
        )
        name = f"{self.review.reference} actions.xlsx" if self.review else "actions.xlsx"
        return attachment(stream.getvalue(), name=name, media_type=XLSX)


class ReviewPlansExportView(OfReviewMixin, PlansExportView):
    pass
