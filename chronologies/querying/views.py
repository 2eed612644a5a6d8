"""Asking about an entry, and answering with entries."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.generic import FormView

from audit.models import EventType
from chronologies.models import Entry
from chronologies.querying import services
from chronologies.querying.forms import EntryQueryForm, FindForm, FoundForm
from chronologies.views.entries import EntryPageMixin
from chronologies.views.places import PAGE, record_read
from reviews import rules
from reviews.checking.queries import requests_to_check
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying.views.answering import AnsweringMixin
from reviews.querying.views.pages import QueryStepView
from reviews.requests.models import Request
from reviews.views import FormPageMixin


def chronology_request(user, entry):
    """What the entry came of, where this person may check that; None where nothing was asked for."""
    rows = requests_to_check(user, entry.review).filter(
        participation=entry.participation_id, kind=Request.Kind.CHRONOLOGY
    )
    return rows.exclude(state="withdrawn").order_by("-pk").first()


class EntryQueryView(KeepsWordsMixin, EntryPageMixin, FormPageMixin, FormView):
    form_class = EntryQueryForm
    template_name = fragment_name = "chronologies/entry_query.html"

    def find(self):
        super().find()
        self.asked = chronology_request(self.request.user, self.entry)

    def is_allowed(self):
        return rules.can_query_entry(self.access, self.entry, self.asked)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            record_read(self, EventType.ENTRIES_READ, 1, self.entry)
        return super().get_context_data(**kwargs) | {"asked": self.asked}

    def form_valid(self, form):
        try:
            query = services.raise_about(
                self.entry, request=self.asked, by=self.request.user, **form.cleaned_data
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"Query {query.number} raised. It has not been sent yet.")
        return redirect(query)


class QueryFoundView(AnsweringMixin, QueryStepView):
    """“Found, and it stands in our chronology”: the agency chooses the entries."""

    form_class = FoundForm
    template_name = "chronologies/query_found.html"
    heading = "Found: choose the entries"

    def own_entries(self):
        rows = Entry.objects.visible_to(self.request.user).in_place(self.review, self.part)
        return rows.live()

    def offered(self):
        """Of a long chronology those that were added last, or those with the words looked for."""
        self.finding = FindForm(self.request.GET)
        rows = self.own_entries()
        words = self.finding.cleaned_data["words"] if self.finding.is_valid() else ""
        if words:
            rows = rows.matching(words)
        return rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:PAGE]

    def get_form_kwargs(self):
        chosen = [one for one in self.request.POST.getlist("entries") if one.isdecimal()]
        ids = {*self.offered(), *(int(one) for one in chosen if len(one) < 18)}
        rows = self.own_entries().filter(pk__in=ids).order_by("-created_at", "-pk")
        return super().get_form_kwargs() | {"entries": rows.defer("search")}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "finding": self.finding,
            "at_most": PAGE,
            "has_entries": self.own_entries().exists(),
        }

    def save(self, form):
        said = form.cleaned_data
        services.answer_found(
            self.query,
            entries=list(said["entries"]),
            by=self.request.user,
            key=said["key"],
            text=said["text"],
            on_behalf=self.on_behalf,
            **form.file_kept,
        )
