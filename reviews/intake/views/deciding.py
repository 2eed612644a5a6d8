from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView, ListView

from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.intake.forms.deciding import CircumstancesForm, DecisionForm
from reviews.intake.models import Circumstances, ConsentWord, Notification, ReviewDecision
from reviews.intake.services import deciding
from reviews.intake.views.leading import LeadIntakeMixin
from reviews.wording.kinds import Kind
from reviews.wording.services import wording_for

_MEANWHILE = (
    "Somebody has changed this meanwhile. Copy your words, open the page again and compare them"
)


def circumstances_of(review, user):
    return Circumstances.objects.visible_to(user).filter(review=review).first()


class DecisionListView(LeadIntakeMixin, ListView):
    """What the partnership was told, what kind of case it is, and every decision, newest first."""

    template_name = "reviews/intake/decision_list.html"
    paginate_by = 50

    def get_queryset(self):
        rows = ReviewDecision.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        told = Notification.objects.visible_to(self.request.user).filter(review=self.review)
        circumstances = circumstances_of(self.review, self.request.user)
        return super().get_context_data(**kwargs) | {
            "notifications": told.order_by("told_on", "pk"),
            "circumstances": circumstances,
            "consents": self.consents() if circumstances and circumstances.survived else (),
            "may_decide": rules.can_record_decision(self.access, self.review),
            "today": timezone.localdate(),
        }

    def consents(self):
        words = ConsentWord.objects.visible_to(self.request.user).filter(review=self.review)
        return words.select_related("recorded_by")[:50]


class DecisionCreateView(KeepsWordsMixin, LeadIntakeMixin, FormView):
    form_class = DecisionForm
    template_name = "reviews/intake/decision_create.html"

    def is_allowed(self):
        return rules.can_record_decision(self.access, self.review)

    def find(self):
        super().find()
        self.criteria = wording_for(
            Kind.DECISION_CRITERIA, self.review.partnership, timezone.localdate()
        )

    def newest(self):
        rows = ReviewDecision.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display().first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "criteria": self.criteria,
            "told_on": deciding.first_told_on(self.review),
        }

    def get_initial(self):
        newest = self.newest()
        return {"seen": newest.number if newest else 0}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "criteria": self.criteria,
            "newest": kwargs.get("meanwhile") or self.newest(),
        }

    def form_valid(self, form):
        try:
            deciding.decide(
                self.review,
                seen=form.cleaned_data["seen"],
                criteria=form.answers,
                criteria_source=f"{self.criteria}, in force from "
                f"{self.criteria.effective_from:%-d %B %Y}",
                by=self.request.user,
                **form.decision,
            )
        except deciding.DecidedMeanwhile:
            return self.decided_meanwhile(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Decision recorded.")
        return redirect("reviews:decision-list", self.review.reference)

    def decided_meanwhile(self, form):
        newest = self.newest()
        form.now_seen(newest.number)
        form.add_error(
            None,
            f"{newest.recorded_by or 'Somebody'} has recorded a decision meanwhile. Read it below. "
            "If yours still stands, send it again: it then follows theirs",
        )
        context = self.get_context_data(form=form, meanwhile=newest)
        return self.render_to_response(context, status=422)


class CircumstancesView(KeepsWordsMixin, LeadIntakeMixin, FormView):
    form_class = CircumstancesForm
    template_name = "reviews/intake/circumstances.html"

    def get_initial(self):
        found = circumstances_of(self.review, self.request.user)
        said = {name: getattr(found, name, None) for name in CircumstancesForm.base_fields}
        return said | {"seen": found.changes if found else 0}

    def form_valid(self, form):
        try:
            deciding.describe(self.review, by=self.request.user, **form.cleaned_data)
        except deciding.ChangedMeanwhile:
            form.add_error(None, _MEANWHILE)
            return self.form_invalid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Circumstances saved.")
        return redirect("reviews:decision-list", self.review.reference)
