"""Pages of a request for updates, for the one who was asked."""

import re
from collections import Counter
from functools import cached_property, partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from actionplans.asking import answering, returned, sheet
from actionplans.asking.forms import AnswersForm, SheetForm
from actionplans.asking.models import UpdateRequest
from actionplans.progress.models import Source
from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import XLSX, attachment
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, GuardedMixin

MOST_AT_ONCE = 40  # rows of one page
_ANSWER = re.compile(r"row-\d+-answer")


class RequestPageMixin(GuardedMixin):
    """One's own request, with the rows that one may still report on."""

    def is_allowed(self):
        return True

    def find(self):
        requests = UpdateRequest.objects.visible_to(self.request.user)
        self.asking = get_object_or_404(
            requests.select_related("partnership"), pk=self.kwargs["pk"]
        )
        self.asked, self.gone = answering.rows_of_request(self.asking, self.request.user)

    @property
    def review(self):
        """Of the first row that is still theirs: words that wait to be saved are sealed with its key,
        and found again as long as they reach that review."""
        first = self.asked[0] if self.asked else self.asking.asked_rows.first()
        return first.row.review

    def record_read(self, asked, type_=EventType.PLAN_READ, **more):
        for review, n in Counter(one.row.review for one in asked).items():
            record(type_, by=self.request.user, review=review, rows=n, **more)

    def get_context_data(self, **kwargs):
        waiting = sum(one.waits for one in self.asked)
        return super().get_context_data(**kwargs) | {
            "asking": self.asking,
            "answered": [one for one in self.asked if not one.waits],
            "waiting": waiting,
            "gone": self.gone,
        }


class RequestDetailView(KeepsWordsMixin, FormPageMixin, RequestPageMixin, FormView):
    """Every row that was asked about, with what was said last; answered in one go, row by row."""

    form_class = AnswersForm
    template_name = "actionplans/asking/request.html"

    @cached_property
    def page_obj(self):
        waiting = [one for one in self.asked if one.waits]
        return Paginator(waiting, MOST_AT_ONCE).get_page(self.request.GET.get("page"))

    @cached_property
    def shown(self):
        """Those without an answer; when something comes back, all that it is about."""
        if self.request.method != "POST":
            return list(self.page_obj)
        return [one for one in self.asked if f"row-{one.row.pk}-seen" in self.request.POST]

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for one, of_row in zip(self.shown, form.forms, strict=True):
            one.form = of_row
        return form

    def get_form_kwargs(self):
        sent = super().get_form_kwargs()
        return {
            "data": sent.get("data"),
            "files": sent.get("files"),
            "rows": [one.row for one in self.shown],
            "access": self.access,
        }

    def get(self, request, *args, **kwargs):
        self.record_read(self.asked)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if taken := self.taken_away():
            self.words_stay = True
            messages.warning(request, _gone(taken))
        return super().post(request, *args, **kwargs)

    def taken_away(self):
        """How many rows something was typed of that are theirs no longer; the words are kept."""
        theirs = {str(one.row.pk) for one in self.asked}
        sent = {name.split("-")[1] for name in self.request.POST if _ANSWER.fullmatch(name)}
        return sum(bool(self.request.POST[f"row-{pk}-answer"]) for pk in sent if pk not in theirs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "shown": self.shown,
            "page_obj": self.page_obj,
        }

    def form_valid(self, form):
        said = form.page.cleaned_data
        source = said["source"] or Source.PAGE
        kept = answering.save(self.shown, by=self.request.user, key=said["key"], source=source)
        if kept:
            messages.success(self.request, _kept(len(kept)))
        if not form.errors:
            return redirect(self.asking)
        pks = {row.pk for row in kept}
        self.shown = [one for one in self.shown if one.row.pk not in pks]
        form.forms = [one.form for one in self.shown]
        return self.form_invalid(form)


def _gone(n):
    what = "1 action is" if n == 1 else f"{n} actions are"
    return f"{what} not yours to report on any more. What you wrote of it has not been saved."


def _kept(n):
    return "1 update has been kept." if n == 1 else f"{n} updates have been kept."


class RequestSheetView(RequestPageMixin, View):
    """The same as a spreadsheet, to be filled in and brought back."""

    def get(self, request, *args, **kwargs):
        asked = [one for one in self.asked if one.row.is_open and not one.row.review.has_ended]
        content = sheet.make(self.asking, asked)
        self.record_read(asked, EventType.EXPORTED, document="a request for updates")
        return attachment(content, name="Updates of actions.xlsx", media_type=XLSX)


class RequestReturnView(FormPageMixin, RequestPageMixin, FormView):
    """The spreadsheet comes back: what was understood is shown, and saved from there."""

    form_class = SheetForm
    template_name = "actionplans/asking/return.html"

    def get_form_kwargs(self):
        read = partial(returned.read, request=self.asking, asked=self.asked)
        return super().get_form_kwargs() | {"read": read}

    def form_valid(self, form):
        found = form.returned
        self.record_read(self.asked)
        filled = [one for one in self.asked if one.row.pk in found.lines]
        shown = filled[:MOST_AT_ONCE]
        answers = AnswersForm(
            found.form_data(shown), None, rows=[one.row for one in shown], access=self.access
        )
        for one, of_row in zip(shown, answers.forms, strict=True):
            one.form, one.notices = of_row, found.notices[one.row.pk]
            one.meanwhile = answering.said_since(one, found.seen(one))
            answering.look_at(one, by=self.request.user)
        context = self.get_context_data(form=answers, found=found, shown=shown)
        context["later"] = len(filled) - len(shown)
        context["problems"] = sum(bool(one.form.errors) for one in shown)
        return self.response_class(
            request=self.request,
            template=["actionplans/asking/preview.html"],
            context=context,
            using=self.template_engine,
        )
