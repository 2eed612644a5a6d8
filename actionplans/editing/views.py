"""Pages on which whoever runs a plan changes it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView

from actionplans.editing import milestones, ordering, services, whole
from actionplans.editing.forms import (
    ActionChangeForm,
    ActionForm,
    FollowingForm,
    MilestonesForm,
    OrderForm,
    RowForm,
)
from actionplans.editing.meanwhile import ShowsBothMixin
from actionplans.editing.queries import prompts_of_form
from actionplans.editing.smart import is_asked_of
from actionplans.models import Action, Recommendation
from actionplans.progress.views import RowPageMixin
from actionplans.resting.forms import RemoveForm
from actionplans.resting.queries import parts_of
from actionplans.rows.models import PlanRow
from actionplans.services import ChangedMeanwhile
from actionplans.views import PAGE, PlanPageMixin, RecommendationPageMixin, record_read
from reviews import rules
from reviews.views import FormPageMixin


class RunsPlanMixin(ShowsBothMixin, FormPageMixin):
    """A form of whoever runs the plan. `save` does it, and `saved` says so."""

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def form_valid(self, form):
        try:
            self.save(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except ChangedMeanwhile:
            return self.overtaken()
        messages.success(self.request, self.saved)
        return redirect(self.recommendation)


class FollowingView(RunsPlanMixin, RecommendationPageMixin, FormView):
    form_class = FollowingForm
    template_name = "actionplans/editing/following.html"
    saved = "Saved. What stood before is kept."

    def get_initial(self):
        one = self.recommendation
        return {"level": one.level, "addressed_to": one.addressed_to, "theme": one.theme}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def save(self, form):
        services.change_following(self.recommendation, **form.following, by=self.request.user)


class MilestonesView(RunsPlanMixin, RecommendationPageMixin, FormView):
    form_class = MilestonesForm
    template_name = "actionplans/editing/milestones.html"
    saved = "Milestones saved. What they were is kept."

    def get(self, request, *args, **kwargs):
        record_read(self, 1, self.recommendation)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        lines = milestones.lines_of(self.recommendation)
        return {"lines": "\n".join(lines), "seen": milestones.sign_of(lines)}

    def save(self, form):
        said = form.cleaned_data
        milestones.set_milestones(
            self.recommendation,
            said["lines"].splitlines(),
            reason=said["reason"],
            seen=said["seen"],
            by=self.request.user,
        )


# --- Actions ------------------------------------------------------------------------------------


def initial_of(words):
    """What a form shows of words that stand."""
    return {
        "text": words.text,
        "number": words.number,
        "lead": words.lead and str(words.lead.pk),
        "joint_leads": [str(part.pk) for part in words.joint_leads],
        "owner": words.owner and str(words.owner.pk),
        "owner_as_written": words.owner_as_written,
        "target": words.target,
        "target_as_written": words.target_as_written,
    }


class AgenciesMixin:
    """Whoever can lead stands in the form."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"parts": parts_of(self.review, self.request.user)}


class WarnsMixin(AgenciesMixin):
    """What is missing stands beside its box, of what was sent too."""

    action = None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"recommendation": self.recommendation}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.warns(context["form"]):
            prompts = prompts_of_form(context["form"], self.recommendation, self.action)
            context["form"].warn(prompts)
        return context


class ActionAddView(WarnsMixin, RunsPlanMixin, RecommendationPageMixin, FormView):
    form_class = ActionForm
    template_name = "actionplans/editing/add.html"
    saved = "Action added."

    def warns(self, form):
        """Not before anything is written."""
        return form.is_bound

    def save(self, form):
        services.add_action(
            self.recommendation,
            form.words,
            by=self.request.user,
            key=form.cleaned_data["key"],
        )


class ActionPageMixin(RunsPlanMixin, RecommendationPageMixin):
    """A page about one action that is in the plan, read with it."""

    def find(self):
        super().find()
        actions = Action.objects.visible_to(self.request.user).live()
        actions = actions.filter(recommendation=self.recommendation).select_related(
            "lead__agency", "row__owner", "row__lead"
        )
        self.action = get_object_or_404(actions, pk=self.kwargs["action"])
        self.action.recommendation = self.action.row.recommendation = self.recommendation

    def is_still_there(self):
        return (
            Action.objects.visible_to(self.request.user).live().filter(pk=self.action.pk).exists()
        )

    def get(self, request, *args, **kwargs):
        record_read(self, 1, self.action.row)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "action": self.action,
            "row": self.action.row,
        }


