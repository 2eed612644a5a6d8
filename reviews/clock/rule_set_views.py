from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView

from reviews import rules
from reviews.clock import rule_sets
from reviews.clock.models import BankHoliday, RuleSet
from reviews.clock.rule_set_forms import RuleSetForm, initial_of
from reviews.version_views import (
    PartnershipsMixin,
    VersionCreateView,
    VersionDetailView,
    VersionListView,
)


class _Allowed:
    def is_allowed(self):
        return rules.can_change_rule_sets(self.access)


class _RuleSetMixin(_Allowed):
    """The time limits of the partnerships that somebody coordinates."""

    def at_hand(self):
        return RuleSet.objects.visible_to(self.request.user).prefetch_related("limits")


class RuleSetListView(_RuleSetMixin, VersionListView):
    template_name = "reviews/clock/rule_set_list.html"


class RuleSetDetailView(_RuleSetMixin, VersionDetailView):
    template_name = "reviews/clock/rule_set_detail.html"


class RuleSetCreateView(_RuleSetMixin, VersionCreateView):
    form_class = RuleSetForm
    template_name = "reviews/clock/rule_set_create.html"
    done = "New version made. What is under way keeps its due days."

    def newest_for(self, kind, partnership):
        return rule_sets.newest_for(kind, partnership)

    def get_initial(self):
        return initial_of(self.newest) | super().get_initial()

    def make(self, form, **more):
        rule_sets.make_version(limits=form.limits, **more)

    def made(self):
        return reverse("reviews:rule-set-detail", args=[self.partnership.slug, self.kind])


class BankHolidayListView(_Allowed, PartnershipsMixin, ListView):
    """The days that are no working days. They are the same for every partnership."""

    template_name = "reviews/clock/bank_holidays.html"
    paginate_by = 50

    def get_queryset(self):
        from_year = timezone.localdate().year - 1
        return BankHoliday.objects.visible_to(self.request.user).filter(day__year__gte=from_year)
