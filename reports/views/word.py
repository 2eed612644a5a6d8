"""Work in Word: taken away, brought back, and each change accepted or left."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from audit.models import EventType
from audit.services import record
from findings.services.locking import ChangedMeanwhile
from foundations.gov.forms import GovForm
from foundations.office.tables import Refused
from foundations.vault.downloads import DOCX, attachment_of
from reports.models import WordCopy, WordReturn
from reports.real_names import said_in
from reports.references import with_numbers
from reports.services import word
from reports.services.bringing import MovedOn
from reports.views.bringing import MOVED_ON
from reports.views.pages import DocumentMixin, WriteMixin
from reports.word.back.changes import ADDED, CHANGED, REMOVED
from reports.word.back.comparing import marked_pieces
from reports.word_forms import TakeAwayForm, WordForm
from reviews import rules
from reviews.people.free_text import names_for
from reviews.views import FormPageMixin

RECENT = 20
MEANWHILE = (
    "Somebody has changed the document since you opened this page, so nothing was saved. Here is what the "
    "file changes in it now."
)
NOTHING = "Tick what you accept. If you accept nothing of it, discard the file"
FROM_DATA = "This is inserted from the data: it is changed where the data are, not here."


class _WordMixin(FormPageMixin, DocumentMixin):
    """Whoever writes the document works in Word."""

    def is_allowed(self):
        return rules.can_write_documents(self.access, self.review)

    def of_document(self, model):
        rows = model.objects.visible_to(self.request.user).filter(document=self.document)
        return rows.for_display()


class WordView(_WordMixin, FormView):
    """What was taken away and what came back; a file is brought back here."""

    form_class = WordForm
    template_name = "reports/word/work.html"

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.document, number=self.document.number)
        return super().get_context_data(**kwargs) | {
            "take_away": TakeAwayForm(auto_id="away_%s"),
            "copies": self.of_document(WordCopy)[:RECENT],
            "returns": self.of_document(WordReturn)[:RECENT],
        }

    def form_valid(self, form):
        try:
            returned = word.bring_back(
                self.document,
                form.marked,
                content=form.content,
                name=form.cleaned_data["file"].name,
                by=self.request.user,
                key=form.cleaned_data["key"],
            )
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        return redirect(returned)


class WordTakeAwayView(_WordMixin, FormView):
    http_method_names = ["post"]
    form_class = TakeAwayForm

    def form_valid(self, form):
        key = form.cleaned_data["key"]
        try:
            copy = word.take_away(self.document, by=self.request.user, key=key)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return self.form_invalid(form)
        return redirect(self.to_here("word-copy-file", copy.pk))

    def form_invalid(self, form):
        return redirect(self.to_here("word"))


class WordCopyView(_WordMixin, View):
    """A file as it was taken away."""

    def get(self, request, *args, **kwargs):
        copy = get_object_or_404(self.of_document(WordCopy), pk=self.kwargs["pk"])
        response = attachment_of(copy.stored, name=word.file_name(self.document), media_type=DOCX)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=copy)
        return response


class _OfReturnMixin(_WordMixin):
    def dispatch(self, request, *args, **kwargs):
        """A file that could be read when it came may meet a limit later: it is said, and stays."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(self.to_here("word"))

    def find(self):
        super().find()
        self.returned = get_object_or_404(self.of_document(WordReturn), pk=self.kwargs["pk"])
        self.returned.document = self.document

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"returned": self.returned}


class WordReturnView(_OfReturnMixin, FormView):
    """Each change of a file that came back, with what it would put in place."""

    form_class = GovForm
    template_name = "reports/word/returned.html"

    @cached_property
    def compared(self):
        return word.compared(self.returned)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not self.returned.is_open:
            return context
        lines = [self.line(one) for one in self.compared.changes]
        if self.request.method == "GET":
            self.tell_of_reading(self.returned, number=self.document.number, rows=len(lines))
        return context | {
            "compared": self.compared,
            "lines": lines,
            "n_named": sum(bool(one["named"]) for one in lines),
            "n_referred": sum(bool(one["referring"]) for one in lines),
            "safe": [one["change"].id for one in lines if one["is_safe"]],
            "base_note": "" if self.returned.copy_id else word.NOT_ON_RECORD,
        }

    def line(self, change):
        uid = change.uids[0]
        is_fixed = change.what == CHANGED and uid in self.inserted
        named = said_in(self.names, change.after) if change.what in (ADDED, CHANGED) else ()
        referring = self.outline.referring_to(*uid.split(":", 1)) if change.what == REMOVED else []
        before, after = (with_numbers(one, self.outline) for one in (change.before, change.after))
        return {
            "change": change,
            "before": before,
            "after": after,
            "pieces": change.pieces and marked_pieces(before, after),
            "ticked": change.id in self.request.POST.getlist("accept"),
            "why_not": FROM_DATA if is_fixed else "",
            "named": named,
            "referring": [(one.called(placed), one.href) for placed, one in referring],
            "is_safe": not (is_fixed or change.is_meanwhile or named or referring),
        }

    @cached_property
    def names(self):
        return names_for(self.access, self.review)

    @cached_property
    def inserted(self):
        rows = [one.paragraph for _, one in self.outline.paragraphs]
        return {f"p:{row.key}" for row in rows if row.is_block}

    def form_valid(self, form):
        posted = self.request.POST
        accepted = posted.getlist("safe" if "all" in posted else "accept")
        if not accepted:
            form.add_error(None, NOTHING)
            return self.form_invalid(form)
        try:
            self.returned = word.save(self.returned, accepted, by=self.request.user)
        except MovedOn:
            messages.info(self.request, MOVED_ON)
        except ChangedMeanwhile:
            messages.info(self.request, MEANWHILE)
        except ValidationError as refusal:
            return self.refuse(form, refusal)
        else:
            messages.success(self.request, "What you accepted is in the document now.")
        return redirect(self.returned)


class WordReturnDiscardView(WriteMixin, _OfReturnMixin, FormView):
    form_class = GovForm
    heading, button, tone = "Discard this file", "Discard it", "warning"
    intro = (
        "Nothing of it is taken over. The file itself stays on record, and can be brought again."
    )
    done = "Nothing of the file was taken over."

    def back(self):
        return self.returned.get_absolute_url(), "Back to the file"

    def save(self, form):
        try:
            word.discard(self.returned, by=self.request.user)
        except MovedOn as refusal:
            raise ValidationError(MOVED_ON) from refusal
        return self.to_here("word")


class WordReturnFileView(_OfReturnMixin, View):
    """The file as it came back."""

    def get(self, request, *args, **kwargs):
        response = attachment_of(self.returned.stored, name=self.returned.name, media_type=DOCX)
        record(EventType.FILE_DOWNLOADED, by=request.user, review=self.review, target=self.returned)
        return response