class ActionChangeView(WarnsMixin, ActionPageMixin, FormView):
    form_class = ActionChangeForm
    template_name = "actionplans/editing/change.html"
    saved = "Action changed. What it said before is kept."

    def warns(self, form):
        return is_asked_of(self.action.row)

    def get_form_kwargs(self):
        number = "" if self.action.number else self.action.row.number
        return super().get_form_kwargs() | {"number": number}

    def get_initial(self):
        words = services.words_of(self.action)
        return initial_of(words) | {"seen": self.action.versions.count()}

    def save(self, form):
        services.change_action(
            self.action,
            form.words,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            by=self.request.user,
        )


class ActionRemoveView(ActionPageMixin, FormView):
    form_class = RemoveForm
    template_name = "actionplans/editing/remove.html"
    saved = "Taken away. It stays on record, with what was reported on it."

    def save(self, form):
        reason = form.cleaned_data["reason"]
        services.remove_action(self.action, reason=reason, by=self.request.user)


class RowOwnerView(AgenciesMixin, RunsPlanMixin, RowPageMixin, FormView):
    """Who leads and sees to what has no action of its own, and by when; of an action its page asks that."""

    form_class = RowForm
    template_name = "actionplans/editing/owner.html"
    saved = "Saved."

    def find(self):
        super().find()
        self.recommendation = self.row.recommendation
        if self.row.ended_at is not None or self.row.action is not None:
            raise Http404

    def get(self, request, *args, **kwargs):
        record_read(self, 1, self.row)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"row": self.row}

    def get_initial(self):
        words = whole.words_of_row(self.row)
        return initial_of(words) | {"seen": whole.sign_of(words)}

    def save(self, form):
        said = form.cleaned_data
        whole.change_row(
            self.row, form.words, reason=said["reason"], seen=said["seen"], by=self.request.user
        )

    def is_still_there(self):
        return PlanRow.objects.visible_to(self.request.user).live().filter(pk=self.row.pk).exists()

    def way_out(self):
        return self.row


# --- The order ----------------------------------------------------------------------------------


class PlanOrderView(FormPageMixin, PlanPageMixin, FormView):
    """Up or down, one step a click; the numbers stay as they were published."""

    form_class = OrderForm
    template_name = "actionplans/editing/order.html"

    def is_allowed(self):
        return rules.can_run_plan(self.access, self.review)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        record_read(self, len(self.shown))
        return response

    def rows(self):
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.live().in_plan_order()

    def get_context_data(self, **kwargs):
        page = self.request.GET.get("page")
        page = Paginator(self.rows().for_display(self.request.user), PAGE).get_page(page)
        self.shown = page.object_list
        return super().get_context_data(**kwargs) | {"page_obj": page}

    def form_valid(self, form):
        kind, pk, up = form.cleaned_data["what"]
        try:
            moved = self.move(kind, pk, up=up)
        except ChangedMeanwhile:
            moved = False
        if moved:
            messages.success(self.request, "Moved. Its number stays as it is.")
        else:
            messages.info(self.request, "It stands where it stood: there is nothing to move past.")
        here = reverse("actionplans:plan-order", args=[self.review.reference])
        page = self.request.GET.get("page", "")
        query = f"?page={page}" if page.isdecimal() else ""
        return redirect(f"{here}{query}#{kind}-{pk}")

    def move(self, kind, pk, *, up):
        if kind == "recommendation":
            one = get_object_or_404(self.rows(), pk=pk)
            return ordering.move_recommendation(one, up=up, by=self.request.user)
        actions = Action.objects.visible_to(self.request.user).live()
        actions = actions.filter(recommendation__in=self.rows().order_by())
        action = get_object_or_404(actions.select_related("recommendation__review"), pk=pk)
        return ordering.move_action(action, up=up, by=self.request.user)
