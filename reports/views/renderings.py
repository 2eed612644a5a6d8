"""Versions of a document as files: asked for, watched while they are made, downloaded."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reports.forms import RenderingForm
from reports.leaks.deciding import scan_of, undecided
from reports.leaks.showing import ways_of
from reports.models import Rendering
from reports.rendering.files import MEDIA_TYPES
from reports.services.renderings import ask_for_rendering, file_name, jobs_of
from reports.unready import against
from reports.views.pages import DocumentMixin, WriteMixin


class RenderingsMixin(DocumentMixin):
    """How a document stood at some time was never shared: for those who write alone."""

    is_of_every_kind = True

    def is_allowed(self):
        return self.writes

    def renderings(self):
        rows = Rendering.objects.visible_to(self.request.user).filter(document=self.document)
        return rows.for_list()


class RenderingListView(RenderingsMixin, TemplateView):
    template_name = "reports/rendering_list.html"

    def get_context_data(self, **kwargs):
        found = list(self.renderings())
        jobs = jobs_of([one for one in found if not one.is_over])
        self.tell_of_reading(self.document, number=self.document.number, rows=len(found))
        return super().get_context_data(**kwargs) | {
            "renderings": [(one, jobs.get(one.job_key)) for one in found],
        }


class RenderingAskView(WriteMixin, DocumentMixin, FormView):
    form_class = RenderingForm
    template_name = "reports/unready.html"
    is_of_every_kind = True
    heading, button = "Make a version", "Make this version"
    intro = (
        "It holds the document as it stands now and is kept as it is made. An anonymised one is made "
        "only if nothing is found in it that tells who somebody is, or if what was found was decided to be "
        "kept."
    )
    done = "The version is being made."

    def back(self):
        return self.to_here("rendering-list"), "Versions and files"

    def after_it_is_gone(self):
        return self.to("document-list")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"document": self.document}

    def get_context_data(self, **kwargs):
        rows = against(self.document, self.request.user)
        kind = self.document.get_kind_display()
        return super().get_context_data(**kwargs) | {"against": [(kind, rows)] if rows else []}

    def save(self, form):
        said = form.cleaned_data
        made = ask_for_rendering(
            self.document,
            variant=said["variant"],
            format_=said["format"],
            has_plan=said.get("has_plan", False),
            is_final=said["is_final"],
            by=self.request.user,
            key=said["key"],
        )
        return made.get_absolute_url()


class RenderingMixin(RenderingsMixin):
    def find(self):
        super().find()
        self.rendering = get_object_or_404(self.renderings(), pk=self.kwargs["pk"])
        self.rendering.document = self.document


class RenderingDetailView(RenderingMixin, TemplateView):
    template_name = "reports/rendering_detail.html"

    def get(self, request, *args, **kwargs):
        if request.htmx and self.rendering.is_over:
            return HttpResponseClientRedirect(self.rendering.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        one = self.rendering
        if not self.request.htmx:  # which asks every two seconds whether it is made
            self.tell_of_reading(one, number=self.document.number, version=one.number)
        scan = scan_of(one)
        ways = ways_of(scan) if scan else {}
        return super().get_context_data(**kwargs) | {
            "rendering": one,
            "job": None if one.is_over else jobs_of([one]).get(one.job_key),
            "scan": scan,
            "left": undecided(one),
            "places": [(place, ways.get(place["where"], ("", ""))[0]) for place in one.places],
        }


class RenderingFileView(RenderingMixin, View):
    """The file as it was made."""

    def get(self, request, *args, **kwargs):
        one = self.rendering
        if not one.is_made:
            raise Http404
        response = attachment_of(
            one.stored, name=file_name(one), media_type=MEDIA_TYPES[one.format]
        )
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=one,
            format=one.format,
            sha256=one.sha256,
        )
        return response
