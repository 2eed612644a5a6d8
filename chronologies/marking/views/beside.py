"""What the chair and the coordinator say beside one entry: on a page of its own, or in place of its
row in the combined chronology."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View
from django_htmx.http import HttpResponseClientRedirect

from audit.models import EventType
from chronologies.marking.forms import (
    KINDS,
    CommentForm,
    MarkForm,
    SuggestionForm,
    TieForm,
)
from chronologies.marking.models import EntryComment, EntryTerm, EntryTheme, Mark, Theme
from chronologies.marking.queries import MarkedEntry, beside
from chronologies.marking.services import comments, marks, ties
from chronologies.marking.suggesting.queries import suggestions_of
from chronologies.views.entries import EntryPageMixin
from chronologies.views.places import record_read
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.models import Participation
from reviews.terms.queries import newest_texts
from reviews.views import FormPageMixin

GONE = "The entry has changed since, or somebody else decided on this. It is shown as it is now."


class BesideMixin(EntryPageMixin):
    """Of those who lead the analysis."""

    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)

    def done(self, message):
        """Back to the row of the combined chronology, or to the entry's page."""
        if self.request.htmx:
            row = MarkedEntry(self.entry, self.said_beside(), may_mark=True, said=message)
            context = {"row": row, "review": self.review}
            return render(self.request, "chronologies/_combined_row.html", context)
        messages.success(self.request, message)
        return redirect(self.entry)

    def overtaken(self, message=GONE):
        messages.info(self.request, message)
        where = self.entry.get_absolute_url()
        return HttpResponseClientRedirect(where) if self.request.htmx else redirect(where)

    def said_beside(self):
        return beside([self.entry], self.review, self.request.user)[self.entry.pk]


class PanelMixin(BesideMixin, FormPageMixin):
    """A form beside an entry, with what stands there already."""

    template_name = "chronologies/marking/panel.html"
    fragment_name = "chronologies/marking/_row_panel.html"
    page = ""

    def get_form_kwargs(self):
        # Several rows of one page may be open at once.
        return super().get_form_kwargs() | {"auto_id": f"beside-{self.entry.pk}-%s"}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            record_read(self, EventType.ENTRIES_READ, 1, self.entry)
        return super().get_context_data(**kwargs) | {
            "beside": self.said_beside(),
            "suggestions": self.suggestions(),
            "page": self.page,
            "kinds": KINDS,
            "kind": getattr(self, "kind", ""),
            "here": self.here(),
            "may_mark": True,
            "may_change_themes": rules.can_change_themes(self.access),
        }

    def suggestions(self):
        found = suggestions_of(self.entry, self.request.user)
        return [(one, SuggestionForm(auto_id=False)) for one in found]

    def here(self):
        return self.request.path


class MarkAddView(PanelMixin, FormView):
    form_class = MarkForm
    page = "mark"

    def get(self, request, *args, **kwargs):
        if request.htmx and "row" in request.GET:  # whoever cancels gets the row back
            record_read(self, EventType.ENTRIES_READ, 1, self.entry)
            return self.done("")
        return super().get(request, *args, **kwargs)

    @cached_property
    def kind(self):
        asked = self.request.POST.get("kind") or self.request.GET.get("kind")
        return Mark.Kind(asked) if asked in Mark.Kind.values else Mark.Kind.KEY

    def here(self):
        return f"{self.request.path}?kind={self.kind}"

    def get_form_kwargs(self):
        parts = Participation.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_form_kwargs() | {
            "kind": self.kind,
            "people": self.review.people.all(),
            "parts": parts.select_related("agency").order_by("agency__name"),
        }

    def form_valid(self, form):
        try:
            marks.set_mark(self.entry, by=self.request.user, **form.said)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return self.done(f"Marked: {self.kind.label.lower()}.")


class TieView(PanelMixin, FormView):
    form_class = TieForm
    page = "tie"

    def get_form_kwargs(self):
        user, tied = self.request.user, {}
        for model, name in ((EntryTheme, "theme"), (EntryTerm, "term")):
            rows = model.objects.visible_to(user).live().filter(entry=self.entry)
            tied[f"{name}s"] = set(rows.values_list(name, flat=True))
        ties_there = EntryTheme.objects.visible_to(user).live()
        offered = Theme.objects.visible_to(user).in_use_in(self.review, ties_there)
        themes = [one for one in offered if one.ended_at is None or one.pk in tied["themes"]]
        texts = newest_texts(self.review, user)
        return super().get_form_kwargs() | {
            "themes": themes,
            "texts": [one for one in texts if not one.is_left_out or one.term_id in tied["terms"]],
            "tied": tied,
        }

    def form_valid(self, form):
        try:
            ties.tie(self.entry, by=self.request.user, **form.chosen)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return self.done("Themes and terms saved.")


class CommentAddView(KeepsWordsMixin, PanelMixin, FormView):
    form_class = CommentForm
    page = "comment"

    def get_form_kwargs(self):
        part = self.entry.participation
        return super().get_form_kwargs() | {"agency": part.agency.name if part else ""}

    def form_valid(self, form):
        said = form.cleaned_data
        try:
            comments.add_comment(
                self.entry,
                text=said["text"],
                audience=said["audience"],
                key=said["key"],
                by=self.request.user,
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return self.done("Comment added.")


# --- At one click -------------------------------------------------------------------------------


class _ClickView(BesideMixin, View):
    http_method_names = ["post"]


class MarkRemoveView(_ClickView):
    def post(self, request, *args, **kwargs):
        rows = Mark.objects.visible_to(request.user).filter(entry=self.entry)
        marks.remove_mark(get_object_or_404(rows, pk=kwargs["mark"]), by=request.user)
        return self.done("Mark taken away.")


class CommentRemoveView(_ClickView):
    def post(self, request, *args, **kwargs):
        rows = EntryComment.objects.visible_to(request.user).filter(entry=self.entry)
        comments.remove_comment(get_object_or_404(rows, pk=kwargs["comment"]), by=request.user)
        return self.done("Comment taken away.")


class _SuggestionView(_ClickView):
    """From the entry's page or its row; from the list of suggestions back to that list."""

    def post(self, request, *args, **kwargs):
        form = SuggestionForm(request.POST)
        if not form.is_valid():
            return self.overtaken()
        try:
            message = self.decide(form.cleaned_data)
        except (marks.SuggestionGone, ValidationError):
            return self.overtaken()
        if "list" in request.POST:
            messages.success(request, message)
            return redirect(reverse("chronologies:suggestion-list", args=[self.review.reference]))
        return self.done(message)


class SuggestionTakeView(_SuggestionView):
    def decide(self, said):
        mark = marks.take_suggestion(
            self.entry, said["suggestion"], by=self.request.user, key=said["key"]
        )
        return f"Marked: {mark.get_kind_display().lower()}."


class SuggestionDeclineView(_SuggestionView):
    def decide(self, said):
        marks.decline_suggestion(self.entry, said["suggestion"], by=self.request.user)
        return "It will not be suggested again."
