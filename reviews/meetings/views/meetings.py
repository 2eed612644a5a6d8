from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.vault.downloads import attachment
from reviews.forms import ConfirmForm
from reviews.meetings import emails, forms
from reviews.meetings.calendar import MEDIA_TYPE, calendar_of, method_of
from reviews.meetings.models import (
    AgendaLine,
    Attendance,
    Invitation,
    MeetingAction,
    MeetingDecision,
    MeetingMove,
    Minutes,
    Paper,
)
from reviews.meetings.queries import not_reached, recipients_of
from reviews.meetings.services import planning, sending
from reviews.meetings.views.actions import show_actions
from reviews.meetings.views.pages import KeepMixin, MeetingMixin, RowMixin, SeeMeetingsMixin
from reviews.views import FormPageMixin


class MeetingListView(SeeMeetingsMixin, ListView):
    template_name = "reviews/meetings/meeting_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.meetings()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs) | {"may_keep": self.may_keep}


class MeetingDetailView(MeetingMixin, TemplateView):
    """Everything of one meeting that this person may read."""

    template_name = "reviews/meetings/meeting_detail.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading(meeting=self.meeting.number)
        minutes = self.of_meeting(Minutes).for_display()
        actions = self.of_meeting(MeetingAction).for_display().open_first()
        return super().get_context_data(**kwargs) | {
            "moves": self.of_meeting(MeetingMove),
            "agenda": self.of_meeting(AgendaLine),
            "papers": self.of_meeting(Paper).for_display().prefetch_related("concerns__agency"),
            "attendance": self.of_meeting(Attendance).for_display(),
            "minutes": minutes,
            "newest": minutes.first(),
            "decisions": self.of_meeting(MeetingDecision),
            "actions": show_actions(actions, self.access),
            "invitations": self.of_meeting(Invitation).for_display() if self.may_keep else [],
            "is_over": self.meeting.starts_at <= timezone.now(),
            "has_ended": self.meeting.ends_at <= timezone.now(),  # nobody is invited any more
            "pack_form": forms.PackForm(),
        }


class MeetingPlanView(SeeMeetingsMixin, FormPageMixin, FormView):
    form_class = forms.MeetingPlanForm
    template_name = "reviews/meetings/meeting_plan.html"

    def is_allowed(self):
        return self.may_keep

    def form_valid(self, form):
        meeting = planning.plan_meeting(
            self.review, by=self.request.user, key=form.cleaned_data["key"], **form.particulars
        )
        messages.success(self.request, "Draft saved with the agenda of your partnership.")
        return redirect(meeting)


class MeetingChangeView(KeepMixin, FormView):
    form_class = forms.MeetingChangeForm
    heading, done = "Change the meeting", "Saved. Nobody has been told."

    def is_ready(self):
        return self.meeting.is_open

    def get_form_kwargs(self):
        was_sent = self.meeting.sent_at is not None
        return super().get_form_kwargs() | {"was_sent": was_sent}

    def get_initial(self):
        return forms.written(self.meeting)

    def save(self, form):
        data = form.cleaned_data
        planning.change_meeting(
            self.meeting,
            seen=data["seen"],
            because=data.get("because", ""),
            by=self.request.user,
            **form.particulars,
        )


