"""Figures of the report, each with the rows behind it."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import FormView, TemplateView

from chronologies.models import Entry
from findings.forms import CountForm
from findings.models import Count, CountReading
from findings.questions import (
    BY,
    By,
    can_be_asked,
    chosen_by,
    come_to,
    filter_of,
    in_words,
    touching,
    what_changed,
)
from findings.services.counts import make_count, read_again, take_away_count
from findings.views.pages import AnalysisMixin, LeadMixin
from foundations.gov.forms import GovForm
from reviews import rules

PAGE = 50
COUNTS = 20  # a page: each asks a question of its own


@dataclass(frozen=True)
class Shown:
    """A count as it stands now."""

    count: Count
    value: int | None
    question: list
    readings: tuple  # newest first
    touching: int = 0  # more, whose dates only touch those that are asked for

    @property
    def last(self):
        return self.readings[0]

    @property
    def before(self):
        return self.readings[1] if len(self.readings) > 1 else None

    @property
    def unit(self):
        by = self.count.question.get(BY)
        one, more = ("event", "events") if by == By.EVENTS else ("entry", "entries")
        return one if self.value == 1 else more

    @property
    def history(self):
        """[(reading, until when it was so)], newest first."""
        until = [None, *(one.at for one in self.readings)]
        return list(zip(self.readings, until, strict=False))


class CountMixin(AnalysisMixin):
    def counts(self):
        rows = Count.objects.visible_to(self.request.user).live().filter(review=self.review)
        return rows.select_related("made_by")

    def may_keep(self):
        ended = self.review.has_ended
        return rules.can_keep_counts(self.access, self.review) and not ended

    def shown(self, count):
        count.review = self.review
        came = read_again(count)
        readings = CountReading.objects.visible_to(self.request.user).filter(count=count)
        return Shown(
            count=count,
            value=came.value if came else None,
            question=in_words(self.form_of(count), count.question),
            readings=tuple(readings.order_by("-pk")),
            touching=came.touching if came else 0,
        )

    def form_of(self, count):
        return filter_of(self.review, count.question)


class CountListView(CountMixin, TemplateView):
    template_name = "findings/count_list.html"

    def get_context_data(self, **kwargs):
        page = Paginator(self.counts(), COUNTS).get_page(self.request.GET.get("page"))
        self.tell_of_reading(rows=len(page.object_list))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "counts": [self.shown(one) for one in page.object_list],
            "may_keep": self.may_keep(),
            "in_conflict": self.review.pk in self.access.reviews_in_conflict,
        }


class OneCountMixin(CountMixin):
    def find(self):
        super().find()
        self.count = get_object_or_404(self.counts(), pk=self.kwargs["pk"])
        self.count.review = self.review


class CountDetailView(OneCountMixin, TemplateView):
    template_name = "findings/count_detail.html"

    def get_context_data(self, **kwargs):
        one, form = self.shown(self.count), self.form_of(self.count)
        rows = more = ()
        if can_be_asked(form):
            rows = self.readable(chosen_by(form, self.review))
            more = self.readable(touching(form, self.review)) if one.touching else more
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        self.tell_of_reading(self.count, rows=len(page.object_list))
        readable, counted = page.paginator.count, 0
        if can_be_asked(form) and not self.leads:
            counted = chosen_by(form, self.review).count()
        filters = {name: value for name, value in self.count.question.items() if name != BY}
        combined = reverse("chronologies:combined", args=[self.review.reference])
        return super().get_context_data(**kwargs) | {
            "one": one,
            "page_obj": page,
            "touching": more[:PAGE],
            "sees_all": self.leads,
            "unseen": counted > readable,
            "why": self.why(one),
            "may_keep": self.may_keep(),
            "combined_url": f"{combined}?{urlencode(filters)}"
            if rules.can_read_combined(self.access, self.review)
            else "",
        }

    def readable(self, entries):
        rows = Entry.objects.visible_to(self.request.user)
        rows = rows.filter(pk__in=entries.order_by().values("pk"))
        return rows.merged_in_time().for_display()

    def why(self, one):
        """What led from the last but one reading to the last."""
        if not one.before:
            return []
        at = {"since": one.before.at, "until": one.last.at}
        return what_changed(self.review, self.count.question, **at)


class CountCreateView(LeadMixin, CountMixin, FormView):
    """The filter is a question in the address; below it what it comes to, and its name."""

    form_class = CountForm
    template_name = "findings/count_create.html"
    heading, button, done = "Save a count", "Save the count", "Count saved."

    def is_allowed(self):
        return rules.can_keep_counts(self.access, self.review)

    def back(self):
        return self.to("count-list"), "Back to the counts"

    def asked(self):
        """The filters of the address, as data."""
        form = filter_of(self.review, self.request.GET)
        return {name: form.data[name] for name in form.fields if form.data.get(name)}

    def get_context_data(self, **kwargs):
        asked = self.asked()
        form = filter_of(self.review, asked)
        came = {by: come_to(self.review, asked | {BY: by.value}) for by in By}
        return super().get_context_data(**kwargs) | {
            "filter": form,
            "is_sound": can_be_asked(form),
            "entries": came[By.ENTRIES],
            "events": came[By.EVENTS],
        }

    def save(self, form):
        said = form.cleaned_data
        count = make_count(
            self.review,
            title=said["title"],
            question=self.asked() | {BY: said["by"]},
            by=self.request.user,
            key=said["key"],
        )
        return count.get_absolute_url()


class CountRemoveView(LeadMixin, OneCountMixin, FormView):
    form_class = GovForm
    heading, button, tone = "Take the count away", "Take away", "warning"
    intro = "What it came to, and when, stays on record. To ask something else, save another count."
    done = "The count was taken away."

    def is_allowed(self):
        return rules.can_keep_counts(self.access, self.review)

    def back(self):
        return self.count.get_absolute_url(), self.count.title

    def after_it_is_gone(self):
        return self.to("count-list")

    def save(self, form):
        take_away_count(self.count, by=self.request.user)
        return self.to("count-list")
