from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from reviews.citing import MINUTES, uses_of
from reviews.drafts.pages import KeepsWordsMixin
from reviews.forms import ConfirmForm
from reviews.meetings import forms
from reviews.meetings.models import Attendance, Meeting, MeetingDecision, Minutes
from reviews.meetings.services import minutes
from reviews.meetings.views.pages import KeepMixin, MeetingMixin, RowMixin
from reviews.panel.models import PanelMember
from reviews.wording.blocks import blocks_of


class HeldMixin(KeepMixin):
    """What comes of a meeting that was held."""

    not_ready = minutes.NotHeld

    def is_ready(self):
        return self.meeting.is_held

    def newest(self):
        return self.of_meeting(Minutes).for_display().first()


class _NotAgreedMixin(HeldMixin):
    def get(self, request, *args, **kwargs):
        if self.of_meeting(Minutes).filter(agreed_in__isnull=False).exists():
            raise minutes.Agreed
        return super().get(request, *args, **kwargs)


class AttendanceView(_NotAgreedMixin, FormView):
    form_class = forms.AttendanceForm
    heading, button, done = "Who was there?", "Save", "Attendance saved."

    def members(self):
        """Who sat on the panel on that day, and whoever was recorded before."""
        day = timezone.localdate(self.meeting.starts_at)
        rows = PanelMember.objects.visible_to(self.request.user).filter(review=self.review)
        recorded = self.of_meeting(Attendance).values("member")
        sat = Q(left_on=None) | Q(left_on__gte=day) | Q(pk__in=recorded)
        return list(rows.filter(sat).for_display().in_order())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"members": self.members()}

    def get_initial(self):
        found = {}
        others = []
        for row in self.of_meeting(Attendance).order_by("pk"):
            if row.member_id:
                found[f"state_{row.member_id}"] = row.state
                found[f"deputy_{row.member_id}"] = row.deputy
            else:
                others.append(row.post)
        return found | {
            "others": "\n".join(others),
            "seen": minutes.picture_of(self.meeting),
        }

    def save(self, form):
        minutes.record_attendance(self.meeting, by=self.request.user, **form.attendance)


class MinutesWriteView(KeepsWordsMixin, _NotAgreedMixin, FormView):
    """The next version, from the one before. Each version is kept."""

    form_class = forms.MinutesForm
    heading, button = "Write the minutes", "Save this version"
    done = "Version saved. The panel sees it when you send it."

    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        self.tell_of_reading(meeting=self.meeting.number)
        return answer

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"newest": self.newest()}

    def get_initial(self):
        newest = self.newest()
        return {"text": newest.text, "seen": newest.number} if newest else {"seen": 0}

    def save(self, form):
        minutes.write_minutes(self.meeting, by=self.request.user, **form.cleaned_data)


class MinutesVersionView(MeetingMixin, TemplateView):
    template_name = "reviews/meetings/minutes_version.html"

    def find(self):
        super().find()
        if self.is_allowed():
            rows = self.of_meeting(Minutes).for_display()
            self.version = get_object_or_404(rows, number=self.kwargs["version"])

    def get_context_data(self, **kwargs):
        self.tell_of_reading(meeting=self.meeting.number)
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "blocks": blocks_of(self.version.text),
            "uses": self.uses(),
        }

    def uses(self):
        found = uses_of(MINUTES, [self.version], self.review, self.request.user)
        return found.get(self.version.pk, ())


class _NewestMixin(_NotAgreedMixin):
    def find(self):
        super().find()
        if self.is_allowed():
            rows = self.of_meeting(Minutes).for_display()
            self.version = get_object_or_404(rows[:1])


class MinutesSendView(_NewestMixin, FormView):
    form_class = ConfirmForm
    heading, button = "Send the minutes to the panel?", "Send"
    intro = "Members with an account get a message that there is something new. They read the newest version here, with the decisions and actions."
    done = "Sent to the panel."

    def save(self, form):
        minutes.send_minutes(self.version, by=self.request.user)


class MinutesAgreeView(_NewestMixin, FormView):
    form_class = forms.AgreeForm
    heading, button, done = "The minutes were agreed", "Record", "Recorded as agreed."
    intro = "The newest version becomes the last: it can no longer be changed."

    def get_form_kwargs(self):
        later = Meeting.objects.visible_to(self.request.user).filter(
            review=self.review,
            state=Meeting.State.HELD,
            starts_at__gt=self.meeting.starts_at,
        )
        return super().get_form_kwargs() | {"later": later.order_by("starts_at")}

    def save(self, form):
        in_meeting = form.cleaned_data["in_meeting"]
        minutes.agree_minutes(self.version, in_meeting=in_meeting, by=self.request.user)


class DecisionAddView(HeldMixin, FormView):
    form_class = forms.DecisionForm
    heading, button, done = "Record a decision", "Record decision", "Decision recorded."

    def save(self, form):
        minutes.decide(self.meeting, by=self.request.user, **form.cleaned_data)


class DecisionWithdrawView(RowMixin, HeldMixin, FormView):
    model = MeetingDecision
    form_class = forms.BecauseForm
    heading, button = "Withdraw a decision that was entered wrongly", "Withdraw"
    intro = "It stays to be read by you, with the reason."
    done = "Withdrawn."

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"inset": self.row.text}

    def save(self, form):
        try:
            minutes.withdraw_decision(
                self.row, because=form.cleaned_data["because"], by=self.request.user
            )
        except minutes.AlreadyWithdrawn:
            raise ValidationError("Somebody has already withdrawn it.") from None
