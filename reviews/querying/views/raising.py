"""Raising queries about what came, and sending them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.checking.models import CheckMark
from reviews.checking.queries import FALLS_SHORT
from reviews.checking.views.checks import CheckMixin
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying import forms
from reviews.querying.queries import lines_of_request
from reviews.querying.services import raising, sending
from reviews.querying.states import What
from reviews.querying.views.pages import QueryStepView
from reviews.requests.pack import terms_of
from reviews.requests.states import What as RequestWhat
from reviews.requests.states import allows
from reviews.submissions.models import Submission
from reviews.terms.difference import texts_of
from reviews.views import FormPageMixin


class QueryRaiseView(KeepsWordsMixin, CheckMixin, FormPageMixin, FormView):
    form_class = forms.RaiseForm
    template_name = "reviews/querying/raise.html"

    def get_form_kwargs(self):
        version = terms_of(self.part)
        texts = texts_of([version])[version.pk] if version else []
        passages, why = self.passages()
        more = {"terms": texts, "passages": passages, "why_no_headings": why}
        return super().get_form_kwargs() | more

    def passages(self):
        """(the headings of the version that came last, why there are none)"""
        if not self.asked.is_for_a_file:
            return [], ""
        rows = Submission.objects.visible_to(self.request.user).of(self.asked).sent()
        version = rows.order_by("-number").first()
        main = version.main if version else None
        if main is None:
            return [], "You cannot choose a heading: no report has come that could be read here."
        if main.unread_because:
            why = f"the report could not be read. {main.unread_because}"
            return [], f"You cannot choose a heading: {why}"
        if not main.is_read:
            return [], "You cannot choose a heading yet: the report is still being read."
        found = list(main.passages.exclude(heading="").order_by("position"))
        return found, "" if found else "You cannot choose a heading: the report has none."

    @cached_property
    def fallen_short(self):
        """The newest mark of the item of the check from which somebody came, or None."""
        item = self.request.GET.get("item", "")
        if not item.isdecimal() or len(item) > 17:
            return None
        rows = CheckMark.objects.visible_to(self.request.user).filter(
            quality_check__request=self.asked, item=item
        )
        mark = rows.select_related("item").order_by("pk").last()
        return mark if mark and mark.outcome in FALLS_SHORT else None

    def get_initial(self):
        """What is read beside a heading leads here with it, and so does an item of the check."""
        if mark := self.fallen_short:
            return {"about": "whole", "text": f"{mark.item.question}\n{mark.note}".strip()}
        asked = self.request.GET.get("heading", "")
        found = [one.pk for one in self.passages()[0] if str(one.position) == asked]
        return {"about": f"heading-{found[0]}" if found else "whole"}

    def form_valid(self, form):
        try:
            query = raising.raise_query(
                self.part, request=self.asked, by=self.request.user, **form.raised
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(
            self.request,
            f"Query {query.number} raised. The agency knows nothing of it until it is sent.",
        )
        if self.fallen_short:
            return redirect("reviews:check", self.review.reference, self.asked.pk)
        return redirect("reviews:query-raise", self.review.reference, self.asked.pk)

    def get_context_data(self, **kwargs):
        user = self.request.user
        if self.request.method == "GET":
            record(
                EventType.QUERIES_READ,
                by=user,
                review=self.review,
                target=self.asked,
                agency=self.part.agency.name,
            )
            if self.fallen_short:
                self.tell_of_reading()
        return super().get_context_data(**kwargs) | {
            "lines": lines_of_request(self.asked, user, on=timezone.localdate()),
            "fallen_short": self.fallen_short,
            "can_be_returned": allows(RequestWhat.RETURNED, self.asked.state),
        }


class QueryRewordView(QueryStepView):
    what = What.REWORDED
    form_class = forms.RewordForm
    heading = "Put it in other words"
    done = "Saved. The earlier words stay in its history."

    def is_allowed(self):
        return rules.can_reword_query(self.access, self.query)

    def get_initial(self):
        return {"text": self.query.text}

    def save(self, form):
        raising.reword(self.query, by=self.request.user, **form.cleaned_data)


class QuerySendView(QueryStepView):
    what = What.SENT
    form_class = forms.SendForm
    heading = "Send it on its own"
    intro = "Nothing is returned: the agency gets a message, and finds this one query."
    button = "Send"
    done = "Sent. The agency has a message."

    def is_allowed(self):
        return rules.can_decide_query(self.access, self.query)

    def save(self, form):
        sending.send([self.query], by=self.request.user, **form.cleaned_data)
