"""One request as its agency and the leaders see it, and its receipts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from audit.models import EventType
from audit.services import record
from reviews import rules
from reviews.checking.queries import checkable
from reviews.interviews.queries import counted, interviews_of
from reviews.querying.queries import lines_of_request
from reviews.querying.services.answering import all_answered, returned_with
from reviews.requests.forms import ChronologyFileForm
from reviews.requests.models import Request, RequestAnswer, RequestMove
from reviews.requests.queries import COLOURS, how_far, last_return, officers_of, people_of
from reviews.requests.services.answering import work_in_hand
from reviews.requests.services.moving import open_request
from reviews.requests.states import RECEIPTS, NotNow, State, What, allows
from reviews.submissions.forms import UploadForm
from reviews.submissions.models import Submission
from reviews.submissions.queries import files_at, in_preparation
from reviews.views import FormPageMixin, GuardedMixin, ReviewPageMixin
from reviews.wording.blocks import blocks_of

_AGENCY_TOLD = " The agency has a message."
_NOBODY_TOLD = " Nobody of the agency can answer yet, so no message went."


class RequestLinkView(GuardedMixin, View):
    """From a message to the request itself; signing in leads back here first."""

    def is_allowed(self):
        return True

    def find(self):
        rows = Request.objects.visible_to(self.request.user).for_display()
        self.asked = get_object_or_404(rows, key=self.kwargs["key"])

    def get(self, request, *args, **kwargs):
        return redirect(self.asked)


class LeadRequestsMixin(ReviewPageMixin, FormPageMixin):
    """The pages about all agencies: for the coordinator and the chair."""

    def is_allowed(self):
        return rules.can_lead_requests(self.access, self.review)

    @property
    def today(self):
        return timezone.localdate()

    def requests(self):
        rows = Request.objects.visible_to(self.request.user).of(self.review)
        return rows.for_display().with_extension()

    def parts(self):
        parts = self.review.participations.visible_to(self.request.user)
        return parts.contributing().for_display()


class RequestMixin(ReviewPageMixin):
    """One request: the leaders', and the agency's that was asked."""

    def find(self):
        super().find()
        rows = Request.objects.visible_to(self.request.user).of(self.review).for_display()
        self.asked = get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def part(self):
        return self.asked.participation

    @property
    def leads(self):
        return rules.can_lead_requests(self.access, self.review)

    @property
    def on_behalf(self):
        """Whoever answers and is not of the agency acts on its behalf, which the move then says."""
        return not self.access.may("answer_requests", self.part)

    def tell_of_reading(self):
        record(
            EventType.REQUESTS_READ,
            by=self.request.user,
            review=self.review,
            target=self.asked,
            agency=self.part.agency.name,
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "part": self.part,
            "leads": self.leads,
            "on_behalf": self.on_behalf,
            "today": timezone.localdate(),
        }


class RequestDetailView(RequestMixin, TemplateView):
    template_name = "reviews/requests/request_detail.html"

    def is_allowed(self):
        return True

    def get(self, request, *args, **kwargs):
        if not self.on_behalf and self.asked.state == State.ASKED and not self.review.has_ended:
            open_request(self.asked, by=request.user)
            self.asked.refresh_from_db(fields=["state"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        moves = RequestMove.objects.visible_to(self.request.user).filter(request=self.asked)
        works = not self.review.has_ended
        handed_in = Submission.objects.visible_to(self.request.user).of(self.asked)
        may_answer = works and rules.can_answer_request(self.access, self.asked)
        today = timezone.localdate()
        came_before = self.asked.moves.filter(what=What.SUBMITTED).exists()
        return super().get_context_data(**kwargs) | {
            "stands": self.standing(),
            "returned": last_return(self.asked),
            "handed_in": self.handed_in(),
            "answer": self.answer(),
            "came_before": came_before,
            "in_hand": may_answer and work_in_hand(self.asked, on_behalf=self.on_behalf),
            "queries": lines_of_request(self.asked, self.request.user, on=today),
            "came_back_with_queries": returned_with(self.asked).exists(),
            "all_answered": all_answered(self.asked),
            "may_send_answers": works and rules.can_send_answers(self.access, self.asked),
            "may_check": self.leads and checkable(self.asked),
            "moves": moves.select_related("by").order_by("-pk"),
            "waiting_time": self.asked.waiting_extension,
            "days_late": self.asked.days_late(timezone.localdate()),
            "what": blocks_of(self.asked.what),
            "why": blocks_of(self.asked.why),
            "nils": RequestAnswer.Nil.choices,
            "version": self.in_preparation(),
            "upload": UploadForm() if self.asked.is_for_a_file else ChronologyFileForm(),
            "may_import": rules.can_import_chronology(self.access, self.part),
            "interviews": self.interviews(),
            "may_answer": may_answer,
            "may_change": works and self.leads,
            "may_register": works
            and self.leads
            and not self.asked.is_for_a_file
            and rules.can_run_review(self.access, self.review),
            "may_submit_chronology": rules.can_submit_chronology(self.access, self.part),
            "may_send_again": rules.can_send_chronology_again(self.access, self.part),
            "versions": handed_in.sent().for_display().order_by("-number"),
            "to_sign": works and handed_in.waiting_for(self.request.user).exists(),
            "now": {what.value: allows(what, self.asked.state) for what in What},
        }

    def standing(self):
        """(in words, colour): to its own agency also how far it is there."""
        if self.on_behalf:
            return self.asked.get_state_display(), COLOURS[State(self.asked.state)]
        rows = Request.objects.visible_to(self.request.user).with_preparation()
        return how_far(rows.get(pk=self.asked.pk))

    def handed_in(self):
        """The receipt of a chronology that its author called complete, until it is sent or comes
        back. A report says it on the page on which it is prepared."""
        if self.on_behalf or not self.asked.is_open or self.asked.is_for_a_file:
            return None
        rows = RequestMove.objects.visible_to(self.request.user).filter(request=self.asked)
        said = rows.filter(what__in=[*RECEIPTS, What.RETURNED]).order_by("pk").last()
        return said if said and said.what == What.READY else None

    def answer(self):
        """What was said in words last; what was said before stands behind its receipt."""
        rows = RequestAnswer.objects.visible_to(self.request.user).filter(request=self.asked)
        return rows.select_related("move").order_by("pk").last()

    def in_preparation(self):
        if not self.asked.is_for_a_file:
            return None
        return in_preparation(self.request.user, self.asked, on_behalf=self.on_behalf)

    def interviews(self):
        """How many, in words; None where no report is asked for."""
        if not self.asked.is_for_a_file:
            return None
        return counted(interviews_of(self.request.user, self.asked))


class StepMixin(RequestMixin, FormPageMixin):
    """One thing that somebody does to a request. How it stands by then is asked by the service."""

    template_name = "reviews/requests/step.html"
    what = heading = intro = done = ""
    button = "Save"
    tone = ""
    tells_agency = False  # a message goes to whoever of it can answer

    def get(self, request, *args, **kwargs):
        if not allows(self.what, self.asked.state):
            return self.stands()
        return super().get(request, *args, **kwargs)

    def stands(self, sentence=""):
        """It cannot be done now; the page of the request says why."""
        said = sentence or f"That is not possible: “{self.asked.get_state_display()}”"
        messages.info(self.request, f"{said}.")
        return redirect(self.asked)

    @property
    def tells_nobody(self):
        return self.tells_agency and not people_of(self.part).exists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "tells_nobody": self.tells_nobody,
            "heading": self.heading,
            "intro": self.intro,
            "button": self.button,
            "tone": self.tone,
        }

    def save(self, data):
        raise NotImplementedError

    def form_valid(self, form):
        try:
            made = self.save(form.cleaned_data)
        except NotNow as refusal:
            self.words_stay = True  # where the form keeps its words
            return self.stands(str(refusal))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        sent = _NOBODY_TOLD if self.tells_nobody else _AGENCY_TOLD if self.tells_agency else ""
        messages.success(self.request, self.done + sent)
        return redirect(made if getattr(made, "is_receipt", False) else self.asked)


class StepView(StepMixin, FormView):
    pass


class ReceiptMixin(RequestMixin):
    """Something that came, as its receipt says it."""

    def is_allowed(self):
        return True

    def find(self):
        super().find()
        rows = RequestMove.objects.visible_to(self.request.user).filter(
            request=self.asked, what__in=RECEIPTS
        )
        self.receipt = get_object_or_404(rows.select_related("by"), pk=self.kwargs["receipt"])

    def sent(self):
        """The version that came with it, where a report did, and its files."""
        rows = Submission.objects.visible_to(self.request.user)
        version = rows.filter(move=self.receipt).first()
        shown = files_at(self.request.user, version, self.receipt.at) if version else []
        return {"version": version, "shown": shown}

    def answer(self):
        rows = RequestAnswer.objects.visible_to(self.request.user)
        return rows.filter(move=self.receipt).first()


class ReceiptView(ReceiptMixin, TemplateView):
    template_name = "reviews/requests/receipt.html"

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        return super().get_context_data(**kwargs) | {
            "receipt": self.receipt,
            "answer": self.answer(),
            "nobody_signs_off": self.receipt.what == What.READY
            and not officers_of(self.part).exists(),
            **self.sent(),
        }
