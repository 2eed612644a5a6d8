"""One query as its agency and the review see it, and all of them for the leaders."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment_of
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.querying import forms
from reviews.querying.about import WHOLE, origins_of, targets_of
from reviews.querying.models import Answer, Query, QueryMove
from reviews.querying.queries import COLOURS, answers_of, lines_of
from reviews.querying.services.answering import all_answered, returned_with
from reviews.querying.states import State, What, allows
from reviews.requests.states import NotNow
from reviews.requests.states import What as RequestWhat
from reviews.requests.states import allows as request_allows
from reviews.requests.views.pages import LeadRequestsMixin
from reviews.views import FormPageMixin, GuardedMixin, ReviewPageMixin
from reviews.wording.blocks import blocks_of


class QueryLinkView(GuardedMixin, View):
    """From a message to the query itself; signing in leads back here first."""

    def is_allowed(self):
        return True

    def find(self):
        rows = Query.objects.visible_to(self.request.user).for_display()
        self.query = get_object_or_404(rows, key=self.kwargs["key"])

    def get(self, request, *args, **kwargs):
        return redirect(self.query)


class QueryListView(LeadRequestsMixin, ListView):
    template_name = "reviews/querying/query_list.html"
    paginate_by = 50

    def get_queryset(self):
        self.filter = forms.FilterForm(self.request.GET, parts=self.parts())
        rows = Query.objects.visible_to(self.request.user).of(self.review).for_display()
        return self.filter.choose(rows).order_by("participation__agency__name", "number")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record(EventType.QUERIES_READ, by=self.request.user, review=self.review)
        rows = context["page_obj"].object_list
        return context | {
            "filter": self.filter,
            "lines": lines_of(rows, self.request.user, on=self.today),
        }


class QueryMixin(ReviewPageMixin):
    """One query: the leaders', its agency's once it went, and whoever's who was asked to check."""

    def find(self):
        super().find()
        rows = Query.objects.visible_to(self.request.user).of(self.review).for_display()
        self.query = get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def part(self):
        return self.query.participation

    @property
    def leads(self):
        return rules.can_decide_query(self.access, self.query)

    @property
    def on_behalf(self):
        """Whoever answers and is not of the agency acts on its behalf, which the move then says."""
        return not self.access.may("answer_requests", self.part)

    def back(self):
        """(where to, in which words)"""
        asked, at = self.query.request, self.review.reference
        if asked and (self.leads or not self.on_behalf):
            return asked.get_absolute_url(), asked.get_kind_display()
        if asked:
            return reverse("reviews:check", args=[at, asked.pk]), "Quality check"
        if self.leads:
            return reverse("reviews:query-list", args=[at]), "Queries to agencies"
        return reverse("desk:home"), "Your work"

    def tell_of_reading(self):
        record(
            EventType.QUERIES_READ,
            by=self.request.user,
            review=self.review,
            target=self.query,
            agency=self.part.agency.name,
        )

    def get_context_data(self, **kwargs):
        about = targets_of([self.query], self.request.user)
        back_url, back_text = self.back()
        return super().get_context_data(**kwargs) | {
            "query": self.query,
            "question": blocks_of(self.query.text),
            "about": about.get(self.query.pk, WHOLE),
            "part": self.part,
            "leads": self.leads,
            "on_behalf": self.on_behalf,
            "due": self.query.day,
            "back_url": back_url,
            "back_text": back_text,
        }


class QueryDetailView(QueryMixin, TemplateView):
    template_name = "reviews/querying/query_detail.html"

    def is_allowed(self):
        return True

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        query, user = self.query, self.request.user
        rows = QueryMove.objects.visible_to(user).filter(query=query).for_display()
        moves = list(rows.order_by("-pk"))
        now = {what.value: allows(what, query.state) for what in What}
        works = not self.review.has_ended
        return super().get_context_data(**kwargs) | {
            "moves": moves,
            "disputed": self.disputed(moves),
            "answers": answers_of(query, user),
            "origins": origins_of(query, user) if self.leads else [],
            "colour": COLOURS[State(query.state)],
            "late": query.days_late(timezone.localdate()),
            "may_answer": works and rules.can_answer_query(self.access, query),
            "may_decide": works and self.leads,
            "may_reword": works and rules.can_reword_query(self.access, query),
            "now": now,
            "has_ways": any(now.values()),
            **self.return_of_request(),
        }

    def disputed(self, moves):
        """What the review holds against the answer, while that is how it stands."""
        if self.query.state != State.DISPUTED:
            return None
        return next((move for move in moves if move.what == What.DISPUTED), None)

    def return_of_request(self):
        """Whether what came can go back with it, or went back and has not come again."""
        asked = self.query.request
        if asked is None:
            return {}
        return {
            "can_be_returned": request_allows(RequestWhat.RETURNED, asked.state),
            "is_back": returned_with(asked).filter(pk=self.query.pk).exists(),
            "all_answered": all_answered(asked),
        }


class QueryStepMixin(KeepsWordsMixin, QueryMixin, FormPageMixin):
    """One thing that somebody does to a query. How it stands by then is asked by the service."""

    template_name = "reviews/querying/step.html"
    what = heading = intro = done = ""
    button = "Save"
    tone = ""

    def get(self, request, *args, **kwargs):
        if not allows(self.what, self.query.state):
            return self.stands()
        return super().get(request, *args, **kwargs)

    def stands(self, sentence=""):
        said = sentence or f"That is not possible: “{self.query.get_state_display()}”"
        messages.info(self.request, f"{said}.")
        self.words_stay = True
        return redirect(self.query)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "intro": self.intro,
            "button": self.button,
            "tone": self.tone,
        }

    def save(self, form):
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.save(form)
        except NotNow as refusal:
            return self.stands(str(refusal))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect(self.where_to())

    def where_to(self):
        return self.query.get_absolute_url()


class QueryStepView(QueryStepMixin, FormView):
    pass


class AnswerFileView(QueryMixin, View):
    """What came beside an answer."""

    def is_allowed(self):
        return True

    def find(self):
        super().find()
        rows = Answer.objects.visible_to(self.request.user).filter(query=self.query)
        rows = rows.exclude(stored=None).select_related("stored").defer("stored__body")
        self.answer = get_object_or_404(rows, pk=self.kwargs["answer"])

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.answer.stored, name=self.answer.name)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.answer,
            agency=self.part.agency.name,
            document="a file beside an answer",
        )
        return response
