from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, ListView, View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import MARKING, render_pdf
from foundations.vault.downloads import PDF, attachment
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.interviews import services
from reviews.interviews.forms import InterviewAgainForm, InterviewForm
from reviews.interviews.models import Interview
from reviews.interviews.queries import counted, for_the_report, interviews_of
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import sentences_for
from reviews.requests.states import NotNow, State
from reviews.requests.views.pages import RequestMixin
from reviews.views import FormPageMixin


class InterviewsMixin(RequestMixin):
    """Of the agency that was asked for a report, and of the leaders."""

    def find(self):
        super().find()
        if not self.asked.is_for_a_file:
            raise Http404

    def is_allowed(self):
        return True

    @property
    def may_record(self):
        works = not self.review.has_ended and self.asked.state != State.WITHDRAWN
        return works and rules.can_log_interviews(self.access, self.asked)

    def rows(self):
        return interviews_of(self.request.user, self.asked)

    def tell_of_reading(self):
        record(
            EventType.INTERVIEWS_READ,
            by=self.request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
        )

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "stopped": sentences_for(user, self.review, Stops.STAFF, on=today),
            "back": reverse("reviews:interview-list", args=[self.review.reference, self.asked.pk]),
            "may_record": self.may_record,
        }


class InterviewListView(InterviewsMixin, ListView):
    """All of them by day, with what a later entry stands instead of."""

    template_name = "reviews/interviews/interview_list.html"
    context_object_name = "interviews"
    paginate_by = 50

    def get_queryset(self):
        return self.rows().for_display()

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs) | {"counted": counted(self.rows())}


class InterviewFileView(InterviewsMixin, View):
    """For the section of the report that says how it was done."""

    def get(self, request, *args, **kwargs):
        rows = for_the_report(self.rows())
        html = render_to_string(
            "reviews/interviews/interviews_pdf.html",
            {
                "title": "Interviews with staff",
                "kind": f"{self.asked.get_kind_display()} of {self.part.agency}",
                "reference": self.review.reference,
                "marking": MARKING,
                "landscape": True,
                "facts": [
                    ("Interviews", counted(self.rows())),
                    ("As it stood on", f"{timezone.localtime():%-d %B %Y, %H:%M}"),
                ],
                "interviews": rows,
            },
        )
        content = render_pdf(html)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
            document="interviews with staff",
        )
        name = f"{self.review.reference} interviews with staff.pdf"
        return attachment(content, name=name, media_type=PDF)


class InterviewAddView(KeepsWordsMixin, InterviewsMixin, FormPageMixin, FormView):
    form_class = InterviewForm
    template_name = "reviews/interviews/interview_form.html"
    heading = "Record an interview"
    follows = None

    def is_allowed(self):
        return rules.can_log_interviews(self.access, self.asked)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "follows": self.follows,
        }

    def form_valid(self, form):
        """What a service refuses stands beside its field, or above them all."""
        where = reverse("reviews:interview-list", args=[self.review.reference, self.asked.pk])
        try:
            services.record_interview(
                self.asked,
                by=self.request.user,
                today=timezone.localdate(),
                on_behalf=self.on_behalf,
                follows=self.follows,
                **form.cleaned_data,
            )
        except services.AlreadyFollowed:
            return self.refuse(form, ValidationError("Somebody has replaced this entry already"))
        except NotNow as refusal:
            return self.refuse(form, ValidationError(str(refusal)))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Interview recorded.")
        return redirect(where)


class InterviewCorrectView(InterviewAddView):
    """The entry stays; another stands instead of it."""

    form_class = InterviewAgainForm

    def find(self):
        super().find()
        rows = Interview.objects.visible_to(self.request.user).standing()
        self.follows = get_object_or_404(rows, request=self.asked, pk=self.kwargs["interview"])

    @property
    def heading(self):
        planned = self.follows.state == Interview.State.PLANNED
        return "What became of this interview?" if planned else "Correct an interview"

    def get(self, request, *args, **kwargs):
        self.tell_of_reading()
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"follows": self.follows}

    def get_initial(self):
        names = set(InterviewForm.base_fields) - {"key"}
        if self.follows.state == Interview.State.PLANNED:
            names -= {"state"}  # that is what it is about
        return {name: getattr(self.follows, name) for name in names}
