from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from agencies.models import Partnership
from reviews import rules
from reviews.clock import rule_sets
from reviews.clock.models import BankHoliday, RuleSet
from reviews.clock.rule_set_forms import RuleSetForm, initial_of
from reviews.models import Review
from reviews.views import FormPageMixin, GuardedMixin


class _RuleSetMixin(GuardedMixin):
    """The time limits of the partnerships that somebody coordinates. They hold no case."""

    def is_allowed(self):
        return rules.can_change_rule_sets(self.access)

    def partnerships(self):
        return Partnership.objects.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])

    def rule_sets(self):
        return RuleSet.objects.visible_to(self.request.user).prefetch_related("limits")

    def find(self):
        if "partnership" not in self.kwargs or not self.is_allowed():
            return
        self.partnership = get_object_or_404(self.partnerships(), slug=self.kwargs["partnership"])
        if self.kwargs["review_kind"] not in Review.Kind.values:
            raise Http404
        self.kind = Review.Kind(self.kwargs["review_kind"])
        self.versions = self.rule_sets().of(self.kind, self.partnership)
        self.current = rule_sets.in_force(
            self.versions, self.kind, self.partnership.pk, timezone.localdate()
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": getattr(self, "partnership", None),
            "kind": getattr(self, "kind", None),
            "current": getattr(self, "current", None),
            "today": timezone.localdate(),
        }


@dataclass(frozen=True)
class InForce:
    partnership: Partnership
    kind: Review.Kind
    rule_set: RuleSet | None


class RuleSetListView(_RuleSetMixin, TemplateView):
    template_name = "reviews/clock/rule_set_list.html"

    def get_context_data(self, **kwargs):
        at_hand, on = list(self.rule_sets()), timezone.localdate()
        rows = [
            InForce(place, kind, rule_sets.in_force(at_hand, kind, place.pk, on))
            for place in self.partnerships()
            for kind in Review.Kind
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class RuleSetDetailView(_RuleSetMixin, TemplateView):
    """One version, the one in force unless another is asked for."""

    template_name = "reviews/clock/rule_set_detail.html"

    def get_context_data(self, **kwargs):
        shown = self.current
        if "pk" in self.kwargs:
            shown = get_object_or_404(self.versions, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "rule_set": shown,
            "versions": self.versions.select_related("made_by").order_by(
                "-effective_from", "-made_at"
            )[:50],
        }


class RuleSetCreateView(_RuleSetMixin, FormPageMixin, FormView):
    form_class = RuleSetForm
    template_name = "reviews/clock/rule_set_create.html"

    def newest(self):
        return rule_sets.newest_for(self.kind, self.partnership)

    def get_initial(self):
        newest = self.newest()
        own = newest is not None and not newest.is_house
        return initial_of(newest) | {
            "title": newest.title if own else "",
            "source": newest.source if own else "",
            "effective_from": timezone.localdate(),
            "seen": newest.pk if newest else 0,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"newest": self.newest()}

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            rule_sets.make_version(
                kind=self.kind,
                partnership=self.partnership,
                title=data["title"],
                source=data["source"],
                effective_from=data["effective_from"],
                limits=form.limits,
                seen=self.versions.filter(pk=data["seen"]).first(),
                by=self.request.user,
                on=timezone.localdate(),
                key=data["key"],
            )
        except rule_sets.NewerVersion:
            form.add_error(
                None,
                "Somebody has made a newer version meanwhile. Open it and start from it",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "New version made. What is under way keeps its due days.")
        return redirect("reviews:rule-set-detail", self.partnership.slug, self.kind)


class BankHolidayListView(_RuleSetMixin, ListView):
    """The days that are no working days. They are the same for every partnership."""

    template_name = "reviews/clock/bank_holidays.html"
    paginate_by = 50

    def get_queryset(self):
        from_year = timezone.localdate().year - 1
        return BankHoliday.objects.visible_to(self.request.user).filter(day__year__gte=from_year)
