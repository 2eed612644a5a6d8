"""Raising queries about what came, and sending them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.checking.views.checks import CheckMixin
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying import forms
from reviews.querying.queries import lines_of_request
from reviews.querying.services import raising, sending
from reviews.querying.states import What
from reviews.querying.views.pages import QueryStepView
from reviews.requests.pack import terms_of
from reviews.submissions.models import Submission
from reviews.terms.difference import texts_of
from reviews.views import FormPageMixin


class QueryRaiseView(KeepsWordsMixin, CheckMixin, FormPageMixin, FormView):
    form_class = forms.RaiseForm
    template_name = "reviews/querying/raise.html"

    def get_form_kwargs(self):
        version = terms_of(self.part)
        texts = texts_of([version])[version.pk] if version else []
        return super().get_form_kwargs() | {"terms": texts, "passages": list(self.passages())}

    def passages(self):
        """The headings of the version that came last."""
        rows = Submission.objects.visible_to(self.request.user).of(self.asked).sent()
        version = rows.order_by("-number").first()
        main = version.main if version else None
        return main.passages.exclude(heading="").order_by("position") if main else []

    def get_initial(self):
        """What is read beside a heading leads here with it."""
        asked = self.request.GET.get("heading", "")
        found = [one.pk for one in self.passages() if str(one.position) == asked]
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
            f"Query {query.number} raised. The agency gets it when what came is returned.",
        )
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
        lines = lines_of_request(self.asked, user, on=timezone.localdate())
        return super().get_context_data(**kwargs) | {"lines": lines}


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
