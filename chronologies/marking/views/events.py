"""Entries that describe one event."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from audit.models import EventType
from chronologies.filtering import visible_entries
from chronologies.marking.forms import EventForm, FindForm, PairForm
from chronologies.marking.models import EventAccount, EventGroup
from chronologies.marking.queries import shown_events
from chronologies.marking.services import events
from chronologies.marking.suggesting.pairs import pairs_of, with_entries
from chronologies.marking.views.beside import BesideMixin
from chronologies.views.places import PAGE, record_read
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, ReviewPageMixin

EVENTS = 20  # a page: each is as long as its accounts


class EventPageMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_read_analysis(self.access, self.review)

    def get_context_data(self, **kwargs):
        leads = rules.can_lead_analysis(self.access, self.review)
        return super().get_context_data(**kwargs) | {
            "leads": leads,
            "may_mark": leads and not self.review.has_ended,
        }


class EventListView(EventPageMixin, TemplateView):
    template_name = "chronologies/marking/event_list.html"

    def get_context_data(self, **kwargs):
        rows = EventGroup.objects.visible_to(self.request.user).live().filter(review=self.review)
        page = Paginator(rows.select_related("review"), EVENTS).get_page(
            self.request.GET.get("page")
        )
        record_read(self, EventType.MARKS_READ, len(page.object_list))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "events": shown_events(list(page), self.request.user),
        }


class OneEventMixin(EventPageMixin):
    def find(self):
        super().find()
        rows = EventGroup.objects.visible_to(self.request.user).live().filter(review=self.review)
        self.group = get_object_or_404(rows.select_related("review"), pk=self.kwargs["pk"])


class EventDetailView(OneEventMixin, TemplateView):
    template_name = "chronologies/marking/event_detail.html"

    def get_context_data(self, **kwargs):
        (event,) = shown_events([self.group], self.request.user)
        record_read(self, EventType.MARKS_READ, len(event.accounts), self.group)
        return super().get_context_data(**kwargs) | {"event": event}


class EventDissolveView(OneEventMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)

    def post(self, request, *args, **kwargs):
        events.dissolve(self.group, by=request.user)
        messages.success(request, "Its entries stand alone again.")
        return redirect("chronologies:event-list", self.review.reference)


class AccountRemoveView(OneEventMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)

    def post(self, request, *args, **kwargs):
        rows = EventAccount.objects.visible_to(request.user).filter(group=self.group)
        account = get_object_or_404(rows, pk=kwargs["account"])
        group = events.take_out(account, by=request.user)
        if group.dissolved_at:
            messages.success(request, "Taken out. One account was left, so there is no event now.")
            return redirect("chronologies:event-list", self.review.reference)
        messages.success(request, "Taken out of the event.")
        return redirect(group)


class EventCreateView(KeepsWordsMixin, BesideMixin, FormPageMixin, FormView):
    """From one entry: which others tell of the same event?"""

    form_class = EventForm
    template_name = fragment_name = "chronologies/marking/event_create.html"

    @cached_property
    def account(self):
        rows = EventAccount.objects.visible_to(self.request.user).live()
        return rows.filter(entry=self.entry).select_related("group__review").first()

    def others(self):
        rows = visible_entries(self.review, self.request.user).exclude(pk=self.entry.pk)
        if self.account:
            rows = rows.exclude(event_accounts__in=self.account.group.accounts.live())
        return rows

    def offered(self):
        """Those that can be of the same days, or those with the words looked for."""
        self.finding = FindForm(self.request.GET)
        rows = self.others()
        words = self.finding.cleaned_data["words"] if self.finding.is_valid() else ""
        if words:
            rows = rows.matching(words)
        elif self.entry.date.is_bounded:
            rows = rows.between(self.entry.date.earliest, self.entry.date.latest)
            rows = rows.exclude(Q(date_earliest=None) | Q(date_latest=None))
        else:
            rows = rows.undated()
        return rows.merged_in_time().values_list("pk", flat=True)[:PAGE]

    def get_form_kwargs(self):
        chosen = [one for one in self.request.POST.getlist("entries") if one.isascii()]
        chosen = {int(one) for one in chosen if one.isdecimal() and len(one) < 18}
        rows = self.others().filter(pk__in={*self.offered(), *chosen})
        return super().get_form_kwargs() | {
            "entries": rows.for_display().in_time_order(),
            "has_event": self.account is not None,
        }

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            record_read(self, EventType.ENTRIES_READ, 1, self.entry)
        context = super().get_context_data(**kwargs)
        return context | {
            "finding": self.finding,
            "at_most": PAGE,
            "account": self.account,
            "has_choice": context["form"].fields["entries"].queryset.exists(),
        }

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            group = events.put_together(
                [self.entry, *said["entries"]],
                by=self.request.user,
                key=said["key"],
                note=said.get("note", ""),
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Put together as one event.")
        return redirect(group)


# --- Suggested ----------------------------------------------------------------------------------


class _LeadsMixin(EventPageMixin):
    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)


class EventSuggestionsView(_LeadsMixin, TemplateView):
    template_name = "chronologies/marking/event_suggestions.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        page = Paginator(pairs_of(self.review, user), EVENTS).get_page(self.request.GET.get("page"))
        pairs = with_entries(page.object_list, self.review, user)
        record_read(self, EventType.MARKS_READ, 2 * len(pairs))
        return super().get_context_data(**kwargs) | {
            "page_obj": page,
            "pairs": [(pair, PairForm(auto_id=False)) for pair in pairs],
        }


class _PairView(_LeadsMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = PairForm(request.POST)
        if not form.is_valid():
            messages.info(request, "Choose what to do with one of the pairs.")
            return redirect("chronologies:event-suggestions", self.review.reference)
        said = form.cleaned_data
        rows = visible_entries(self.review, request.user)
        both = list(rows.filter(pk__in={said["first"], said["second"]}))
        if len(both) != 2:
            raise Http404
        try:
            messages.success(request, self.decide(both, said["key"]))
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
        return redirect("chronologies:event-suggestions", self.review.reference)


class PairAcceptView(_PairView):
    def decide(self, both, key):
        events.put_together(both, by=self.request.user, key=key)
        return "Put together as one event."


class PairDeclineView(_PairView):
    def decide(self, both, key):
        events.say_not_one_event(*both, by=self.request.user)
        return "They will not be suggested again."
