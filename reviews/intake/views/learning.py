from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView

from reviews import rules
from reviews.intake.forms.concerns import DoneForm, EarlyActionForm, MoveForm
from reviews.intake.models import EarlyAction
from reviews.intake.services import learning
from reviews.intake.views.leading import IntakePageMixin, KeyedMixin, LeadIntakeMixin


class _ActionsMixin(IntakePageMixin):
    def actions(self):
        rows = EarlyAction.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def back(self):
        return redirect("reviews:early-actions", self.review.reference)


class EarlyActionListView(_ActionsMixin, ListView):
    """Immediate learning and what is done about it: all for the leaders, its own for an agency."""

    template_name = "reviews/intake/early_action_list.html"
    paginate_by = 50

    def is_allowed(self):
        return rules.can_see_early_actions(self.access, self.review)

    def get_queryset(self):
        return self.actions().open_first().prefetch_related("moves")

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        for row in context["page_obj"]:
            row.may_finish = rules.can_finish_early_action(self.access, row)
        return context | {
            "today": timezone.localdate(),
            "leads": rules.can_lead_intake(self.access, self.review),
        }


class EarlyActionCreateView(KeyedMixin, _ActionsMixin, LeadIntakeMixin, FormView):
    form_class = EarlyActionForm
    template_name = "reviews/intake/early_action_create.html"

    def get_form_kwargs(self):
        parts = self.review.participations.visible_to(self.request.user).for_display()
        return super().get_form_kwargs() | {"parts": parts}

    def form_valid(self, form):
        try:
            learning.begin_action(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Action saved. The agency has been told.")
        return self.back()


class _ActionMixin(_ActionsMixin):
    def find(self):
        super().find()
        self.action = get_object_or_404(self.actions(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"action": self.action}


class EarlyActionMoveView(_ActionMixin, LeadIntakeMixin, FormView):
    form_class = MoveForm
    template_name = "reviews/intake/early_action_move.html"

    def is_allowed(self):
        return super().is_allowed() and not self.action.is_done

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"before": self.action.due}

    def form_valid(self, form):
        try:
            learning.move_action(self.action, by=self.request.user, **form.cleaned_data)
        except learning.AlreadyDone:
            messages.info(self.request, "Somebody else has said that this is done.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        else:
            messages.success(self.request, "Day changed. The first day stays beside it.")
        return self.back()


class EarlyActionDoneView(_ActionMixin, FormView):
    form_class = DoneForm
    template_name = "reviews/intake/early_action_done.html"

    def is_allowed(self):
        return rules.can_finish_early_action(self.access, self.action)

    def form_valid(self, form):
        try:
            learning.finish_action(self.action, by=self.request.user, **form.cleaned_data)
        except learning.AlreadyDone:
            messages.info(self.request, "Somebody else has said that this is done.")
        else:
            messages.success(self.request, "Saved as done.")
        return self.back()
