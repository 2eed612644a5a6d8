from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, ListView, TemplateView, View

from audit.models import EventType
from audit.services import record
from foundations.office.pdf import RenderFailed
from foundations.vault.downloads import DOCX, PDF, attachment_of
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.family.queries import logged
from reviews.forms import ConfirmForm
from reviews.letters import services
from reviews.letters.forms import (
    LetterFromElsewhereForm,
    LetterTextForm,
    RegisterLineForm,
    SetAsideForm,
    form_for,
)
from reviews.letters.kinds import RECIPIENT_OF, Recipient, letter_choices
from reviews.letters.models import Letter, RegisterLine
from reviews.people.names import names_in
from reviews.proceedings.models import Stops
from reviews.proceedings.queries import banner_for
from reviews.views import FormPageMixin, ReviewPageMixin
from reviews.wording.blocks import blocks_of
from reviews.wording.filling import still_missing
from reviews.wording.kinds import Kind


class LettersMixin(ReviewPageMixin, FormPageMixin):
    def is_allowed(self):
        return rules.can_write_letters(self.access, self.review)

    def on_hold(self, person=None):
        """Holds that a letter to the family may meet."""
        return banner_for(
            self.request.user, self.review, Stops.FAMILY, Stops.CONTACT, person=person
        )

    def letters(self):
        return Letter.objects.visible_to(self.request.user).filter(review=self.review)

    def addressees(self):
        """Whom a letter may be to, for a form."""
        parts = self.review.participations.visible_to(self.request.user)
        return {
            "people": self.review.people.all(),
            "parts": parts.contributing().for_display(),
        }


class LetterListView(LettersMixin, ListView):
    """The register: every letter of the review, newest first."""

    template_name = "reviews/letters/letter_list.html"
    paginate_by = 50

    def get_queryset(self):
        return self.letters().for_display().defer("text")

    def get_context_data(self, **kwargs):
        record(EventType.LETTERS_READ, by=self.request.user, review=self.review)
        return super().get_context_data(**kwargs) | {"on_hold": self.on_hold()}


class LetterChooseView(LettersMixin, TemplateView):
    template_name = "reviews/letters/letter_choose.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "kinds": letter_choices(),
            "may_reword": rules.can_change_wordings(self.access),
        }


class LetterCreateView(LettersMixin, FormView):
    template_name = "reviews/letters/letter_create.html"

    def find(self):
        super().find()
        if self.kwargs["kind"] not in dict(letter_choices()):
            raise Http404
        self.kind = Kind(self.kwargs["kind"])

    def get_form_class(self):
        return form_for(self.kind)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.addressees()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "to": RECIPIENT_OF[self.kind],
            "on_hold": self.on_hold() if RECIPIENT_OF[self.kind] == Recipient.FAMILY else (),
        }

    def form_valid(self, form):
        asked = form.cleaned_data | {
            "kind": self.kind,
            "by": self.request.user,
            "on": timezone.localdate(),
        }
        make = services.make_letters if "participations" in asked else services.make_letter
        made = make(self.review, **asked)
        if isinstance(made, Letter):
            made = [made]
        if len(made) == 1:
            messages.success(self.request, "Letter made. Read it through before you finish it.")
            return redirect(made[0])
        messages.success(self.request, f"{len(made)} letters made. Read each before you finish it.")
        return redirect("reviews:letter-list", self.review.reference)


class LetterFromElsewhereView(LettersMixin, FormView):
    form_class = LetterFromElsewhereForm
    template_name = "reviews/letters/letter_from_elsewhere.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"on_hold": self.on_hold()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.addressees()

    def form_valid(self, form):
        try:
            letter = services.register_letter_from_elsewhere(
                self.review,
                by=self.request.user,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, "Letter registered.")
        return redirect(letter)


# --- One letter ---------------------------------------------------------------------------------


