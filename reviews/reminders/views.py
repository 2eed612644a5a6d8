from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView

from agencies.models import Partnership
from foundations.post.outbox import CannotSendAgain, NotSent
from reviews import rules
from reviews.models import Review
from reviews.reminders import queries, services, steps
from reviews.reminders.forms import MessageFilterForm, MessageForm, ReminderStepsForm
from reviews.reminders.models import DAYS, Mailing, Posting, ReminderSteps
from reviews.versions import NewerVersion
from reviews.views import FormPageMixin, GuardedMixin

MOVED_ON = "Somebody has dealt with this message meanwhile. Look at it again"


class _MessagesMixin(GuardedMixin):
    """The messages of the reviews and partnerships that somebody coordinates."""

    def is_allowed(self):
        return rules.can_read_messages(self.access)

    def partnerships(self):
        return Partnership.objects.filter(pk__in=self.access.appointments[rules.Role.COORDINATOR])


class MessageListView(_MessagesMixin, ListView):
    template_name = "reviews/reminders/message_list.html"
    paginate_by = 50

    def get_queryset(self):
        user = self.request.user
        self.filter = MessageFilterForm(self.request.GET)
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        reference, review = asked.get("review"), None
        if reference:
            review = Review.objects.visible_to(user).filter(reference__iexact=reference).first()
        self.is_unknown = bool(reference and not review)
        found = queries.messages_of(user, state=asked.get("state", ""), review=review)
        return found.none() if self.is_unknown else found

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "filter": self.filter,
            "lines": queries.lines_of(self.request.user, list(context["page_obj"])),
            "partnerships": self.partnerships().order_by("name"),
        }


class TomorrowView(_MessagesMixin, TemplateView):
    """What will be sent tomorrow, as things stand now."""

    template_name = "reviews/reminders/tomorrow.html"

    def get_context_data(self, **kwargs):
        day = timezone.localdate() + timedelta(days=1)
        planned = queries.planned_for(self.request.user, day)
        return super().get_context_data(**kwargs) | {"day": day, "planned": planned}


class MessageDetailView(_MessagesMixin, FormPageMixin, FormView):
    """One message: when it was tried and what came of it, and what to do where it did not arrive."""

    form_class = MessageForm
    template_name = "reviews/reminders/message_detail.html"

    def find(self):
        if not self.is_allowed():
            return
        postings = Posting.objects.visible_to(self.request.user).filter(message=self.kwargs["pk"])
        self.postings = postings.select_related("message")
        posting = self.postings.first()
        if posting is None:
            raise Http404
        self.opened = queries.open_message(self.request.user, posting.message)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"choices": self.opened.choices}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"opened": self.opened}

    def form_valid(self, form):
        message, by = self.opened.message, self.request.user
        try:
            if form.cleaned_data["what"] == "again":
                services.send_again(message, by=by)
                said = "The message is on its way again."
            elif form.cleaned_data["what"] == "came_back":
                services.came_back(message, by=by)
                said = "Recorded. It stands on your board until it is dealt with."
            else:
                services.settle(self.postings, by=by)
                said = "Recorded. It stands on your board no longer."
        except (CannotSendAgain, NotSent):
            form.add_error(None, MOVED_ON)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect("reviews:message-detail", message.pk)


class ReminderWhyView(GuardedMixin, TemplateView):
    """Why did I get this? To the one who got it, and nobody else."""

    template_name = "reviews/reminders/why.html"

    def is_allowed(self):
        return True

    def find(self):
        mailings = Mailing.objects.visible_to(self.request.user)
        self.mailing = get_object_or_404(mailings, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "mailing": self.mailing,
            "reasons": queries.reasons_of(self.request.user, self.mailing),
        }


# --- The days -----------------------------------------------------------------------------------


class _StepsMixin(_MessagesMixin):
    """On which days a partnership reminds. They hold no case."""

    def is_allowed(self):
        return rules.can_change_reminder_steps(self.access)

    def find(self):
        if not self.is_allowed():
            return
        self.partnership = get_object_or_404(self.partnerships(), slug=self.kwargs["partnership"])
        self.current = steps.steps_for([self.partnership.pk], timezone.localdate())[
            self.partnership.pk
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": self.partnership,
            "current": self.current,
            "today": timezone.localdate(),
        }


class ReminderStepsView(_StepsMixin, TemplateView):
    template_name = "reviews/reminders/steps.html"

    def get_context_data(self, **kwargs):
        own = ReminderSteps.objects.visible_to(self.request.user)
        versions = own.filter(partnership=self.partnership).select_related("made_by")
        return super().get_context_data(**kwargs) | {
            "versions": versions.order_by("-effective_from", "-version")[:50]
        }


class ReminderStepsCreateView(_StepsMixin, FormPageMixin, FormView):
    form_class = ReminderStepsForm
    template_name = "reviews/reminders/steps_create.html"

    def get_initial(self):
        newest = steps.newest_of(self.partnership)
        start = newest or self.current
        return {name: getattr(start, name) for name in DAYS} | {
            "title": newest.title if newest else "",
            "source": newest.source if newest else "",
            "effective_from": timezone.localdate(),
            "seen": newest.version if newest else 0,
        }

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            steps.make_version(
                partnership=self.partnership,
                title=data["title"],
                source=data["source"],
                effective_from=data["effective_from"],
                days=form.days,
                seen=data["seen"],
                by=self.request.user,
                on=timezone.localdate(),
                key=data["key"],
            )
        except NewerVersion:
            form.add_error(
                None, "Somebody has made a newer version meanwhile. Open it and start from it"
            )
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "New days saved.")
        return redirect("reviews:reminder-steps", self.partnership.slug)
