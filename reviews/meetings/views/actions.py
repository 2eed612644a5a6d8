from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, ListView

from reviews import rules
from reviews.meetings import forms
from reviews.meetings.models import MeetingAction
from reviews.meetings.queries import owners_of
from reviews.meetings.services import actions
from reviews.meetings.views.minutes import HeldMixin
from reviews.meetings.views.pages import SeeMeetingsMixin
from reviews.panel.models import PanelMember
from reviews.views import FormPageMixin


def show_actions(rows, access):
    """With what this person may do with each."""
    today = timezone.localdate()
    rows = list(rows)
    for row in rows:
        row.may_finish = rules.can_finish_meeting_action(access, row)
        row.overdue = row.is_overdue(on=today)
    return rows


class ActionListView(SeeMeetingsMixin, ListView):
    """The actions of all meetings: what is open first, soonest due first."""

    template_name = "reviews/meetings/action_list.html"
    paginate_by = 50

    def is_allowed(self):
        return rules.can_see_meeting_actions(self.access, self.review)

    def get_queryset(self):
        rows = MeetingAction.objects.visible_to(self.request.user)
        return rows.filter(meeting__review=self.review).for_display().open_first()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        context = super().get_context_data(**kwargs)
        return context | {
            "actions": show_actions(context["page_obj"], self.access),
            "may_keep": self.may_keep,
            "sees_meetings": rules.can_see_meetings(self.access, self.review),
        }


class ActionAddView(HeldMixin, FormView):
    form_class = forms.ActionForm
    heading, button, done = "Add an action", "Add action", "Action added."
    intro = "Whoever has an account finds it under “Your work”, and gets a message."

    def back(self):
        return super().back() + "#actions"

    def get_form_kwargs(self):
        panel = PanelMember.objects.visible_to(self.request.user).filter(review=self.review)
        parts = self.review.participations.visible_to(self.request.user)
        return super().get_form_kwargs() | {
            "members": panel.sitting().for_display().in_order(),
            "parts": parts.for_display(),
        }

    def save(self, form):
        actions.give_action(self.meeting, by=self.request.user, **form.action)


class _ActionMixin(SeeMeetingsMixin, FormPageMixin):
    template_name = "reviews/meetings/form.html"
    heading, button, intro, done = "", "Save", "", ""

    def find(self):
        super().find()
        rows = MeetingAction.objects.visible_to(self.request.user).for_display()
        self.action = get_object_or_404(
            rows.filter(meeting__review=self.review), pk=self.kwargs["pk"]
        )

    def is_allowed(self):
        return self.may_keep and not self.action.is_done

    def back(self):
        return reverse("reviews:meeting-actions", args=[self.review.reference])

    def get_context_data(self, **kwargs):
        names = ("heading", "button", "intro")
        return super().get_context_data(**kwargs) | {
            **{name: getattr(self, name) for name in names},
            "back": self.back(),
            "back_text": "Actions of meetings",
            "inset": self.action.text,
        }

    def form_valid(self, form):
        try:
            self.save(form)
        except actions.AlreadyDone:
            messages.info(self.request, "Somebody else has said that this is done.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, self.done)
        return redirect(self.back())


class ActionMoveView(_ActionMixin, FormView):
    form_class = forms.MoveForm
    heading, done = "Change the day of an action", "Day changed. The first day stays beside it."

    def save(self, form):
        actions.move_action(self.action, by=self.request.user, **form.cleaned_data)


class ActionDoneView(_ActionMixin, FormView):
    form_class = forms.DoneForm
    heading, done = "What was done?", "Saved as done."

    def is_allowed(self):
        return rules.can_finish_meeting_action(self.access, self.action)

    def save(self, form):
        actions.finish_action(self.action, by=self.request.user, **form.cleaned_data)


class ActionChaseView(_ActionMixin, FormView):
    form_class = forms.ChaseForm
    heading, button, done = "Ask how an action stands", "Ask now", "Recorded."

    @property
    def intro(self):
        n = len(owners_of(self.action))
        if not n:
            return f"{self.action.owner} has no account, so nobody gets an e-mail from here."
        people = "One person gets" if n == 1 else f"{n} people get"
        return f"{people} an e-mail. It names the review and the day, and nothing of the case."

    def save(self, form):
        actions.chase_action(self.action, by=self.request.user, **form.cleaned_data)
