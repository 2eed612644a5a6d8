"""What others say of a draft: comments and suggested texts, and what its authors make of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from foundations.gov.prose import html_of
from reports.blocks import Blocks
from reports.copies import remarking
from reports.copies.forms import KeyForm, RemarkForm, SettleForm, token_of
from reports.copies.queries import said_in, said_of, standings_of
from reports.copies.wording import numbers_in, typed
from reports.models import Done, Paragraph, Remark
from reports.views.pages import DocumentMixin, WriteInParagraphMixin, WriteMixin
from reviews import rules
from reviews.models import Participation
from reviews.people.free_text import names_for


class RemarkListView(DocumentMixin, TemplateView):
    """All that was said of it, by heading; for its authors the extracts that went to agencies, too."""

    template_name = "reports/copies/remark_list.html"

    def is_allowed(self):
        return rules.can_hear_remarks(self.access, self.review)

    def get_context_data(self, **kwargs):
        user, here = self.request.user, self.document
        headings = said_of(
            here,
            self.outline,
            user,
            writes=self.writes,
            names=names_for(self.access, self.review),
        )
        said = [one for heading in headings for one in heading.said]
        self.tell_of_reading(here, number=here.number, rows=len(said))
        return super().get_context_data(**kwargs) | {
            "headings": headings,
            "n": len(said),
            "n_open": sum(one.remark.is_open for one in said),
            **(self._rounds() if self.writes else {}),
        }

    def _rounds(self):
        user = self.request.user
        parts = Participation.objects.visible_to(user).contributing().filter(review=self.review)
        return {
            "rounds": standings_of(self.document, user, on=timezone.localdate()),
            "parts": parts.select_related("agency").order_by("agency__name"),
        }


class RemarkAddView(WriteInParagraphMixin, FormView):
    """On a paragraph, as it stood when the page was opened."""

    form_class = RemarkForm
    template_name = "reports/copies/remark_add.html"
    button, done = "Send it", "Sent to those who write the document."

    def is_allowed(self):
        return rules.can_remark(self.access, self.review)

    def after_it_is_gone(self):
        return self.to("document-list")

    def where_it_stands(self):
        if self.request.GET.get("from") == "whole":
            return f"{self.to_here('document-whole')}#p-{self.paragraph.key}"
        return super().where_it_stands()

    @property
    def heading(self):
        called = f"{self.called[0].lower()}{self.called[1:]}"
        more = "" if self.paragraph.is_block else ", or suggest another text"
        return f"Comment on {called}{more}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "versions": self.paragraph.versions.all(),
            "user": self.request.user,
            "is_block": self.paragraph.is_block,
            "outline": self.outline,
        }

    def get_initial(self):
        version = self.paragraph.versions.order_by("number").last()
        if self.paragraph.is_block:
            return {"read": token_of(version, self.request.user)}
        text = typed(version.text, numbers_in(version.text, self.outline))
        return {"suggested": text, "read": token_of(version, self.request.user)}

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.paragraph, number=self.document.number)
        text, refer = self.paragraph.text, self.outline.refer
        if self.paragraph.is_block:
            text = Blocks(self.document).shown(self.paragraph.block)
        return super().get_context_data(**kwargs) | {
            "html": html_of(text, refer=refer, footnotes="read"),
        }

    def save(self, form):
        remarking.remark(self.paragraph, by=self.request.user, **form.said)
        return self.where_it_stands()


class _OfRemarkView(WriteMixin, DocumentMixin, FormView):
    def find(self):
        super().find()
        rows = Remark.objects.visible_to(self.request.user).of(self.document).for_display()
        self.remark = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.remark.paragraph.section.document = self.document

    def back(self):
        return self.to_here("remark-list"), "What was said of it"

    def after_it_is_gone(self):
        return self.to("document-list")

    def to_it(self):
        return f"{self.to_here('remark-list')}#remark-{self.remark.pk}"


class RemarkSettleView(_OfRemarkView):
    """Accept the text, decline it, or answer."""

    form_class = SettleForm
    template_name = "reports/copies/remark_settle.html"
    heading, button = "Settle a remark", "Save"

    def get(self, request, *args, **kwargs):
        if not self.remark.is_open:
            messages.info(request, remarking.SETTLED)
            return redirect(self.to_it())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"remark": self.remark, "outline": self.outline}

    def get_initial(self):
        paragraph = self.remark.paragraph
        text = self.remark.suggested or paragraph.text
        return {"text": typed(text, numbers_in(text, self.outline)), "seen": paragraph.changes}

    def as_it_is(self):
        now = Paragraph.objects.visible_to(self.request.user).get(pk=self.remark.paragraph_id)
        return now.changes, (("Text", now.text),)

    def get_context_data(self, **kwargs):
        if self.request.method == "GET":
            self.tell_of_reading(self.remark, number=self.document.number)
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "one": said_in(
                self.remark,
                self.outline,
                user,
                writes=True,
                names=names_for(self.access, self.review),
            ),
        }

    @property
    def done(self):
        return self._said

    def save(self, form):
        data, by = form.cleaned_data, self.request.user
        said = {"words": data["words"], "by": by, "key": data["key"]}
        if data["what"] == Done.ACCEPTED:
            remarking.accept(self.remark, text=data["text"], seen=data["seen"], **said)
            self._said = "Accepted. The paragraph now says so, and what it said before is kept."
        elif data["what"] == Done.DECLINED:
            remarking.decline(self.remark, **said)
            self._said = "Declined. They can read why."
        else:
            remarking.reply(self.remark, **said)
            self._said = "Answered. They can read it."
        return self.to_it()


class RemarkWithdrawView(_OfRemarkView):
    """By whoever made it."""

    form_class = KeyForm
    heading, button, tone = "Withdraw your remark", "Withdraw it", "warning"
    intro = "It stays on record as withdrawn, and nobody is asked to settle it."
    done = "Your remark is withdrawn."

    def is_allowed(self):
        own = self.remark.by_id == self.request.user.pk and not self.remark.is_of_an_agency
        return own and rules.can_remark(self.access, self.review)

    def save(self, form):
        remarking.withdraw(self.remark, by=self.request.user, **form.cleaned_data)
        return self.to_it()
