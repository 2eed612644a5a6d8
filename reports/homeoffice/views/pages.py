"""What the pages of the Home Office have in common, and the one that shows it all."""

from collections import Counter

from django.db.models import Prefetch
from django.views.generic import TemplateView

from audit.models import EventType
from audit.services import record
from reports.homeoffice.form import form_of, unknown_in
from reports.homeoffice.packs import waiting
from reports.models import LetterPoint, OfficeLetter, Pack, PackPart, PackSent
from reports.views.pages import DocumentsMixin, WriteMixin
from reviews import rules


class OfficeMixin(DocumentsMixin):
    """Pages for those who write, and for the Home Office's reader."""

    def is_allowed(self):
        return rules.can_read_submitted(self.access, self.review)

    def tell_of_reading(self, target=None, **data):
        record(
            EventType.OFFICE_READ, by=self.request.user, review=self.review, target=target, **data
        )

    def packs(self):
        return Pack.objects.visible_to(self.request.user).filter(review=self.review)

    def letters(self):
        return OfficeLetter.objects.visible_to(self.request.user).filter(review=self.review)

    def points(self):
        rows = LetterPoint.objects.visible_to(self.request.user)
        return rows.filter(letter__review=self.review)


class OfficeWriteMixin(WriteMixin, OfficeMixin):
    """A form of those who write."""

    def back(self):
        return self.to("home-office"), "Home Office"

    def after_it_is_gone(self):
        return self.to("home-office")


class HomeOfficeView(OfficeMixin, TemplateView):
    """Packs with what is in them, when they went, and the letters that came back."""

    template_name = "reports/homeoffice/home.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        parts = PackPart.objects.visible_to(user).select_related("stored").defer("stored__body")
        packs = list(
            self.packs()
            .select_related("by")
            .prefetch_related(
                Prefetch("parts", parts),
                Prefetch("sendings", PackSent.objects.visible_to(user).select_related("by")),
            )
        )
        points, open_ = (
            Counter(rows.values_list("letter", flat=True))
            for rows in (self.points().standing(), self.points().open())
        )
        letters = [
            (one, points[one.pk], open_[one.pk])
            for one in self.letters().select_related("pack", "withdrawal").order_by("number")
        ]
        if not self.request.htmx:  # which asks every two seconds whether a pack is made
            self.tell_of_reading(packs=len(packs), letters=len(letters))
        more = {"packs": packs, "letters": letters, "open": _open(open_.total())}
        if self.writes:
            more["asked"] = waiting(self.review, user)
            more["under_way"] = any(not job.is_over for _, job in more["asked"])
            more["unknown"], more["fields"] = unknown_in(form_of(self.review))
        return super().get_context_data(**kwargs) | more


def _open(n):
    """ "" where none is."""
    return f"{n} open point{'' if n == 1 else 's'}" if n else ""
