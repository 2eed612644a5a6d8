"""An agency's chronology, or the review team's own context.

The pages of both are the same views: the address names the agency's part in the review, or none.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from audit.models import EventType
from audit.services import record
from chronologies import services
from chronologies.forms import ConfirmForm, EntryAddForm, ExportForm, OwnEntryFilterForm
from chronologies.marking.models import EntryComment
from chronologies.marking.queries import comments_on
from chronologies.models import Entry, SourceFile
from chronologies.queries import TEAM, ShownEntry, known_people
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.models import Participation
from reviews.requests.forms import CompleteForm
from reviews.requests.models import Request, RequestMove
from reviews.requests.services.answering import say_complete
from reviews.requests.states import NotNow, What
from reviews.services import AlreadySubmitted, submit_chronology
from reviews.views import FormPageMixin, ReviewPageMixin

PAGE = 50


def record_read(view, type_, rows, target=None):
    record(type_, by=view.request.user, review=view.review, target=target, rows=rows)


class PlacePageMixin(ReviewPageMixin):
    """A page of one agency's part in a review; without one in the address, of the review team."""

    def find(self):
        super().find()
        self.participation = None
        if "part" in self.kwargs:
            parts = Participation.objects.visible_to(self.request.user).for_display()
            self.participation = get_object_or_404(
                parts, review=self.review, pk=self.kwargs["part"], is_lead_only=False
            )
            self.participation.review = self.review

    @cached_property
    def entries(self):
        rows = Entry.objects.visible_to(self.request.user)
        return rows.in_place(self.review, self.participation)

    def may_read(self):
        if self.participation:
            return rules.can_see_own_chronology(self.access, self.participation)
        return rules.can_read_combined(self.access, self.review)

    def may_import(self):
        if self.participation:
            return rules.can_import_chronology(self.access, self.participation)
        return rules.can_import_context(self.access, self.review)

    @cached_property
    def asked_for_it(self):
        """The request that the chronology answers, for whoever says that it is complete; or None."""
        part = self.participation
        if not (part and rules.can_say_chronology_complete(self.access, part)):
            return None
        rows = Request.objects.visible_to(self.request.user).open().with_preparation()
        return rows.filter(participation=part, kind="chronology").first()

    def may_say_complete(self):
        return self.asked_for_it is not None

    def said_complete(self):
        """The receipt for it, where nothing has come back since."""
        asked = self.asked_for_it
        if asked is None or asked.said != What.READY:
            return None
        rows = RequestMove.objects.visible_to(self.request.user).filter(request=asked)
        return rows.filter(what=What.READY).select_related("request__participation__review").last()

    @property
    def on_behalf(self):
        """The coordinator acts for an agency, which the entry then says."""
        part = self.participation
        return bool(part) and not self.access.may("change_own_entries", part)

    def address(self, name):
        if self.participation:
            return reverse(
                f"chronologies:{name}", args=[self.review.reference, self.participation.pk]
            )
        return reverse(f"chronologies:context-{name}", args=[self.review.reference])

    def get_context_data(self, **kwargs):
        part = self.participation
        return super().get_context_data(**kwargs) | {
            "participation": part,
            "owner": part.agency.name if part else TEAM,
            "on_behalf": self.on_behalf,
            "can_import": self.may_import(),
            "can_submit": bool(part) and rules.can_submit_chronology(self.access, part),
            # Asked only by the pages that say it.
            "can_say_complete": self.may_say_complete,
            "complete_form": CompleteForm(),
            "said_complete": self.said_complete,
            "urls": {
                name.replace("-", "_"): self.address(name)
                for name in ("chronology", "entry-add", "import-upload", "import-list")
            },
        }


class ChronologyView(PlacePageMixin, TemplateView):
    template_name = "chronologies/chronology.html"

    def is_allowed(self):
        return self.may_read()

    def get_context_data(self, **kwargs):
        comments = EntryComment.objects.visible_to(self.request.user).live()
        form = OwnEntryFilterForm(
            self.request.GET, people=known_people(self.review), comments=comments
        )
        form.is_valid()
        rows = form.choose(self.entries).in_time_order().for_display()
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        record_read(self, EventType.ENTRIES_READ, len(page.object_list), self.participation)
        comments = comments_on(page, self.request.user)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "page_obj": page,
            "rows": [self.row(entry, comments.get(entry.pk, 0)) for entry in page],
            "doubtful": self.entries.live().doubtful().count(),
            "export_form": ExportForm(),
            "chosen": form.written,
        }

    def row(self, entry, comments):
        entry.review, entry.participation = self.review, self.participation
        can_change = rules.can_change_entry(self.access, entry) and not self.review.has_ended
        return ShownEntry(entry, can_change, shows_actions=self.may_import(), comments=comments)


class EntryAddView(KeepsWordsMixin, FormPageMixin, PlacePageMixin, FormView):
    form_class = EntryAddForm
    template_name = "chronologies/entry_add.html"

    def is_allowed(self):
        return self.may_import()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": known_people(self.review)}

    def form_valid(self, form):
        services.add_entry(
            self.review,
            self.participation,
            by=self.request.user,
            key=form.cleaned_data["key"],
            content=form.content,
            on_behalf=self.on_behalf,
        )
        messages.success(self.request, "The entry has been added.")
        return redirect(self.address("chronology"))


class SubmitView(FormPageMixin, PlacePageMixin, FormView):
    form_class = ConfirmForm
    template_name = "chronologies/submit.html"

    def is_allowed(self):
        return rules.can_submit_chronology(self.access, self.participation)

    def get_context_data(self, **kwargs):
        live = self.entries.live()
        return super().get_context_data(**kwargs) | {
            "entries": live.count(),
            "doubtful": live.doubtful().count(),
        }

    def form_valid(self, form):
        try:
            submit_chronology(self.participation, by=self.request.user, on_behalf=self.on_behalf)
        except AlreadySubmitted:
            messages.info(self.request, "The chronology had already been submitted.")
        else:
            messages.success(self.request, "The chronology has been submitted.")
        return redirect(self.address("chronology"))


class CompleteView(PlacePageMixin, View):
    """The author says that it is all there; who signs off for the agency has a message."""

    http_method_names = ["post"]

    def is_allowed(self):
        return rules.can_say_chronology_complete(self.access, self.participation)

    def post(self, request, *args, **kwargs):
        form = CompleteForm(request.POST)
        if not form.is_valid():
            return redirect(self.address("chronology"))
        try:
            receipt = say_complete(
                self.participation,
                by=request.user,
                key=form.cleaned_data["key"],
                **self.as_it_is(),
            )
        except NotNow as refusal:
            messages.info(request, f"{refusal}.")
            return redirect(self.address("chronology"))
        messages.success(request, "Handed in for sign-off. This is your receipt.")
        return redirect(receipt)

    def as_it_is(self):
        """What the receipt says of it: how many entries, and the file that came last."""
        files = SourceFile.objects.visible_to(self.request.user)
        last = files.in_place(self.review, self.participation).saved().select_related("stored")
        last = last.defer("stored__body").first()
        entries = self.entries.live().count()
        note = f"{entries} {'entry' if entries == 1 else 'entries'}"
        if last is None:
            return {"note": note}
        when = timezone.localtime(last.uploaded_at)
        return {
            "note": f"{note}; the last file came on {when:%-d %B %Y, %H:%M}",
            "sha256": last.stored.sha256,
        }
