from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, ListView, View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import DOCX, PDF, XLSX, attachment, attachment_of
from reviews import rules
from reviews.proceedings.disclosure import services
from reviews.proceedings.disclosure.forms import FreezeForm, HandOverForm, MarkForm
from reviews.proceedings.disclosure.printing import as_pdf
from reviews.proceedings.disclosure.queries import can_be_handed, handed_of, lines_of, marks_on
from reviews.proceedings.disclosure.sources import material_of, source_of
from reviews.proceedings.disclosure.workbook import workbook_of
from reviews.proceedings.models import DisclosureSchedule, HandedLine
from reviews.views import FormPageMixin, ReviewPageMixin


class DisclosureMixin(ReviewPageMixin):
    """What a review holds is for the chair and the coordinator to say."""

    def is_allowed(self):
        return rules.can_lead_proceedings(self.access, self.review)

    def find(self):
        super().find()
        if self.is_allowed():
            self.about()

    def about(self):
        """Fetch what the address names."""

    def schedules(self):
        rows = DisclosureSchedule.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def tell(self, type_=EventType.DISCLOSURE_READ, target=None, **data):
        record(type_, by=self.request.user, review=self.review, target=target, **data)


class DisclosureView(DisclosureMixin, ListView):
    template_name = "reviews/proceedings/disclosure.html"
    paginate_by = 50

    def get_queryset(self):
        return material_of(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        self.tell()
        user = self.request.user
        context = super().get_context_data(**kwargs)
        marks = marks_on(user, self.review)
        return context | {
            "lines": [(one, marks.get((one.source, one.row))) for one in context["page_obj"]],
            "schedules": self.schedules(),
            "has_conflict": services.has_conflict(self.review, user),
        }


class ScheduleView(DisclosureMixin, ListView):
    """A schedule as it was frozen, and what was handed over of it."""

    template_name = "reviews/proceedings/schedule.html"
    paginate_by = 50

    def about(self):
        self.schedule = get_object_or_404(self.schedules(), pk=self.kwargs["pk"])

    def get_queryset(self):
        return lines_of(self.request.user, self.schedule)

    def get_context_data(self, **kwargs):
        self.tell(target=self.schedule)
        context = super().get_context_data(**kwargs)
        return context | {
            "schedule": self.schedule,
            "lines": [(line, source_of(line.source).label) for line in context["page_obj"]],
            "handed": handed_of(self.request.user, self.schedule),
        }


class ScheduleDownloadView(DisclosureMixin, View):
    def about(self):
        self.schedule = get_object_or_404(self.schedules(), pk=self.kwargs["pk"])

    def get(self, request, **kwargs):
        content = workbook_of(request.user, self.schedule)
        self.tell(EventType.DISCLOSURE_EXPORTED, self.schedule, what="schedule")
        name = f"{self.review.reference} disclosure schedule {self.schedule.number}.xlsx"
        return attachment(content, name=name, media_type=XLSX)


class SchedulePdfView(DisclosureMixin, View):
    """The same lines to be read and printed, for whoever may have the workbook."""

    def about(self):
        self.schedule = get_object_or_404(self.schedules(), pk=self.kwargs["pk"])

    def get(self, request, **kwargs):
        try:
            content = as_pdf(request.user, self.schedule)
        except RenderFailed as failure:
            messages.error(request, f"{failure} The workbook holds the same lines.")
            return redirect(self.schedule)
        self.tell(EventType.DISCLOSURE_EXPORTED, self.schedule, what="schedule", format="pdf")
        name = f"{self.review.reference} disclosure schedule {self.schedule.number}.pdf"
        return attachment(content, name=name, media_type=PDF)


class HandedDownloadView(DisclosureMixin, View):
    """What was made for a handing over, as it left."""

    def about(self):
        rows = HandedLine.objects.visible_to(self.request.user).exclude(made=None)
        self.handed = get_object_or_404(
            rows.filter(handing__schedule__review=self.review).for_display(),
            pk=self.kwargs["pk"],
        )

    def get(self, request, **kwargs):
        response = attachment_of(self.handed.made, name=self.handed.file_name, media_type=DOCX)
        self.tell(EventType.DISCLOSURE_EXPORTED, self.handed, what="document")
        return response


# --- What is done -------------------------------------------------------------------------------


class DoMixin(DisclosureMixin, FormPageMixin):
    template_name = "reviews/proceedings/disclosure_change.html"
    heading = before = button = done = ""

    def back(self):
        return reverse("reviews:disclosure", args=[self.review.reference])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "before": self.before,
            "button": self.button or self.heading,
            "back_to": self.back(),
        }

    def form_valid(self, form):
        try:
            self.keep(form.cleaned_data)
        except services.KeyOfAnother:
            raise Http404 from None
        except services.NotWhole:
            form.add_error(
                None,
                "You have a conflict of interest with an agency of this review, so your schedule "
                "would not be whole. Ask somebody else who leads the review",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect(self.back())


class MarkView(DoMixin, FormView):
    form_class = MarkForm
    heading = "Mark as sensitive or not"
    button = "Save"
    done = "Marked. What was said before is kept."

    def about(self):
        wanted = (self.kwargs["source"], self.kwargs["pk"])
        found = material_of(self.request.user, self.review)
        self.material = next((one for one in found if (one.source, one.row) == wanted), None)
        if self.material is None:
            raise Http404
        self.before = f"{self.material.label}: {self.material.description}."

    def keep(self, said):
        services.mark(self.material, self.review, by=self.request.user, **said)


class FreezeView(DoMixin, FormView):
    form_class = FreezeForm
    heading = "Freeze a schedule"
    button = "Freeze"
    before = (
        "Everything that exists today, with its marks, becomes a numbered schedule that can be "
        "shown again as it is now. It cannot be changed afterwards."
    )
    done = "Frozen."
    made = None

    def back(self):
        return self.made.get_absolute_url() if self.made else super().back()

    def keep(self, said):
        by, today = self.request.user, timezone.localdate()
        self.made = services.freeze(self.review, by=by, today=today, **said)


class HandOverView(DoMixin, FormView):
    form_class = HandOverForm
    heading = "Record a handing over"
    button = "Save"
    before = (
        "The SHA-256 of the bytes is taken when you save. Documents that this service makes from "
        "its rows are made as Word files then, and kept."
    )
    done = "Recorded."

    def about(self):
        self.schedule = get_object_or_404(self.schedules(), pk=self.kwargs["pk"])

    def back(self):
        return self.schedule.get_absolute_url()

    def get_form_kwargs(self):
        lines = lines_of(self.request.user, self.schedule)
        offered = [line.pk for line in lines if can_be_handed(line)]
        return super().get_form_kwargs() | {"lines": lines.filter(pk__in=offered)}

    def get_initial(self):
        return {"on": timezone.localdate()}

    def keep(self, said):
        by, today = self.request.user, timezone.localdate()
        services.hand_over(self.schedule, said.pop("lines"), by=by, today=today, **said)
