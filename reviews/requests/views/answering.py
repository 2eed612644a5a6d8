"""The agency's side of a request, which the coordinator can take on its behalf."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.requests import forms
from reviews.requests.models import Request, RequestAnswer, RequestDraft
from reviews.requests.services import answering, extending, moving
from reviews.requests.states import NotNow, What
from reviews.requests.views.pages import RequestMixin, StepView
from reviews.wording.blocks import blocks_of

_MEANWHILE = (
    "Somebody of your agency has saved other words meanwhile. They stand below your own. "
    "Take over what you need, then save or send yours"
)

_CAME_BEFORE = "Something was sent for this already, so it cannot be said that there is nothing"


class _AnsweringMixin:
    def is_allowed(self):
        return rules.can_answer_request(self.access, self.asked)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"acts_for_agency": self.on_behalf}

    def drafts(self):
        rows = RequestDraft.objects.visible_to(self.request.user)
        return rows.filter(request=self.asked, on_behalf=self.on_behalf)


class RequestAnswerView(_AnsweringMixin, StepView):
    """A question is answered in words. A chronology that is in is said to be complete."""

    what = What.SUBMITTED

    def is_allowed(self):
        if not self.is_complete():
            return super().is_allowed()
        return rules.can_send_chronology_again(self.access, self.part)

    def get(self, request, *args, **kwargs):
        if self.asked.kind == Request.Kind.QUESTION or self.is_complete():
            return super().get(request, *args, **kwargs)
        if self.asked.kind == Request.Kind.CHRONOLOGY:
            return redirect(self.part.get_absolute_url())
        return redirect(self.asked)

    def is_complete(self):
        return self.asked.kind == Request.Kind.CHRONOLOGY and self.part.is_submitted

    def get_form_class(self):
        return forms.AnswerForm if self.is_question else forms.CompleteForm

    @property
    def is_question(self):
        return self.asked.kind == Request.Kind.QUESTION

    @property
    def template_name(self):
        name = "answer" if self.is_question else "step"
        return f"reviews/requests/{name}.html"

    heading = property(lambda self: "Answer" if self.is_question else "The chronology is complete")
    button = property(lambda self: "Send the answer" if self.is_question else "Send it again")
    intro = property(
        lambda self: (
            ""
            if self.is_question
            else "What was asked for has been put right in the chronology, and the review can read it again."
        )
    )
    done = "Sent. This is your receipt."

    def get_initial(self):
        draft = self.drafts().first() if self.is_question else None
        return {"text": draft.text} if draft else {}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading()
        draft = self.drafts().first() if self.is_question else None
        return super().get_context_data(**kwargs) | {
            "question": blocks_of(self.asked.what),
            "seen": self.request.POST.get("seen") or (draft.changes if draft else 0),
            "draft_url": reverse(
                "reviews:request-draft", args=[self.review.reference, self.asked.pk]
            ),
        }

    def post(self, request, *args, **kwargs):
        if not self.is_question and not self.is_complete():
            return redirect(self.asked)
        if self.is_question and "save" in request.POST:
            return self.save_for_later()
        return super().post(request, *args, **kwargs)

    def save_for_later(self):
        """Nothing is asked of a draft but that it finds the page as it was."""
        draft = forms.DraftForm(self.request.POST)
        form = self.get_form()
        if not draft.is_valid():
            return self.form_invalid(form)
        try:
            answering.save_draft(
                self.asked, by=self.request.user, on_behalf=self.on_behalf, **draft.cleaned_data
            )
        except NotNow as refusal:
            return self.stands(str(refusal))
        except answering.ChangedMeanwhile as theirs:
            return self.someone_else_wrote(form, *theirs.args)
        messages.success(self.request, "Saved. Only your agency sees it until you send it.")
        return redirect(self.asked)

    def someone_else_wrote(self, form, theirs):
        form.is_valid()
        form.add_error(None, _MEANWHILE)
        context = self.get_context_data(form=form)
        return self.render_to_response(
            context | {"theirs": theirs, "seen": theirs.changes}, status=422
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except answering.ChangedMeanwhile as theirs:
            return self.someone_else_wrote(form, *theirs.args)

    def save(self, data):
        said = {"by": self.request.user, "key": data["key"], "on_behalf": self.on_behalf}
        if not self.is_question:
            return moving.submit(self.asked, **said)
        seen = forms.DraftForm(self.request.POST)
        seen = seen.cleaned_data["seen"] if seen.is_valid() else None
        return answering.answer_question(self.asked, text=data["text"], seen=seen, **said)


@method_decorator(login_not_required, name="dispatch")  # it asks itself, to answer in the page
class RequestDraftView(_AnsweringMixin, RequestMixin, View):
    """What is typed is kept every few seconds; the page shows what came of it."""

    http_method_names = ["post"]

    def handle_no_permission(self):
        if self.request.method == "POST" and self.request.htmx:
            return render(self.request, "reviews/requests/_draft.html", {"signed_out": True})
        return super().handle_no_permission()

    def post(self, request, *args, **kwargs):
        form = forms.DraftForm(request.POST)
        if not form.is_valid():
            return self.answer({"problem": "Not saved: the answer is too long."}, status=422)
        try:
            draft = answering.save_draft(
                self.asked, by=request.user, on_behalf=self.on_behalf, **form.cleaned_data
            )
        except NotNow as refusal:
            return self.answer({"problem": f"Not saved. {refusal}."}, status=422)
        except answering.ChangedMeanwhile:
            problem = "Not saved: somebody of your agency has saved other words meanwhile. Press “Save for later” to see them."
            return self.answer({"problem": problem, "seen": form.cleaned_data["seen"]}, status=422)
        return self.answer({"seen": draft.changes, "saved_at": timezone.localtime()})

    def answer(self, context, status=200):
        return render(self.request, "reviews/requests/_draft.html", context, status=status)


class RequestNilView(KeepsWordsMixin, _AnsweringMixin, StepView):
    """Each kind of nil answer is one click from the request, and confirmed here."""

    what = What.NIL
    form_class = forms.NilForm
    button = "Confirm and send"
    done = "Sent. This is your receipt."
    intro = "Nothing known is an answer that the review needs. It goes on record as your agency’s; if you find something later, you can still send it."

    def get(self, request, *args, **kwargs):
        if self.asked.moves.filter(what=What.SUBMITTED).exists():
            return self.stands(_CAME_BEFORE if self.asked.is_open else "")
        if why := answering.work_in_hand(self.asked, on_behalf=self.on_behalf):
            return self.stands(why)
        return super().get(request, *args, **kwargs)

    @property
    def nil(self):
        return self.request.POST.get("nil") or self.request.GET.get("nil", "")

    @property
    def heading(self):
        return dict(RequestAnswer.Nil.choices).get(self.nil, "There is nothing to send")

    def get_form_kwargs(self):
        # What came back with an error keeps the page that it was typed on.
        return super().get_form_kwargs() | {"nil": self.request.GET.get("nil", "")}

    def save(self, data):
        return answering.give_nil(
            self.asked, by=self.request.user, on_behalf=self.on_behalf, **data
        )


class ExtensionAskView(KeepsWordsMixin, _AnsweringMixin, StepView):
    what = What.EXTENSION_ASKED
    form_class = forms.ExtensionForm
    heading = "Ask for more time"
    button = "Ask for more time"
    done = "Asked. Whoever coordinates the review decides, and you get a message."

    def get(self, request, *args, **kwargs):
        if self.asked.waiting_extension:
            return self.stands("More time has been asked for already, and nobody has answered yet")
        return super().get(request, *args, **kwargs)

    def save(self, data):
        return extending.ask_extension(
            self.asked, by=self.request.user, on_behalf=self.on_behalf, **data
        )