class MeetingSendView(KeepMixin, FormView):
    """What goes out and to whom, before it does."""

    form_class = forms.SendForm
    template_name = "reviews/meetings/meeting_send.html"

    def is_ready(self):
        return not self.meeting.is_held and (self.meeting.is_open or self.meeting.sent_at)

    def get_form_kwargs(self):
        has_agenda = self.meeting.is_agenda_open and self.of_meeting(AgendaLine).exists()
        return super().get_form_kwargs() | {"has_agenda": has_agenda}

    def get_initial(self):
        return {"seen": self.meeting.changes}

    def get_context_data(self, **kwargs):
        meeting = self.meeting
        subject, body = emails.words_of(
            meeting, method_of(meeting), is_change=emails.is_change(meeting)
        )
        told = self.of_meeting(Invitation).filter(sequence=meeting.sequence)
        told = set(told.values_list("member", flat=True))
        people = recipients_of(meeting)
        return super().get_context_data(**kwargs) | {
            "subject": subject,
            "body": body,
            "waiting": [member for member in people if member.pk not in told],
            "told": [member for member in people if member.pk in told],
            "unreached": [] if meeting.is_cancelled else not_reached(meeting),
            "agenda": self.of_meeting(AgendaLine) if meeting.is_agenda_open else [],
        }

    def form_valid(self, form):
        try:
            sent = sending.send(
                self.meeting,
                seen=form.cleaned_data["seen"],
                with_agenda=form.gives_agenda,
                by=self.request.user,
            )
        except sending.NotReady as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if sent:
            mails = f"{sent} {'message is' if sent == 1 else 'messages are'} on the way."
            messages.success(self.request, mails)
        else:
            messages.warning(
                self.request, "No e-mail was sent: nobody new can be reached. Tell them yourself."
            )
        return redirect(self.back())


class MeetingCancelView(KeepMixin, FormView):
    form_class = forms.BecauseForm
    heading, button, tone = "Cancel the meeting", "Cancel the meeting", "warning"
    intro = "It stays on the list, with the reason. Nobody is told until you send the cancellation."
    done = "Cancelled. Nobody has been told."

    def is_ready(self):
        return self.meeting.is_open

    def save(self, form):
        sending.cancel_meeting(
            self.meeting, because=form.cleaned_data["because"], by=self.request.user
        )


class MeetingHoldView(KeepMixin, FormView):
    form_class = ConfirmForm
    heading, button = "Was the meeting held?", "Yes, it was held"
    intro = "Then its time and agenda are settled, and minutes can be written."
    done = "Recorded as held."

    def is_ready(self):
        return self.meeting.is_open

    def save(self, form):
        sending.hold_meeting(self.meeting, by=self.request.user)


class InvitationReturnedView(RowMixin, KeepMixin, FormView):
    model = Invitation
    form_class = forms.ReturnedForm
    heading = "A message came back"
    intro = "Tell the member in another way. It is shown beside their name."

    def get_initial(self):
        return {"on": timezone.localdate()}

    def save(self, form):
        try:
            sending.mark_returned(self.row, on=form.cleaned_data["on"], by=self.request.user)
        except sending.AlreadyReturned:
            raise ValidationError("Somebody has already recorded that it came back.") from None


class CalendarFileView(MeetingMixin, View):
    """The meeting for one's own calendar; a draft is in nobody's."""

    def get(self, request, *args, **kwargs):
        if self.meeting.sent_at is None:
            raise Http404
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.meeting)
        content = calendar_of(self.meeting, method_of(self.meeting))
        name = f"{self.review.reference} meeting {self.meeting.number}.ics"
        return attachment(content, name=name, media_type=MEDIA_TYPE)


# --- The agenda ---------------------------------------------------------------------------------


class _AgendaMixin(KeepMixin):
    not_ready = planning.AgendaGiven

    def is_ready(self):
        return self.meeting.is_agenda_open

    def back(self):
        return super().back() + "#agenda"


class ItemAddView(_AgendaMixin, FormView):
    form_class = forms.ItemAddForm
    heading, button, done = "Add an item to the agenda", "Add", "Added at the end."

    def save(self, form):
        planning.add_item(self.meeting, by=self.request.user, **form.cleaned_data)


class ItemChangeView(RowMixin, _AgendaMixin, FormView):
    model = AgendaLine
    form_class = forms.ItemChangeForm
    heading = "Change or move an item"

    def get_initial(self):
        row = self.row
        return {"text": row.text, "number": row.position, "before": row.text}

    def save(self, form):
        planning.change_item(self.row, by=self.request.user, **form.cleaned_data)


class ItemRemoveView(RowMixin, _AgendaMixin, FormView):
    model = AgendaLine
    form_class = ConfirmForm
    heading, button, done = "Take this item off the agenda?", "Take it off", "Taken off."

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"inset": self.row.text}

    def save(self, form):
        planning.remove_item(self.row, by=self.request.user)