class LetterMixin(LettersMixin):
    def find(self):
        super().find()
        self.letter = get_object_or_404(self.letters().for_display(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        is_to_family = self.letter.recipient == Recipient.FAMILY
        return super().get_context_data(**kwargs) | {
            "letter": self.letter,
            "on_hold": self.on_hold(self.letter.person) if is_to_family else (),
        }

    def overtaken(self, why):
        """What was asked of the letter is no longer possible; nothing has happened."""
        messages.info(self.request, why)
        return redirect(self.letter)

    def read(self):
        record(EventType.LETTERS_READ, by=self.request.user, review=self.review, target=self.letter)


class LetterDetailView(LetterMixin, TemplateView):
    template_name = "reviews/letters/letter_detail.html"

    def get_context_data(self, **kwargs):
        self.read()
        words, colour = self.letter.state
        is_to_family = self.letter.recipient == Recipient.FAMILY
        log, entry = None, None
        if may_log := is_to_family and rules.can_keep_family_log(self.access, self.review):
            log, entry = logged(self.request.user, self.letter)
        return super().get_context_data(**kwargs) | {
            "blocks": blocks_of(self.letter.text),
            "missing": still_missing(f"{self.letter.title}\n{self.letter.text}"),
            "state": words,
            "colour": colour,
            "is_to_family": is_to_family,
            "may_log": may_log and self.letter.sent and not self.letter.is_set_aside,
            "log": log,
            "held": log.hold_on(timezone.localdate()) if log and not self.letter.sent else None,
            "named": self._named(),
            "logged": entry,
            "lines": self.letter.register.all(),
        }

    def _named(self):
        """Real names that came to the register after the letter was written."""
        if not self.letter.is_draft or not rules.can_keep_register(self.access, self.review):
            return []
        text = f"{self.letter.title}\n{self.letter.text}"
        found = names_in(self.review, text)
        return list(dict.fromkeys(text[name.start : name.end] for name in found))


class LetterChangeView(KeepsWordsMixin, LetterMixin, FormView):
    form_class = LetterTextForm
    template_name = "reviews/letters/letter_change.html"

    def get(self, request, *args, **kwargs):
        if not self.letter.is_draft:
            return self.overtaken("This letter is finished: its text can no longer be changed.")
        self.read()
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        letter = self.letter
        return {"title": letter.title, "text": letter.text, "seen": letter.changes}

    def form_valid(self, form):
        try:
            services.change_letter(self.letter, by=self.request.user, **form.cleaned_data)
        except services.NotADraft:
            return self.overtaken("Somebody has finished this letter meanwhile. Nothing is saved.")
        except services.ChangedMeanwhile:
            form.add_error(
                None,
                "Somebody else has changed this letter meanwhile. Copy your words, open it again and put them in",
            )
            return self.form_invalid(form)
        messages.success(self.request, "Letter saved.")
        return redirect(self.letter)


class LetterFinishView(LetterMixin, FormView):
    form_class = ConfirmForm
    template_name = "reviews/letters/letter_finish.html"

    def get(self, request, *args, **kwargs):
        if not self.letter.is_draft:
            return self.overtaken("This letter is finished already.")
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            services.finish_letter(self.letter, by=self.request.user)
        except services.NotADraft:
            return self.overtaken("This letter is finished already.")
        except services.StillMissing as missing:
            form.add_error(None, f"Fill in first: {', '.join(missing.args)}")
            return self.form_invalid(form)
        except RenderFailed as failure:
            form.add_error(None, str(failure))
            return self.form_invalid(form)
        messages.success(self.request, "Letter finished. Send it, then record here that you did.")
        return redirect(self.letter)


class LetterSetAsideView(LetterMixin, FormView):
    form_class = SetAsideForm
    template_name = "reviews/letters/letter_set_aside.html"

    def form_valid(self, form):
        try:
            services.set_aside(self.letter, by=self.request.user, **form.cleaned_data)
        except services.NotADraft:
            return self.overtaken("Somebody has set this letter aside already.")
        except services.AlreadySent:
            return self.overtaken("This letter was sent, so it stays as it is.")
        messages.success(self.request, "Letter set aside. It stays in the register.")
        return redirect(self.letter)


class RegisterLineView(LetterMixin, FormView):
    """Record that a letter was sent, was acknowledged or came back; or correct such a line."""

    form_class = RegisterLineForm
    template_name = "reviews/letters/register_line.html"
    corrects = None

    def find(self):
        super().find()
        if "line" in self.kwargs:
            self.corrects = get_object_or_404(self.letter.register, pk=self.kwargs["line"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"corrects": self.corrects}

    def get_initial(self):
        if line := self.corrects:
            return {"on": line.on, "how": line.how, "note": line.note}
        what = RegisterLine.What.SENT
        if self.letter.sent and not self.letter.came_back:
            what = RegisterLine.What.ACKNOWLEDGED
        return {"what": what, "on": timezone.localdate()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"corrects": self.corrects}

    def form_valid(self, form):
        line = dict(form.cleaned_data)
        if self.corrects:
            line["what"] = self.corrects.what
        try:
            services.write_in_register(
                self.letter,
                by=self.request.user,
                today=timezone.localdate(),
                corrects=self.corrects,
                **line,
            )
        except services.NotFinished:
            return self.overtaken("Finish the letter first. What was set aside is not sent.")
        except services.AlreadyCorrected:
            return self.overtaken("Somebody has corrected this line already.")
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, "Recorded.")
        return redirect(self.letter)


class LetterFileView(LetterMixin, View):
    """The file as it was made when the letter was finished."""

    file = ""  # word or pdf

    def get(self, request, *args, **kwargs):
        kept = getattr(self.letter, self.file)
        if kept is None:
            raise Http404
        media_type, ending = {"word": (DOCX, "docx"), "pdf": (PDF, "pdf")}[self.file]
        name = f"{self.letter.file_name}.{ending}"
        response = attachment_of(kept, name=name, media_type=media_type)
        record(
            EventType.FILE_DOWNLOADED,
            by=request.user,
            review=self.review,
            target=self.letter,
            sha256=kept.sha256,
            document="a letter",
        )
        return response
