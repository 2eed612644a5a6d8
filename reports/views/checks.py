"""Before a document is submitted: what was found in it, what people say of that, and the phrases that a
partnership looks for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from reports.checks.answers import Answers, counted, line_with
from reports.checks.forms import AnswerForm, LeaveOutForm, PhraseForm
from reports.checks.links import broken_links
from reports.checks.looking import look
from reports.checks.phrases import lines_for
from reports.models import BlamingPhrase
from reports.services import checks
from reports.views.pages import DocumentMixin, WriteMixin
from reviews import rules
from reviews.version_views import PartnershipsMixin
from reviews.views import FormPageMixin


class _ChecksMixin(DocumentMixin):
    """For those who write: how a draft falls short was never shared."""

    def is_allowed(self):
        return self.writes

    @cached_property
    def answers(self):
        return Answers(self.document)

    @cached_property
    def looked(self):
        return look(self.document, self.outline)

    @cached_property
    def lists(self):
        """[ItemLines] as they are now."""
        links = broken_links(self.review, self.request.user)
        return self.answers.beside([*self.looked.items, links])


class ChecksView(_ChecksMixin, TemplateView):
    """Read by anybody who writes; how it stands is kept once somebody asks for that."""

    template_name = "reports/checks/list.html"

    def post(self, request, *args, **kwargs):
        checks.keep_found(self.document, by=request.user)
        messages.success(request, "Kept. The page of the document says how it stood.")
        return redirect(self.to_here("checks"))

    def get_context_data(self, **kwargs):
        self.tell_of_reading(self.document, number=self.document.number)
        met, many, still = counted(self.lists)
        return super().get_context_data(**kwargs) | {
            "lists": self.lists,
            "text_digest": self.looked.text_digest,
            "met": met,
            "many": many,
            "still": still,
            "before": self.answers.of_before(self.lists),
            "may_change_phrases": rules.can_change_document_templates(self.access)
            and self.review.partnership_id in self.access.appointments[rules.Role.COORDINATOR],
        }


class CheckAnswerView(WriteMixin, _ChecksMixin, FormView):
    """One finding with both its sides, or one question, and what somebody says of it."""

    form_class = AnswerForm
    template_name = "reports/checks/answer.html"
    button = "Save"

    @property
    def done(self):
        if self.line.is_question:
            return "Saved. It stands until somebody answers again; once the text changes, the list says so."
        return "Saved. It counts while what it rests on says the same."

    @property
    def heading(self):
        return self.line.heading

    @cached_property
    def line(self):
        """Raises Http404 where the text no longer gives cause for it."""
        found = line_with(self.kwargs["asked"], self.lists)
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        """Whoever comes late to a finding that is gone is told so, on the list as it is now."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if not hasattr(self, "document") or not self.is_a_digest:
                raise
            messages.info(request, checks.GONE)
            return redirect(self.to_here("checks"))

    @property
    def is_a_digest(self):
        return len(self.kwargs["asked"]) == 64

    def back(self):
        return self.to_here("checks"), "Before it is submitted"

    def get_initial(self):
        last = self.line.answer
        return {"says": last.says, "reason": last.reason, "seen": last.pk} if last else {"seen": 0}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_question": self.line.is_question}

    def as_it_is(self):
        now = Answers(self.document).last(self.line.code)
        return now.pk, (("Answer", now.get_says_display()), ("Why, or where", now.reason))

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {"line": self.line}

    def save(self, form):
        said = form.cleaned_data
        checks.answer(
            self.document,
            code=self.line.code,
            by=self.request.user,
            **{name: said[name] for name in ("says", "reason", "seen", "key")},
        )
        return f"{self.to_here('checks')}#{self.line.item}"


class PhrasesView(PartnershipsMixin, FormPageMixin, FormView):
    """A partnership's list of phrases that blame: added to, left out of, and taken off again."""

    template_name = "reports/checks/phrases.html"

    def is_allowed(self):
        return rules.can_change_document_templates(self.access)

    def find(self):
        if self.is_allowed():
            self.partnership = get_object_or_404(
                self.partnerships(), slug=self.kwargs["partnership"]
            )

    @cached_property
    def lines(self):
        return lines_for(self.partnership)

    def get_form(self, form_class=None):
        """The one that was sent; the first where no button says which."""
        return self.leaving if self.leaves_out else self.adding

    @property
    def leaves_out(self):
        return "leave_out" in self.request.POST

    @cached_property
    def adding(self):
        sent = self.request.method == "POST" and not self.leaves_out
        return PhraseForm(self.request.POST if sent else None, prefix="own")

    @cached_property
    def leaving(self):
        sent = self.request.POST if self.leaves_out else None
        return LeaveOutForm(sent, prefix="house", lines=self.lines)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "partnership": self.partnership,
            "lines": self.lines,
            "adding": self.adding,
            "leaving": self.leaving,
        }

    def post(self, request, *args, **kwargs):
        if "off" in request.POST:
            return self._take_off(request.POST["off"])
        return super().post(request, *args, **kwargs)

    def _take_off(self, pk):
        rows = BlamingPhrase.objects.visible_to(self.request.user).live()
        if not pk.isdecimal():
            raise Http404
        phrase = get_object_or_404(rows, partnership=self.partnership, pk=pk)
        checks.take_off(phrase, by=self.request.user)
        return self._saved("Saved. It stays on record.")

    def form_valid(self, form):
        save = checks.leave_out if form is self.leaving else checks.add_phrase
        try:
            save(self.partnership, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return self._saved("Saved. Documents are read by it from now on.")

    def _saved(self, words):
        messages.success(self.request, words)
        return redirect(self.request.path)
