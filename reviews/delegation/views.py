from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView

from reviews import rules
from reviews.delegation import services
from reviews.delegation.forms import DelegateForm
from reviews.delegation.models import Delegation
from reviews.forms import ConfirmForm
from reviews.queries import role_holders
from reviews.services import AlreadyEnded
from reviews.views import FormPageMixin, ReviewPageMixin


class _DelegationMixin(ReviewPageMixin):
    def delegations(self):
        return Delegation.objects.visible_to(self.request.user).filter(
            participation__review=self.review
        )

    def own_roles(self):
        return role_holders(self.review, self.access).filter(user=self.request.user)


class DelegationListView(_DelegationMixin, ListView):
    """Who acts for whom and until when: one's own, or all of the review for those who lead it."""

    template_name = "reviews/delegation/list.html"
    paginate_by = 50

    def is_allowed(self):
        return rules.can_see_delegations(self.access, self.review)

    def get_queryset(self):
        return self.delegations().for_display()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for delegation in context["object_list"]:
            delegation.may_end = rules.can_end_delegation(self.access, delegation)
        own = [one for one in self.own_roles() if rules.can_delegate(self.access, one)]
        return context | {"own": own, "leads": rules.can_see_access(self.access, self.review)}


class DelegationCreateView(_DelegationMixin, FormPageMixin, FormView):
    form_class = DelegateForm
    template_name = "reviews/delegation/create.html"

    def find(self):
        super().find()
        self.holder = get_object_or_404(self.own_roles(), pk=self.kwargs["pk"])

    def is_allowed(self):
        return rules.can_delegate(self.access, self.holder)

    def get_form_kwargs(self):
        latest = timezone.localdate() + rules.LONGEST_DELEGATION
        return super().get_form_kwargs() | {"latest": latest}

    def form_valid(self, form):
        try:
            given = services.delegate(self.holder, on=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except (AlreadyEnded, services.NotTheirs):
            messages.info(self.request, "Your own role has ended, so you cannot delegate it.")
        else:
            until = f"until {given.until:%-d %B %Y}, and you still do."
            once = "" if given.user.joined_at else "once they have joined, "
            messages.success(self.request, f"{given.user.email} acts in your role {once}{until}")
        return redirect("reviews:delegation-list", self.review.reference)


class DelegationEndView(_DelegationMixin, FormPageMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/delegation/end.html"

    def find(self):
        super().find()
        self.delegation = get_object_or_404(self.delegations().for_display(), pk=self.kwargs["pk"])

    def is_allowed(self):
        return rules.can_end_delegation(self.access, self.delegation)

    def form_valid(self, form):
        try:
            services.end(self.delegation, by=self.request.user)
        except AlreadyEnded:
            messages.info(self.request, "It had already ended.")
        else:
            messages.success(self.request, "Delegation ended. It took effect at once.")
        return redirect("reviews:delegation-list", self.review.reference)
