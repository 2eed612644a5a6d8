"""The author's proof that a version was handed in, with its files as they were then."""

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.generic import TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import MARKING, render_pdf
from foundations.vault.downloads import PDF, attachment
from reviews.requests.views.pages import RequestMixin
from reviews.submissions.models import SubmissionMove
from reviews.submissions.queries import files_at
from reviews.submissions.states import What


class _HandedInMixin(RequestMixin):
    def is_allowed(self):
        return True

    def find(self):
        super().find()
        rows = SubmissionMove.objects.visible_to(self.request.user).filter(
            submission__request=self.asked, what=What.HANDED_IN
        )
        rows = rows.select_related("by", "submission")
        self.handed_in = get_object_or_404(rows, pk=self.kwargs["move"])

    def picture(self):
        version = self.handed_in.submission
        return {
            "asked": self.asked,
            "part": self.part,
            "handed_in": self.handed_in,
            "version": version,
            "shown": files_at(self.request.user, version, self.handed_in.at),
        }


class SubmissionReceiptView(_HandedInMixin, TemplateView):
    template_name = "reviews/submissions/receipt.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs) | self.picture()


class SubmissionReceiptFileView(_HandedInMixin, View):
    def get(self, request, *args, **kwargs):
        number = self.handed_in.receipt_number
        html = render_to_string(
            "reviews/submissions/receipt_pdf.html",
            self.picture()
            | {
                "title": f"Receipt {number}",
                "kind": f"{self.asked.get_kind_display()} of {self.part.agency}",
                "reference": self.review.reference,
                "marking": MARKING,
            },
        )
        content = render_pdf(html)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
            document="a receipt",
        )
        name = f"{self.review.reference} receipt {number}.pdf"
        return attachment(content, name=name, media_type=PDF)
