from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView, FormView, ListView

from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.intake.forms.scoping import AnswerForm, AskForm, initial_of
from reviews.intake.models import ScopingAnswer, ScopingRequest
from reviews.intake.services import scoping
from reviews.intake.views.leading import IntakePageMixin, KeyedMixin, LeadIntakeMixin


class ScopingBoardView(LeadIntakeMixin, ListView):
    """Who was asked and who has answered: for the leaders alone."""

    template_name = "reviews/intake/scoping_board.html"
    paginate_by = 50

    def get_queryset(self):
        rows = ScopingRequest.objects.visible_to(self.request.user)
        return rows.of(self.review).for_display().with_latest_answer()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        labels = dict(ScopingAnswer.Destroyed.choices)
        for row in context["page_obj"]:
            row.destroyed_label = labels.get(row.destroyed, "")
        return context | {
            "today": timezone.localdate(),
            "answered": self.object_list.filter(answered_at__isnull=False).count(),
            "asked": context["paginator"].count,
        }


class ScopingAskView(LeadIntakeMixin, FormView):
    form_class = AskForm
    template_name = "reviews/intake/scoping_ask.html"

    def get_form_kwargs(self):
        parts = self.review.participations.visible_to(self.request.user).contributing()
        owing = scoping.owing_an_answer(self.review)
        return super().get_form_kwargs() | {"parts": parts.exclude(pk__in=owing).for_display()}

    def get_context_data(self, **kwargs):
        """Before anything is typed: what has to be there first."""
        parts = self.review.participations.visible_to(self.request.user).contributing()
        return super().get_context_data(**kwargs) | {
            "has_subjects": self.review.people.exists(),
            "has_agencies": parts.exists(),
            "has_choice": bool(kwargs.get("form")) or self.get_form_kwargs()["parts"].exists(),
            "may_run": rules.can_run_review(self.access, self.review),
        }

    def form_valid(self, form):
        if not self.review.people.exists():
            form.add_error(
                None, "Add the subjects of the review first: agencies are asked about them"
            )
            return self.form_invalid(form)
        try:
            asked = scoping.ask_agencies(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        number = len(asked)
        messages.success(self.request, f"{number} {'agency' if number == 1 else 'agencies'} asked.")
        return redirect("reviews:scoping-board", self.review.reference)


class _RequestMixin(IntakePageMixin):
    """One request: the leaders', and the agency's that was asked."""

    def find(self):
        super().find()
        self.scoping_request = get_object_or_404(
            ScopingRequest.objects.visible_to(self.request.user).of(self.review).for_display(),
            pk=self.kwargs["pk"],
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "scoping_request": self.scoping_request,
            "part": self.scoping_request.participation,
            "leads": rules.can_lead_intake(self.access, self.review),
        }


class ScopingDetailView(_RequestMixin, DetailView):
    template_name = "reviews/intake/scoping_detail.html"

    def is_allowed(self):
        return True

    def get_object(self):
        self.tell_of_reading()
        return self.scoping_request

    def get_context_data(self, **kwargs):
        answers = self.scoping_request.answers.select_related("answered_by")
        return super().get_context_data(**kwargs) | {
            "answers": answers.prefetch_related("people__person"),
            "may_answer": rules.can_answer_scoping(self.access, self.scoping_request),
        }


class ScopingAnswerView(KeepsWordsMixin, KeyedMixin, _RequestMixin, FormView):
    form_class = AnswerForm
    template_name = "reviews/intake/scoping_answer.html"

    def is_allowed(self):
        return rules.can_answer_scoping(self.access, self.scoping_request)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.review.people.all()}

    def get_initial(self):
        """A correction starts from what was answered last."""
        answers = self.scoping_request.answers.prefetch_related("people")
        return super().get_initial() | initial_of(answers.first())

    def on_behalf(self):
        part = self.scoping_request.participation
        return not self.access.may("answer_scoping", part)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"on_behalf": self.on_behalf()}

    def form_valid(self, form):
        scoping.answer_scoping(
            self.scoping_request,
            by=self.request.user,
            on_behalf=self.on_behalf(),
            **form.answer,
        )
        messages.success(self.request, "Answer saved. You can correct it by answering again.")
        return redirect("reviews:scoping-detail", self.review.reference, self.scoping_request.pk)
