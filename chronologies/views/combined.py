"""The combined chronology, and taking entries along as a file."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from chronologies import exports, services
from chronologies.filtering import choose_entries, visible_entries
from chronologies.forms import ExportForm, SideBySideForm
from chronologies.marking.queries import OneEach
from chronologies.models import Export
from chronologies.queries import places_in, side_by_side
from chronologies.views.places import PAGE, PlacePageMixin, record_read
from foundations.vault.downloads import attachment, attachment_of
from reviews import rules
from reviews.views import ReviewPageMixin

# Columns of as many agencies are equally wide, also where one of them is blank.
COLUMN_WIDTHS = {1: "full", 2: "one-half", 3: "one-third", 4: "one-quarter"}


class CombinedPageMixin(ReviewPageMixin):
    """Every entry of the review that this person may see, whichever agency it came from."""

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    @cached_property
    def chosen(self):
        return choose_entries(self.review, self.request.user, self.request.GET)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.chosen.form,
            "export_form": ExportForm(),
            "chosen": self.chosen.written,
            "undated": self.chosen.entries.undated().count(),
        }


class CombinedView(CombinedPageMixin, TemplateView):
    template_name = "chronologies/combined.html"
    undated = False

    def get_context_data(self, **kwargs):
        each = OneEach(self.chosen.entries, self.review, self.request.user)
        rows = each.leads(self.chosen.entries)
        rows = rows.undated() if self.undated else rows.dated()
        rows = rows.merged_in_time().for_display()
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        blocks = list(each.blocks(list(page), may_mark=self.may_mark()))
        record_read(self, EventType.COMBINED_READ, sum(len(block.rows) for block in blocks))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "blocks": blocks,
            "grouped": len(each.followers),
            "shows_undated": self.undated,
            "reads_analysis": rules.can_read_analysis(self.access, self.review),
            "leads_analysis": rules.can_lead_analysis(self.access, self.review),
        }

    def may_mark(self):
        leads = rules.can_lead_analysis(self.access, self.review)
        return leads and not self.review.has_ended


class SideBySideView(CombinedPageMixin, TemplateView):
    template_name = "chronologies/side_by_side.html"

    def get_context_data(self, **kwargs):
        visible = visible_entries(self.review, self.request.user)
        places = places_in(visible, self.review)
        form = SideBySideForm(self.request.GET or None, places=places)
        context = {"side_form": form, "shows_side_by_side": True, "nothing_chosen": True}
        if form.is_valid() and form.keys:
            named = {place.key: place for place in places}
            shown = [named[key] for key in form.keys]
            rows = form.choose(visible).dated().merged_in_time().for_display()
            page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
            record_read(self, EventType.COMBINED_READ, len(page.object_list))
            context |= {
                "nothing_chosen": False,
                "places": shown,
                "column_width": COLUMN_WIDTHS[len(shown)],
                "page_obj": page,
                "moments": side_by_side(page.object_list, shown),
            }
        return super().get_context_data(**kwargs) | context


class ExportCreateView(ReviewPageMixin, View):
    """What is listed, as a file: at once when it is short, by a worker when it is long."""

    http_method_names = ["post"]

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    def chosen(self):
        return self.request.POST

    def post(self, request, *args, **kwargs):
        form = ExportForm(request.POST)
        if not form.is_valid():
            raise Http404
        format_ = form.cleaned_data["format"]
        chosen = choose_entries(self.review, request.user, self.chosen())
        if chosen.entries.count() > exports.DIRECTLY[format_]:
            export = services.ask_for_export(
                self.review,
                format_=format_,
                chosen=chosen.written,
                by=request.user,
                key=form.cleaned_data["key"],
            )
            return redirect(export)
        made = exports.make(self.review, request.user, format_=format_, chosen=self.chosen())
        services.record_export(made, self.review, by=request.user)
        return attachment(made.content, name=made.name, media_type=exports.MEDIA_TYPES[format_])


class ChronologyExportView(PlacePageMixin, ExportCreateView):
    """The same of one agency's entries, for the agency itself too."""

    def is_allowed(self):
        return self.may_read()

    def chosen(self):
        chosen = self.request.POST.copy()
        chosen["place"] = str(self.participation.pk)
        return chosen


class ExportPageMixin(ReviewPageMixin):
    """A file that a worker made for this person; for everybody else it does not exist."""

    def find(self):
        super().find()
        rows = Export.objects.visible_to(self.request.user).filter(review=self.review)
        self.export = get_object_or_404(rows.select_related("review"), pk=self.kwargs["pk"])

    def is_allowed(self):
        """Asked again: what they could see when it was made they may no longer."""
        return exports.may_still_have(self.export, self.request.user)


class ExportDetailView(ExportPageMixin, TemplateView):
    template_name = "chronologies/export_detail.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and self.export.stored_id:
            return HttpResponseClientRedirect(self.export.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "export": self.export,
            "job": services.job_of(self.export, self.request.user),
        }


class ExportDownloadView(ExportPageMixin, View):
    def get(self, request, *args, **kwargs):
        if not self.export.stored_id:
            raise Http404
        stored = self.export.stored
        response = attachment_of(stored, media_type=exports.MEDIA_TYPES[self.export.format])
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.export)
        return response
