from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from audit.models import EventType
from audit.services import record
from foundations.vault.sealing import Unreadable
from reviews import rules
from reviews.clock.models import Pause
from reviews.models import Person
from reviews.password import PasswordAgainForm, PasswordAgainMixin
from reviews.proceedings import services
from reviews.proceedings.forms import (
    EventForm,
    HoldForm,
    MoveForm,
    PostEndForm,
    PostForm,
    ProceedingForm,
    ReleaseForm,
    StatusForm,
)
from reviews.proceedings.models import (
    Hold,
    Proceeding,
    ProceedingEvent,
    ProceedingPost,
    ProceedingStatus,
)
from reviews.views import FormPageMixin, ReviewPageMixin


class ProceedingsMixin(ReviewPageMixin):
    """That they exist, and when, is for the panel too; all else for those who lead the review."""

    def is_allowed(self):
        return rules.can_read_proceedings(self.access, self.review)

    def proceedings(self):
        rows = Proceeding.objects.visible_to(self.request.user)
        return rows.filter(review=self.review)

    def tell_of_reading(self, target=None):
        record(EventType.PROCEEDINGS_READ, by=self.request.user, review=self.review, target=target)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "may_lead": rules.can_lead_proceedings(self.access, self.review),
            "today": timezone.localdate(),
        }


class ProceedingListView(ProceedingsMixin, ListView):
    template_name = "reviews/proceedings/proceedings.html"
    paginate_by = 50

    def get_queryset(self):
        return self.proceedings().for_display().order_by("pk")

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        today = timezone.localdate()
        holds = Hold.objects.visible_to(self.request.user).filter(review=self.review)
        return super().get_context_data(**kwargs) | {
            "holds": [(hold, *hold.state(today)) for hold in holds.for_display()],
        }


class ProceedingView(ProceedingsMixin, TemplateView):
    template_name = "reviews/proceedings/proceeding.html"

    def find(self):
        super().find()
        if self.is_allowed():
            self.proceeding = get_object_or_404(
                self.proceedings().for_display(), pk=self.kwargs["pk"]
            )

    def get_context_data(self, **kwargs):
        self.tell_of_reading(self.proceeding)
        user, one, today = self.request.user, self.proceeding, timezone.localdate()
        events = ProceedingEvent.objects.visible_to(user).filter(proceeding=one).in_time()
        statuses = ProceedingStatus.objects.visible_to(user).filter(proceeding=one)
        pauses = Pause.objects.visible_to(user).live().filter(proceeding=one)
        posts = ProceedingPost.objects.visible_to(user).filter(proceeding=one)
        holds = Hold.objects.visible_to(user).filter(proceeding=one).for_display()
        return super().get_context_data(**kwargs) | {
            "proceeding": one,
            "events": events.select_related("moves", "moved_by", "recorded_by"),
            "statuses": statuses.select_related("recorded_by"),
            "posts": posts.defer("details"),
            "pauses": pauses.prefetch_related("ends"),
            "holds": [(hold, *hold.state(today)) for hold in holds],
        }


# --- What its leaders record --------------------------------------------------------------------


