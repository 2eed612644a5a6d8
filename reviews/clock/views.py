from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, ListView, TemplateView

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.clock import services
from reviews.clock.forms import (
    CorrectionForm,
    ExtendForm,
    MilestoneForm,
    PauseEndForm,
    PauseForm,
    TakeBackForm,
    ToldForm,
)
from reviews.clock.history import history_of
from reviews.clock.kinds import TARGETS, WORDS, Milestone
from reviews.clock.models import Extension, Pause, Reached
from reviews.clock.prose import capital
from reviews.clock.queries import clock_of
from reviews.proceedings.models import Proceeding
from reviews.views import FormPageMixin, ReviewPageMixin


class _ReadClockMixin(ReviewPageMixin):
    """The clock is for those who lead the review."""

    def is_allowed(self):
        return rules.can_read_clock(self.access, self.review)

    @cached_property
    def clock(self):
        return clock_of(self.review, timezone.localdate())

    @property
    def proceedings(self):
        rows = Proceeding.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).select_related("review").order_by("pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "clock": self.clock,
            "may_change": rules.can_change_clock(self.access, self.review),
        }


class ClockView(_ReadClockMixin, TemplateView):
    template_name = "reviews/clock/clock.html"

    def get_context_data(self, **kwargs):
        record(EventType.CLOCK_READ, by=self.request.user, review=self.review)
        seen = {one.pk: one for one in self.proceedings}  # none of a conflict of interest
        return super().get_context_data(**kwargs) | {
            "pauses": [(one, seen.get(one.proceeding_id)) for one in self.clock.pauses],
            "begun": [
                (milestone, self.clock.reached.get(milestone))
                for milestone in (Milestone.NOTIFIED, Milestone.ENDED)
            ],
            "may_change_rules": rules.can_change_rule_sets(self.access),
        }


class ClockHistoryView(_ReadClockMixin, ListView):
    """All that was recorded, newest first, with what was corrected or taken back."""

    template_name = "reviews/clock/history.html"
    paginate_by = 50

    def get_queryset(self):
        record(EventType.CLOCK_READ, by=self.request.user, review=self.review)
        return history_of(self.review, self.request.user)


# --- Changing it --------------------------------------------------------------------------------


class _ChangeClockMixin(_ReadClockMixin, FormPageMixin):
    """A form about the clock; what the service refuses stands beside the field it is about."""

    done = "Saved."

    def is_allowed(self):
        return rules.can_change_clock(self.access, self.review)

    def newest(self):
        """The row that a correction starts from; none, unless a page says which."""

    def get_initial(self):
        newest = self.newest()
        return {"seen": newest.pk if newest else 0}

    def save(self, data):
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.save(dict(form.cleaned_data))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        except services.RecordedMeanwhile:
            form.now_seen(self.newest().pk)
            form.add_error(
                None,
                "Somebody has recorded this meanwhile. Look at the clock below. If yours still "
                "stands, send it again: it then follows theirs",
            )
            return self.form_invalid(form)
        except services.AlreadyTakenBack:
            messages.info(self.request, "Somebody has already taken this back.")
        else:
            messages.success(self.request, self.done)
        return redirect("reviews:clock", self.review.reference)


class _MilestoneMixin(_ChangeClockMixin):
    """A page about one milestone."""

    milestones = tuple(Milestone)

    def find(self):
        super().find()
        if self.kwargs["milestone"] not in self.milestones:
            raise Http404
        self.milestone = Milestone(self.kwargs["milestone"])

    def get_context_data(self, **kwargs):
        words = WORDS[self.milestone]
        return super().get_context_data(**kwargs) | {
            "milestone": self.milestone,
            "thing": words.thing,
            "done": capital(words.done),
        }


class ReachView(_MilestoneMixin, FormView):
    """Record a milestone, or correct one that stands."""

    template_name = "reviews/clock/reach.html"
    done = "Recorded. What is due after it has been worked out."

    def newest(self):
        rows = Reached.objects.visible_to(self.request.user).filter(review=self.review)
        return rows.filter(milestone=self.milestone).order_by("-pk").first()

    @cached_property
    def standing(self):
        return self.clock.reached.get(self.milestone)

    def get_form_class(self):
        return CorrectionForm if self.standing else MilestoneForm

    def get_initial(self):
        return super().get_initial() | ({"on": self.standing.on} if self.standing else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"standing": self.standing}

    def save(self, data):
        sent = {"key": data["key"], "seen": data["seen"], "why": data.get("why", "")}
        if data.get("mistaken"):
            services.not_reached(self.review, self.milestone, self.request.user, **sent)
        else:
            services.reached(self.review, self.milestone, data["on"], self.request.user, **sent)


class ExtendView(_MilestoneMixin, FormView):
    form_class = ExtendForm
    template_name = "reviews/clock/extend.html"
    milestones = TARGETS
    done = "New due day recorded. The first one is kept."

    def newest(self):
        rows = Extension.objects.visible_to(self.request.user).live()
        return rows.filter(review=self.review, milestone=self.milestone).order_by("-pk").first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "deadline": self.clock.deadline(self.milestone)
        }

    def save(self, data):
        services.extend(self.review, self.milestone, by=self.request.user, **data)


class PauseView(_ChangeClockMixin, FormView):
    form_class = PauseForm
    template_name = "reviews/clock/pause.html"
    done = "Pause recorded."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"proceedings": self.proceedings}

    def save(self, data):
        del data["seen"]  # pauses may overlap: none stands in another's way
        services.pause(self.review, by=self.request.user, **data)


class _OneChangeMixin(_ChangeClockMixin):
    """A page about one extension or pause that still counts."""

    model = Pause

    def find(self):
        super().find()
        rows = self.model.objects.visible_to(self.request.user).live()
        self.change = get_object_or_404(
            rows.select_related("review"), review=self.review, pk=self.kwargs["pk"]
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "change": self.change,
            "is_pause": self.model is Pause,
        }


class PauseEndView(_OneChangeMixin, FormView):
    form_class = PauseEndForm
    template_name = "reviews/clock/pause_end.html"
    done = "Last day recorded."

    def newest(self):
        return self.change.ends.last()

    def get_initial(self):
        return super().get_initial() | {"ends_on": self.change.ends_on}

    def save(self, data):
        data["on"] = data.pop("ends_on")
        services.end_pause(self.change, by=self.request.user, **data)


class PauseToldView(_OneChangeMixin, FormView):
    form_class = ToldForm
    template_name = "reviews/clock/told.html"
    done = "Recorded who was told."

    def save(self, data):
        services.tell(
            self.change,
            whom=data["told"],
            on=data["told_on"],
            key=data["key"],
            by=self.request.user,
        )


class PauseTakeBackView(_OneChangeMixin, FormView):
    form_class = TakeBackForm
    template_name = "reviews/clock/take_back.html"
    done = "Taken back. It is kept in the history, and moves nothing any more."

    def save(self, data):
        services.take_back(self.change, why=data["why"], by=self.request.user)


class ExtensionToldView(PauseToldView):
    model = Extension


class ExtensionTakeBackView(PauseTakeBackView):
    model = Extension
