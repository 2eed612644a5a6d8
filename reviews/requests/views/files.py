"""What can be taken away: the pack of a request, a receipt, and the list for the panel."""

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.generic import View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import MARKING, render_pdf
from foundations.vault.downloads import DOCX, PDF, XLSX, attachment
from reviews.requests import pack
from reviews.requests.models import Request
from reviews.requests.queries import lines_of
from reviews.requests.views.leading import BoardMixin
from reviews.requests.views.pages import ReceiptMixin, RequestMixin
from reviews.requests.workbook import chronology_template


class _PackMixin(RequestMixin):
    what = ""

    def is_allowed(self):
        return True

    def send(self, content, name, media_type):
        record(
            EventType.FILE_DOWNLOADED,
            by=self.request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
            document=self.what,
        )
        return attachment(content, name=f"{self.review.reference} {name}", media_type=media_type)


class AskedFileView(_PackMixin, View):
    what = "what is asked"

    def get(self, request, *args, **kwargs):
        return self.send(pack.asked_pdf(self.asked), "what is asked.pdf", PDF)


class TemplateFileView(_PackMixin, View):
    what = "the template"

    def get(self, request, *args, **kwargs):
        if self.asked.kind not in pack.TEMPLATES:
            raise Http404
        name = "IMR" if self.asked.kind == Request.Kind.IMR else "information report"
        return self.send(pack.template_of(self.asked), f"{name} template.docx", DOCX)


class ChronologyFileView(_PackMixin, View):
    what = "the template"

    def get(self, request, *args, **kwargs):
        if self.asked.kind not in pack.WITH_CHRONOLOGY:
            raise Http404
        content = chronology_template(self.review, pack.terms_of(self.part))
        return self.send(content, "chronology template.xlsx", XLSX)


class ReceiptFileView(ReceiptMixin, _PackMixin, View):
    what = "a receipt"

    def get(self, request, *args, **kwargs):
        html = render_to_string(
            "reviews/requests/receipt_pdf.html",
            {
                "title": f"Receipt {self.receipt.number}",
                "kind": f"{self.asked.get_kind_display()} of {self.part.agency}",
                "reference": self.review.reference,
                "marking": MARKING,
                "asked": self.asked,
                "part": self.part,
                "receipt": self.receipt,
                "answer": self.answer(),
                **self.sent(),
            },
        )
        return self.send(render_pdf(html), f"receipt {self.receipt.number}.pdf", PDF)


class BoardFileView(BoardMixin, View):
    """For the panel meeting: how the agencies stand today, as the filters have it."""

    def get(self, request, *args, **kwargs):
        lines = lines_of(self.chosen(), on=self.today)
        html = render_to_string(
            "reviews/requests/board_pdf.html",
            {
                "title": "What agencies were asked for",
                "kind": f"Review {self.review.reference}",
                "reference": self.review.reference,
                "marking": MARKING,
                "landscape": True,
                "facts": [
                    ("Requests", len(lines)),
                    ("Late", sum(bool(line.late) for line in lines)),
                    ("As it stood on", f"{timezone.localtime():%-d %B %Y, %H:%M}"),
                ],
                "lines": lines,
            },
        )
        content = render_pdf(html)
        record(EventType.EXPORTED, by=request.user, review=self.review, rows=len(lines))
        name = f"{self.review.reference} requests to agencies.pdf"
        return attachment(content, name=name, media_type=PDF)
