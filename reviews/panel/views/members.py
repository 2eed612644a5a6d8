from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.panel.forms import LeaveForm, MemberAddForm, MemberChangeForm
from reviews.panel.models import Conflict, ContractTerms, DayUsed, Declaration, PanelMember
from reviews.panel.queries import accounts_for, agencies_for, contract_of, with_declarations
from reviews.panel.services import members
from reviews.views import FormPageMixin, ReviewPageMixin

DAYS_SHOWN = 50


class PanelPageMixin(ReviewPageMixin):
    def is_allowed(self):
        return rules.can_read_panel(self.access, self.review)

    def panel(self):
        rows = PanelMember.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display().in_order()

    def tell_of_reading(self):
        record(EventType.PANEL_READ, by=self.request.user, review=self.review)


class LeadPanelMixin(PanelPageMixin, FormPageMixin):
    """The pages of those who keep the panel: the coordinator and the chair."""

    def is_allowed(self):
        return rules.can_lead_panel(self.access, self.review)


class MemberPageMixin(PanelPageMixin):
    """A page about one member; `seat` is that member."""

    def find(self):
        super().find()
        self.seat = get_object_or_404(self.panel(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"member": self.seat}


class PanelListView(PanelPageMixin, ListView):
    """Who sits on the panel; for those who lead it also what each of them declared."""

    template_name = "reviews/panel/panel_list.html"
    paginate_by = 50

    def get_queryset(self):
        return with_declarations(self.panel(), self.request.user)

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        may_lead = rules.can_lead_panel(self.access, self.review)
        context = super().get_context_data(**kwargs)
        for member in context["page_obj"]:
            member.may_open = rules.can_open_panel_member(self.access, member)
        return context | {
            "may_lead": may_lead,
            "may_commission": rules.can_commission_jointly(self.access, self.review),
            "without_chair": may_lead and not self.panel().sitting().chairs().exists(),
        }


class MemberDetailView(MemberPageMixin, TemplateView):
    """What one member declared, where they may not look, and for how long they work."""

    template_name = "reviews/panel/member_detail.html"

    def is_allowed(self):
        return rules.can_open_panel_member(self.access, self.seat)

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        user, member = self.request.user, self.seat
        conflicts = Conflict.objects.visible_to(user).filter(member=member).for_display()
        for conflict in conflicts:
            conflict.may_end = rules.can_end_conflict(self.access, conflict)
        return super().get_context_data(**kwargs) | {
            "declarations": Declaration.objects.visible_to(user)
            .filter(member=member)
            .for_display(),
            "conflicts": conflicts,
            "may_lead": rules.can_lead_panel(self.access, self.review),
            "may_declare": rules.can_declare(self.access, member),
            **self._history(),
            **self._contract(),
        }

    def _history(self):
        earlier = self.seat.earlier.select_related("agency__merged_into", "changed_by")
        return {
            "earlier": earlier,
            "before": self.panel().filter(followed_by=self.seat).first(),
            "after": self.panel().filter(follows=self.seat).first(),
            "may_hand_over": rules.can_hand_over_chair(self.access, self.seat),
        }

    def _contract(self):
        user, member = self.request.user, self.seat
        days = DayUsed.objects.visible_to(user).filter(member=member)
        return {
            "contract": contract_of(member, user),
            "terms": ContractTerms.objects.visible_to(user)
            .filter(member=member)
            .select_related("recorded_by"),
            "days": days.select_related("recorded_by", "withdrawn_by")[:DAYS_SHOWN],
            "may_agree": rules.can_agree_contract(self.access, member),
            "may_enter_days": rules.can_enter_days(self.access, member),
        }


class MemberAddView(LeadPanelMixin, FormView):
    form_class = MemberAddForm
    template_name = "reviews/panel/member_add.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "accounts": accounts_for(self.review),
            "agencies": agencies_for(self.request.user, self.review),
        }

    def form_valid(self, form):
        try:
            member = members.add_member(self.review, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"{member} added to the panel.")
        return redirect("reviews:panel-list", self.review.reference)


class MemberChangeView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = MemberChangeForm
    template_name = "reviews/panel/member_change.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "accounts": accounts_for(self.review, self.seat),
            "agencies": agencies_for(self.request.user, self.review),
        }

    def get_initial(self):
        return {name: getattr(self.seat, name) for name in (*members.PARTICULARS, "joined")}

    def form_valid(self, form):
        try:
            members.change_member(self.seat, by=self.request.user, **form.cleaned_data)
        except members.ConflictStands:
            form.add_error(
                "user",
                "A conflict of interest of this member holds: end it first, or leave the account",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Particulars saved. What stood before is kept.")
        return redirect(self.seat)


class MemberLeaveView(MemberPageMixin, LeadPanelMixin, FormView):
    form_class = LeaveForm
    template_name = "reviews/panel/member_leave.html"

    def get_initial(self):
        return {"left_on": timezone.localdate()}

    def form_valid(self, form):
        day, because = form.cleaned_data["left_on"], form.cleaned_data["because"]
        try:
            members.leave(self.seat, on=day, because=because, by=self.request.user)
        except members.AlreadyLeft:
            messages.info(self.request, "Somebody has already recorded that they left.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "Recorded. Their roles on the panel ended at once.")
        return redirect("reviews:panel-list", self.review.reference)
