"""What changed in plans between two days, of all reviews or of one, and its file."""

import io
from datetime import timedelta

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView, View

from actionplans.seeing.changes import KINDS, Changes
from audit.models import EventType
from audit.services import record
from desk.plans import exports
from desk.plans.forms import ChangesForm
from desk.plans.showing import linked
from desk.plans.views import PAGE, OfReviewMixin, PlansMixin
from foundations.vault.downloads import XLSX, attachment

USUAL = timedelta(days=31)
PIECE = 1_000  # changes fetched at a time for a file


class ChangesMixin(PlansMixin):
    @cached_property
    def form(self):
        return ChangesForm(self.request.GET)

    @cached_property
    def asked(self):
        """(first day, last day, kind): the last month where nothing was asked."""
        said = self.form.cleaned_data if self.form.is_valid() else {}
        until = said.get("until") or max(self.on, said.get("since") or self.on)
        return said.get("since") or until - USUAL, until, said.get("kind", "")

    @cached_property
    def changes(self):
        since, until, _ = self.asked
        return Changes(self.request.user, since=since, until=until, review=self.review)


class ChangesView(ChangesMixin, TemplateView):
    template_name = "desk/plans/changes.html"

    def get_context_data(self, **kwargs):
        since, until, kind = self.asked
        page = Paginator(self.changes.listed(kind), PAGE).get_page(self.request.GET.get("page"))
        listed = self.changes.fetched(page.object_list)
        self.record_read(one.review for one in listed)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "since": since,
            "until": until,
            "kind": KINDS.get(kind, ""),
            "page_obj": page,
            "changes": listed,
            "figures": self.figures(since, until),
            "query": self.days(since, until) + (f"&kind={kind}" if kind else ""),
        }

    def figures(self, since, until):
        address, days = self.address("changes"), self.days(since, until)
        return [
            {"label": label, "value": linked(n, f"{address}?{days}&kind={name}", label)}
            for (name, label), n in zip(KINDS.items(), self.changes.counts.values(), strict=True)
        ]

    def days(self, since, until):
        days = {"since": since, "until": until}
        return urlencode(
            {
                f"{name}_{part}": getattr(day, part)
                for name, day in days.items()
                for part in ("day", "month", "year")
            }
        )


class ReviewChangesView(OfReviewMixin, ChangesView):
    pass


class ChangesExportView(ChangesMixin, View):
    """Everything that the days and the kind find, newest first."""

    def get(self, request, *args, **kwargs):
        stream = io.BytesIO()
        written = exports.write_changes(self.every(), stream)
        record(
            EventType.EXPORTED,
            by=request.user,
            review=self.review,
            document="what changed in plans",
            format="xlsx",
            rows=written.rows,
        )
        name = f"{self.review.reference} changes.xlsx" if self.review else "changes.xlsx"
        return attachment(stream.getvalue(), name=name, media_type=XLSX)

    def every(self):
        *_, kind = self.asked
        listed = list(self.changes.listed(kind))
        for start in range(0, len(listed), PIECE):
            yield from self.changes.fetched(listed[start : start + PIECE])


class ReviewChangesExportView(OfReviewMixin, ChangesExportView):
    pass
