"""The author's page: bring the files, look at what is in them, hand them in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from reviews import rules
from reviews.requests.queries import last_return
from reviews.requests.states import NotNow as RequestNotNow
from reviews.requests.states import What as RequestWhat
from reviews.requests.states import allows
from reviews.requests.views.pages import RequestMixin
from reviews.submissions import emails
from reviews.submissions.bringing import bring
from reviews.submissions.forms import EnterForm, HandInForm, MoveForm, UploadForm
from reviews.submissions.models import SubmissionFile, SubmissionMove
from reviews.submissions.queries import came_back, files_of, in_preparation, reading_of
from reviews.submissions.services import handing, writing
from reviews.submissions.services.reading import read_files
from reviews.submissions.states import NotNow, State, What
from reviews.views import FormPageMixin

_NOT_NOW = (NotNow, RequestNotNow)


class SubmissionMixin(RequestMixin):
    """What an agency prepares for one request for a report."""

    def find(self):
        super().find()
        if not self.asked.is_for_a_file:
            raise Http404

    def is_allowed(self):
        return rules.can_write_submission(self.access, self.asked)

    @cached_property
    def submission(self):
        return in_preparation(self.request.user, self.asked, on_behalf=self.on_behalf)

    @property
    def url(self):
        return reverse("reviews:submission-prepare", args=[self.review.reference, self.asked.pk])

    def stands(self, sentence):
        messages.info(self.request, f"{sentence}.")
        return redirect(self.url)


class _PreparePage(FormPageMixin, SubmissionMixin, FormView):
    template_name = "reviews/submissions/prepare.html"

    def files(self):
        if not self.submission:
            return []
        if not self.review.has_ended:
            read_files(self.submission)
        return files_of(self.request.user, self.submission)

    def get_context_data(self, **kwargs):
        self.tell_of_reading()
        files = self.files()
        reading = reading_of(self.request.user, files)
        form = kwargs.get("form")
        return (
            super().get_context_data(**kwargs)
            | self.how_it_stands(files)
            | {
                "form": form,
                "shown": files,
                "reading": reading,
                "upload": form if isinstance(form, UploadForm) else self.upload_form(files),
                "hand_in": form
                if isinstance(form, HandInForm | EnterForm)
                else self.hand_in_form(files, reading),
                "move": MoveForm(),
            }
        )

    def how_it_stands(self, files):
        version = self.submission
        is_waiting = bool(version) and version.state == State.WAITING
        works = not self.review.has_ended and allows(RequestWhat.SUBMITTED, self.asked.state)
        return {
            "version": version,
            "before": version.before if version else None,
            "has_report": any(one.file.part == SubmissionFile.Part.MAIN for one in files),
            "is_waiting": is_waiting,
            "is_being_read": any(
                not one.file.is_read and one.file.stored.is_released for one in files
            ),
            "works": works,
            "may_change": works and not is_waiting,
            "handed_in": self.moves().filter(what=What.HANDED_IN).last() if is_waiting else None,
            "came_back": came_back(version),
            "returned": last_return(self.asked),
            "days_late": self.asked.days_late(timezone.localdate()),
            "nobody_signs_off": bool(version)
            and not self.on_behalf
            and not emails.officers_of(version).exists(),
        }

    def moves(self):
        rows = SubmissionMove.objects.visible_to(self.request.user)
        return rows.filter(submission=self.submission).select_related("by")

    def upload_form(self, files):
        has_report = any(one.file.part == SubmissionFile.Part.MAIN for one in files)
        return UploadForm(has_report=has_report)

    def hand_in_form(self, files, reading, data=None):
        """For the sign-off officer; on the agency's behalf, for the review itself."""
        if not self.submission:
            return None
        form_class = EnterForm if self.on_behalf else HandInForm
        form = form_class(
            data,
            points=reading.points if reading else [],
            files=[one.file for one in files],
            before=self.submission.before,
        )
        self.look_for_names(form)
        return form


class SubmissionPrepareView(_PreparePage):
    form_class = UploadForm

    def get(self, request, *args, **kwargs):
        if not self.submission and not allows(RequestWhat.SUBMITTED, self.asked.state):
            messages.info(request, f"Nothing is asked for now: “{self.asked.get_state_display()}”.")
            return redirect(self.asked)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "has_report": bool(self.submission and self.submission.main)
        }

    def form_valid(self, form):
        try:
            outcomes = bring(self.asked, form, by=self.request.user, on_behalf=self.on_behalf)
        except _NOT_NOW as refusal:
            return self.stands(str(refusal))
        kept = [one.name for one in outcomes if not one.problem]
        if len(kept) == len(outcomes):
            messages.success(self.request, said_of(kept))
            return redirect(self.url)
        for one in outcomes:
            if one.problem:
                form.add_error(one.box, one.problem)
        self.__dict__.pop("submission", None)  # begun, or grown, by what was kept
        if self.submission and self.submission.main:
            form.ask_for_another()
        self.asked.refresh_from_db(fields=["state"])
        context = self.get_context_data(form=form)
        return self.render_to_response(context | {"kept": kept, "refused": True}, status=422)


def said_of(kept):
    return f"{len(kept)} file{'' if len(kept) == 1 else 's'} kept."


class SubmissionHandInView(_PreparePage):
    """To the sign-off officer; the coordinator enters it in the review itself."""

    def get(self, request, *args, **kwargs):
        return redirect(self.url)

    def post(self, request, *args, **kwargs):
        if not self.submission:
            return self.stands("Nothing has been uploaded yet")
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class=None):
        files = self.files()
        return self.hand_in_form(
            files, reading_of(self.request.user, files), data=self.request.POST
        )

    def form_valid(self, form):
        said = {"by": self.request.user, **form.chosen}
        try:
            if "save" in self.request.POST:
                writing.choose_points(self.submission, **said)
                messages.success(self.request, "Saved. It has not been handed in yet.")
                return redirect(self.url)
            made = self.hand_in(form.cleaned_data, said)
        except _NOT_NOW as refusal:
            return self.stands(str(refusal))
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return redirect(made)

    def hand_in(self, data, said):
        if self.on_behalf:
            messages.success(self.request, "Entered on the agency’s behalf. This is its receipt.")
            words = {name: data[name] for name in ("key", "signed_by_words", "reason")}
            return handing.enter(self.submission, **words, **said)
        made = handing.hand_in(self.submission, key=data["key"], note=data.get("note", ""), **said)
        messages.success(self.request, "Handed in for sign-off. This is your receipt.")
        return made


class SubmissionTakeBackView(SubmissionMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = MoveForm(request.POST)
        if not (self.submission and form.is_valid()):
            return self.stands("There is nothing to take back")
        try:
            handing.take_back(self.submission, by=request.user, key=form.cleaned_data["key"])
        except _NOT_NOW as refusal:
            return self.stands(str(refusal))
        messages.success(request, "Taken back. You can change it and hand it in again.")
        return redirect(self.url)


class SubmissionFileRemoveView(SubmissionMixin, View):
    http_method_names = ["post"]

    def find(self):
        super().find()
        rows = SubmissionFile.objects.visible_to(self.request.user).filter(
            submission__request=self.asked
        )
        self.file = get_object_or_404(rows.for_display(), pk=self.kwargs["file"])

    def post(self, request, *args, **kwargs):
        try:
            writing.remove_file(self.file, by=request.user)
        except _NOT_NOW as refusal:
            return self.stands(str(refusal))
        messages.success(request, "Taken out. Upload it again if you need it.")
        return redirect(self.url)
