"""One entry: read, changed in place or on a page of its own, withdrawn, its doubts settled."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import FormView, TemplateView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from chronologies import services
from chronologies.forms import EntryChangeForm, EntryWithdrawForm
from chronologies.marking.showing import on_entry
from chronologies.mismatches.queries import resting_on
from chronologies.models import Entry
from chronologies.naming import REAL_NAME
from chronologies.queries import TEAM, ShownEntry, facts_of, history_of, known_people, place_of
from chronologies.timeline.around import address_around
from chronologies.views.places import record_read
from reviews import rules
from reviews.checking.queries import requests_to_check
from reviews.citing import ENTRY, uses_of
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying.models import Query
from reviews.querying.queries import lines_of
from reviews.views import FormPageMixin, ReviewPageMixin


class EntryPageMixin(ReviewPageMixin):
    """A page about one entry. Asked for by script, it answers with the entry's row alone."""

    def find(self):
        super().find()
        rows = Entry.objects.visible_to(self.request.user).filter(review=self.review)
        self.entry = get_object_or_404(rows.for_display(), pk=self.kwargs["pk"])
        self.entry.review = self.review
        if self.entry.participation:
            self.entry.participation.review = self.review

    def may_change(self):
        return rules.can_change_entry(self.access, self.entry)

    def may_see_history(self):
        """What an entry used to say was never shared: a name may have been taken out of it."""
        if part := self.entry.participation:
            return rules.can_see_own_chronology(self.access, part)
        return self.access.may("read_chronologies", self.review)

    @property
    def on_behalf(self):
        part = self.entry.participation
        return bool(part) and not self.access.may("change_own_entries", part)

    @property
    def needs_reason(self):
        part = self.entry.participation
        return bool(part) and part.is_submitted

    def list_address(self):
        part = self.entry.participation
        if part and rules.can_see_own_chronology(self.access, part):
            return reverse("chronologies:chronology", args=[self.review.reference, part.pk])
        if part:  # it was shared with this person, who sees it among all that they may see
            return reverse("chronologies:combined", args=[self.review.reference])
        return reverse("chronologies:context-chronology", args=[self.review.reference])

    def get_template_names(self):
        return [self.fragment_name if self.request.htmx else self.template_name]

    def get_context_data(self, **kwargs):
        part = self.entry.participation
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "row": self.row(),
            "participation": part,
            "owner": part.agency.name if part else TEAM,
            "list_url": self.list_address(),
        }

    def row(self, said=""):
        may = self.may_change() and not self.review.has_ended
        return ShownEntry(self.entry, may, shows_actions=may, said=said)

    def done(self, message):
        """Back to the row where there is a script, to the list where there is none."""
        if self.request.htmx:
            self.find()
            return render(self.request, "chronologies/_entry_row.html", {"row": self.row(message)})
        messages.success(self.request, message)
        return redirect(self.list_address())

    def overtaken(self):
        self.words_stay = True
        messages.info(
            self.request, "Somebody else changed this entry first. It is shown as it is now."
        )
        where = self.entry.get_absolute_url()
        return HttpResponseClientRedirect(where) if self.request.htmx else redirect(where)


class EntryDetailView(EntryPageMixin, TemplateView):
    template_name = "chronologies/entry_detail.html"
    fragment_name = "chronologies/_entry_row.html"

    def is_allowed(self):
        if self.entry.participation:
            return rules.can_see_own_chronology(
                self.access, self.entry.participation
            ) or rules.can_read_combined(self.access, self.review)
        return rules.can_read_combined(self.access, self.review)

    def get_context_data(self, **kwargs):
        record_read(self, EventType.ENTRIES_READ, 1, self.entry)
        return super().get_context_data(**kwargs) | {
            "history": history_of(self.entry) if self.may_see_history() else (),
            "facts": facts_of(self.entry),
            "may_replace_names": self.may_replace_names(),
            "on_entry": on_entry(self.entry, self.request.user),
            "around_url": self.around_address(),
            "queries": self.queries(),
            "mismatches": self.mismatches(),
            "uses": uses_of(ENTRY, [self.entry], self.review, self.request.user).get(self.entry.pk),
            "may_query": not self.review.has_ended
            and rules.can_query_entry(self.access, self.entry, self.to_check()),
        }

    def around_address(self):
        if not rules.can_read_combined(self.access, self.review):
            return ""
        place = place_of(self.entry.participation)
        return address_around(self.review, self.entry.date, [place])

    def queries(self):
        rows = Query.objects.visible_to(self.request.user)
        links = self.entry.queries.values("query")
        return lines_of(rows.filter(pk__in=links).for_display(), self.request.user, on=localdate())

    def mismatches(self):
        """For those who lead the review."""
        if not rules.can_lead_analysis(self.access, self.review):
            return []
        return resting_on(self.entry, self.request.user)

    def to_check(self):
        rows = requests_to_check(self.request.user, self.review).filter(kind="chronology")
        return rows.filter(participation=self.entry.participation_id).first()

    def may_replace_names(self):
        return any(doubt["message"] == REAL_NAME for doubt in self.entry.open_doubts) and (
            rules.can_replace_names(self.access, self.entry)
        )


class EntryChangeView(KeepsWordsMixin, EntryPageMixin, FormPageMixin, FormView):
    form_class = EntryChangeForm
    template_name = "chronologies/entry_change.html"
    fragment_name = "chronologies/_entry_row_edit.html"

    def is_allowed(self):
        return self.may_change()

    def get_initial(self):
        names = ("date", "time", "persons", "text", "action", "comment", "source")
        written = {name: getattr(self.entry, name) for name in names}
        return written | {"seen": self.entry.versions.count()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "people": known_people(self.review),
            "needs_reason": self.needs_reason,
            # Several rows of one page may be open for change at once.
            "auto_id": f"entry-{self.entry.pk}-%s",
        }

    def form_valid(self, form):
        try:
            services.change_entry(
                self.entry,
                by=self.request.user,
                content=form.content,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data.get("reason", ""),
                on_behalf=self.on_behalf,
            )
        except (services.ChangedMeanwhile, services.AlreadyWithdrawn):
            return self.overtaken()
        return self.done("The entry has been changed.")


class EntryWithdrawView(EntryPageMixin, FormPageMixin, FormView):
    form_class = EntryWithdrawForm
    template_name = fragment_name = "chronologies/entry_withdraw.html"

    def is_allowed(self):
        return self.may_change()

    def form_valid(self, form):
        try:
            services.withdraw_entry(
                self.entry,
                by=self.request.user,
                reason=form.cleaned_data["reason"],
                on_behalf=self.on_behalf,
            )
        except services.AlreadyWithdrawn:
            messages.info(self.request, "The entry had already been withdrawn.")
        else:
            messages.success(self.request, "The entry has been withdrawn. It is kept on record.")
        return redirect(self.list_address())


class DoubtSettleView(EntryPageMixin, View):
    http_method_names = ["post"]

    def is_allowed(self):
        return self.may_change()

    def post(self, request, *args, **kwargs):
        try:
            services.settle_doubt(
                self.entry, kwargs["number"], by=request.user, on_behalf=self.on_behalf
            )
        except (services.ChangedMeanwhile, services.AlreadyWithdrawn):
            return self.overtaken()
        return self.done("Marked as right.")
