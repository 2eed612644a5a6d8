from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.models import User
from reviews import rules
from reviews.forms import ConfirmForm
from reviews.inviting import services
from reviews.inviting.forms import InviteManyForm
from reviews.inviting.queries import not_joined, waited_for
from reviews.views import ReviewPageMixin, RunReviewMixin


class InviteManyView(RunReviewMixin, FormView):
    """Paste, look at every line, send. The list stays in its box until its lines are sent."""

    form_class = InviteManyForm
    template_name = "reviews/inviting/many.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "parts": self.review.participations.visible_to(self.request.user).for_display()
        }

    def form_valid(self, form):
        asked_to_send = "send" in self.request.POST
        if asked_to_send and form.cleaned_data["looked_at"] == form.digest:
            return self.send(form)
        return self.preview(form, changed=asked_to_send)

    def preview(self, form, *, changed):
        rows = services.look_through(
            self.review, form.pieces, by=self.request.user, **form.defaults
        )
        return self.shown(form.shown_again(looked_at=form.digest), rows, changed=changed)

    def send(self, form):
        before = services.look_through(
            self.review, form.pieces, by=self.request.user, **form.defaults
        )
        rows = services.invite_many(self.review, form.pieces, by=self.request.user, **form.defaults)
        new = {row.number for row in before if row.will_send}
        sent = sum(row.will_send and row.number in new for row in rows)
        self.tell(sent)
        left = [row for row in rows if row.problem]
        if not left:
            return redirect("reviews:invitation-list", self.review.reference)
        form = form.shown_again(people="\n".join(row.text for row in left), looked_at="")
        rows = services.look_through(
            self.review, form.pieces, by=self.request.user, **form.defaults
        )
        return self.shown(form.shown_again(looked_at=form.digest), rows, status=422, left=True)

    def tell(self, sent):
        if sent:
            people = "1 person" if sent == 1 else f"{sent} people"
            messages.success(self.request, f"{people} invited.")
        else:
            messages.info(self.request, "Nobody new was invited.")

    def shown(self, form, rows, *, status=200, **more):
        context = self.get_context_data(form=form, rows=rows, **more)
        context["to_send"] = sum(row.will_send for row in rows)
        context["wrong"] = sum(bool(row.problem) for row in rows)
        return self.render_to_response(context, status=status)


class InvitationListView(ReviewPageMixin, TemplateView):
    """Who was invited to this review and has not chosen a password yet."""

    template_name = "reviews/inviting/waited_for.html"

    def is_allowed(self):
        return rules.can_see_access(self.access, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "waited": waited_for(self.review, self.access, at=timezone.now()),
            "may_run": rules.can_run_review(self.access, self.review),
        }


class _InvitedMixin(RunReviewMixin):
    form_class = ConfirmForm

    def find(self):
        super().find()
        if not rules.can_run_review(self.access, self.review):
            return  # a number would tell who was invited
        here = not_joined(self.review, self.access)
        self.holders = [one for one in here if one.user_id == self.kwargs["pk"]]
        self.invited = get_object_or_404(
            User.objects.filter(pk__in={one.user_id for one in self.holders})
        )

    def back(self):
        return redirect("reviews:invitation-list", self.review.reference)


class InvitationAgainView(_InvitedMixin, FormView):
    template_name = "reviews/inviting/again.html"

    def form_valid(self, form):
        try:
            services.send_again(self.holders, by=self.request.user)
        except services.HasJoined:
            messages.info(self.request, "They have joined meanwhile.")
        except services.JustSent:
            messages.info(self.request, "An invitation went to them a moment ago.")
        else:
            messages.success(self.request, "A new link was sent. The older one no longer works.")
        return self.back()


class InvitationWithdrawView(_InvitedMixin, FormView):
    template_name = "reviews/inviting/withdraw.html"

    def is_allowed(self):
        return super().is_allowed() and any(one.appointment_id is None for one in self.holders)

    def form_valid(self, form):
        try:
            services.withdraw(self.holders, by=self.request.user)
        except services.HasJoined:
            messages.info(
                self.request, "They have joined meanwhile: end their role in “Who has access”."
            )
        else:
            messages.success(self.request, "Invitation withdrawn. It took effect at once.")
        return self.back()
