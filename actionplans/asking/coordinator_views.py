"""Pages for the coordinators of a partnership: who is asked, why, who answered, and who is silent."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from actionplans.asking import emails, queries, rounds, succession
from actionplans.asking.daily import plan_day
from actionplans.asking.forms import AskAgainForm, ScheduleForm
from actionplans.asking.models import DAYS, AskingSchedule
from actionplans.asking.planning import lines_of
from actionplans.asking.schedules import Schedules, make_version
from agencies.models import Agency, Partnership
from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.versions import NewerVersion
from reviews.views import FormPageMixin, GuardedMixin

PAGE = 50


class AskingMixin(GuardedMixin):
    """One partnership that somebody coordinates."""

    def is_allowed(self):
        return rules.can_ask_for_updates(self.access)

    def find(self):
        if not self.is_allowed():
            return
        mine = self.access.appointments[rules.Role.COORDINATOR]
        partnerships = Partnership.objects.filter(pk__in=mine)
        self.partnership = get_object_or_404(partnerships, slug=self.kwargs["partnership"])
        self.on = timezone.localdate()
        self.schedules = Schedules(self.partnership)

    @property
    def period(self):
        """That which people are asked about now."""
        due = self.schedules.due(self.on)
        return due.period if due else self.on.replace(day=1)

    def record_read(self, rows):
        for review, n in Counter(row.review for row in rows).items():
            record(EventType.PLAN_READ, by=self.request.user, review=review, rows=n)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": self.partnership,
            "schedule": self.schedules.in_force(self.on),
            "period": self.period,
        }


class AskingView(AskingMixin, TemplateView):
    template_name = "actionplans/asking/asking.html"

    def get_context_data(self, **kwargs):
        user, partnership = self.request.user, self.partnership
        period = queries.last_period(partnership)
        return super().get_context_data(**kwargs) | {
            "next": self.schedules.next(self.on),
            "asked_in": period,
            "people": queries.people_asked(user, partnership, period),
            "told": queries.steps_told(user, partnership, period),
            "silent": queries.silent_agencies(user, partnership),
            "unreachable": queries.unreachable(user, partnership, period=self.period, on=self.on),
            "agencies": queries.agencies_of(user, partnership),
        }


class AskingRowsView(AskingMixin, TemplateView):
    """Every row of the partnership, and why it is or is not asked about."""

    template_name = "actionplans/asking/rows.html"

    def get_context_data(self, **kwargs):
        rows = queries.rows_for(self.request.user, self.partnership)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        self.record_read(page)
        lines = lines_of(page, period=self.period, on=self.on)
        return super().get_context_data(**kwargs) | {"page_obj": page, "lines": lines}


class AskingTomorrowView(AskingMixin, TemplateView):
    """What will be sent tomorrow, to whom and why, as things stand now."""

    template_name = "actionplans/asking/tomorrow.html"

    def get_context_data(self, **kwargs):
        day = self.on + timedelta(days=1)
        planned = queries.tomorrow(self.request.user, plan_day(self.partnership, day))
        return super().get_context_data(**kwargs) | {"day": day, "planned": planned}


class ScheduleView(AskingMixin, FormPageMixin, FormView):
    """The schedule in force, its versions, and a new one."""

    form_class = ScheduleForm
    template_name = "actionplans/asking/schedule.html"

    def get_initial(self):
        newest = self.schedules.newest
        start = newest or self.schedules.in_force(self.on)
        return {name: getattr(start, name) for name in ("every_months", "day", *DAYS)} | {
            "is_on": "yes" if start.is_on else "no",
            "title": newest.title if newest else "",
            "source": newest.source if newest else "",
            "effective_from": self.on,
            "seen": newest.version if newest else 0,
        }

    def get_context_data(self, **kwargs):
        own = AskingSchedule.objects.visible_to(self.request.user)
        versions = own.filter(partnership=self.partnership).select_related("made_by")
        return super().get_context_data(**kwargs) | {
            "versions": versions.order_by("-effective_from", "-version")[:PAGE],
            "today": self.on,
        }

    def form_valid(self, form):
        try:
            make_version(
                partnership=self.partnership, by=self.request.user, on=self.on, **form.cleaned_data
            )
        except NewerVersion:
            form.add_error(
                None, "Somebody has made a newer version meanwhile. Open it and start from it"
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "New schedule saved.")
        return redirect("actionplans:asking", self.partnership.slug)


class AgencyMixin(AskingMixin, FormPageMixin):
    """One agency that leads something in the partnership's reviews."""

    form_class = AskAgainForm

    def find(self):
        super().find()
        if not self.is_allowed():
            return
        self.agency = get_object_or_404(
            Agency.objects.select_related("successor"), pk=self.kwargs["agency"]
        )
        rows = queries.rows_for(self.request.user, self.partnership)
        if not rows.filter(leads__agency=self.agency).exists():
            raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"agency": self.agency}


class AskAgencyView(AgencyMixin, FormView):
    """Ask an agency now, or once more: what is sent is shown first."""

    template_name = "actionplans/asking/agency.html"

    def lines(self):
        return queries.to_ask_of(
            self.request.user, self.partnership, self.agency, period=self.period, on=self.on
        )

    def get_context_data(self, **kwargs):
        lines = self.lines()
        self.record_read([line.row for line in lines])
        people = rounds.by_person(lines)
        return super().get_context_data(**kwargs) | {
            "lines": lines,
            "people": [(user, emails.subject_of(rows), len(rows)) for user, rows in people.items()],
        }

    def form_valid(self, form):
        told = rounds.ask_by_hand(
            self.partnership,
            self.lines(),
            period=self.period,
            on=self.on,
            by=self.request.user,
            key=form.cleaned_data["key"],
        )
        n = len(told)
        said = "1 person has been asked." if n == 1 else f"{n} people have been asked."
        messages.success(self.request, said)
        return redirect("actionplans:asking", self.partnership.slug)


class HandOverView(AgencyMixin, FormView):
    """An agency's open actions go to the body that took over its work."""

    template_name = "actionplans/asking/hand_over.html"

    def by_review(self):
        """{review: how many rows}, of reviews whose plan this person runs."""
        rows = succession.rows_to_hand_over(self.agency, self.request.user)
        rows = rows.filter(review__partnership=self.partnership).select_related("review")
        counts = Counter(row.review for row in rows)
        return {
            review: n
            for review, n in counts.items()
            if not review.has_ended and rules.can_run_plan(self.access, review)
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"reviews": list(self.by_review().items())}

    def form_valid(self, form):
        n = sum(
            succession.hand_over(review, self.agency, by=self.request.user)
            for review in self.by_review()
        )
        said = "1 action has" if n == 1 else f"{n} actions have"
        messages.success(self.request, f"{said} been handed over to {self.agency.successor}.")
        return redirect("actionplans:asking", self.partnership.slug)
