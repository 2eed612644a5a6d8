"""The merged timeline: lanes, density, agencies side by side, and the lanes on paper."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from audit.models import EventType
from chronologies.filtering import visible_entries
from chronologies.forms import ExportForm
from chronologies.models import Export
from chronologies.queries import places_in
from chronologies.timeline import around, printing
from chronologies.timeline.density import density_of
from chronologies.timeline.forms import AroundForm
from chronologies.timeline.picture import legend_of, picture_of
from chronologies.timeline.queries import Timeline
from chronologies.timeline.saying import said_of
from chronologies.timeline.ways import ways_of
from chronologies.views.combined import ExportCreateView
from chronologies.views.places import PAGE, record_read
from reviews import rules
from reviews.views import ReviewPageMixin

# Columns of as many agencies are equally wide, also where one of them is blank.
COLUMN_WIDTHS = {1: "full", 2: "one-half", 3: "one-third", 4: "one-quarter"}


class TimelinePageMixin(ReviewPageMixin):
    """Entries of every agency whose entries this person may see, in time."""

    page = "timeline"

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    @cached_property
    def timeline(self):
        return Timeline(self.review, self.request.user, self.request.GET)

    def get_context_data(self, **kwargs):
        timeline = self.timeline
        record_read(self, EventType.TIMELINE_READ, timeline.inside)
        names = ("timeline", "density", "combined", "combined-undated")
        return super().get_context_data(**kwargs) | {
            "form": timeline.chosen.form,
            "timeline": timeline,
            "ways": ways_of(timeline, self.page),
            "said": said_of(timeline),
            "query": urlencode(timeline.chosen.written, doseq=True),
            "undated": timeline.undated,
            "shows": self.page,
            "urls": {name.replace("-", "_"): timeline.address(name) for name in names},
        }


class TimelineView(TimelinePageMixin, TemplateView):
    template_name = "chronologies/timeline/timeline.html"

    def get_context_data(self, **kwargs):
        timeline = self.timeline
        picture = picture_of(timeline)
        drawn = [*timeline.items, *timeline.undated_items]
        return super().get_context_data(**kwargs) | {
            "picture": picture,
            "keys": any(item.is_key for item in drawn),
            "legend": picture and legend_of(timeline, [("", picture)], drawn),
            "density": density_of(timeline) if timeline.is_crowded else None,
            "export_form": ExportForm(),
            "asked": timeline.chosen.written,
        }


class DensityView(TimelinePageMixin, TemplateView):
    template_name = "chronologies/timeline/density.html"
    page = "density"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"density": density_of(self.timeline)}


class TimelineExportView(ExportCreateView):
    """The picture and what is drawn in it, on paper."""

    what = Export.What.TIMELINE
    directly = printing.DIRECTLY

    def make(self, format_, chosen):
        return printing.make(self.review, self.request.user, chosen=chosen)


class AroundView(ReviewPageMixin, TemplateView):
    template_name = "chronologies/timeline/around.html"

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    def get_context_data(self, **kwargs):
        visible = visible_entries(self.review, self.request.user)
        places = places_in(visible, self.review)
        form = AroundForm(self.request.GET, places=places)
        shown = self.shown(form, visible, places) if form.is_valid() else {}
        page = shown.get("page_obj")
        record_read(self, EventType.TIMELINE_READ, len(page.object_list) if page else 0)
        context = {"around_form": form, "shows": "around", "needed": page is None}
        return super().get_context_data(**kwargs) | context | shown

    def shown(self, form, visible, places):
        """Nothing before somebody said whose accounts or around which date."""
        date, keys = form.cleaned_data["date"], form.keys
        window, counted, chosen = None, {}, keys
        if date:
            window = around.Window.around(date, form.cleaned_data["width"])
            counted, keys = around.most_around(visible, window, keys)
        if not (date or keys):
            return {}
        named = {place.key: place for place in places}
        columns = [named[key] for key in named if key in keys]
        rows = around.of_agencies(visible, keys)
        if window:
            rows = rows.between(window.start, window.end)
        page = Paginator(around.exact_first(rows).for_display(), PAGE).get_page(
            self.request.GET.get("page")
        )
        days, dates = around.moments_of(page.object_list, columns, window)
        return {
            "page_obj": page,
            "date": date,
            "window": window,
            "places": columns,
            "column_width": COLUMN_WIDTHS.get(len(columns), ""),
            "days": days,
            "dates": dates,
            "added": [named[key].name for key in keys if key not in chosen] if chosen else [],
            "others": self.others(form, window, counted, keys, named),
        }

    def others(self, form, window, counted, keys, named):
        """Who else has something there, each a click from standing beside them."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        found = []
        for key in named:
            if key in counted and key not in keys:
                asked.setlist("agency", [*keys, key])
                found.append((named[key].name, counted[key], f"?{asked.urlencode()}"))
        return found
