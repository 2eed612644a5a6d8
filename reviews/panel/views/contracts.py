from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView

from reviews import rules
from reviews.panel.forms import DayForm, TermsForm, WithdrawForm
from reviews.panel.models import ContractTerms, DayUsed
from reviews.panel.queries import contract_of
from reviews.panel.services import contracts
from reviews.panel.views.members import LeadPanelMixin, MemberPageMixin


class TermsView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = TermsForm
    template_name = "reviews/panel/terms.html"

    def is_allowed(self):
        return rules.can_agree_contract(self.access, self.seat)

    def newest(self):
        rows = ContractTerms.objects.visible_to(self.request.user)
        return rows.filter(member=self.seat).first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"newest": self.newest()}

    def get_initial(self):
        newest = self.newest()
        if newest is None:
            return {"seen": 0}
        return {
            "seen": newest.number,
            "begins_on": newest.begins_on,
            "ends_on": newest.ends_on,
            "agreed_days": f"{newest.agreed_days.normalize():f}",
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"newest": self.newest()}

    def form_valid(self, form):
        try:
            contracts.agree(self.seat, by=self.request.user, **form.cleaned_data)
        except contracts.AgreedMeanwhile:
            form.add_error(
                None, "Somebody recorded other terms meanwhile. Go back and read them first"
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Contract recorded.")
        return redirect(self.seat)


class DayAddView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = DayForm
    template_name = "reviews/panel/day_add.html"

    def is_allowed(self):
        return rules.can_enter_days(self.access, self.seat)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "contract": contract_of(self.seat, self.request.user)
        }

    def form_valid(self, form):
        try:
            contracts.use_day(self.seat, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Day recorded.")
        return redirect(self.seat)


class DayWithdrawView(LeadPanelMixin, FormView):
    form_class = WithdrawForm
    template_name = "reviews/panel/day_withdraw.html"

    def find(self):
        super().find()
        rows = DayUsed.objects.visible_to(self.request.user).select_related("member__review")
        self.day = get_object_or_404(rows.filter(member__review=self.review), pk=self.kwargs["pk"])

    def is_allowed(self):
        return rules.can_enter_days(self.access, self.day.member)

    def get_initial(self):
        return {"on": timezone.localdate()}

    def form_valid(self, form):
        try:
            contracts.withdraw_day(self.day, by=self.request.user, **form.cleaned_data)
        except contracts.AlreadyWithdrawn:
            messages.info(self.request, "Somebody has already withdrawn it.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "Withdrawn. It counts no longer, and stays to be read.")
        return redirect(self.day.member)
