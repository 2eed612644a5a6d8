from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from reviews import rules
from reviews.panel.forms import HandOverForm
from reviews.panel.models import CHAIRS, Capacity
from reviews.panel.queries import agencies_for
from reviews.panel.services import handing_over
from reviews.panel.services.members import AlreadyLeft
from reviews.panel.views.members import LeadPanelMixin, MemberPageMixin
from reviews.services import OwnRole


class HandOverView(MemberPageMixin, LeadPanelMixin, FormView):
    """The coordinator replaces a chair; what the old one did stays, with their days."""

    form_class = HandOverForm
    template_name = "reviews/panel/hand_over.html"

    def is_allowed(self):
        return rules.can_hand_over_chair(self.access, self.seat)

    def get_form_kwargs(self):
        others = self.panel().sitting().exclude(capacity__in=CHAIRS)
        return super().get_form_kwargs() | {
            "successors": others,
            "agencies": agencies_for(self.request.user, self.review),
        }

    def get_initial(self):
        return {"on": timezone.localdate(), "capacity": Capacity(self.seat.capacity)}

    def form_valid(self, form):
        try:
            incoming = handing_over.hand_over(self.seat, by=self.request.user, **form.cleaned_data)
        except AlreadyLeft:
            messages.info(self.request, "Somebody has already recorded that the chair left.")
            return redirect("reviews:panel-list", self.review.reference)
        except OwnRole:
            form.add_error("email", "You cannot give yourself a role. Ask another coordinator")
            return self.form_invalid(form)
        except handing_over.AccountUnknown:
            form.add_error(
                None,
                "Somebody holds the chair’s role here. Say first, in the particulars of the chair, "
                "which account is theirs: it is that account’s role that ends",
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"{incoming} chairs the review from now on.")
        return redirect(incoming)
