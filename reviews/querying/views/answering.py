"""The agency's side of a query, which the coordinator can take on its behalf."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import FormView

from reviews import rules
from reviews.querying import forms
from reviews.querying.models import Answer
from reviews.querying.queries import lines_of_request
from reviews.querying.services import answering
from reviews.querying.states import What
from reviews.querying.views.pages import QueryStepView
from reviews.requests.models import Request
from reviews.requests.states import NotNow
from reviews.requests.views.pages import RequestMixin
from reviews.views import FormPageMixin


class AnsweringMixin:
    what = What.ANSWERED
    heading = "Answer"
    button = "Answer"
    done = "Answered. Whoever leads the review can read it now."

    @property
    def intro(self):
        said = "Whoever leads the review can read your answer as soon as you give it."
        if self.query.comes_with_request:
            said += " What was returned to you goes back as a whole: once every query is answered, send the answers together."
        return said

    def is_allowed(self):
        return rules.can_answer_query(self.access, self.query)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"acts_for_agency": self.on_behalf}

    def where_to(self):
        """Back to what was returned, where the other queries stand."""
        if self.query.comes_with_request:
            return self.query.request.get_absolute_url()
        return super().where_to()


class QueryAnswerView(AnsweringMixin, QueryStepView):
    form_class = forms.AnswerForm
    template_name = "reviews/querying/answer.html"

    def get_form_kwargs(self):
        asked = self.query.request
        right = bool(asked) and asked.kind != Request.Kind.QUESTION
        return super().get_form_kwargs() | {"can_be_put_right": right}

    def save(self, form):
        said = form.cleaned_data
        answering.answer(
            self.query,
            by=self.request.user,
            key=said["key"],
            kind=said["kind"],
            text=said["text"],
            on_behalf=self.on_behalf,
            **form.file_kept,
        )


class AnswersSendView(RequestMixin, FormPageMixin, FormView):
    """What was returned comes again, once each query that came with it is answered."""

    form_class = forms.SendAnswersForm
    template_name = "reviews/querying/send_answers.html"

    def is_allowed(self):
        return rules.can_send_answers(self.access, self.asked)

    def get(self, request, *args, **kwargs):
        if not answering.all_answered(self.asked):
            return self.stands("There is nothing to send yet")
        return super().get(request, *args, **kwargs)

    def stands(self, sentence):
        messages.info(self.request, f"{sentence}.")
        return redirect(self.asked)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        lines = lines_of_request(self.asked, self.request.user, on=context["today"])
        answers = Answer.objects.visible_to(self.request.user).filter(query__request=self.asked)
        return context | {
            "lines": [line for line in lines if line.query.comes_with_request],
            "put_right": answers.filter(kind=Answer.Kind.PUT_RIGHT).exists(),
        }

    def form_valid(self, form):
        try:
            receipt = answering.send_answers(
                self.asked, by=self.request.user, on_behalf=self.on_behalf, **form.cleaned_data
            )
        except NotNow as refusal:
            return self.stands(str(refusal))
        messages.success(self.request, "Sent. This is your receipt.")
        return redirect(receipt)
