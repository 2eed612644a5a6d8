"""The combined chronology, and taking entries along as a file."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from chronologies import exports, services
from chronologies.filtering import choose_entries
from chronologies.forms import ExportForm
from chronologies.marking.queries import OneEach
from chronologies.models import Export
from chronologies.views.places import PAGE, PlacePageMixin, record_read
from foundations.vault.downloads import attachment, attachment_of
from reviews import rules
from reviews.views import ReviewPageMixin


class CombinedPageMixin(ReviewPageMixin):
    """Every entry of the review that this person may see, whichever agency it came from."""

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    @cached_property
    def chosen(self):
        return choose_entries(self.review, self.request.user, self.request.GET)

    def standing_apart(self):
        return self.chosen.entries

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.chosen.form,
            "export_form": ExportForm(),
            "chosen": self.chosen.written,
            "undated": self.standing_apart().undated().count(),
            "query": urlencode(self.chosen.written, doseq=True),
        }


class CombinedView(CombinedPageMixin, TemplateView):
    template_name = "chronologies/combined.html"
    undated = False

    @cached_property
    def each(self):
        return OneEach(self.chosen.entries, self.review, self.request.user)

    def standing_apart(self):
        """An account without a date stands under its event where another account has one."""
        return self.each.leads(self.chosen.entries)

    def get_context_data(self, **kwargs):
        each, rows = self.each, self.standing_apart()
        rows = rows.undated() if self.undated else rows.dated()
        rows = rows.merged_in_time().for_display()
        events, accounts = each.counts(undated=self.undated)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        blocks = list(each.blocks(list(page), may_mark=self.may_mark()))
        record_read(self, EventType.COMBINED_READ, sum(len(block.rows) for block in blocks))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "blocks": blocks,
            "events": events,
            "accounts": accounts,
            "in_all": page.paginator.count - events + accounts,
            "shows_undated": self.undated,
            "reads_analysis": rules.can_read_analysis(self.access, self.review),
            "leads_analysis": rules.can_lead_analysis(self.access, self.review),
        }

    def may_mark(self):
        leads = rules.can_lead_analysis(self.access, self.review)
        return leads and not self.review.has_ended


class ExportCreateView(ReviewPageMixin, View):
    """What is listed, as a file: at once when it is short, by a worker when it is long."""

    http_method_names = ["post"]
    what = Export.What.CHRONOLOGY
    directly = exports.DIRECTLY

    def is_allowed(self):
        return rules.can_read_combined(self.access, self.review)

    def chosen(self):
        return self.request.POST

    def post(self, request, *args, **kwargs):
        form = ExportForm(request.POST)
        if not form.is_valid() or form.cleaned_data["format"] not in self.directly:
            raise Http404
        format_ = form.cleaned_data["format"]
        chosen = choose_entries(self.review, request.user, self.chosen())
        if chosen.entries.count() > self.directly[format_]:
            export = services.ask_for_export(
                self.review,
                format_=format_,
                what=self.what,
                chosen=chosen.written,
                by=request.user,
                key=form.cleaned_data["key"],
            )
            return redirect(export)
        made = self.make(format_, self.chosen())
        services.record_export(made, self.review, by=request.user)
        return attachment(made.content, name=made.name, media_type=exports.MEDIA_TYPES[format_])

    def make(self, format_, chosen):
        return exports.make(self.review, self.request.user, format_=format_, chosen=chosen)


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
