"""Entries on which something might be marked."""

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from audit.models import EventType
from chronologies.filtering import visible_entries
from chronologies.marking.forms import KindForm, SuggestionForm
from chronologies.marking.queries import entries_to_scan
from chronologies.marking.suggesting.queries import judged_of, reader_for
from chronologies.views.places import record_read
from reviews import rules
from reviews.views import ReviewPageMixin

ENTRIES = 20


class SuggestionListView(ReviewPageMixin, TemplateView):
    template_name = "chronologies/marking/suggestion_list.html"

    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)

    def get_context_data(self, **kwargs):
        form = KindForm(self.request.GET)
        kind = form.cleaned_data["kind"] if form.is_valid() else ""
        found = self.found(kind)
        page = Paginator(list(found.items()), ENTRIES).get_page(self.request.GET.get("page"))
        record_read(self, EventType.MARKS_READ, len(page.object_list))
        visible = visible_entries(self.review, self.request.user)
        entries = visible.filter(pk__in=[pk for pk, _ in page]).for_display().in_bulk()
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page_obj": page,
            "rows": [
                (entries[pk], [(one, SuggestionForm(auto_id=False)) for one in suggestions])
                for pk, suggestions in page
                if pk in entries
            ],
            "may_mark": not self.review.has_ended,
        }

    def found(self, kind):
        """{entry id: its open suggestions}, in time: read anew, so that nothing of it is stale."""
        rows = entries_to_scan(self.review, self.request.user)
        reader = reader_for(self.review, self.request.user)
        judged, found = judged_of(rows.order_by().values("pk")), {}
        for entry in rows:
            suggestions = [
                one
                for one in reader.suggestions(entry)
                if kind in ("", one.kind) and judged.leaves(entry, one)
            ]
            if suggestions:
                found[entry.pk] = suggestions
        return found
