from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView

from reviews import rules
from reviews.models import Participation
from reviews.panel.forms import ConflictEndForm, ConflictForm, DeclarationForm, WithdrawForm
from reviews.panel.models import Conflict, Declaration
from reviews.panel.services import declaring
from reviews.panel.views.members import LeadPanelMixin, MemberPageMixin


class DeclareView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = DeclarationForm
    template_name = "reviews/panel/declare.html"

    def is_allowed(self):
        return rules.can_declare(self.access, self.seat)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"member": self.seat}

    def form_valid(self, form):
        try:
            declaring.declare(self.seat, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Declaration recorded.")
        return redirect(self.seat)


class DeclarationWithdrawView(LeadPanelMixin, FormView):
    form_class = WithdrawForm
    template_name = "reviews/panel/declaration_withdraw.html"

    def find(self):
        super().find()
        rows = Declaration.objects.visible_to(self.request.user).for_display()
        self.declaration = get_object_or_404(
            rows.filter(member__review=self.review), pk=self.kwargs["pk"]
        )

    def get_initial(self):
        return {"on": timezone.localdate()}

    def form_valid(self, form):
        try:
            declaring.withdraw_declaration(
                self.declaration, by=self.request.user, **form.cleaned_data
            )
        except declaring.AlreadyWithdrawn:
            messages.info(self.request, "Somebody has already withdrawn it.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "Declaration withdrawn. It stays to be read.")
        return redirect(
            "reviews:panel-member-detail", self.review.reference, self.declaration.member_id
        )


class ConflictRecordView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = ConflictForm
    template_name = "reviews/panel/conflict_record.html"

    def get_form_kwargs(self):
        parts = Participation.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_form_kwargs() | {"parts": parts.for_display()}

    def get_initial(self):
        return {"declared_on": timezone.localdate()}

    def form_valid(self, form):
        try:
            conflict = declaring.record_conflict(self.seat, by=self.request.user, **form.conflict)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Conflict recorded. It took effect at once.")
        if conflict.participation is None and self.seat.user_id == self.request.user.pk:
            return redirect("desk:home")  # the review is closed to them from here
        return redirect(self.seat)


class ConflictEndView(LeadPanelMixin, FormView):
    form_class = ConflictEndForm
    template_name = "reviews/panel/conflict_end.html"

    def find(self):
        super().find()
        rows = Conflict.objects.visible_to(self.request.user).for_display()
        self.conflict = get_object_or_404(
            rows.filter(member__review=self.review), pk=self.kwargs["pk"]
        )

    def is_allowed(self):
        return rules.can_end_conflict(self.access, self.conflict)

    def get_initial(self):
        return {"on": timezone.localdate()}

    def form_valid(self, form):
        try:
            declaring.end_conflict(self.conflict, by=self.request.user, **form.cleaned_data)
        except declaring.AlreadyOver:
            messages.info(self.request, "Somebody has already ended it.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "Conflict ended. It took effect at once.")
        return redirect(self.conflict.member)
