"""What the pages of meetings have in common."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.meetings.models import Meeting
from reviews.meetings.services import minutes, planning
from reviews.views import FormPageMixin, ReviewPageMixin

MEANWHILE = (
    "Somebody has changed this meanwhile. Copy your words, open the page again and compare them"
)
SETTLED = {
    planning.NotOpen: "This meeting was held or cancelled: it is settled.",
    planning.AgendaGiven: "The agenda was given out: it stays as people have it.",
    minutes.NotHeld: "Say first that the meeting was held.",
    minutes.Agreed: "The minutes were agreed by a later meeting: they stay as they are.",
}


class SeeMeetingsMixin(ReviewPageMixin):
    """Pages for the panel and those who keep the meetings; which rows is up to visible_to."""

    def is_allowed(self):
        return rules.can_see_meetings(self.access, self.review)

    def meetings(self):
        rows = Meeting.objects.visible_to(self.request.user)
        return rows.filter(review=self.review).for_display()

    @property
    def may_keep(self):
        return rules.can_keep_meetings(self.access, self.review)

    def tell_of_reading(self, **data):
        record(EventType.MEETINGS_READ, by=self.request.user, review=self.review, **data)


class MeetingMixin(SeeMeetingsMixin):
    """A page about one meeting."""

    def find(self):
        super().find()
        if self.is_allowed():
            self.meeting = get_object_or_404(self.meetings(), number=self.kwargs["number"])

    def of_meeting(self, model):
        return model.objects.visible_to(self.request.user).filter(meeting=self.meeting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "may_keep": self.may_keep,
        }


class KeepMixin(MeetingMixin, FormPageMixin):
    """A form of those who keep the meetings, about one of them.

    A view says its `heading`, `button` and `done`, and in `save` what it does with the form.
    """

    template_name = "reviews/meetings/form.html"
    heading, button, intro, done, tone = "", "Save", "", "Saved.", ""

    def is_allowed(self):
        return self.may_keep

    def is_ready(self):
        """Whether there is anything to do here; else `not_ready` says why not."""
        return True

    not_ready = planning.NotOpen

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except tuple(SETTLED) as settled:
            messages.info(request, SETTLED[type(settled)])
            return redirect(self.back())

    def get(self, request, *args, **kwargs):
        if not self.is_ready():
            raise self.not_ready
        return super().get(request, *args, **kwargs)

    def back(self):
        return self.meeting.get_absolute_url()

    def form_valid(self, form):
        try:
            self.save(form)
        except planning.ChangedMeanwhile:
            form.add_error(None, MEANWHILE)
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect(self.back())

    def save(self, form):
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        names = ("heading", "button", "intro", "tone")
        return (
            super().get_context_data(**kwargs)
            | {name: getattr(self, name) for name in names}
            | {"back": self.back()}
        )


class RowMixin:
    """A page about one row that hangs on the meeting; `row` is that row."""

    model = None

    def find(self):
        super().find()
        if self.is_allowed():
            self.row = get_object_or_404(self.of_meeting(self.model), pk=self.kwargs["pk"])
            self.row.meeting = self.meeting

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"row": self.row}
