from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from accounts.models import User
from accounts.services import close_account, reopen_account
from chronologies.models import Entry
from desk.queries import sections_of
from desk.work import told_of, work_of
from reviews import rules
from reviews.clock.queries import clock_of
from reviews.forms import ConfirmForm
from reviews.lifecycle.tasks.queries import tasks_of
from reviews.models import Review
from reviews.views import FormPageMixin, GuardedMixin, ReviewPageMixin


class HomeView(GuardedMixin, TemplateView):
    """What each person came to do, review by review."""

    template_name = "desk/home.html"
    most = 20  # reviews shown here; the list of reviews has them all

    def is_allowed(self):
        return True

    def get_context_data(self, **kwargs):
        user = self.request.user
        reviews = Review.objects.visible_to(user).going_first().select_related("partnership")
        return super().get_context_data(**kwargs) | {
            "told_of": told_of(user),
            "work": work_of(user, reviews[: self.most], on=timezone.localdate()),
            "more": reviews.count() > self.most,
            "may_create": self.access.holds(rules.Role.COORDINATOR),
            "administers": rules.can_administer(self.access),
        }


class ReviewHomeView(ReviewPageMixin, TemplateView):
    """The review as each role needs it: what to do next, and the way to everything they may see."""

    template_name = "desk/review_home.html"

    def is_allowed(self):
        return True

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        return super().get_context_data(**kwargs) | {
            "people": review.people.all(),
            "sections": sections_of(review, user, on=timezone.localdate()),
            "may_run": rules.can_run_review(self.access, review),
            "clock": self.clock(),
            "next": self.next(),
        }

    def next(self):
        """What the review waits for, for those who lead it."""
        if self.review.has_ended or not rules.can_keep_course(self.access, self.review):
            return None
        return tasks_of(self.review, self.request.user, on=timezone.localdate()).next

    def clock(self):
        """For those who lead the review; nobody else learns of its dates."""
        if not rules.can_read_clock(self.access, self.review):
            return None
        return clock_of(self.review, timezone.localdate())


class ParticipationListView(ReviewPageMixin, ListView):
    """Every agency's part, for those who run or read them all; one's own for an agency."""

    template_name = "desk/participation_list.html"

    def is_allowed(self):
        return True

    def get_queryset(self):
        parts = self.review.participations.visible_to(self.request.user).for_display()
        entries = Entry.objects.visible_to(self.request.user).live()
        return parts.annotate(has_chronology=Exists(entries.filter(participation=OuterRef("pk"))))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for part in context["object_list"]:
            part.may_open = rules.can_see_own_chronology(self.access, part)
        return context | {"may_run": rules.can_run_review(self.access, self.review)}


class _AccountsMixin(GuardedMixin, FormPageMixin):
    """The system administrator's pages: who has an account. They show no case."""

    def is_allowed(self):
        return rules.can_administer(self.access)

    def accounts(self):
        return User.objects.annotate(reviews=Count("groups", distinct=True)).order_by("email")


class AccountListView(_AccountsMixin, ListView):
    template_name = "desk/account_list.html"
    paginate_by = 50

    def get_queryset(self):
        wanted = self.request.GET.get("email", "").replace("\0", "").strip()[:200]
        self.wanted = wanted
        return self.accounts().filter(Q(email__icontains=wanted) | Q(name__icontains=wanted))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"wanted": self.wanted}


class AccountCloseView(_AccountsMixin, FormView):
    form_class = ConfirmForm
    template_name = "desk/account_close.html"

    def find(self):
        if self.is_allowed():
            self.account = get_object_or_404(self.accounts(), pk=self.kwargs["pk"])

    def form_valid(self, form):
        if self.account == self.request.user:
            form.add_error(None, "You cannot close your own account. Ask another administrator")
            return self.form_invalid(form)
        close_account(self.account, by=self.request.user)
        messages.success(self.request, "Account closed. Its sessions ended at once.")
        return redirect("desk:account-list")


class AccountReopenView(AccountCloseView):
    template_name = "desk/account_reopen.html"

    def form_valid(self, form):
        reopen_account(self.account, by=self.request.user)
        messages.success(self.request, "Account opened again, with the roles it had.")
        return redirect("desk:account-list")
