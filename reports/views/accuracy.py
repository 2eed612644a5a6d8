"""An extract that went to an agency: read, answered paragraph by paragraph, handed in, withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile
from findings.views.pages import MEANWHILE
from foundations.vault.downloads import attachment_of
from reports.copies import rounds
from reports.copies.begun import begun_among
from reports.copies.forms import AnswerForm, HandInForm, WithdrawRoundForm
from reports.copies.queries import lines_of, state_of
from reports.copies.wording import html_with, typed
from reports.models import AccuracyRound, ExtractAnswer, ExtractLine, RoundDay
from reviews import rules
from reviews.drafts.pages import KeepsWordsMixin
from reviews.views import FormPageMixin, ReviewPageMixin


class RoundMixin(ReviewPageMixin):
    """One extract: its authors', and its agency's."""

    def find(self):
        super().find()
        rows = AccuracyRound.objects.visible_to(self.request.user).for_display()
        rows = rows.filter(document__review=self.review)
        self.round = get_object_or_404(rows, pk=self.kwargs["pk"])

    def is_allowed(self):
        return True

    @property
    def part(self):
        return self.round.participation

    @property
    def leads(self):
        return rules.can_write_documents(self.access, self.review)

    @property
    def may_answer(self):
        return rules.can_check_extract(self.access, self.part)

    @property
    def on_behalf(self):
        return not self.access.may("answer_requests", self.part)

    @property
    def can_be_changed(self):
        return self.round.is_open and not self.review.has_ended

    def tell(self, type_, **data):
        record(
            type_,
            by=self.request.user,
            review=self.review,
            target=self.round,
            agency=self.part.agency.name,
            **data,
        )

    def back(self):
        if self.leads:
            where = [self.review.reference, self.round.document.number]
            return reverse("reports:remark-list", args=where), "What was said of it"
        return reverse("desk:home"), "Your work"

    def get_context_data(self, **kwargs):
        back_url, back_text = self.back()
        return super().get_context_data(**kwargs) | {
            "round": self.round,
            "part": self.part,
            "leads": self.leads,
            "on_behalf": self.on_behalf,
            "back_url": back_url,
            "back_text": back_text,
        }


class RoundDetailView(RoundMixin, TemplateView):
    template_name = "reports/copies/round_detail.html"

    def get_context_data(self, **kwargs):
        lines = lines_of(self.round, self.request.user)
        self.tell(EventType.EXTRACT_READ, rows=len(lines))
        n_answered = sum(one.answer is not None for one in lines)
        state, colour = state_of(self.round, on=timezone.localdate())
        if self.round.is_open and n_answered == len(lines):
            state = "Answered, not handed in"
        answers = self.may_answer and self.can_be_changed
        return super().get_context_data(**kwargs) | {
            "lines": lines,
            "n_answered": n_answered,
            "state": state,
            "colour": colour,
            "moved": RoundDay.objects.visible_to(self.request.user)
            .filter(round=self.round)
            .select_related("by"),
            "may_answer": answers,
            "may_move": self.leads and self.can_be_changed,
            "may_withdraw": self.leads and self.round.is_open,
        }


class RoundFormMixin(KeepsWordsMixin, RoundMixin, FormPageMixin):
    """Something that is done with an open extract. How it stands by then is asked by the service."""

    heading = intro = button = done = tone = ""

    def get(self, request, *args, **kwargs):
        if not self.round.is_open:
            messages.info(request, rounds.NOT_OPEN)
            return redirect(self.round)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            self.save(form)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        messages.success(self.request, self.done)
        return redirect(self.where_to())

    def where_to(self):
        return self.back()[0]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "intro": self.intro,
            "button": self.button,
            "tone": self.tone,
        }


class LineMixin(RoundMixin):
    """One paragraph of it."""

    def find(self):
        super().find()
        rows = ExtractLine.objects.visible_to(self.request.user).filter(round=self.round)
        rows = rows.select_related("version", "round")
        self.line = get_object_or_404(rows, position=self.kwargs["line"])
        self.line.round = self.round

    def answer(self):
        """The one that counts, as far as this person may read it; None before there is one."""
        rows = ExtractAnswer.objects.visible_to(self.request.user).filter(line=self.line)
        return rows.select_related("stored").defer("stored__body").order_by("pk").last()

    def back(self):
        return f"{self.round.get_absolute_url()}#line-{self.line.position}", "The extract"


class LineAnswerView(LineMixin, RoundFormMixin, FormView):
    form_class = AnswerForm
    template_name = "reports/copies/line_answer.html"
    theirs = ()  # (label, words) of what a colleague said meanwhile
    button, done = (
        "Save the answer",
        "Saved. Nobody outside your agency reads it before you hand in.",
    )

    def is_allowed(self):
        return self.may_answer

    @property
    def heading(self):
        return f"{self.line.called}: is it accurate?"

    def get_initial(self):
        text = typed(self.line.version.text, self.line.references)
        given = self.answer()
        if given is None:
            return {"proposed": text, "seen": 0}
        proposed = typed(given.proposed, self.line.references) or text
        said = {"verdict": given.verdict, "because": given.because, "proposed": proposed}
        return said | {"seen": given.pk}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ChangedMeanwhile:
            return self.meanwhile(form)

    def meanwhile(self, form):
        """A colleague answered first: both stand on the page, and the second press is a decision."""
        given = self.answer()
        self.theirs = (
            ("Is it accurate?", given.get_verdict_display()),
            ("What is not accurate, and what shows it", given.because),
            ("How it should read", typed(given.proposed, self.line.references)),
        )
        form.data = form.data.copy()
        form.data["seen"] = str(given.pk)
        form.add_error(None, MEANWHILE)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell(EventType.EXTRACT_READ, rows=1)
        text, numbers = self.line.version.text, self.line.references
        return super().get_context_data(**kwargs) | {
            "line": self.line,
            "html": html_with(text, numbers, footnotes="e"),
            "given": self.answer(),
            "theirs": self.theirs,
        }

    def where_to(self):
        """The next one that nobody has answered: an extract of thirty is answered without going back and forth."""
        left = _unanswered(self.round, self.request.user)
        following = left.filter(position__gt=self.line.position).first()
        if following is None:
            return super().where_to()
        where = [self.review.reference, self.round.pk, following.position]
        return reverse("reports:round-answer", args=where)

    def save(self, form):
        said = form.cleaned_data
        rounds.answer_line(
            self.line,
            verdict=said["verdict"],
            because=said["because"],
            proposed=said["proposed"],
            key=said["key"],
            by=self.request.user,
            on_behalf=self.on_behalf,
            seen=said["seen"] or 0,
            **form.file_kept,
        )


class RoundHandInView(RoundFormMixin, FormView):
    """All answers at once."""

    form_class = HandInForm
    template_name = "reports/copies/round_hand_in.html"
    button = "Hand in"
    intro = "Whoever leads the review reads them from then on. They cannot be changed afterwards."
    done = "Handed in. Thank you."

    @property
    def heading(self):
        return (
            f"Hand in the answers of {self.part.agency}" if self.leads else "Hand in your answers"
        )

    def is_allowed(self):
        return self.may_answer

    def back(self):
        return self.round.get_absolute_url(), "The extract"

    @cached_property
    def left(self):
        """The lines that nobody has answered, as far as this person may read the answers."""
        return list(_unanswered(self.round, self.request.user))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"n_left": len(self.left)}

    def get_context_data(self, **kwargs):
        lines = ExtractLine.objects.visible_to(self.request.user).filter(round=self.round)
        begun = begun_among(self.round, lines.order_by("position"))
        return super().get_context_data(**kwargs) | {"left": self.left, "begun": begun}

    def save(self, form):
        rounds.hand_in(
            self.round,
            by=self.request.user,
            on_behalf=self.on_behalf,
            others_accurate=form.cleaned_data.get("others", False),
        )


class RoundWithdrawView(RoundFormMixin, FormView):
    form_class = WithdrawRoundForm
    template_name = "reports/copies/round_form.html"
    heading, button, tone = "Withdraw the extract", "Withdraw it", "warning"
    intro = "The agency no longer finds it from then on, and has a message that it was withdrawn."
    done = "Withdrawn."

    def is_allowed(self):
        return self.leads

    def back(self):
        return self.round.get_absolute_url(), "The extract"

    def save(self, form):
        rounds.withdraw_round(self.round, by=self.request.user, **form.cleaned_data)


class AnswerFileView(LineMixin, View):
    """What shows that a paragraph is not accurate."""

    def get(self, request, *args, **kwargs):
        given = self.answer()
        if given is None or given.stored_id is None:
            return redirect(self.round)
        response = attachment_of(given.stored, name=given.name)
        self.tell(EventType.FILE_DOWNLOADED, document="a file beside an answer to an extract")
        return response


def _unanswered(round_, user):
    lines = ExtractLine.objects.visible_to(user).filter(round=round_)
    answered = ExtractAnswer.objects.visible_to(user).filter(line__in=lines)
    return lines.exclude(pk__in=answered.values("line")).order_by("position")