class LeadMixin(ProceedingsMixin, FormPageMixin):
    """One form of one page; `keep` does what it asks, and `found` is what it is about."""

    template_name = "reviews/proceedings/change.html"
    heading = before = button = done = ""
    private = False

    def is_allowed(self):
        return rules.can_lead_proceedings(self.access, self.review)

    def find(self):
        super().find()
        if self.is_allowed():
            self.about()

    def about(self):
        """Fetch what the address names."""
        self.proceeding = None
        if "pk" in self.kwargs:
            self.proceeding = get_object_or_404(self.proceedings(), pk=self.kwargs["pk"])

    def row(self, rows):
        """A row of a proceeding of this review, and its proceeding with it."""
        found = get_object_or_404(
            rows.filter(proceeding__review=self.review).select_related("proceeding__review"),
            pk=self.kwargs["pk"],
        )
        self.proceeding = found.proceeding
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "proceeding": self.proceeding,
            "heading": self.heading,
            "before": self.before,
            "button": self.button or self.heading,
            "private": self.private,
        }

    def form_valid(self, form):
        """What a service refuses stands beside its field, or above them all."""
        try:
            self.keep(form.cleaned_data)
        except services.KeyOfAnother:
            raise Http404 from None
        except services.DoneMeanwhile:
            messages.info(self.request, "Somebody has done this already. Nothing is saved.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, self.done)
        return redirect(self.proceeding)


class ProceedingAddView(LeadMixin, FormView):
    form_class = ProceedingForm
    heading = "Add a proceeding"
    button = "Add"
    done = "Added. Record its dates and contacts next."

    def get_form_kwargs(self):
        parts = self.review.participations.visible_to(self.request.user)
        return super().get_form_kwargs() | {"parts": parts.contributing().for_display()}

    def keep(self, said):
        self.proceeding = services.add_proceeding(self.review, by=self.request.user, **said)


class EventAddView(LeadMixin, FormView):
    form_class = EventForm
    heading = "Record a date"
    done = "Date recorded."

    def keep(self, said):
        services.record_event(self.proceeding, by=self.request.user, **said)


class EventMoveView(LeadMixin, FormView):
    form_class = MoveForm
    heading = "Move this date"
    button = "Save"
    done = "Saved. The date before is kept."

    def about(self):
        self.event = self.row(ProceedingEvent.objects.visible_to(self.request.user))
        if ProceedingEvent.objects.visible_to(self.request.user).filter(moves=self.event).exists():
            raise Http404
        self.before = f"{self.event.get_what_display()}: {self.event.on or 'no date'}."

    def keep(self, said):
        services.move_event(self.event, by=self.request.user, **said)


class StatusView(LeadMixin, FormView):
    form_class = StatusForm
    heading = "Record how it stands"
    button = "Save"
    done = "Saved. Look whether its holds can be released."

    def keep(self, said):
        services.set_status(
            self.proceeding, by=self.request.user, today=timezone.localdate(), **said
        )


class PostAddView(LeadMixin, FormView):
    form_class = PostForm
    heading = "Add a contact"
    button = "Add"
    done = "Contact added."
    private = True

    def keep(self, said):
        services.add_post(self.proceeding, by=self.request.user, **said)


class PostEndView(LeadMixin, FormView):
    form_class = PostEndForm
    heading = "End a contact"
    done = "Ended. It is kept with the reason."

    def about(self):
        self.post_row = self.row(ProceedingPost.objects.visible_to(self.request.user))

    def get_initial(self):
        return {"on": timezone.localdate()}

    def keep(self, said):
        today = timezone.localdate()
        services.end_post(self.post_row, by=self.request.user, today=today, **said)


class PostRevealView(PasswordAgainMixin, LeadMixin, FormView):
    """Shown once, in answer to the password; never in a list."""

    form_class = PasswordAgainForm
    template_name = "reviews/proceedings/post_details.html"

    def is_allowed(self):
        return LeadMixin.is_allowed(self)

    def about(self):
        self.post_row = self.row(ProceedingPost.objects.visible_to(self.request.user))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"post": self.post_row}

    def form_valid(self, form):
        try:
            shown = {"text": services.reveal_post(self.post_row, by=self.request.user)}
        except Unreadable as problem:
            shown = {"problem": problem}
        return self.render_to_response(self.get_context_data(form=None, shown=True, **shown))


# --- Holds --------------------------------------------------------------------------------------


class HoldBeginView(LeadMixin, FormView):
    form_class = HoldForm
    heading = "Put something on hold"
    button = "Put on hold"
    before = "Each thing is held, and later released, by itself."
    done = "On hold. The pages it affects say so."

    def get_form_kwargs(self):
        user = self.request.user
        events = ProceedingEvent.objects.visible_to(user).filter(proceeding=self.proceeding)
        return super().get_form_kwargs() | {
            "people": Person.objects.visible_to(user).filter(review=self.review).order_by("pk"),
            "events": events.standing().in_time(),
        }

    def get_initial(self):
        return {"starts_on": timezone.localdate()}

    def keep(self, said):
        today = timezone.localdate()
        services.begin_holds(self.proceeding, by=self.request.user, today=today, **said)


class HoldReleaseView(LeadMixin, FormView):
    form_class = ReleaseForm
    heading = "Release a hold"
    done = "Released. The hold is kept with the reason."

    def about(self):
        self.hold = self.row(Hold.objects.visible_to(self.request.user).for_display())
        self.before = self.hold.sentence

    def get_initial(self):
        return {"on": timezone.localdate()}

    def keep(self, said):
        services.release_hold(self.hold, by=self.request.user, today=timezone.localdate(), **said)
