"""The golden thread of one recommendation, and where the thread of a review is broken."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from actionplans.documents import is_unbacked, tags_of
from actionplans.models import Recommendation
from actionplans.resting.joining import MustStay, call_one, why_it_stays
from actionplans.resting.services import tell_apart
from actionplans.services import ChangedMeanwhile
from audit.models import EventType
from audit.services import record
from desk.broken import broken_of, why_nothing_is_broken
from desk.thread import thread_of
from desk.thread_forms import CalledOneForm, ToldApartForm
from reviews import rules
from reviews.views import FormPageMixin, ReviewPageMixin


class _ThreadMixin(ReviewPageMixin):
    def recommendations(self):
        rows = Recommendation.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.for_display(self.request.user)

    def record_read(self, target=None, **counts):
        record(
            EventType.THREAD_READ,
            by=self.request.user,
            review=self.review,
            target=target,
            **counts,
        )


class ThreadView(_ThreadMixin, TemplateView):
    template_name = "desk/thread.html"

    def find(self):
        super().find()
        self.recommendation = get_object_or_404(self.recommendations(), pk=self.kwargs["pk"])
        self.recommendation.review = self.review

    def is_allowed(self):
        return rules.can_read_analysis(self.access, self.review)

    def get_context_data(self, **kwargs):
        one = self.recommendation
        thread = thread_of(one, self.request.user)
        self.record_read(one, **thread.counts)
        return super().get_context_data(**kwargs) | {
            "recommendation": one,
            "thread": thread,
            "tags": list(tags_of(one, unbacked=is_unbacked(one))),
            "leads": [part.agency for part in one.leads.all()],
            "may_write": rules.can_write_recommendations(self.access, self.review)
            and not self.review.has_ended
            and not one.is_withdrawn,
        }


class _LeadersMixin(_ThreadMixin):
    def is_allowed(self):
        return rules.can_lead_analysis(self.access, self.review)


class BrokenLinksView(_LeadersMixin, TemplateView):
    template_name = "desk/broken_links.html"

    def get_context_data(self, **kwargs):
        kinds = broken_of(self.review, self.request.user)
        self.record_read(broken=sum(kind.count for kind in kinds))
        return super().get_context_data(**kwargs) | {
            "broken": [kind for kind in kinds if kind.count],
            "whole": [kind for kind in kinds if not kind.count],
            "count": sum(kind.count for kind in kinds),
            "early": why_nothing_is_broken(self.review, self.request.user),
        }


class _PairMixin(FormPageMixin, _LeadersMixin):
    """Two recommendations that read alike."""

    def find(self):
        super().find()
        pair = sorted((self.kwargs["first"], self.kwargs["second"]))
        rows = self.recommendations().live()
        self.pair = [get_object_or_404(rows, pk=pk) for pk in pair]

    def get(self, request, *args, **kwargs):
        self.record_read(self.pair[0])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"pair": self.pair}


class ToldApartView(_PairMixin, FormView):
    """Two that read alike are not the same: nobody is asked again."""

    form_class = ToldApartForm
    template_name = "desk/told_apart.html"

    def form_valid(self, form):
        try:
            tell_apart(*self.pair, reason=form.cleaned_data["reason"], by=self.request.user)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Kept as two. This pair is not shown again.")
        return redirect("desk:broken-links", self.review.reference)


class CalledOneView(_PairMixin, FormView):
    """Two that read alike are one: somebody chooses which of them stays."""

    form_class = CalledOneForm
    template_name = "desk/called_one.html"

    @cached_property
    def goes(self):
        """[(recommendation, why it cannot go)] of the pair."""
        first, second = self.pair
        return [
            (first, why_it_stays(first, beside=second)),
            (second, why_it_stays(second, beside=first)),
        ]

    def get_form_kwargs(self):
        (first, why_first), (second, why_second) = self.goes
        stay = [one for one, why in ((first, why_second), (second, why_first)) if not why]
        return super().get_form_kwargs() | {"stay": stay}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "goes": self.goes,
            "neither": all(why for _, why in self.goes),
        }

    def form_valid(self, form):
        kept = form.cleaned_data["keep"]
        keep, other = sorted(self.pair, key=lambda one: one.pk != kept)
        try:
            call_one(keep, other, reason=form.cleaned_data["reason"], by=self.request.user)
        except MustStay as refusal:
            form.add_error("keep", f"{other} cannot go: {refusal.why}")
            return self.form_invalid(form)
        except ChangedMeanwhile:
            messages.info(self.request, "Somebody else changed this first.")
            return redirect("desk:broken-links", self.review.reference)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, f"{other} is the same as this one, and was taken away.")
        return redirect(keep)
