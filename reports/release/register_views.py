"""The register of publications across reviews, and its file."""

import io
from collections import Counter

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.generic import TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING
from foundations.vault.downloads import XLSX, attachment
from reports.models import Release
from reports.release.register import HEADINGS, WIDTHS, register_for, shown_of
from reviews import rules
from reviews.views import GuardedMixin

PAGE = 50


class _RegisterMixin(GuardedMixin):
    def is_allowed(self):
        return rules.can_read_register(self.access)

    @property
    def today(self):
        return timezone.localdate()

    def rows(self):
        return register_for(self.request.user, on=self.today)

    def shown(self, rows):
        return shown_of(rows, self.request.user, on=self.today)


class RegisterView(_RegisterMixin, TemplateView):
    template_name = "reports/release/register.html"

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows(), PAGE).get_page(self.request.GET.get("page"))
        rows = self.shown(page.object_list)
        for review, n in Counter(one.release.review for one in rows).items():
            record(EventType.RELEASES_READ, by=self.request.user, review=review, rows=n)
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "rows": rows,
            "late": Release.objects.visible_to(user).to_take_down(self.today).count(),
            "today": self.today,
        }


class RegisterExportView(_RegisterMixin, View):
    """Every set of the register, as a workbook."""

    def get(self, request):
        rows = self.shown(self.rows())
        stream = io.BytesIO()
        sheet = Sheet("Publications", HEADINGS, (one.cells for one in rows), WIDTHS)
        write_workbook([sheet], stream, marking=MARKING)
        record(
            EventType.EXPORTED,
            by=request.user,
            document="the register of publications",
            format="xlsx",
            rows=len(rows),
        )
        return attachment(stream.getvalue(), name="publications.xlsx", media_type=XLSX)
