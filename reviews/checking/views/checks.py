"""Going through a checklist, and whom the chair asked to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.checking.forms import AskToCheckForm, CheckForm
from reviews.checking.lists import checklist_for
from reviews.checking.models import AskedToCheck, Checked, QualityCheck
from reviews.checking.queries import (
    Line,
    checkable,
    lines_of,
    receipts_of,
    requests_to_check,
    summary_of,
    who_can_be_asked,
)
from reviews.checking.services import asking, marking
from reviews.drafts.pages import KeepsWordsMixin
from reviews.forms import ConfirmForm
from reviews.querying.queries import lines_of_request
from reviews.querying.services.answering import all_answered, returned_with
from reviews.requests.states import NotNow, What, allows
from reviews.submissions.models import Submission
from reviews.views import FormPageMixin, ReviewPageMixin


class CheckMixin(ReviewPageMixin):
    """What came for one request: the leaders', and whoever's who was asked to check it."""

    def find(self):
        super().find()
        rows = requests_to_check(self.request.user, self.review)
        self.asked = get_object_or_404(rows, pk=self.kwargs["pk"])

    def is_allowed(self):
        return rules.can_check(self.access, self.asked)

    @property
    def part(self):
        return self.asked.participation

    @property
    def leads(self):
        return rules.can_lead_requests(self.access, self.review)

    def checks(self):
        rows = QualityCheck.objects.visible_to(self.request.user).filter(request=self.asked)
        return rows.select_related("receipt", "checklist", "finished_by", "begun_by")

    def version_of(self, receipt):
        """What came with a receipt, where it came as a file here."""
        rows = Submission.objects.visible_to(self.request.user)
        return rows.filter(move=receipt).for_display().first()

    def tell_of_reading(self):
        record(
            EventType.CHECK_READ,
            by=self.request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
            request=self.asked.kind,
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "part": self.part,
            "leads": self.leads,
        }


class CheckView(KeepsWordsMixin, CheckMixin, FormPageMixin, FormView):
    """What came last, item by item. Each save keeps what is new of it."""

    form_class = CheckForm
    template_name = "reviews/checking/check.html"

    def find(self):
        super().find()
        self.receipt = receipts_of(self.asked).first()
        self.check = self.checks().filter(receipt=self.receipt).first() if self.receipt else None

    @property
    def nothing_came(self):
        return self.receipt is None or self.asked.kind not in Checked.values

    def get(self, request, *args, **kwargs):
        if self.nothing_came:
            messages.info(request, "Nothing has come yet that could be checked.")
            return redirect(self.asked if self.leads else self.review)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.nothing_came or (self.check and self.check.is_over):
            return self.stands("This check has been finished already")
        return super().post(request, *args, **kwargs)

    def stands(self, sentence):
        messages.info(self.request, f"{sentence}.")
        return redirect("reviews:check", self.review.reference, self.asked.pk)

    def lines(self):
        if self.check:
            return lines_of(self.check)
        on = timezone.localdate()
        checklist = checklist_for(self.asked.kind, self.review.partnership, on)
        return [Line(item, None, []) for item in checklist.items.all()]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": self.lines()}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        user, today = self.request.user, timezone.localdate()
        context = super().get_context_data(**kwargs)
        lines = context["form"].lines
        asked = AskedToCheck.objects.visible_to(user).filter(request=self.asked)
        return context | {
            "receipt": self.receipt,
            "version": self.version_of(self.receipt),
            "check": self.check,
            "is_over": bool(self.check and self.check.is_over),
            "lines": lines,
            "summary": summary_of(lines),
            "earlier": [one for one in self.checks() if one != self.check],
            "asked_to_check": asked.filter(ended_at=None).select_related("member"),
            "queries": lines_of_request(self.asked, user, on=today),
            "came_back_with_queries": returned_with(self.asked).exists(),
            "all_answered": all_answered(self.asked),
            "may_change": not self.review.has_ended,
            "may_raise": not self.review.has_ended,
            "now": {what.value: allows(what, self.asked.state) for what in What},
        }

    def form_valid(self, form):
        finish = "finish" in self.request.POST
        try:
            marking.mark(self.receipt, form.marked, by=self.request.user, finish=finish)
        except NotNow as refusal:
            return self.stands(str(refusal))
        except marking.MarkedMeanwhile as theirs:
            return self.someone_else_marked(form, *theirs.args)
        except marking.NotAllMarked as missing:
            form.add_error(None, _missing(*missing.args))
            return self.form_invalid(form)
        messages.success(self.request, "Check finished." if finish else "Saved.")
        return redirect("reviews:check", self.review.reference, self.asked.pk)

    def someone_else_marked(self, form, items):
        """Theirs stand in what was marked before; sent again, one's own count."""
        self.check = self.checks().filter(receipt=self.receipt).first()
        now = {line.item.pk: line for line in lines_of(self.check)}
        form.data = form.data.copy()
        for pk in items:
            mark = now[pk].mark
            form.data[f"seen_{pk}"] = mark.pk
            said = f"{mark.by} has marked this meanwhile: {mark.get_outcome_display()}. {mark.note}"
            form.add_error(f"outcome_{pk}", f"{said.strip()} Save again if yours still stands")
        return self.form_invalid(form)


def _missing(n):
    return f"{n} item{' is' if n == 1 else 's are'} not marked yet. Mark {'it' if n == 1 else 'them'}, then finish"


class CheckDetailView(CheckMixin, TemplateView):
    """A check as it stands, also of what came before."""

    template_name = "reviews/checking/check_detail.html"

    def find(self):
        super().find()
        self.check = get_object_or_404(self.checks(), pk=self.kwargs["check"])

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        lines = lines_of(self.check)
        return super().get_context_data(**kwargs) | {
            "check": self.check,
            "receipt": self.check.receipt,
            "version": self.version_of(self.check.receipt),
            "lines": lines,
            "summary": summary_of(lines),
        }


class _LeadCheckMixin(CheckMixin, FormPageMixin):
    def is_allowed(self):
        return self.leads

    def back_to_check(self):
        return redirect("reviews:check", self.review.reference, self.asked.pk)


class CheckAskView(_LeadCheckMixin, FormView):
    form_class = AskToCheckForm
    template_name = "reviews/checking/ask.html"

    def get(self, request, *args, **kwargs):
        if not checkable(self.asked):
            messages.info(request, "Nothing has come yet that could be checked.")
            return redirect(self.asked)
        return super().get(request, *args, **kwargs)

    def members(self):
        return who_can_be_asked(self.asked)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"members": self.members()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"nobody": not self.members().exists()}

    def form_valid(self, form):
        try:
            asking.ask_to_check(self.asked, by=self.request.user, **form.cleaned_data)
        except NotNow as refusal:
            messages.info(self.request, f"{refusal}.")
            return redirect(self.asked)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Asked. They have a message, and see it from now on.")
        return self.back_to_check()


class CheckAskEndView(_LeadCheckMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/checking/ask_end.html"

    def find(self):
        super().find()
        rows = AskedToCheck.objects.visible_to(self.request.user).filter(request=self.asked)
        self.given = get_object_or_404(rows.select_related("member"), pk=self.kwargs["given"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"given": self.given}

    def form_valid(self, form):
        try:
            asking.end_asking(self.given, by=self.request.user)
        except asking.AlreadyEnded:
            messages.info(self.request, "Somebody has already ended this.")
        else:
            messages.success(self.request, "Ended. They see it no longer, from this moment on.")
        return self.back_to_check()
