"""The second person of the agency looks at what is handed in, and sends it or returns it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.generic import FormView

from audit.models import EventType
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.interviews.queries import beside
from reviews.requests import states as request_states
from reviews.requests.views.pages import RequestMixin
from reviews.submissions.comparing import compare
from reviews.submissions.forms import ReturnInsideForm, SignOffForm
from reviews.submissions.models import (
    OwnPoint,
    Passage,
    Submission,
    SubmissionFile,
    SubmissionMove,
)
from reviews.submissions.services import handing
from reviews.submissions.services.reading import read_file
from reviews.submissions.services.writing import tell
from reviews.submissions.shown import shown
from reviews.submissions.states import NotNow, State, What
from reviews.views import FormPageMixin

_STANDS = {
    State.DRAFT: "It is being prepared, and was not handed in for sign-off",
    State.SENT: "It has been sent already",
}
_OWN_WORK = "You worked on this version. Somebody else of your agency signs it off or returns it"


class SignOffView(KeepsWordsMixin, RequestMixin, FormPageMixin, FormView):
    template_name = "reviews/submissions/sign_off.html"

    def is_allowed(self):
        return rules.can_see_sign_off(self.access, self.asked)

    @property
    def decides(self):
        return rules.can_decide_sign_off(self.access, self.asked)

    def find(self):
        super().find()
        rows = Submission.objects.visible_to(self.request.user).of(self.asked)
        self.version = rows.filter(on_behalf=False).for_display().order_by("-pk").first()

    def get(self, request, *args, **kwargs):
        if self.version is None or self.version.state != State.WAITING:
            return self.stands()
        for file in self.version.kept_files():
            read_file(file)  # what the scanner held when it was uploaded
        return super().get(request, *args, **kwargs)

    def stands(self, sentence=""):
        """Nothing waits here; the page of the request says why."""
        state = self.version.state if self.version else State.DRAFT
        messages.info(self.request, f"{sentence or _STANDS.get(state, 'It waits for sign-off')}.")
        return redirect(self.asked)

    def post(self, request, *args, **kwargs):
        if not self.decides:
            self.refused()
        if self.version is None:
            return self.stands()
        return super().post(request, *args, **kwargs)

    @property
    def signs(self):
        return self.request.POST.get("decision") == "sign"

    def get_form_class(self):
        return SignOffForm if self.signs else ReturnInsideForm

    @property
    def handed_in(self):
        rows = SubmissionMove.objects.visible_to(self.request.user).select_related("by")
        return rows.filter(submission=self.version, what=What.HANDED_IN).last()

    def get_context_data(self, **kwargs):
        context, handed_in = super().get_context_data(**kwargs), self.handed_in
        if self.request.method == "GET":
            tell(EventType.SUBMISSION_READ, self.version, by=self.request.user)
        form, seen = context["form"], {"seen": handed_in.pk if handed_in else None}
        return (
            context
            | self._what_it_is()
            | {
                "handed_in": handed_in,
                "decides": self.decides,
                "may_sign": rules.can_sign_off(self.access, self.version),
                "sign_form": SignOffForm(auto_id="sign_%s", initial=seen),
                "return_form": ReturnInsideForm() if self.signs else form,
            }
        )

    def _what_it_is(self):
        user, version = self.request.user, self.version
        files = SubmissionFile.objects.visible_to(user).filter(submission=version).for_display()
        before = version.before
        comparison = compare(before, version) if before else None
        has_two_texts = comparison and not comparison.unread
        points = OwnPoint.objects.visible_to(user).filter(file__submission=version)
        text = Passage.objects.visible_to(user).filter(file__submission=version, file__part="main")
        return {
            **beside(user, self.asked),
            "version": version,
            "files": files,
            "main": next((file for file in files if file.part == SubmissionFile.Part.MAIN), None),
            "points": points,
            "comparison": comparison,
            "every": "all" in self.request.GET,
            "passages": () if has_two_texts else shown(text),
        }

    def form_valid(self, form):
        if not rules.can_sign_off(self.access, self.version):
            form.add_error(None, _OWN_WORK)
            return self.form_invalid(form)
        try:
            return self.sign(form) if self.signs else self.give_back(form)
        except (NotNow, request_states.NotNow) as refusal:
            return self.stands(str(refusal))
        except handing.HandedInAgain:
            form.add_error(
                None,
                "It was taken back and handed in again after you opened this page. This is how it is now: look at it again",
            )
            return self.form_invalid(form)
        except handing.OwnWork:
            form.add_error(None, _OWN_WORK)
            return self.form_invalid(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)

    def sign(self, form):
        receipt = handing.sign_off(self.version, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Signed off and sent. This is your agency’s receipt.")
        return redirect(receipt)

    def give_back(self, form):
        handing.return_inside(self.version, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            "Returned inside your agency. Whoever worked on it has a message; the review learns nothing.",
        )
        return redirect(self.asked)
