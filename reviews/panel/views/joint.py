from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView

from agencies.models import Partnership
from reviews import rules
from reviews.access import forget
from reviews.panel.forms import JointEndForm, JointForm
from reviews.panel.models import JointCommission
from reviews.panel.services import joint
from reviews.panel.views.members import LeadPanelMixin


class _JointMixin(LeadPanelMixin):
    """Which partnerships commission the review: read by its leaders, changed by coordinators."""

    def joint_commissions(self):
        rows = JointCommission.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()


class JointListView(_JointMixin, ListView):
    template_name = "reviews/panel/joint_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.joint_commissions()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "may_change": rules.can_commission_jointly(self.access, self.review)
        }


class _ChangeJointMixin(_JointMixin):
    def is_allowed(self):
        return rules.can_commission_jointly(self.access, self.review)


class JointBeginView(_ChangeJointMixin, FormView):
    form_class = JointForm
    template_name = "reviews/panel/joint_begin.html"

    def get_form_kwargs(self):
        others = Partnership.objects.exclude(pk__in=self.review.commissioners)
        return super().get_form_kwargs() | {"partnerships": others}

    def get_initial(self):
        return {"agreed_on": timezone.localdate()}

    def form_valid(self, form):
        try:
            joint.begin_joint_commission(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Recorded. Their people reach the review at once.")
        return redirect("reviews:joint-list", self.review.reference)


class JointEndView(_ChangeJointMixin, FormView):
    form_class = JointEndForm
    template_name = "reviews/panel/joint_end.html"

    def find(self):
        super().find()
        if not self.is_allowed():
            return  # a number would tell how many partnerships there are
        self.joint = get_object_or_404(self.joint_commissions(), pk=self.kwargs["pk"])

    def get_initial(self):
        return {"on": timezone.localdate()}

    def form_valid(self, form):
        try:
            joint.end_joint_commission(self.joint, by=self.request.user, **form.cleaned_data)
        except joint.AlreadyOver:
            messages.info(self.request, "Somebody has already ended it.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "Ended. It took effect at once.")
        if not rules.can_commission_jointly(self._access_now(), self.review):
            return redirect("desk:home")  # they came from the partnership that has left
        return redirect("reviews:joint-list", self.review.reference)

    def _access_now(self):
        forget(self.request.user)
        return self.access
