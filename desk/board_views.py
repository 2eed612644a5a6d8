"""The coordinator's board, its file, and the counts for those who read counts alone."""

import io

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.generic import TemplateView, View

from agencies.models import Partnership
from audit.models import EventType
from audit.services import record
from desk import board
from desk.board_forms import BoardForm
from desk.figures import figures_of
from foundations.office import Sheet, write_workbook
from foundations.office.pdf import MARKING
from foundations.vault.downloads import XLSX, attachment
from reviews import rules
from reviews.views import GuardedMixin

HEADINGS = (
    "Reference", "Partnership", "Kind", "Stage", "State", "Chair", "To look at first",
    "Due next", "Due on", "Days late", "Clock paused since", "Agencies waited for", "Next",
    "For whom",
)  # fmt: skip


class _BoardMixin(GuardedMixin):
    def is_allowed(self):
        return rules.can_see_board(self.access)

    @property
    def today(self):
        return timezone.localdate()

    def rows(self):
        """In order, as the filters have it; what is no filter finds everything."""
        user = self.request.user
        reviews = board.reviews_led(user)
        chairs = board.chairs_of(user)
        places = Partnership.objects.filter(pk__in=reviews.order_by().values("partnership"))
        self.filter = BoardForm(self.request.GET, chairs=chairs, partnerships=places)
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        for name in ("stage", "kind", "partnership"):
            if asked.get(name):
                reviews = reviews.filter(**{name: asked[name]})
        if asked.get("reference"):
            reviews = reviews.filter(reference__icontains=asked["reference"])
        if asked.get("chair"):
            reviews = board.chaired_by(reviews, asked["chair"])
        return board.rows_of(user, reviews, on=self.today, late_only=bool(asked.get("late")))


class BoardView(_BoardMixin, TemplateView):
    template_name = "desk/board.html"
    paginate_by = 50

    def get_context_data(self, **kwargs):
        rows = self.rows()
        page = Paginator(rows, self.paginate_by).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "page_obj": page,
            "shown": board.shown(self.request.user, page.object_list, on=self.today),
            "stages": board.by_stage(rows),
            "query": self.request.GET.urlencode(),
            "may_read_messages": rules.can_read_messages(self.access),
            "may_see_figures": rules.can_see_figures(self.access),
        }


class BoardExportView(_BoardMixin, View):
    """Every row that the filters find, as a workbook."""

    def get(self, request):
        shown = board.shown(request.user, self.rows(), on=self.today)
        stream = io.BytesIO()
        sheet = Sheet("Reviews", HEADINGS, (_cells(one) for one in shown), (16, 28, 24, 24))
        write_workbook([sheet], stream, marking=MARKING)
        record(
            EventType.EXPORTED,
            by=request.user,
            document="the board of reviews",
            format="xlsx",
            rows=len(shown),
        )
        return attachment(stream.getvalue(), name="reviews.xlsx", media_type=XLSX)


def _cells(one):
    row, review = one.row, one.row.review
    due, next_ = row.due, one.next.line
    paused = row.clock.paused_since if row.clock and row.clock.is_paused else None
    return (
        review.reference,
        review.partnership.name,
        review.get_kind_display(),
        review.get_stage_display(),
        review.get_state_display(),
        one.chair,
        "; ".join(words for words, _ in row.exceptions),
        due.label if due else "",
        (due.due.latest if due.due.is_exact else str(due.due)) if due else "",
        row.days_late or "",
        paused,
        one.waiting or "",
        next_.task.title if next_ and not review.has_ended else "",
        next_.for_whom if next_ and not review.has_ended else "",
    )


class FiguresView(GuardedMixin, TemplateView):
    """Counts of a partnership's reviews, none of which tells of fewer than five."""

    template_name = "desk/figures.html"

    def is_allowed(self):
        return rules.can_see_figures(self.access)

    def get_context_data(self, **kwargs):
        held = self.access.appointments
        mine = held[rules.Role.BOARD_READER] | held[rules.Role.COORDINATOR]
        today = timezone.localdate()
        places = Partnership.objects.filter(pk__in=mine).order_by("name")
        return super().get_context_data(**kwargs) | {
            "today": today,
            "places": [(place, figures_of(self.request.user, place, on=today)) for place in places],
        }
